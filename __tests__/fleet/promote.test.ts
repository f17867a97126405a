import { describe, expect, it } from '@jest/globals';
import { formatViolation } from '../../core/problem.ts';
import { type PromotionOptions, promotion } from '../../fleet/promote.ts';
import type { Fleet, FleetBaseline, FleetRing } from '../../fleet/schema/index.ts';
import { validAccount, validAssignment, validFleet } from './support.ts';

const asOf = new Date('2026-11-25T12:00:00Z');

const baselines: Fleet['baselines'] = {
  linux: {
    operatingSystem: 'AMAZON_LINUX_2023',
    approvalRules: [
      { classification: ['Security'], approveAfterDays: 7 },
      { classification: ['Bugfix'], approveAfterDays: 14 },
    ],
  },
  windows: { operatingSystem: 'WINDOWS', preset: 'aws-default' },
};

function fleetOf(early: Partial<FleetRing> = {}, late: Partial<FleetRing> = {}, overrides: Partial<Fleet> = {}): Fleet {
  const fleet = validFleet({ baselines, ...overrides });
  const [first, second] = fleet.rings;
  return {
    ...fleet,
    rings: [
      { ...first, ...early },
      { ...second, ...late },
    ] as Fleet['rings'],
  };
}

function promoted(fleet: Fleet, options: Partial<PromotionOptions> = {}) {
  const { edits, notes, violations } = promotion(fleet, { from: 'early', to: 'late', asOf, ...options });
  // What the edit changes of the map that it sets.
  const before = fleet.rings[1]?.approveUntilDates ?? {};
  const pins = Object.fromEntries(
    edits.flatMap((edit) => {
      expect(edit.at).toEqual(['rings', 1, 'approveUntilDates']);
      const days = ('set' in edit ? edit.set : {}) as typeof before;
      expect(Object.keys(days)).toEqual(expect.arrayContaining(Object.keys(before)));
      return Object.entries(days).filter(([key, value]) => JSON.stringify(before[key]) !== JSON.stringify(value));
    }),
  );
  return { pins, notes, problems: violations.map(formatViolation) };
}

