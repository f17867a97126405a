import { describe, expect, it } from '@jest/globals';
import type { Approval } from '../../calendar/rollout.ts';
import { rolloutOf, rolloutWithEmergencies } from '../../fleet/rollout.ts';
import type { Fleet } from '../../fleet/schema/index.ts';
import { fleetOfAssignments, fleetOfRing, installWindow, scanWindow, validAssignment, validFleet } from './support.ts';

/** `linux[0] 7 days: Security`. */
function described({ baseline, rule, approval, label }: Approval): string {
  return `${baseline}[${rule}] ${'afterDays' in approval ? `${approval.afterDays} days` : `until ${approval.untilDate}`}: ${label}`;
}

function approvalsOf(fleet: Fleet, ring = 'early'): string[] {
  return rolloutOf(fleet)
    .rings.filter(({ name }) => name === ring)
    .flatMap(({ approvals }) => approvals.map(described));
}

describe('the rollout of a fleet', () => {
  it('has the rings in the order of the file, with what is asked of them', () => {
    const [early, late] = validFleet().rings;
    const rings = [early, { ...late, soakDays: 3, patchWithinDays: 21 }] as Fleet['rings'];
    expect(rolloutOf(validFleet({ rings })).rings.map(({ windows: _w, approvals: _a, ...ring }) => ring)).toEqual([
      { name: 'early' },
      { name: 'late', soakDays: 3, patchWithinDays: 21 },
    ]);
  });

  it('has the windows of a ring with every default written out', () => {
    const [ring] = rolloutOf(fleetOfRing({ scan: scanWindow(), install: installWindow() })).rings;
    expect(ring?.windows).toEqual([
      {
        key: 'scan',
        operation: 'Scan',
        schedule: 'cron(0 0 * * ? *)',
        timezone: 'UTC',
        durationHours: 3,
        cutoffHours: 1,
        enabled: true,
      },
      {
        key: 'install',
        operation: 'Install',
        schedule: 'cron(0 4 ? * TUE *)',
        timezone: 'UTC',
        durationHours: 3,
        cutoffHours: 1,
        enabled: true,
      },
    ]);
  });

  it('has what a window says of itself, and counts days from Patch Tuesday in the words of AWS', () => {
    const install = [
      installWindow({
        schedule: { patchTuesday: { plusDays: 11, at: '22:00' } },
        timezone: 'Europe/Berlin',
        duration: 6,
        cutoff: 2,
        startDate: '2026-12-01T00:00:00Z',
        endDate: '2027-12-01T00:00:00Z',
      }),
      installWindow({ name: 'second', offset: 2, enabled: false }),
    ];
    const [ring] = rolloutOf(fleetOfRing({ scan: undefined, install })).rings;
    expect(ring?.windows).toEqual([
      {
        key: 'install',
        operation: 'Install',
        schedule: 'cron(0 22 ? * TUE#3 *)',
        offsetDays: 4,
        timezone: 'Europe/Berlin',
        startDate: '2026-12-01T00:00:00Z',
        endDate: '2027-12-01T00:00:00Z',
        durationHours: 6,
        cutoffHours: 2,
        enabled: true,
      },
      expect.objectContaining({ key: 'install-second', offsetDays: 2, enabled: false }),
    ]);
  });

  it('says which windows install a list of their own, and not what baselines approve', () => {
    const list = 'https://example.com/list.yaml';
    const install = [installWindow({ installOverrideList: list }), installWindow({ name: 'second' })];
    const [ring] = rolloutOf(fleetOfRing({ install })).rings;
    expect(ring?.windows.map(({ key, installsOwnList }) => [key, installsOwnList])).toEqual([
      ['scan', undefined],
      ['install', true],
      ['install-second', undefined],
    ]);
  });

  it('says which windows leave out the reboot', () => {
    const install = [installWindow({ rebootOption: 'NoReboot' }), installWindow({ name: 'second' })];
    const [ring] = rolloutOf(fleetOfRing({ install })).rings;
    expect(ring?.windows.map(({ leavesReboot }) => leavesReboot)).toEqual([undefined, true, undefined]);
  });

  it('approves by the delay of each rule, of the ring in its place, and of the assignment before both', () => {
    expect(approvalsOf(validFleet())).toEqual([
      'linux[0] 7 days: Security',
      'windows[0] 7 days: CriticalUpdates, SecurityUpdates, Critical, Important',
    ]);
    expect(approvalsOf(fleetOfRing({ approveAfterDays: 2 }))).toEqual([
      'linux[0] 2 days: Security',
      'windows[0] 2 days: CriticalUpdates, SecurityUpdates, Critical, Important',
    ]);
    const assignments = { default: validAssignment({ approveAfterDays: 9, patchGroups: ['web'] }) };
    expect(approvalsOf(fleetOfAssignments(assignments))).toEqual(['linux[0] 9 days: Security']);
  });

  it('tells each delay that assignments of a ring give a rule, once', () => {
    const assignments = {
      default: validAssignment({ patchGroups: ['web'] }),
      careful: validAssignment({ patchGroups: ['web'], approveAfterDays: 14 }),
      another: validAssignment({ patchGroups: ['web'], approveAfterDays: 14 }),
    };
    expect(approvalsOf(fleetOfAssignments(assignments))).toEqual([
      'linux[0] 14 days: Security',
      'linux[0] 7 days: Security',
    ]);
  });

  it('keeps a rule that is pinned to a day, and approves at once what apt installs', () => {
    const baselines: Fleet['baselines'] = {
      linux: {
        operatingSystem: 'AMAZON_LINUX_2023',
        approvalRules: [{ product: ['*'], approveUntilDate: '2026-11-01' }],
      },
      windows: { operatingSystem: 'UBUNTU', approvalRules: [{ priority: ['Required'] }] },
    };
    expect(approvalsOf(fleetOfRing({ approveAfterDays: 5 }, { baselines }))).toEqual([
      'linux[0] until 2026-11-01: everything',
      'windows[0] 0 days: Required',
    ]);
  });

  it('says of a ring without assignments that it approves nothing', () => {
    expect(approvalsOf(fleetOfRing({}), 'late')).toEqual([]);
    expect(approvalsOf(fleetOfAssignments({ default: validAssignment({ ring: 'late' }) }))).toEqual([]);
  });
});

