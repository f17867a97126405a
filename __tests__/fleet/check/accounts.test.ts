import { describe, expect, it } from '@jest/globals';
import type { FleetAccount } from '../../../fleet/schema/index.ts';
import { problemsOf, validAccount, validAssignment, validFleet } from '../support.ts';

const accounts = (...all: Partial<FleetAccount>[]) => problemsOf(validFleet({ accounts: all.map(validAccount) }));
const current = { account: 'current' as const, regions: ['eu-central-1'] };

describe('accounts', () => {
  it('must be there', () => {
    expect(accounts()).toEqual([
      'error accounts: accounts must hold at least one account, got none; add one [fleet/has-account]',
    ]);
  });

  it('must be listed once, under names of their own', () => {
    const [one, two] = ['111111111111', '222222222222'];
    expect(accounts({ account: one, name: 'shop' }, { account: two, name: 'shop' }, { account: one })).toEqual([
      'error accounts[1].name: name must differ from account to account, got "shop" as in accounts[0]; rename one of them [fleet/account-name-unique]',
      'error accounts[2].account: account must differ from account to account, got "111111111111" as in accounts[0]; put its regions and assignments into one entry [fleet/account-unique]',
    ]);
  });

  it('must list a region once', () => {
    const regions = ['eu-central-1', 'us-east-1', 'eu-central-1'];
    expect(problemsOf(validFleet({ defaults: { regions }, accounts: [validAccount({ regions })] }))).toEqual([
      'error accounts[0].regions[2]: regions must list each region once, got "eu-central-1" again; remove one of them [fleet/region-unique]',
      'error defaults.regions[2]: regions must list each region once, got "eu-central-1" again; remove one of them [fleet/region-unique]',
    ]);
  });
});

describe('the regions of an account', () => {
  it.each([[['eu-central-1', 'us-east-1']], [['cn-north-1', 'cn-northwest-1']], [['eusc-de-east-1']]])(
    'may be %j',
    (regions) => {
      expect(accounts({ regions })).toEqual([]);
    },
  );

  it('must be of one partition, which accounts of other numbers need not share', () => {
    const fix = 'list the account of each partition by its own number [fleet/account-partition]';
    expect(accounts({ regions: ['cn-north-1'] }, { account: '222222222222' })).toEqual([]);
    expect(accounts({ regions: ['us-east-1', 'cn-north-1', 'eu-central-1', 'us-isob-east-1'] })).toEqual([
      `error accounts[0].regions: regions of one account must be of one partition of AWS, got cn-north-1 of aws-cn, us-east-1 of aws, us-isob-east-1 of aws-iso-b; ${fix}`,
    ]);
  });

  it('that come from the defaults must be so too', () => {
    const { regions: _, ...account } = validAccount();
    expect(
      problemsOf(validFleet({ accounts: [account], defaults: { regions: ['us-east-1', 'us-gov-west-1'] } })),
    ).toEqual([
      'error accounts[0]: regions of one account must be of one partition of AWS, got us-east-1 of aws, us-gov-west-1 of aws-us-gov; list the account of each partition by its own number [fleet/account-partition]',
    ]);
  });
});

describe('the current account', () => {
  it.each([{}, { stackId: 'patch-manager-demo' }])('may stand alone: %j', (change) => {
    expect(accounts({ ...current, ...change })).toEqual([]);
  });

  it('must have no other beside it', () => {
    expect(accounts(current, { account: '222222222222' })).toEqual([
      'error accounts[0].account: account must be a number where there are several accounts, got "current" beside 1 more; write its number in quotes [fleet/current-alone]',
    ]);
  });

  it('must have one region', () => {
    expect(accounts({ ...current, regions: ['eu-central-1', 'us-east-1'] })).toEqual([
      'error accounts[0]: the current account must have one region, got 2: eu-central-1, us-east-1; write its number in quotes, or keep one region [fleet/current-alone]',
    ]);
  });

  it('must have an id that can name a directory', () => {
    expect(accounts({ ...current, stackId: '../demo' })).toEqual([
      'error accounts[0].stackId: stackId must be 1 to 100 characters of letters, digits, _ -, beginning with a letter or digit, got "../demo"; change stackId [fleet/stack-id]',
    ]);
  });

  it('alone may have a stack id', () => {
    expect(accounts({ stackId: 'demo' })).toEqual([
      'error accounts[0].stackId: stackId must be left out of a numbered account, whose stacks are named by number and region, got "demo"; remove it [fleet/stack-id-of-current]',
    ]);
  });
});

