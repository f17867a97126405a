import { describe, expect, it } from '@jest/globals';
import { expand } from '../../fleet/expand.ts';
import { checkRetired, checkVanished, takeDownOrder } from '../../fleet/retired.ts';
import type { Fleet } from '../../fleet/schema/index.ts';
import { fleetOf } from '../support/walkthrough.ts';

const full = fleetOf('examples/fleet.full.yaml');
const gone = '222222222222';

/** The full example without an account, and with what is retired. */
function without(account: string, retired?: Fleet['retired']): Fleet {
  const accounts = full.accounts.filter((candidate) => candidate.account !== account);
  return { ...full, accounts, ...(retired !== undefined && { retired }) };
}

function vanished(after: Fleet): string[] {
  return checkVanished(expand(full), after, expand(after)).map(
    ({ rule, message, fix }) => `${message}; ${fix} [${rule}]`,
  );
}

describe('what vanishes from a fleet', () => {
  it('is refused, each stack with how to retire it', () => {
    expect(vanished(without(gone))).toEqual([
      'stack 222222222222-eu-central-1 was deployed and is gone from the file: nothing would destroy it, and its windows would go on patching; destroy it, and add { account: "222222222222", regions: [eu-central-1] } to retired [fleet/vanished]',
      'stack 222222222222-eu-west-1 was deployed and is gone from the file: nothing would destroy it, and its windows would go on patching; destroy it, and add { account: "222222222222", regions: [eu-west-1] } to retired [fleet/vanished]',
      'stack 222222222222-global was deployed and is gone from the file: nothing would destroy it, nor its roles; destroy it, and add { account: "222222222222" } to retired [fleet/vanished]',
    ]);
  });

  it('may go where its account is retired', () => {
    expect(vanished(without(gone, [{ account: gone, reason: 'sold' }]))).toEqual([]);
  });

  it('is refused still where another account is retired', () => {
    expect(vanished(without(gone, [{ account: '999999999999' }]))).toHaveLength(3);
  });

  it('is refused as far as only some of its regions are retired: the global stack goes with the account', () => {
    const messages = vanished(without(gone, [{ account: gone, regions: ['eu-west-1', 'eu-central-1'] }]));
    expect(messages).toHaveLength(1);
    expect(messages[0]).toContain('stack 222222222222-global');
  });

  it('is refused for an assignment, whose stack would destroy its windows', () => {
    const accounts = full.accounts.map((account) =>
      account.account === '333333333333' ? { ...account, regions: ['eu-central-1', 'eu-west-1'] } : account,
    );
    expect(vanished({ ...full, accounts })).toEqual([
      'assignment "batch" of stack 333333333333-eu-west-1 was deployed and is gone from the file: deploying the stack destroys its windows; if that is meant, add it to retired with assignments: [batch] [fleet/vanished]',
    ]);
    const retired = [{ account: '333333333333', regions: ['eu-west-1'], assignments: ['batch'] }];
    expect(vanished({ ...full, accounts, retired })).toEqual([]);
  });

  it('may be a stack of the current account, which is named by its id', () => {
    const current = (stackId: string, retired?: Fleet['retired']): Fleet => ({
      ...full,
      patterns: [],
      accounts: [
        { account: 'current', stackId, regions: ['eu-central-1'], assignments: full.accounts[0]?.assignments },
      ],
      ...(retired !== undefined && { retired }),
    });
    const say = (fleet: Fleet) => checkVanished(expand(current('one')), fleet, expand(fleet)).map(({ fix }) => fix);
    expect(say(current('two'))).toEqual(['destroy it, and add { account: current, stackId: one } to retired']);
    const retired = current('two', [{ account: 'current', stackId: 'one' }]);
    expect(say(retired)).toEqual([]);
    expect(checkRetired(retired, expand(retired))).toEqual([]);
  });

  it('is nothing where nothing is gone', () => {
    expect(vanished(full)).toEqual([]);
  });
});

describe('the stack of the roles of an account', () => {
  const roles: Fleet['roles'] = {
    window: { arn: 'arn:aws:iam::{account}:role/window' },
    instance: { arn: 'arn:aws:iam::{account}:role/instance' },
  };
  const ids = (fleet: Fleet) => expand(fleet).map(({ stackId }) => stackId);
  const dependenciesOf = (fleet: Fleet) =>
    expand(fleet).flatMap((each) => (each.kind === 'regional' ? each.dependsOn : []));

  it('is not there where all of them exist already', () => {
    const brought = { ...full, roles };
    expect(ids(brought)).toEqual(ids(full).filter((id) => !id.endsWith('-global')));
    expect(dependenciesOf(brought)).toEqual([]);
  });

  it('is there where one of them is made: in the account that has instances', () => {
    const serviceLinked: Fleet = { ...full, roles: { window: 'service-linked' } };
    expect(ids(serviceLinked).filter((id) => id.endsWith('-global'))).toEqual(['111111111111-global']);
    expect(dependenciesOf(serviceLinked)).toEqual(['111111111111-global']);
  });

  it('is retired as the region global, once the account brings its roles along', () => {
    const accounts = full.accounts.slice(0, 1);
    const one = { ...full, accounts: [...accounts, { account: '999999999999', regions: ['eu-central-1'] }] };
    const after: Fleet = { ...one, roles };
    const say = (fleet: Fleet) => checkVanished(expand(one), fleet, expand(fleet)).map(({ fix }) => fix);
    expect(say(after)).toEqual([
      'deploy the regions of the account, then destroy it, and add { account: "111111111111", regions: [global] } to retired',
      'deploy the regions of the account, then destroy it, and add { account: "999999999999", regions: [global] } to retired',
    ]);
    const retired = ['111111111111', '999999999999'].map((account) => ({ account, regions: ['global' as const] }));
    expect(say({ ...after, retired })).toEqual([]);
    expect(checkRetired({ ...after, retired }, expand(after))).toEqual([]);
    expect(checkRetired({ ...one, retired }, expand(one)).map(({ message }) => message)).toEqual([
      'retired must name what is gone, got "111111111111", which still deploys 111111111111-global',
      'retired must name what is gone, got "999999999999", which still deploys 999999999999-global',
    ]);
  });
});

describe('what is retired', () => {
  it('must be gone', () => {
    const fleet: Fleet = { ...full, retired: [{ account: gone, regions: ['eu-west-1'] }] };
    expect(checkRetired(fleet, expand(fleet))).toEqual([
      {
        rule: 'fleet/retired-or-deployed',
        severity: 'error',
        message: 'retired must name what is gone, got "222222222222", which still deploys 222222222222-eu-west-1',
        fix: 'take it out of accounts, or out of retired',
        at: ['retired', 0],
      },
    ]);
  });

  it('may name an assignment that is gone from a stack that remains', () => {
    const fleet: Fleet = { ...full, retired: [{ account: '333333333333', assignments: ['old'] }] };
    expect(checkRetired(fleet, expand(fleet))).toEqual([]);
  });

  it('is taken down region by region, and what they share last', () => {
    expect(takeDownOrder(expand(full), expand(without(gone)))).toEqual([
      'npx patchfleet synth --only 222222222222-eu-central-1',
      'npx cdktf destroy 222222222222-eu-central-1 --skip-synth',
      'npx patchfleet synth --only 222222222222-eu-west-1',
      'npx cdktf destroy 222222222222-eu-west-1 --skip-synth',
      'npx patchfleet synth --only 222222222222-global',
      'npx cdktf destroy 222222222222-global --skip-synth',
    ]);
  });
});