describe('what stands in the way of a rollout', () => {
  const freezes: Fleet['freezes'] = [
    { name: 'year-end', from: '2026-12-18', to: '2027-01-04', timezone: 'Europe/Berlin', reason: 'Annual accounts' },
    { name: 'fair', from: '2026-12-01T08:00:00Z', to: '2026-12-02T08:00:00Z', rings: ['late'], reason: 'Trade fair' },
  ];

  it('is a freeze, as instants, for the rings it names or for all', () => {
    expect(rolloutOf(validFleet({ freezes })).freezes).toEqual([
      {
        name: 'year-end',
        from: '2026-12-17T23:00:00.000Z',
        to: '2027-01-04T23:00:00.000Z',
        rings: ['early', 'late'],
        reason: 'Annual accounts',
      },
      {
        name: 'fair',
        from: '2026-12-01T08:00:00.000Z',
        to: '2026-12-02T08:00:00.000Z',
        rings: ['late'],
        reason: 'Trade fair',
      },
    ]);
  });

  it('is every freeze that keeps a window closed', () => {
    const closed = freezes.map((freeze) => ({ ...freeze, closed: ['early/install'] }));
    const [ring] = rolloutOf(fleetOfRing({ install: installWindow({ enabled: false }) }, { freezes: closed })).rings;
    expect(ring?.windows.map(({ key, enabled, closedBy }) => [key, enabled, closedBy])).toEqual([
      ['scan', true, undefined],
      ['install', false, ['year-end', 'fair']],
    ]);
  });

  it('is a pin of the ring, before any delay', () => {
    const ring = { approveAfterDays: 5, approveUntilDates: { linux: ['2026-11-01'] } };
    expect(approvalsOf(fleetOfRing(ring))).toEqual([
      'linux[0] until 2026-11-01: Security',
      'windows[0] 5 days: CriticalUpdates, SecurityUpdates, Critical, Important',
    ]);
  });

  it('is no emergency, which is told only to whoever wants to know what opens', () => {
    const fleet = fleetOfRing(
      { install: installWindow() },
      {
        emergencies: [
          {
            name: 'kb5034441',
            patches: ['KB5034441'],
            rings: ['early'],
            at: '2026-12-01T22:00',
            timezone: 'Europe/Berlin',
            expires: '2026-12-08',
            maxConcurrency: '50%',
            maxErrors: '10%',
          },
        ],
      },
    );
    expect(rolloutOf(fleet).rings[0]?.windows.map(({ key }) => key)).toEqual(['scan', 'install']);
    expect(rolloutWithEmergencies(fleet).rings[0]?.windows[2]).toEqual({
      key: 'emergency-kb5034441',
      operation: 'Install',
      schedule: 'at(2026-12-01T22:00:00)',
      timezone: 'Europe/Berlin',
      durationHours: 3,
      cutoffHours: 1,
      enabled: true,
      ignoresFreezes: true,
    });
  });
});
