import { describe, expect, it } from '@jest/globals';
import type { Fleet } from '../../../fleet/schema/index.ts';
import {
  fleetOfRing,
  installWindow,
  problemsOf,
  scanWindow,
  validAccount,
  validAssignment,
  validFleet,
} from '../support.ts';

const [one, two, three] = ['111111111111', '222222222222', '333333333333'];
const roleOf = (account: string) => `arn:aws:iam::${account}:role/patching`;
const fix = 'write {account} in the place of the number [fleet/own-account]';

describe('an existing role', () => {
  const role = (roles: Fleet['roles'], accounts: Fleet['accounts']) => problemsOf(validFleet({ roles, accounts }));
  const server = { name: 'web', image: 'amazon-linux-2023', patchGroup: 'web' } as const;
  const plain = validAccount({ account: one });
  const withServer = validAccount({ account: two, regions: ['eu-central-1'], instances: { server } });
  const group = { ...server, minSize: 1, maxSize: 1, vpcId: 'vpc-12345678', subnetIds: ['subnet-12345678'] };
  const withGroup = validAccount({ account: three, regions: ['eu-central-1'], autoScalingGroups: { group } });

  it('may be of the account that uses it, or of each', () => {
    expect(role({ window: { arn: roleOf(one) } }, [plain])).toEqual([]);
    expect(role({ window: { arn: roleOf('{account}') } }, [plain, withServer])).toEqual([]);
    expect(role({ instance: { arn: roleOf(two) } }, [plain, withServer])).toEqual([]);
  });

  it('must not be of another account', () => {
    expect(role({ window: { arn: roleOf(one) } }, [plain, withServer, withGroup])).toEqual([
      `error roles.window.arn: arn must be a role of the account that uses it, got "${roleOf(one)}" in 222222222222, 333333333333; ${fix}`,
    ]);
    expect(role({ instance: { arn: roleOf(two) } }, [plain, withServer, withGroup])).toEqual([
      `error roles.instance.arn: arn must be a role of the account that uses it, got "${roleOf(two)}" in 333333333333; ${fix}`,
    ]);
  });

  it('must not be of another partition of AWS', () => {
    const china = (account: string) => validAccount({ account, regions: ['cn-north-1'] });
    const wrong = `error roles.window.arn: arn must be a role of the account that uses it, got "${roleOf('{account}')}" in accounts of aws-cn`;
    expect(role({ window: { arn: roleOf('{account}') } }, [china(one)])).toEqual([
      `${wrong}; begin it with arn:aws-cn: [fleet/own-account]`,
    ]);
    expect(role({ window: { arn: roleOf('{account}') } }, [plain, china(two)])).toEqual([
      `${wrong}; write a fleet file for each partition of AWS [fleet/own-account]`,
    ]);
    expect(role({ window: { arn: roleOf('{account}').replace('aws', 'aws-cn') } }, [china(one)])).toEqual([]);
  });

  it('may be any in the current account, whose number is not known', () => {
    const current = validAccount({ account: 'current', regions: ['eu-central-1'] });
    expect(role({ window: { arn: roleOf(one) } }, [current])).toEqual([]);
  });

  it('that a file gets wrong is told so once', () => {
    expect(role({ window: { arn: 'arn:aws:iam::111111111111:user/patching' } }, [plain])).toEqual([
      'error roles.window.arn: arn must be the ARN of an IAM role, got "arn:aws:iam::111111111111:user/patching"; write it like "arn:aws:iam::111111111111:role/patching" [iam/role-arn]',
    ]);
  });
});

describe('the permissions boundary of a role', () => {
  const boundary = (owner: string) =>
    problemsOf(validFleet({ roles: { window: { permissionsBoundary: `arn:aws:iam::${owner}:policy/boundary` } } }));

  it('may be of each account or of AWS', () => {
    expect(boundary('{account}')).toEqual([]);
    expect(boundary('aws')).toEqual([]);
  });

  it('must not be of another account', () => {
    expect(boundary(two)).toEqual([
      `error roles.window.permissionsBoundary: permissionsBoundary must be a policy of the account that uses it, got "arn:aws:iam::222222222222:policy/boundary" in 111111111111; ${fix}`,
    ]);
  });
});

describe('the role that publishes notifications', () => {
  const notification = { topicArn: `arn:aws:sns:us-west-2:${three}:patching`, roleArn: roleOf(one) };
  const late = validAccount({ account: two, assignments: { default: validAssignment({ ring: 'late' }) } });
  const accounts = [validAccount({ account: one }), late];
  const rings = (early: object, later: object) => [
    { name: 'early', scan: scanWindow(early), install: installWindow() },
    { name: 'late', scan: scanWindow(), install: installWindow({ schedule: 'cron(0 4 ? * THU *)', ...later }) },
  ];

  it('must be of every account that has the window, and its topic of any', () => {
    expect(problemsOf(validFleet({ accounts, rings: rings({ notification }, {}) }))).toEqual([]);
    expect(problemsOf(validFleet({ accounts, rings: rings({}, { notification }) }))).toEqual([
      `error rings[1].install.notification.roleArn: roleArn must be a role of the account that uses it, got "${roleOf(one)}" in 222222222222; ${fix}`,
    ]);
  });

  it('may be any in the current account', () => {
    const current = [validAccount({ account: 'current', regions: ['eu-central-1'] })];
    expect(problemsOf(fleetOfRing({ scan: scanWindow({ notification }) }, { accounts: current }))).toEqual([]);
  });
});
