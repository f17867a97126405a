import { describe, expect, it } from '@jest/globals';
import type { Fleet, FleetBaseline } from '../../../fleet/schema/index.ts';
import {
  fleetOfAssignments,
  installWindow,
  problemsOf,
  scanWindow,
  validAccount,
  validAssignment,
  validFleet,
} from '../support.ts';

const preset = { operatingSystem: 'AMAZON_LINUX_2023', preset: 'aws-default' } as const;
const numbered = <Value>(prefix: string, count: number, make: (key: string) => Value) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${prefix}${index}`, make(`${prefix}${index}`)]));

describe('a patch group', () => {
  const twice =
    'patch group "web" must have one baseline for AMAZON_LINUX_2023 in an account and region, got "linux" for "web" of assignment "default" and';

  it('must not be registered by two assignments of one account and region', () => {
    const assignments = { default: validAssignment(), nightly: validAssignment({ patchGroups: ['web'] }) };
    expect(problemsOf(fleetOfAssignments(assignments))).toEqual([
      `error accounts[0].assignments.nightly.patchGroups[0]: ${twice} "nightly-linux" for "web" of assignment "nightly"; patch the group in one assignment only, or name the groups apart [fleet/patch-group-once]`,
    ]);
  });

  it('must not be registered under two keys of one name', () => {
    const { patchGroups } = validFleet();
    const same = { ...patchGroups, also: { name: 'web', baselines: ['linux'] } };
    const assignments = { default: validAssignment({ patchGroups: ['web', 'files', 'also'] }) };
    expect(problemsOf(fleetOfAssignments(assignments, { patchGroups: same }))).toEqual([
      `error accounts[0].assignments.default.patchGroups[2]: ${twice} "linux" for "also" of assignment "default"; patch the group in one assignment only, or name the groups apart [fleet/patch-group-once]`,
    ]);
  });

  it('may be registered again for another operating system where nothing installs, in another region or account', () => {
    const { patchGroups } = validFleet();
    const same = { ...patchGroups, files: { name: 'web', baselines: ['windows'] } };
    const rings = [
      { name: 'early', scan: scanWindow() },
      { name: 'late', scan: scanWindow() },
    ];
    const regions = {
      'eu-central-1': null,
      'us-east-1': { assignments: { other: validAssignment({ ring: 'late' }) } },
    };
    expect(problemsOf(validFleet({ patchGroups: same, rings, accounts: [validAccount({ regions })] }))).toEqual([]);
  });

  it('must not bring a second default of an operating system', () => {
    const baselines = {
      ...validFleet().baselines,
      linux: { ...preset, registerAsDefault: true },
    } as Fleet['baselines'];
    const patchGroups = { web: { name: 'web', baselines: ['linux'] }, files: { name: 'files', baselines: ['linux'] } };
    const assignments = {
      default: validAssignment({ patchGroups: ['web'] }),
      nightly: validAssignment({ patchGroups: ['files'] }),
    };
    expect(problemsOf(fleetOfAssignments(assignments, { baselines, patchGroups }))).toEqual([
      'error accounts[0].assignments.nightly: registerAsDefault must be set on one baseline of AMAZON_LINUX_2023, another has it already; keep it on one [patch-baseline/one-default]',
    ]);
    expect(problemsOf(fleetOfAssignments({ default: validAssignment() }, { baselines, patchGroups }))).toEqual([]);
  });
});

describe('names', () => {
  it('must not meet in baselines, patch groups and windows', () => {
    const baselines = { 'b-c': preset, c: preset } as Fleet['baselines'];
    const patchGroups = { 'b-c': { name: 'one', baselines: ['b-c'] }, c: { name: 'two', baselines: ['c'] } };
    const assignments = {
      a: validAssignment({ patchGroups: ['b-c'], ring: 'named' }),
      'a-b': validAssignment({ patchGroups: ['c'], ring: 'late' }),
      'a-install': validAssignment({ patchGroups: [], targets: { resourceGroup: 'more' }, ring: 'late' }),
    };
    const rings = [
      { name: 'named', install: installWindow({ name: 'scan' }) },
      { name: 'late', scan: scanWindow() },
    ];
    expect(problemsOf(fleetOfAssignments(assignments, { baselines, patchGroups, rings }))).toEqual([
      'error accounts[0].assignments.a-b: baseline "c" of assignment "a-b" must not share a name with baseline "b-c" of assignment "a", both become "a-b-c"; rename one of the two assignments [fleet/name-collision]',
      'error accounts[0].assignments.a-b: patch group "c" of assignment "a-b" must not share a name with patch group "b-c" of assignment "a", both become "a-b-c"; rename one of the two assignments [fleet/name-collision]',
      'error accounts[0].assignments.a-install: window "scan" of assignment "a-install" must not share a name with window "install-scan" of assignment "a", both become "a-install-scan"; rename one of the two assignments [fleet/name-collision]',
    ]);
  });

  it('of the assignment default may not meet those of another', () => {
    const baselines = { 'a-b': preset, b: { ...preset, operatingSystem: 'SUSE' } } as Fleet['baselines'];
    const patchGroups = { one: { name: 'one', baselines: ['a-b'] }, two: { name: 'two', baselines: ['b'] } };
    const assignments = {
      default: validAssignment({ patchGroups: ['one'] }),
      a: validAssignment({ patchGroups: ['two'] }),
    };
    expect(problemsOf(fleetOfAssignments(assignments, { baselines, patchGroups }))).toEqual([
      'error accounts[0].assignments.default: baseline "a-b" of assignment "default" must not share a name with baseline "b" of assignment "a", both become "a-b"; rename one of the two assignments [fleet/name-collision]',
    ]);
  });

  it('must be short enough for AWS', () => {
    const [fleet, assignment, window] = ['f'.repeat(40), 'a'.repeat(38), 'w'.repeat(40)];
    const group = 'g';
    const of = (name: string) =>
      fleetOfAssignments(
        { [assignment]: validAssignment({ patchGroups: [group] }) },
        {
          fleet,
          patchGroups: { [group]: { name: 'web', baselines: ['linux'] } },
          rings: [{ name: 'early', install: installWindow({ name }) }],
        },
      );
    expect(problemsOf(of(window.slice(2)))).toEqual([]);
    const install = `install-${window}`;
    const name = `${fleet}-${assignment}-${install}`;
    expect(problemsOf(of(window))).toEqual([
      `error accounts[0].assignments.${assignment}: the name of task "g" in window "${install}" of assignment "${assignment}" must be at most 128 characters, got 130: "${name}-g"; shorten the names it is made of: those of the fleet, the assignment and the key [fleet/name-length]`,
    ]);
  });
});

describe('an account and region', () => {
  it('holds at most 50 baselines, those of all its assignments together', () => {
    const of = (count: number) => {
      const baselines = numbered<FleetBaseline>('b', count, () => preset);
      const patchGroups = numbered('g', count, (key) => ({ name: key, baselines: [key.replace('g', 'b')] }));
      const keys = Object.keys(patchGroups);
      const assignments = {
        default: validAssignment({ patchGroups: keys.slice(0, 20) }),
        b: validAssignment({ patchGroups: keys.slice(20, 40) }),
        c: validAssignment({ patchGroups: keys.slice(40) }),
      };
      const rings = [{ name: 'early', scan: scanWindow() }];
      return fleetOfAssignments(assignments, { baselines, patchGroups, rings });
    };
    expect(problemsOf(of(50))).toEqual([]);
    expect(problemsOf(of(51))).toEqual([
      'error accounts[0].assignments: an account and region must have at most 50 patch baselines, got 51; share baselines between patch groups, or use fewer assignments [fleet/quota-baselines]',
    ]);
  });

  it('holds at most 50 windows', () => {
    const of = (count: number) => {
      const patchGroups = numbered('g', count, (key) => ({ name: key, baselines: ['linux'] }));
      const assignments = numbered('a', count, (key) => validAssignment({ patchGroups: [key.replace('a', 'g')] }));
      const rings = [{ name: 'early', scan: scanWindow({ schedule: 'rate(1 day)' }) }];
      return fleetOfAssignments(assignments, { patchGroups, rings });
    };
    expect(problemsOf(of(50))).toEqual([]);
    expect(problemsOf(of(51))).toEqual([
      'error accounts[0].assignments: an account and region must have at most 50 maintenance windows, got 51; use fewer assignments, or fewer install windows [fleet/quota-windows]',
      'error accounts[0].assignments: an account and region must have at most 50 patch baselines, got 51; share baselines between patch groups, or use fewer assignments [fleet/quota-baselines]',
    ]);
  });

  it('executes five windows at once, others wait', () => {
    const of = (count: number) => {
      const patchGroups = numbered('g', count, (key) => ({ name: key, baselines: ['linux'] }));
      const assignments = numbered('a', count, (key) => validAssignment({ patchGroups: [key.replace('a', 'g')] }));
      return fleetOfAssignments(assignments, { patchGroups, rings: [{ name: 'early', scan: scanWindow() }] });
    };
    expect(problemsOf(of(5))).toEqual([]);
    expect(problemsOf(of(7))).toEqual([
      'warning accounts[0].assignments: an account and region executes at most 5 maintenance windows at once, got 7 open at 2026-01-01T00:00:00Z; move some of them [fleet/quota-windows-at-once]',
    ]);
    const apart = of(7);
    const later = { name: 'late', scan: scanWindow({ schedule: 'cron(0 3 * * ? *)' }) };
    const [account] = apart.accounts;
    const moved = {
      ...account?.assignments,
      a0: validAssignment({ ring: 'late', patchGroups: ['g0'] }),
      a1: validAssignment({ ring: 'late', patchGroups: ['g1'] }),
    };
    expect(
      problemsOf(fleetOfAssignments(moved, { patchGroups: apart.patchGroups, rings: [...apart.rings, later] })),
    ).toEqual([]);
  });
});

describe('a baseline and a window', () => {
  const of = (count: number, targets?: { resourceGroup: string }) => {
    const patchGroups = numbered('g', count, (key) => ({ name: key, baselines: ['linux'] }));
    const assignments = { default: validAssignment({ patchGroups: Object.keys(patchGroups), targets }) };
    return problemsOf(fleetOfAssignments(assignments, { patchGroups }));
  };
  const at = 'error accounts[0].assignments.default.patchGroups:';

  it('serve at most 20 patch groups by a task each', () => {
    expect(of(20)).toEqual([]);
    expect(of(21)).toEqual([
      `${at} a window must have at most 20 tasks, one for each patch group, got 21; use a second assignment [fleet/quota-tasks]`,
    ]);
  });

  it('serve at most 25 patch groups where one task targets them all', () => {
    expect(of(25, { resourceGroup: 'all' })).toEqual([]);
    expect(of(26, { resourceGroup: 'all' })).toEqual([
      `${at} baseline "linux" must have at most 25 patch groups, got 26; use a second baseline, or a second assignment [fleet/quota-groups-per-baseline]`,
    ]);
  });

  it('have at most 100 targets', () => {
    expect(of(101)).toEqual([
      `${at} a window must have at most 100 targets, one for each patch group, got 101; use a second assignment [fleet/quota-targets]`,
      `${at} a window must have at most 20 tasks, one for each patch group, got 101; use a second assignment [fleet/quota-tasks]`,
      `${at} baseline "linux" must have at most 25 patch groups, got 101; use a second baseline, or a second assignment [fleet/quota-groups-per-baseline]`,
    ]);
  });
});
