import { describe, expect, it } from '@jest/globals';
import type { Fleet, FleetBaseline } from '../../../fleet/schema/index.ts';
import { fleetOfAssignments, fleetOfRing, problemsOf, scanWindow, validAssignment, validFleet } from '../support.ts';

const rule = { product: ['*'], approveAfterDays: 0 };
const baselines: Fleet['baselines'] = {
  linux: { operatingSystem: 'AMAZON_LINUX_2023', approvalRules: [rule] },
  windows: { operatingSystem: 'WINDOWS', approvalRules: [rule, rule] },
  ubuntu: { operatingSystem: 'UBUNTU', approvalRules: [rule] },
  debian: { operatingSystem: 'DEBIAN', preset: 'aws-default' },
};
const patchGroups = {
  web: { name: 'web', baselines: ['linux', 'ubuntu', 'debian'] },
  files: { name: 'files', baselines: ['windows'] },
};

describe('the delay of a ring', () => {
  it.each([0, 30])('may be %d days', (approveAfterDays) => {
    expect(problemsOf(fleetOfRing({ approveAfterDays }))).toEqual([]);
  });

  it('must be in the range', () => {
    expect(problemsOf(fleetOfRing({ approveAfterDays: 361 }))).toEqual([
      'error rings[0].approveAfterDays: approveAfterDays must be a whole number of days from 0 to 360, got 361; set approveAfterDays within the range [patch-baseline/approve-after-days]',
    ]);
  });

  it('is looked at once for all baselines and accounts that it reaches', () => {
    const { accounts } = validFleet();
    const ring = { name: 'early', scan: scanWindow(), approveAfterDays: 31 };
    const rings = [ring, { ...ring, name: 'late', approveAfterDays: 0 }];
    expect(
      problemsOf(
        validFleet({
          baselines,
          patchGroups,
          rings,
          accounts: [...accounts, { ...(accounts[0] as object), account: '333333333333' }] as Fleet['accounts'],
        }),
      ),
    ).toEqual([
      'info rings[0].approveAfterDays: approveAfterDays 31 has no effect on DEBIAN: its repositories carry no reliable release dates; stagger the maintenance windows for it [patch-baseline/apt-approve-after-days]',
      'info rings[0].approveAfterDays: approveAfterDays 31 has no effect on UBUNTU: its repositories carry no reliable release dates; stagger the maintenance windows for it [patch-baseline/apt-approve-after-days]',
      'warning rings[0].approveAfterDays: approveAfterDays 31 may never install a patch: Microsoft withdraws superseded updates after about 30 days; use at most 30 days [patch-baseline/windows-superseded]',
    ]);
  });

  it('deserves a warning where nothing takes it', () => {
    const ubuntu = { operatingSystem: 'UBUNTU', preset: 'aws-default' } as FleetBaseline;
    const of = (approveAfterDays: number) =>
      problemsOf(fleetOfRing({ approveAfterDays }, { baselines: { linux: ubuntu, windows: ubuntu } }));
    expect(of(0)).toEqual([]);
    expect(of(1)).toEqual([
      'warning rings[0].approveAfterDays: approveAfterDays 1 has no effect on UBUNTU: its repositories carry no reliable release dates; set it to 0, and stagger the maintenance windows instead [patch-baseline/apt-approve-after-days]',
    ]);
  });

  it('reaches presets, and no rule that is pinned to a date', () => {
    const pinned = {
      operatingSystem: 'WINDOWS',
      approvalRules: [{ product: ['*'], approveUntilDate: '2026-03-31' }],
    } as FleetBaseline;
    const preset = { operatingSystem: 'WINDOWS', preset: 'aws-default' } as FleetBaseline;
    const of = (windows: FleetBaseline) =>
      problemsOf(fleetOfRing({ approveAfterDays: 31 }, { baselines: { ...validFleet().baselines, windows } }));
    expect(of(pinned)).toEqual([]);
    expect(of(preset)).toEqual([
      'warning rings[0].approveAfterDays: approveAfterDays 31 may never install a patch: Microsoft withdraws superseded updates after about 30 days; use at most 30 days [patch-baseline/windows-superseded]',
    ]);
  });

  it('gives way to the delay of an assignment, and is looked at there', () => {
    const assignments = {
      default: validAssignment({ approveAfterDays: 40 }),
      other: validAssignment({ approveAfterDays: 400, patchGroups: [], targets: { resourceGroup: 'more' } }),
    };
    const rings = [{ name: 'early', scan: scanWindow(), approveAfterDays: 31 }];
    expect(problemsOf(fleetOfAssignments(assignments, { baselines, patchGroups, rings }))).toEqual([
      'error accounts[0].assignments.other.approveAfterDays: approveAfterDays must be a whole number of days from 0 to 360, got 400; set approveAfterDays within the range [patch-baseline/approve-after-days]',
      'info accounts[0].assignments.default.approveAfterDays: approveAfterDays 40 has no effect on DEBIAN: its repositories carry no reliable release dates; stagger the maintenance windows for it [patch-baseline/apt-approve-after-days]',
      'info accounts[0].assignments.default.approveAfterDays: approveAfterDays 40 has no effect on UBUNTU: its repositories carry no reliable release dates; stagger the maintenance windows for it [patch-baseline/apt-approve-after-days]',
      'warning accounts[0].assignments.default.approveAfterDays: approveAfterDays 40 may never install a patch: Microsoft withdraws superseded updates after about 30 days; use at most 30 days [patch-baseline/windows-superseded]',
    ]);
  });
});

