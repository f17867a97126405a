import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkFleet } from '../../../fleet/check/index.ts';
import { type Fleet, type FleetAccount, fleetSchema } from '../../../fleet/schema/index.ts';
import { installWindow, problemsOf, scanWindow, validFleet } from '../support.ts';

const regions = ['ap-south-1', 'eu-central-1', 'us-east-1'];
const ringNames = ['first', 'second', 'third'];
const assignmentNames = ['default', 'nightly', 'weekend'];
const baselines: Fleet['baselines'] = {
  linux: { operatingSystem: 'AMAZON_LINUX_2023', approvalRules: [{ product: ['*'], approveAfterDays: 3 }] },
  windows: { operatingSystem: 'WINDOWS', preset: 'aws-default' },
  ubuntu: { operatingSystem: 'UBUNTU', approvalRules: [{ priority: ['Required'] }] },
};

const ring = (name: string) =>
  fc.record({
    name: fc.constant(name),
    scan: fc.integer({ min: 0, max: 23 }).map((hour) => scanWindow({ schedule: `cron(0 ${hour} ? * WED *)` })),
    install: fc
      .record({ plusDays: fc.integer({ min: 0, max: 20 }), timezone: fc.constantFrom('UTC', 'America/New_York') })
      .map(({ plusDays, timezone }) =>
        installWindow({ schedule: { patchTuesday: { plusDays, at: '02:00' } }, timezone }),
      ),
    approveAfterDays: fc.integer({ min: 0, max: 30 }),
    patchWithinDays: fc.integer({ min: 30, max: 90 }),
  });

/** Each patch group goes to one assignment, as it must. */
const assignments = (groups: readonly string[], rings: readonly string[]) =>
  fc
    .array(fc.record({ name: fc.constantFrom(...assignmentNames), ring: fc.constantFrom(...rings) }), {
      minLength: groups.length,
      maxLength: groups.length,
    })
    .map((chosen): NonNullable<FleetAccount['assignments']> => {
      const names = [...new Set(chosen.map(({ name }) => name))];
      return Object.fromEntries(
        names.map((name) => [
          name,
          {
            ring: chosen.find((choice) => choice.name === name)?.ring ?? '',
            patchGroups: groups.filter((_, index) => chosen[index]?.name === name),
          },
        ]),
      );
    });

const fleet: fc.Arbitrary<Fleet> = fc
  .record({
    rings: fc.integer({ min: 1, max: 3 }).map((count) => ringNames.slice(0, count)),
    groups: fc.array(fc.subarray(Object.keys(baselines), { minLength: 1 }), { minLength: 1, maxLength: 4 }),
    accounts: fc.integer({ min: 1, max: 3 }),
  })
  .chain(({ rings, groups, accounts }) => {
    const patchGroups = Object.fromEntries(
      groups.map((keys, index) => [`group-${index}`, { name: `Team ${index}`, baselines: keys }]),
    );
    const account = fc.record({
      regions: fc.subarray(regions, { minLength: 1 }),
      assignments: assignments(Object.keys(patchGroups), rings),
    });
    return fc.record({
      version: fc.constant(1 as const),
      fleet: fc.constant('acme'),
      baselines: fc.constant(baselines),
      patchGroups: fc.constant(patchGroups),
      rings: fc.tuple(...rings.map(ring)),
      accounts: fc
        .array(account, { minLength: accounts, maxLength: accounts })
        .map((all) => all.map((one, index) => ({ ...one, account: `${index + 1}`.repeat(12) }))),
    });
  });

/** The same value with the keys of every map in another order. */
function reordered<Value>(value: Value, next: () => number): Value {
  if (Array.isArray(value)) return value.map((item) => reordered(item, next)) as Value;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map((entry) => ({ entry, place: next() }));
  const shuffled = entries.sort((a, b) => a.place - b.place);
  return Object.fromEntries(shuffled.map(({ entry: [key, item] }) => [key, reordered(item, next)])) as Value;
}

function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state;
  };
}

