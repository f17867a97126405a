import { describe, expect, it } from '@jest/globals';
import type { Fleet } from '../../../fleet/schema/index.ts';
import { fleetOfRing, problemsOf, validAccount, validFleet } from '../support.ts';

describe('tags', () => {
  const many = (prefix: string, count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`${prefix}${index}`, 'value']));

  it('are checked where they are written', () => {
    const tags = { 'aws:owner': 'shop' };
    const accounts = [validAccount({ tags, regions: { 'eu-central-1': { tags: { Team: 'x'.repeat(257) } } } })];
    expect(problemsOf(validFleet({ accounts, defaults: { tags } }))).toEqual([
      'error accounts[0].regions.eu-central-1.tags: tag "Team" must be 0 to 256 characters, got 257 characters: "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...; change tag "Team" [tags/value-length]',
      'error accounts[0].tags: tag key "aws:owner" must not begin with aws:; AWS keeps that prefix; rename it [tags/reserved-key]',
      'error defaults.tags: tag key "aws:owner" must not begin with aws:; AWS keeps that prefix; rename it [tags/reserved-key]',
    ]);
  });

  it('hold what Systems Manager and IAM take, but may hold anything where only EC2 gets them', () => {
    const tags = { Owner: 'shop & office' };
    expect(problemsOf(validFleet({ defaults: { tags } }))).toEqual([
      'error defaults.tags: tag "Owner" must hold only letters, digits, spaces and _ . : / = + - @, got "shop & office"; change its value: only EC2 takes others [tags/characters]',
    ]);
    const instances = { one: { name: 'one', image: 'amazon-linux-2023' as const, patchGroup: 'web', tags } };
    expect(problemsOf(validFleet({ accounts: [validAccount({ instances })] }))).toEqual([]);
  });

  it('are counted together where they come together', () => {
    const fleet = (count: number) => {
      const regions = { 'eu-central-1': { tags: many('region', count) }, 'us-east-1': null };
      const accounts = [validAccount({ tags: many('account', 20), regions })];
      return validFleet({ accounts, defaults: { tags: many('default', 20) } });
    };
    expect(problemsOf(fleet(10))).toEqual([]);
    expect(problemsOf(fleet(11))).toEqual([
      'error accounts[0].regions.eu-central-1: tags must hold at most 50 entries, got 51; remove some [tags/count]',
    ]);
  });
});

describe('roles', () => {
  const roles = (roles: Fleet['roles'], change: Partial<Fleet> = {}) =>
    problemsOf(fleetOfRing({}, { roles, ...change }));

  it.each([
    [{ window: 'service-linked' as const, instance: {} }],
    [{ window: { path: '/patching/', permissionsBoundary: 'arn:aws:iam::{account}:policy/boundary' } }],
    [{ window: { arn: 'arn:aws:iam::{account}:role/window' }, instance: { arn: 'arn:aws:iam::{account}:role/a/b' } }],
  ])('take %j', (value) => {
    expect(roles(value)).toEqual([]);
  });

  it('are checked by their module', () => {
    expect(
      roles({ window: { path: 'patching', permissionsBoundary: 'boundary' }, instance: { arn: 'instance' } }),
    ).toEqual([
      'error roles.instance.arn: arn must be the ARN of an IAM role, got "instance"; write it like "arn:aws:iam::111111111111:role/patching" [iam/role-arn]',
      'error roles.window.path: path must begin and end with "/" and hold at most 512 printable characters, got "patching"; write it like "/patching/" [iam/role-path]',
      'error roles.window.permissionsBoundary: permissionsBoundary must be the ARN of an IAM policy, got "boundary"; write it like "arn:aws:iam::111111111111:policy/boundary" [iam/permissions-boundary]',
    ]);
  });

  it('must hold no unknown placeholder', () => {
    expect(roles({ window: { arn: 'arn:aws:iam::{acount}:role/window' } })).toEqual([
      'error roles.window.arn: arn must hold no placeholder but {account}, got "{acount}"; did you mean "{account}"? [fleet/placeholder]',
    ]);
  });

  it('must have names that are short enough with the region that a single stack puts in', () => {
    const accounts = [validAccount({ regions: ['ap-southeast-1'] })];
    const longer = [validAccount({ regions: ['ap-southeastern-1'] })];
    const fleet = 'f'.repeat(40);
    expect(roles({}, { fleet, accounts })).toEqual([]);
    expect(roles({}, { fleet, accounts: longer })).toEqual([
      `error fleet: the name of the instance role must be at most 64 characters, got 67: "${fleet}-ap-southeastern-1-instance"; shorten the name of the fleet, or bring a role by its ARN [fleet/name-length]`,
      `error fleet: the name of the window role must be at most 64 characters, got 65: "${fleet}-ap-southeastern-1-window"; shorten the name of the fleet, or bring a role by its ARN [fleet/name-length]`,
    ]);
    expect(roles({}, { fleet, accounts: [...longer, validAccount({ account: '222222222222' })] })).toEqual([]);
  });
});