describe('patchWithinDays', () => {
  it('may be as long as the delay', () => {
    expect(problemsOf(fleetOfRing({ approveAfterDays: 7, patchWithinDays: 7 }))).toEqual([]);
    expect(problemsOf(fleetOfRing({ patchWithinDays: 7 }))).toEqual([]);
  });

  it('must leave room for the delay of the ring', () => {
    expect(
      problemsOf(
        fleetOfRing(
          { approveAfterDays: 8, patchWithinDays: 7 },
          { baselines, patchGroups: { web: { name: 'web', baselines: ['linux'] }, files: patchGroups.files } },
        ),
      ),
    ).toEqual([
      'error rings[0].approveAfterDays: approveAfterDays must be at most patchWithinDays (7), got 8: no patch could be in time; approve earlier, or give the ring more days [fleet/approved-in-time]',
    ]);
  });

  it('must leave room for the delay of an assignment', () => {
    const assignments = { default: validAssignment({ approveAfterDays: 8 }) };
    const rings = [{ name: 'early', scan: scanWindow(), approveAfterDays: 3, patchWithinDays: 7 }];
    expect(problemsOf(fleetOfAssignments(assignments, { rings }))).toEqual([
      'error accounts[0].assignments.default.approveAfterDays: approveAfterDays must be at most patchWithinDays of ring "early" (7), got 8: no patch could be in time; approve earlier, or give the ring more days [fleet/approved-in-time]',
    ]);
  });

  it('must leave room for the rules of baselines, those of presets included', () => {
    expect(problemsOf(fleetOfRing({ patchWithinDays: 5 }))).toEqual([
      'error baselines.linux.approvalRules: baseline "linux" must approve patches within the patchWithinDays of ring "early" (5), got 7 days: no patch could be in time; approve earlier, or give the ring more days [fleet/approved-in-time]',
      'error baselines.windows.preset: baseline "windows" must approve patches within the patchWithinDays of ring "early" (5), got 7 days: no patch could be in time; approve earlier, or give the ring more days [fleet/approved-in-time]',
    ]);
    expect(problemsOf(fleetOfRing({ patchWithinDays: 5, approveAfterDays: 1 }))).toEqual([]);
  });

  it('is always met where patches are approved at once', () => {
    const ubuntu = { operatingSystem: 'UBUNTU', preset: 'aws-default' } as FleetBaseline;
    expect(problemsOf(fleetOfRing({ patchWithinDays: 0 }, { baselines: { linux: ubuntu, windows: ubuntu } }))).toEqual(
      [],
    );
  });
});
