import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { expand } from '../../fleet/expand.ts';
import { loadText } from '../../fleet/load/index.ts';
import { placesOf } from '../../fleet/places.ts';
import { checkLoaded } from '../../fleet/read.ts';
import type { Fleet, FleetAccount } from '../../fleet/schema/index.ts';
import { problemsOf, validAssignment, validFleet } from './support.ts';

const early = { default: validAssignment() };
const late = { default: validAssignment({ ring: 'late' }) };

/** A fleet whose accounts say nothing but their names. */
function fleetOf(patterns: Fleet['patterns'], change: Partial<Fleet> = {}, accounts?: FleetAccount[]): Fleet {
  return validFleet({
    defaults: { regions: ['eu-central-1'], assignments: late },
    accounts: accounts ?? [
      { account: '111111111111', name: 'shop-dev' },
      { account: '222222222222', name: 'shop-prod' },
      { account: '333333333333', name: 'office' },
    ],
    ...(patterns && { patterns }),
    ...change,
  });
}

function ringsOf(fleet: Fleet): string[] {
  return expand(fleet).flatMap((each) =>
    each.kind === 'regional' ? [`${each.accountName ?? each.account} ${each.region} ${each.rings}`] : [],
  );
}

describe('a pattern', () => {
  it.each([
    ['a name', ['shop-dev'], ['shop-dev']],
    ['a glob of names', ['shop-*'], ['shop-dev', 'shop-prod']],
    ['a number', ['333333333333'], ['office']],
    ['a glob of numbers', ['3*'], ['office']],
    ['several globs', ['*-dev', '33?333333333'], ['shop-dev', 'office']],
    ['a glob of everything', ['*'], ['shop-dev', 'shop-prod', 'office']],
  ])('is about accounts by %s', (_, accounts, matched) => {
    const fleet = fleetOf([{ accounts, assignments: early }]);
    expect(ringsOf(fleet).filter((line) => line.endsWith('early'))).toEqual(
      matched.map((name) => `${name} eu-central-1 early`),
    );
    expect(problemsOf(fleet)).toEqual([]);
  });

  it('goes before defaults, behind the account and its regions, and before later patterns', () => {
    const accounts: FleetAccount[] = [
      { account: '111111111111', name: 'shop-a' },
      { account: '222222222222', name: 'shop-b', assignments: late },
      { account: '333333333333', name: 'shop-c', regions: { 'us-east-1': null, 'us-west-2': { assignments: late } } },
      { account: '444444444444', name: 'office', assignments: late },
    ];
    const patterns = [
      { accounts: ['shop-*'], assignments: early },
      { accounts: ['*'], assignments: late, regions: ['eu-west-1'] },
    ];
    expect(ringsOf(fleetOf(patterns, {}, accounts))).toEqual([
      'shop-a eu-west-1 early',
      'shop-b eu-west-1 late',
      'shop-c us-east-1 early',
      'shop-c us-west-2 late',
      'office eu-west-1 late',
    ]);
  });

  it('gives each part that it says, so that several patterns may add to each other', () => {
    const patterns = [
      { accounts: ['shop-*'], profile: 'shop-{account}', tags: { Team: 'shop', Level: 'first' } },
      { accounts: ['*'], assumeRoleArn: 'arn:aws:iam::{account}:role/all', tags: { Level: 'second', All: 'yes' } },
    ];
    const defaults = { regions: ['eu-central-1'], assignments: late, tags: { Level: 'defaults', Owner: 'platform' } };
    const [first] = expand(fleetOf(patterns, { defaults }));
    expect(first?.provider).toEqual({
      assumeRoleArn: 'arn:aws:iam::111111111111:role/all',
      profile: 'shop-111111111111',
      allowedAccountIds: ['111111111111'],
      defaultTags: { All: 'yes', Level: 'first', Owner: 'platform', Team: 'shop' },
    });
  });

  it('may say what differs in one region', () => {
    const patterns = [{ accounts: ['shop-*'], regions: { 'eu-central-1': null, 'us-east-1': { assignments: early } } }];
    expect(ringsOf(fleetOf(patterns))).toEqual([
      'shop-dev eu-central-1 late',
      'shop-dev us-east-1 early',
      'shop-prod eu-central-1 late',
      'shop-prod us-east-1 early',
      'office eu-central-1 late',
    ]);
  });

  it('says nothing that its accounts could not say themselves', () => {
    const part = fc.record(
      {
        assignments: fc.constantFrom(early, late),
        regions: fc.constantFrom(['eu-central-1'], ['us-east-1', 'us-west-2']),
        profile: fc.constantFrom('one', 'two'),
        tags: fc.dictionary(fc.constantFrom('A', 'B', 'C'), fc.constantFrom('x', 'y')),
      },
      { requiredKeys: [] },
    );
    const globs = fc.subarray(['shop-*', '*-dev', 'office', '2*', '*'], { minLength: 1 });
    const patterns = fc.array(
      fc.tuple(globs, part).map(([accounts, said]) => ({ accounts, ...said })),
      {
        maxLength: 4,
      },
    );
    fc.assert(
      fc.property(patterns, fc.array(part, { minLength: 3, maxLength: 3 }), (all, own) => {
        const named = fleetOf([]).accounts.map((account, index) => ({ ...account, ...own[index] }) as FleetAccount);
        const fleet = fleetOf(all as unknown as Fleet['patterns'], {}, named);
        const written = placesOf(fleet).accounts.map(({ account, patterns: about, tags, profile }) => {
          const first = <Key extends 'assignments' | 'regions'>(key: Key) =>
            [account, ...about, fleet.defaults ?? {}].find((each) => each[key] !== undefined)?.[key];
          return {
            account: account.account,
            ...(account.name !== undefined && { name: account.name }),
            regions: first('regions'),
            assignments: first('assignments'),
            ...(profile !== undefined && { profile }),
            tags,
          } as FleetAccount;
        });
        expect(expand({ ...validFleet(), accounts: written })).toEqual(expand(fleet));
      }),
      { numRuns: 100 },
    );
  });
});