describe('what an account lacks', () => {
  const without = (change: Partial<FleetAccount>, defaults = {}) => {
    const { assignments, regions, ...rest } = validAccount();
    return problemsOf(validFleet({ accounts: [{ ...rest, ...change }], defaults }));
  };
  const assignments = { default: validAssignment() };

  it('may come from the defaults', () => {
    expect(without({}, { regions: ['eu-central-1'], assignments })).toEqual([]);
    expect(without({ regions: { 'eu-central-1': { assignments } } })).toEqual([]);
    expect(without({ regions: { 'eu-central-1': null } }, { assignments })).toEqual([]);
    expect(without({}, { regions: { 'eu-central-1': { assignments } } })).toEqual([]);
  });

  it('is a region', () => {
    const problem =
      'error accounts[0]: account "111111111111" must have regions of its own, of a pattern or of defaults, got none: nothing would be deployed; add regions [fleet/account-regions]';
    expect(without({ assignments })).toEqual([problem]);
    expect(without({ assignments, regions: [] }, { regions: ['eu-central-1'] })).toEqual([problem]);
  });

  it('are assignments, said once for all regions', () => {
    expect(without({ regions: ['eu-central-1', 'us-east-1'] })).toEqual([
      'error accounts[0]: account "111111111111" must have assignments, its own, those of a pattern or of defaults, got none: nothing would be patched; add an assignment [fleet/account-assignments]',
    ]);
  });

  it('are assignments of one region', () => {
    const regions = { 'eu-central-1': null, 'us-east-1': { assignments: {} } };
    expect(without({ regions, assignments })).toEqual([
      'error accounts[0].regions.us-east-1: account "111111111111" must have assignments in us-east-1, its own, those of a pattern or of defaults, got none: nothing would be patched; add an assignment [fleet/account-assignments]',
    ]);
  });
});

describe('how Terraform gets into an account', () => {
  const assumeRoleArn = 'arn:aws:iam::{account}:role/deploy-{name}';

  it('may be said with placeholders, once for all', () => {
    const defaults = { assumeRoleArn, profile: '{account}-{name}' };
    expect(problemsOf(validFleet({ defaults }))).toEqual([]);
    expect(accounts({ assumeRoleArn })).toEqual([]);
  });

  it('must hold no other placeholder', () => {
    expect(accounts({ assumeRoleArn: 'arn:aws:iam::{acount}:role/{region}' })).toEqual([
      'error accounts[0].assumeRoleArn: assumeRoleArn must hold no placeholder but {account} and {name}, got "{acount}"; did you mean "{account}"? [fleet/placeholder]',
      'error accounts[0].assumeRoleArn: assumeRoleArn must hold no placeholder but {account} and {name}, got "{region}"; write the value in its place [fleet/placeholder]',
    ]);
  });

  it('must be the ARN of a role', () => {
    expect(accounts({ assumeRoleArn: 'deploy' })).toEqual([
      'error accounts[0].assumeRoleArn: assumeRoleArn must be the ARN of an IAM role, got "deploy"; write it like "arn:aws:iam::111111111111:role/patching" [iam/role-arn]',
    ]);
  });

  it('must not ask for the number of the current account', () => {
    expect(accounts({ ...current, profile: 'patching-{account}' })).toEqual([
      'error accounts[0].profile: profile must not hold {account} where the account is current, whose number is not known, got "patching-{account}"; write the number in its place [fleet/placeholder-of-current]',
    ]);
  });
});