/** Much is wrong with it, in every part. */
const broken: Fleet = validFleet({
  fleet: 'a'.repeat(40),
  baselines: {
    linux: { operatingSystem: 'AMAZON_LINUX_2', approvalRules: [{ product: ['All'], approveAfterDays: 361 }] },
    lunix: { operatingSystem: 'AMAZON_LINUX_2', preset: 'aws-default', registerAsDefault: true },
    mac: { operatingSystem: 'MACOS', preset: 'aws-default', approvalRules: [] },
    windows: { operatingSystem: 'WINDOWS', approvalRules: [{ product: ['WindowsServer2016'] }] },
  },
  patchGroups: {
    web: { name: 'early web', baselines: ['linux', 'lunix', 'linx'] },
    also: { name: 'early web', baselines: ['lunix', 'windows'] },
    mac: { name: 'mac', baselines: [] },
  },
  patterns: [
    { accounts: ['shop-*', '2*'], assignments: { default: { ring: 'late', patchGroups: ['web'] } } },
    {
      accounts: ['1*'],
      regions: { 'us-east-1': null },
      autoScalingGroups: {
        two: { name: 'sg-x', image: 'debian-12', patchGroup: 'mac', minSize: 2, maxSize: 1, subnetIds: [], vpcId: 'x' },
        one: { name: 'sg-x', image: 'debian-12', patchGroup: 'web', minSize: 2, maxSize: 1, subnetIds: [], vpcId: 'x' },
      },
    },
  ],
  rings: validFleet().rings.map((each) => ({
    ...each,
    approveUntilDates: { lunix: ['1.12.2026'], linux: [], linx: ['2026-12-01'], windows: ['12/01/2026', '2026-12-01'] },
  })),
  emergencies: [
    {
      name: 'now',
      patches: ['kb5034441', 'cve-2026-1234', 'CVE-2026-1234', 'CVE-2026-1234'],
      rings: ['early', 'late', 'erly'],
      at: '1.12.2026 22:00',
      expires: 'soon',
      maxConcurrency: '0',
      maxErrors: 'x',
    },
    {
      name: 'now',
      patches: [],
      rings: [],
      at: '2026-11-01T22:00',
      expires: '2026-11-02',
      maxConcurrency: '1',
      maxErrors: '1',
    },
  ],
  roles: { window: { path: 'x', permissionsBoundary: 'y' }, instance: { arn: '{name}' } },
  accounts: [
    {
      account: '111111111111',
      regions: { 'us-east-1': { assignments: {} }, 'eu-central-1': null, 'ap-south-1': null },
      assumeRoleArn: '{region}',
      assignments: {
        default: { ring: 'early', patchGroups: ['web', 'also', 'wbe'] },
        a: { ring: 'late', patchGroups: ['web', 'mac'], approveAfterDays: 40 },
        b: { ring: 'erly', patchGroups: ['also'], targets: { tags: { Role: [], Team: [] } } },
      },
      instances: {
        one: { name: '', image: 'windows-server-2016', patchGroup: 'web' },
        two: { name: '', image: 'windows-server-2016', patchGroup: 'mc' },
      },
      tags: { 'aws:a': 'b', 'aws:c': 'd' },
    },
  ],
});

describe('any fleet', () => {
  it('that keeps the rules has no error', () => {
    fc.assert(
      fc.property(fleet, (value) => {
        expect(fleetSchema.safeParse(value).success).toBe(true);
        expect(checkFleet(value, '2026-11-23').filter(({ severity }) => severity === 'error')).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  it('has the same problems in any order of its keys', () => {
    const any = fc.oneof(fleet, fc.constant(broken));
    fc.assert(
      fc.property(any, fc.integer({ min: 1, max: 1_000_000 }), (value, seed) => {
        const options = { asOf: '2026-11-23', unused: true };
        expect(problemsOf(reordered(value, numbersFrom(seed)), options)).toEqual(problemsOf(value, options));
      }),
      { numRuns: 20 },
    );
  });

  it('is left as it is', () => {
    const before = JSON.stringify(broken);
    expect(problemsOf(broken).length).toBeGreaterThan(20);
    expect(JSON.stringify(broken)).toBe(before);
  });
});

describe('a fleet of 1,000 accounts in four regions', () => {
  it('has nothing wrong', () => {
    const { baselines, patchGroups, rings } = validFleet();
    const account = (_: unknown, index: number): FleetAccount => ({
      account: `${111_111_111_111 + index}`,
      name: `account-${index}`,
      assumeRoleArn: 'arn:aws:iam::{account}:role/patching',
      regions: ['eu-central-1', 'eu-west-1', 'us-east-1', 'us-west-2'],
      tags: { Team: `team-${index}` },
      assignments: {
        default: { ring: index % 2 === 0 ? 'early' : 'late', patchGroups: ['web'] },
        nightly: { ring: 'late', patchGroups: ['files'] },
      },
    });
    const large = { ...validFleet(), baselines, patchGroups, rings, accounts: Array.from({ length: 1000 }, account) };
    expect(checkFleet(large)).toEqual([]);
  });
});