describe('what a pattern says', () => {
  it('is checked where it stands, for all rules', () => {
    const patterns = [
      {
        accounts: ['shop-*'],
        assumeRoleArn: 'arn:{region}',
        regions: ['eu-central-1', 'eu-central-1'],
        tags: { 'aws:a': 'b' },
        assignments: { default: validAssignment({ ring: 'erly' }) },
        instances: { one: { name: 'One', image: 'debian-12' as const, instanceType: 'small', patchGroup: 'web' } },
      },
    ];
    expect(problemsOf(fleetOf(patterns, {}))).toEqual([
      'error patterns[0].assignments.default.ring: ring must name a ring of rings (early, late), got "erly"; did you mean "early"? [fleet/reference]',
      'error patterns[0].assumeRoleArn: assumeRoleArn must be the ARN of an IAM role, got "arn:eu-central-1"; write it like "arn:aws:iam::111111111111:role/patching" [iam/role-arn]',
      'error patterns[0].assumeRoleArn: assumeRoleArn must hold no placeholder but {account} and {name}, got "{region}"; write the value in its place [fleet/placeholder]',
      'error patterns[0].instances.one.instanceType: instanceType must be a family, a dot and a size, got "small"; write it like "t3.small" [compute/instance-type]',
      'error patterns[0].regions[1]: regions must list each region once, got "eu-central-1" again; remove one of them [fleet/region-unique]',
      'error patterns[0].tags: tag key "aws:a" must not begin with aws:; AWS keeps that prefix; rename it [tags/reserved-key]',
      'warning patterns[0].instances.one.patchGroup: patchGroup must have a baseline for DEBIAN, it has one for AMAZON_LINUX_2023: the instance would use the default baseline; add a baseline of DEBIAN to the patch group [compute/patch-group-baseline]',
    ]);
  });

  it('may be too many tags together with those of others', () => {
    const tags = (prefix: string) => Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`${prefix}${n}`, 'x']));
    const patterns = ['a', 'b', 'c'].map((prefix) => ({ accounts: ['office'], tags: tags(prefix) }));
    expect(problemsOf(fleetOf(patterns))).toEqual([
      'error accounts[2]: tags must hold at most 50 entries, got 60; remove some [tags/count]',
    ]);
  });

  it('is told with its line in the file', () => {
    const text = `version: 1
fleet: acme
baselines: {}
patchGroups: {}
rings: []
patterns:
  - accounts: ["shop*"]
    assignments:
      default: { ring: none, patchGroups: [] }
accounts:
  - { account: "111111111111", name: shop, regions: [eu-central-1] }
`;
    const { problems } = checkLoaded(loadText('fleet.yaml', text));
    expect(problems.map(({ path, rule }) => `${path} ${rule}`)).toEqual([
      'fleet.yaml:9:18 patterns[0].assignments.default.ring fleet/reference',
      'fleet.yaml:9:30 patterns[0].assignments.default.patchGroups fleet/assignment-empty',
    ]);
  });
});