describe('a promotion', () => {
  it('pins each rule to the day that its delay in the earlier ring had reached', () => {
    expect(promoted(fleetOf())).toEqual({
      pins: {
        linux: ['2026-11-18', '2026-11-11'],
        windows: ['2026-11-18'],
      },
      notes: [],
      problems: [],
    });
    expect(promoted(fleetOf({ approveAfterDays: 3 }, { approveAfterDays: 9 })).pins).toEqual({
      linux: ['2026-11-22', '2026-11-22'],
      windows: ['2026-11-22'],
    });
  });

  it('looks at the assignments that accounts have, whoever says them, and at no others', () => {
    const [first] = validFleet().accounts;
    const { assignments: _, ...bare } = first as Fleet['accounts'][number];
    const accounts = [
      { ...bare, name: 'shop-dev' },
      { ...bare, account: '222222222222', name: 'shop' },
    ];
    const early = { default: validAssignment() };
    const late = { default: validAssignment({ ring: 'late' }) };
    const days = { linux: ['2026-11-18', '2026-11-11'], windows: ['2026-11-18'] };
    const patterns = [{ accounts: ['*-dev'], assignments: early }];
    expect(promoted(fleetOf({}, {}, { accounts, patterns, defaults: { assignments: late } })).pins).toEqual(days);
    const defaults = {
      regions: { 'eu-central-1': { assignments: early }, 'eu-west-1': { assignments: late } },
      // No account takes it, as both of its regions have their own.
      assignments: { default: validAssignment({ approveAfterDays: 90 }) },
    };
    const inRegions = accounts.map(({ regions: _regions, ...account }) => account);
    expect(promoted(fleetOf({}, {}, { accounts: inRegions, defaults }))).toEqual({
      pins: days,
      notes: [],
      problems: [],
    });
  });

  it('counts days in UTC, whole', () => {
    const day = (instant: string) => promoted(fleetOf(), { asOf: new Date(instant) }).pins.windows;
    expect(day('2026-11-25T00:00:00Z')).toEqual(['2026-11-18']);
    expect(day('2026-11-25T23:59:59Z')).toEqual(['2026-11-18']);
    expect(day('2026-11-26T00:30:00+01:00')).toEqual(['2026-11-18']);
    expect(day('2028-03-07T00:00:00Z')).toEqual(['2028-02-29']);
  });

  it('takes over the days of a ring that is pinned itself', () => {
    const early = { approveUntilDates: { linux: ['2026-11-01', '2026-10-01'] } };
    expect(promoted(fleetOf(early)).pins).toEqual({
      linux: ['2026-11-01', '2026-10-01'],
      windows: ['2026-11-18'],
    });
  });

  it('keeps the day to which a rule is pinned in its baseline', () => {
    const [security] = baselines.linux?.approvalRules ?? [];
    const rules = [security, { classification: ['Bugfix'], approveUntilDate: '2026-06-30' }];
    const linux = { ...baselines.linux, approvalRules: rules } as FleetBaseline;
    const fleet = fleetOf({ approveAfterDays: 0 }, {}, { baselines: { ...baselines, linux } });
    expect(promoted(fleet).pins.linux).toEqual(['2026-11-25', '2026-06-30']);
  });

  it('goes by the most careful of several assignments, and says so', () => {
    const accounts = [
      validAccount({
        assignments: {
          default: validAssignment({ approveAfterDays: 2 }),
          slow: validAssignment({ approveAfterDays: 5, patchGroups: ['web'], targets: { tags: { a: ['b'] } } }),
        },
      }),
      validAccount({ account: '222222222222', assignments: { default: validAssignment({ ring: 'late' }) } }),
    ];
    expect(promoted(fleetOf({}, {}, { accounts }))).toEqual({
      pins: {
        linux: ['2026-11-20', '2026-11-20'],
        windows: ['2026-11-23'],
      },
      notes: [
        'rule 1 of baseline "linux": assignments of ring "early" approve until 2026-11-20 to 2026-11-23; the most careful of them counts',
        'rule 2 of baseline "linux": assignments of ring "early" approve until 2026-11-20 to 2026-11-23; the most careful of them counts',
        // By its own delay of 7 days the later ring is behind.
      ],
      problems: [],
    });
  });

  it('leaves apt systems, and what the earlier ring does not use, and names them', () => {
    const own = { ...baselines, ubuntu: { operatingSystem: 'UBUNTU', preset: 'aws-default' } } as Fleet['baselines'];
    const patchGroups = {
      web: { name: 'web', baselines: ['linux', 'ubuntu'] },
      files: { name: 'file servers', baselines: ['windows'] },
    };
    const accounts = [
      validAccount({ assignments: { default: validAssignment({ patchGroups: ['web'] }) } }),
      validAccount({ account: '222222222222', assignments: { default: validAssignment({ ring: 'late' }) } }),
    ];
    const { pins, notes } = promoted(fleetOf({}, {}, { baselines: own, patchGroups, accounts }));
    expect(Object.keys(pins)).toEqual(['linux']);
    expect(notes).toEqual([
      'baseline "ubuntu" is left: repositories of UBUNTU carry no release dates, so every published patch is approved at once',
      'baseline "windows" is left: ring "early" does not use it',
    ]);
  });

  it('says where a ring that was not pinned approved more by its delay', () => {
    const { pins, notes } = promoted(fleetOf({ approveAfterDays: 7 }, { approveAfterDays: 1 }));
    expect(pins.windows).toEqual(['2026-11-18']);
    expect(notes).toContain(
      'baseline "windows": ring "late" approves until 2026-11-24 without a pin, and with it only until 2026-11-18',
    );
  });

  it('moves no cut-off backwards, and then none at all', () => {
    const late = { approveUntilDates: { windows: ['2026-11-19'], linux: ['2026-01-01', '2026-11-12'] } };
    expect(promoted(fleetOf({}, late))).toEqual({
      pins: {},
      notes: [],
      problems: [
        'the cut-off of rule 2 of baseline "linux" must not move backwards, from 2026-11-12 in ring "late" to 2026-11-11; name a later --as-of, or change approveUntilDates by hand [fleet/promote-backwards]',
        'the cut-off of baseline "windows" must not move backwards, from 2026-11-19 in ring "late" to 2026-11-18; name a later --as-of, or change approveUntilDates by hand [fleet/promote-backwards]',
      ],
    });
    expect(promoted(fleetOf({}, late), { atLeast: true })).toEqual({
      pins: { linux: ['2026-11-18', '2026-11-12'] },
      notes: [],
      problems: [],
    });
  });

  it('changes nothing where the ring has the days already', () => {
    const late = { approveUntilDates: { windows: ['2026-11-18'], linux: ['2026-11-18', '2026-11-11'] } };
    expect(promoted(fleetOf({}, late))).toEqual({ pins: {}, notes: [], problems: [] });
  });

  it('is from a ring to a later one', () => {
    expect(promoted(fleetOf(), { from: 'erly', to: 'prod' }).problems).toEqual([
      '--from must name a ring (early, late), got "erly"; did you mean "early"? [fleet/promote-ring]',
      '--to must name a ring (early, late), got "prod"; use one of them [fleet/promote-ring]',
    ]);
    expect(promoted(fleetOf(), { to: 'early' }).problems).toEqual([
      '--from and --to must name two rings, got "early" twice; name the ring that comes after [fleet/promote-ring]',
    ]);
    expect(promoted(fleetOf(), { from: 'late', to: 'early' }).problems).toEqual([
      '--from must name a ring that stands before that of --to, got "late" after "early"; promote --from early --to late, or change the order of rings [fleet/promote-ring]',
    ]);
  });

  it('is warned of with rings that install, and of none that only scans', () => {
    const [first, second] = validFleet().rings;
    const [one, two] = validFleet().accounts;
    const ring = (name: string, scans: boolean) => ({ ...second, name, ...(scans && { install: undefined }) });
    const fleet = (scans: boolean, change: Partial<Fleet> = {}) => {
      const rings = [first, ring('middle', scans), ring('late', false), ring('last', scans)];
      const accounts = ['early', 'middle', 'late', 'last'].map((name, index) => ({
        ...(index === 0 ? one : two),
        account: `${index + 1}`.repeat(12),
        assignments: { default: validAssignment({ ring: name }) },
      }));
      return JSON.parse(JSON.stringify(validFleet({ rings, accounts, ...change } as Partial<Fleet>))) as Fleet;
    };
    const warnings = (of: Fleet) => promotion(of, { from: 'early', to: 'late', asOf }).warnings.map(({ rule }) => rule);
    expect(warnings(fleet(false))).toEqual(['fleet/promote-step', 'fleet/promote-last-first']);
    expect(warnings(fleet(true))).toEqual([]);
    const emergency = {
      name: 'now',
      patches: ['CVE-2026-1234'],
      rings: ['middle'],
      at: '2026-12-01T22:00',
      expires: '2026-12-08',
      maxConcurrency: '10%',
      maxErrors: '1',
    };
    expect(warnings(fleet(true, { emergencies: [emergency] }))).toEqual(['fleet/promote-step']);
  });
});