describe('the backend', () => {
  const backend = (backend: Fleet['backend'], change: Partial<Fleet> = {}) =>
    problemsOf(validFleet({ backend, ...change }));

  it.each([
    [{ local: {} }],
    [{ remote: { organization: 'acme' } }],
    [
      {
        http: { address: 'https://states.example.com/{stack}', lockAddress: 'https://states.example.com/{stack}/lock' },
      },
    ],
    [
      {
        s3: {
          bucket: 'acme-states',
          region: 'eu-central-1',
          kmsKeyId: 'arn:aws:kms:eu-central-1:111111111111:key/0123',
          assumeRoleArn: 'arn:aws:iam::111111111111:role/states',
        },
      },
    ],
  ])('takes %j', (value) => {
    expect(backend(value)).toEqual([]);
  });

  it('in S3 is checked by the modules', () => {
    const s3 = { bucket: 'Acme', region: 'Frankfurt', kmsKeyId: 'alias/states', assumeRoleArn: 'states' };
    expect(backend({ s3 })).toEqual([
      'error backend.s3.assumeRoleArn: assumeRoleArn must be the ARN of an IAM role, got "states"; write it like "arn:aws:iam::111111111111:role/patching" [iam/role-arn]',
      'error backend.s3.bucket: bucket must be 3 to 63 characters of lower-case letters, digits, - . (no dot beside a dot, letters or digits at both ends, no IP address), got "Acme"; change bucket [fleet/backend-bucket]',
      'error backend.s3.kmsKeyId: kmsKeyId must be the ARN of a KMS key, not of an alias, got "alias/states"; write it like "arn:aws:kms:us-east-1:111111111111:key/…" [iam/encryption-key]',
      'error backend.s3.region: region must be a region such as eu-central-1, got "Frankfurt"; write the region of the bucket [fleet/backend-region]',
    ]);
  });

  it('must keep the states of several stacks apart', () => {
    const http = { address: 'https://states.example.com/state', lockAddress: 'states.example.com/{stck}' };
    expect(backend({ http })).toEqual([
      'error backend.http.address: address must hold {stack} in a fleet of several stacks, which would overwrite each other\'s state, got "https://states.example.com/state"; write it like "https://states.example.com/{stack}" [fleet/backend-shared]',
      'error backend.http.lockAddress: lockAddress must be http://… or https://…, got "states.example.com/{stck}"; write it like "https://states.example.com/{stack}" [fleet/backend-address]',
      'error backend.http.lockAddress: lockAddress must hold no placeholder but {stack}, got "{stck}"; did you mean "{stack}"? [fleet/placeholder]',
    ]);
    const accounts = [validAccount({ regions: ['eu-central-1'] })];
    expect(backend({ http: { address: 'https://states.example.com/state' } }, { accounts })).toEqual([]);
  });
});