describe('a pattern without effect', () => {
  const pattern = (accounts: string[], change: object = { assignments: early }) => ({ accounts, ...change });

  it('matches no account', () => {
    expect(problemsOf(fleetOf([pattern(['shop-*', 'ofice', '9*'])]))).toEqual([
      'warning patterns[0].accounts[1]: accounts must match the name or the number of an account, got "ofice", which matches none; did you mean "office"? [fleet/pattern-matches]',
      'warning patterns[0].accounts[2]: accounts must match the name or the number of an account, got "9*", which matches none; correct it, or remove it [fleet/pattern-matches]',
    ]);
  });

  it('goes by names that accounts do not have', () => {
    const accounts = [
      { account: '111111111111', name: 'shop-dev' },
      { account: '222222222222' },
      { account: '333333333333' },
    ];
    const nameless = (index: number, number: string) =>
      `warning accounts[${index}]: account "${number}" must have a name to be matched by patterns, all of which look like names; name it, or match its number [fleet/pattern-nameless]`;
    expect(problemsOf(fleetOf([pattern(['shop-*', 'team-*'])], {}, accounts))).toEqual([
      nameless(1, '222222222222'),
      nameless(2, '333333333333'),
      'warning patterns[0].accounts[1]: accounts must match the name or the number of an account, got "team-*", which matches none; give accounts names ("222222222222", "333333333333" have none), match numbers, or remove it [fleet/pattern-matches]',
    ]);
    expect(problemsOf(fleetOf([pattern(['shop-*', '2*', '*3'])], {}, accounts))).toEqual([]);
  });

  it('stands behind others that say the same part', () => {
    const accounts: FleetAccount[] = [
      { account: '111111111111', name: 'shop-dev' },
      { account: '222222222222', name: 'shop-prod', assignments: late },
    ];
    const said = { assignments: early, profile: 'shop', tags: { Team: 'shop' } };
    expect(problemsOf(fleetOf([pattern(['*']), pattern(['shop-*'], said)], {}, accounts))).toEqual([
      'warning patterns[1].assignments: assignments of the pattern must be taken by an account, all that it matches have others of their own or of an earlier pattern; move the pattern up, or remove what has no effect [fleet/pattern-taken]',
    ]);
    expect(problemsOf(fleetOf([pattern(['*-prod'])], {}, accounts))).toEqual([
      'warning patterns[0].assignments: assignments of the pattern must be taken by an account, all that it matches have others of their own or of an earlier pattern; move the pattern up, or remove what has no effect [fleet/pattern-taken]',
    ]);
  });
});

describe('globs of a pattern in the file', () => {
  const problems = (patterns: string) => {
    const text = `version: 1\nfleet: acme\nbaselines: {}\npatchGroups: {}\nrings: []\naccounts: []\npatterns: ${patterns}\n`;
    return loadText('fleet.yaml', text).problems.map(({ message, fix, rule }) => `${message}; ${fix} [${rule}]`);
  };
  const form = '1 to 60 lower-case letters, digits and -, with *, ? or [0-9] in the place of some, at most 2 times *';

  it.each(['Team-1', '{a,b}', '*a*b*', '[9-0]', ''])('must have the form of one, unlike %j', (glob) => {
    expect(problems(JSON.stringify([{ accounts: [glob] }]))[0]).toContain(
      `accounts[0] must be ${form}, got ${JSON.stringify(glob)}; `,
    );
  });

  it('must be text, and some, and not too many', () => {
    expect(problems('[{ accounts: [111111111111] }]')[0]).toBe(
      `accounts[0] must be ${form}, got 111111111111; write "111111111111" [fleet/type]`,
    );
    expect(problems('[{ accounts: [] }]')).toEqual([
      'accounts is not accepted: must hold at least one glob; change accounts [fleet/format]',
    ]);
    expect(problems(JSON.stringify([{ accounts: Array(51).fill('a') }]))).toEqual([
      'accounts is not accepted: must hold at most 50 globs; change accounts [fleet/format]',
    ]);
    expect(problems(JSON.stringify(Array(51).fill({ accounts: ['a'] })))).toEqual([
      'patterns is not accepted: must hold at most 50 patterns; change patterns [fleet/format]',
    ]);
  });
});
