import { describe, expect, it } from '@jest/globals';
import type { Fleet, FleetEmergency } from '../../../fleet/schema/index.ts';
import { fleetOfAssignments, installWindow, problemsOf, validAssignment, validFleet } from '../support.ts';

const sound: FleetEmergency = {
  name: 'now',
  patches: ['KB5034441', 'CVE-2026-1234'],
  rings: ['early'],
  at: '2026-12-01T22:00',
  timezone: 'Europe/Berlin',
  expires: '2026-12-08',
  maxConcurrency: '10%',
  maxErrors: '1',
};

function problems(change: Partial<FleetEmergency>, overrides: Partial<Fleet> = {}, asOf?: string): string[] {
  const fleet = validFleet({ emergencies: [{ ...sound, ...change }], ...overrides });
  return problemsOf(fleet, asOf === undefined ? {} : { asOf });
}

describe('an emergency', () => {
  it('may be sound', () => {
    expect(problems({})).toEqual([]);
    expect(problems({}, {}, '2026-11-25')).toEqual([]);
  });

  it('names rings that there are, once', () => {
    expect(problems({ rings: ['early', 'erly', 'early'] })).toEqual([
      'error emergencies[0].rings[1]: rings must name a ring of rings (early, late), got "erly"; did you mean "early"? [fleet/reference]',
      'error emergencies[0].rings[2]: rings must list each entry once, got "early" again; remove one of them [fleet/listed-once]',
    ]);
    expect(problems({ rings: [] })).toContain(
      'error emergencies[0].rings: rings must name at least one ring, got none; name a ring [fleet/emergency-rings]',
    );
  });

  it('names patches that some baseline of its rings takes', () => {
    expect(problems({ patches: [] })).toEqual([
      'error emergencies[0].patches: patches must name at least one patch, got none; name one [fleet/emergency-patches]',
    ]);
    expect(problems({ patches: ['kb5034441', 'cve-2026-1234', 'KB5034441', 'KB5034441'] })).toEqual([
      'error emergencies[0].patches[0]: patches must have names that a baseline of the rings takes (AMAZON_LINUX_2023, WINDOWS), got "kb5034441"; write KB5034441 [fleet/emergency-patch-taken]',
      'error emergencies[0].patches[1]: patches must have names that a baseline of the rings takes (AMAZON_LINUX_2023, WINDOWS), got "cve-2026-1234"; write CVE-2026-1234 [fleet/emergency-patch-taken]',
      'error emergencies[0].patches[3]: patches must list each entry once, got "KB5034441" again; remove one of them [fleet/listed-once]',
    ]);
    const { accounts } = fleetOfAssignments({ default: validAssignment({ patchGroups: ['web'] }) });
    expect(problems({}, { accounts })).toEqual([
      'error emergencies[0].patches[0]: patches must have names that a baseline of the rings takes (AMAZON_LINUX_2023), got "KB5034441"; name the patch as the operating system does, or leave it out [fleet/emergency-patch-taken]',
    ]);
  });

  it('names nothing that is rejected: AWS would not install it', () => {
    const { linux, windows } = validFleet().baselines;
    const baselines = { linux, windows: { ...windows, rejectedPatches: ['KB5034441'] } } as Fleet['baselines'];
    expect(problems({}, { baselines })).toEqual([
      'error emergencies[0].patches[0]: patches must name nothing that is rejected, got "KB5034441", which baseline "windows" rejects: AWS would not install it; take it out of rejectedPatches [fleet/emergency-rejected]',
    ]);
    const waiver = {
      patches: ['KB5034441'],
      rings: ['early'],
      owner: 'a',
      reason: 'b',
      ticket: 'c',
      expires: '2027-01-01',
    };
    expect(problems({}, { waivers: [waiver] })).toContain(
      'error emergencies[0].patches: patches must name nothing that is rejected, got "KB5034441", which a waiver rejects until 2027-01-01: AWS would not install it; take it out of the waiver [fleet/emergency-rejected]',
    );
    expect(problems({ rings: ['late'] }, { waivers: [waiver] }).join()).not.toContain('which a waiver rejects');
  });

  it('leaves room in the lists of its baselines', () => {
    const { linux, windows } = validFleet().baselines;
    const approvedPatches = Array.from({ length: 50 }, (_, index) => `KB50344${index + 10}`);
    const baselines = { linux, windows: { ...windows, approvedPatches } } as Fleet['baselines'];
    expect(problems({ patches: ['KB5034410'] }, { baselines })).toEqual([]);
    expect(problems({ patches: ['KB5068861'] }, { baselines })).toEqual([
      'error emergencies[0].patches: baseline "windows" must approve at most 50 patches by name in ring "early", got 51 with those of emergencies; delete what is done, or name fewer [fleet/emergency-patch-count]',
    ]);
  });

  it.each([
    ['2026-12-01 22:00', 'write 2026-12-01T22:00'],
    ['01.12.2026 22:00', 'write 2026-12-01T22:00'],
    ['12/01/2026 22:00', 'write 2026-01-12T22:00 or 2026-12-01T22:00'],
    ['2026-12-01T22:00:00', 'write 2026-12-01T22:00'],
    ['2026-12-01T22:00:00+01:00', 'write 2026-12-01T22:00, and the zone as timezone'],
    ['2026-12-01T25:00', 'write it like 2026-12-01T22:00'],
    ['2026-02-30T22:00', 'write it like 2026-12-01T22:00'],
    ['2026-12-01', 'write it like 2026-12-01T22:00'],
  ])('opens at a day and time: %s is none', (at, fix) => {
    expect(problems({ at })).toEqual([
      `error emergencies[0].at: at must be a day and time written YYYY-MM-DDThh:mm, by the clocks of timezone, got "${at}"; ${fix} [fleet/emergency-at]`,
    ]);
  });

  it('has a window by the rules of any window', () => {
    expect(
      problems({ timezone: 'CET+1', duration: 30, cutoff: 30, maxConcurrency: 'some', maxErrors: '-1' }).sort(),
    ).toEqual([
      expect.stringContaining('error emergencies[0].cutoff: '),
      expect.stringContaining(
        'error emergencies[0].duration: duration must be a whole number of hours from 1 to 24, got 30',
      ),
      expect.stringContaining('error emergencies[0].maxConcurrency: maxConcurrency must be '),
      expect.stringContaining('error emergencies[0].maxErrors: maxErrors must be '),
      expect.stringContaining('error emergencies[0].timezone: timezone must be an IANA time zone name'),
    ]);
  });

  it('expires on a day that does not lie before it', () => {
    expect(problems({ expires: '8.12.2026' })).toEqual([
      'error emergencies[0].expires: expires must be a day written YYYY-MM-DD, got "8.12.2026"; write 2026-12-08 [fleet/emergency-expires]',
    ]);
    expect(problems({ expires: '2026-11-30' })).toEqual([
      'error emergencies[0].expires: expires must not lie before the day on which its window ends (2026-12-01 in UTC), got "2026-11-30"; set it some days later [fleet/emergency-expires]',
    ]);
    expect(problems({ expires: '2026-12-01' })).toEqual([]);
    expect(problems({ expires: '2026-11-30', duration: 25 })).toContain(
      'error emergencies[0].expires: expires must not lie before the day on which its window ends (2026-12-01 in UTC), got "2026-11-30"; set it some days later [fleet/emergency-expires]',
    );
  });

  it('is told with both instants where clocks show its time twice, or not at all', () => {
    const newYork = { timezone: 'America/New_York', expires: '2027-12-31' };
    expect(problems({ ...newYork, at: '2026-11-01T01:30' })).toEqual([
      'info emergencies[0].at: at should be a time that there is once, got "2026-11-01T01:30", which is shown twice by the clocks of America/New_York: its window is taken to open at 2026-11-01T05:30:00Z, AWS may open it at 2026-11-01T06:30:00Z; name another hour [fleet/emergency-clocks-change]',
    ]);
    expect(problems({ ...newYork, at: '2027-03-14T02:30' })).toEqual([
      'info emergencies[0].at: at should be a time that there is once, got "2027-03-14T02:30", which is skipped by the clocks of America/New_York: its window is taken to open at 2027-03-14T07:30:00Z, AWS may open it at 2027-03-14T06:30:00Z; name another hour [fleet/emergency-clocks-change]',
    ]);
  });

  it.each(['2026-11-01T00:59', '2026-11-01T02:00', '2027-03-14T01:59', '2027-03-14T03:00'])(
    'is at a time that there is once: %s',
    (at) => {
      const told = problems({ timezone: 'America/New_York', expires: '2027-12-31', at });
      expect(told.filter((problem) => problem.includes('fleet/emergency-clocks-change'))).toEqual([]);
    },
  );

  it('expires when its window is over, also where that is another day in UTC', () => {
    const west = { timezone: 'America/Los_Angeles', at: '2026-12-01T20:00' };
    expect(problems({ ...west, expires: '2026-12-01' })).toEqual([
      'error emergencies[0].expires: expires must not lie before the day on which its window ends (2026-12-02 in UTC), got "2026-12-01"; set it some days later [fleet/emergency-expires]',
    ]);
    expect(problems({ ...west, expires: '2026-12-02' })).toEqual([]);
    // From 21:00 to midnight in UTC, and an hour longer.
    expect(problems({ duration: 3, expires: '2026-12-01' })).toEqual([]);
    expect(problems({ duration: 4, expires: '2026-12-01' })).toContain(
      'error emergencies[0].expires: expires must not lie before the day on which its window ends (2026-12-02 in UTC), got "2026-12-01"; set it some days later [fleet/emergency-expires]',
    );
    const east = { timezone: 'Pacific/Auckland', at: '2026-12-02T08:00' };
    expect(problems({ ...east, expires: '2026-12-01' })).toEqual([]);
  });

  it('must be deleted when it is over: a warning at first, then an error', () => {
    expect(problems({}, {}, '2026-12-01T20:59:59Z')).toEqual([]);
    const over =
      'warning emergencies[0].at: at of emergency "now" is over since 2026-12-01T21:00:00Z: its patches stay approved as long as it stands; done? delete the entry [fleet/emergency-done]';
    expect(problems({}, {}, '2026-12-01T21:00:00Z')).toEqual([over]);
    expect(problems({}, {}, '2026-12-08T23:59:59Z')).toEqual([over]);
    expect(problems({}, {}, '2026-12-09')).toEqual([
      'error emergencies[0].expires: expires of emergency "now" must not be over, got "2026-12-08" on 2026-12-09: its patches stay approved as long as it stands; delete the entry [fleet/emergency-expired]',
    ]);
  });

  it('has a name of its own', () => {
    const emergencies = [sound, { ...sound, at: '2026-12-02T22:00' }];
    expect(problemsOf(validFleet({ emergencies }))).toEqual([
      'error emergencies[1].name: name must differ from emergency to emergency, got "now" again; rename one of them [fleet/emergency-name-unique]',
    ]);
  });

  it('overlaps with no window of its rings', () => {
    // A Tuesday, five o’clock: early installs from four to seven.
    expect(problems({ at: '2026-12-01T05:00', timezone: 'UTC' })).toEqual([
      'warning emergencies[0]: emergency-now of ring "early" must not overlap with install, both are open at 2026-12-01T05:00:00Z: install from 2026-12-01T04:00:00Z to 2026-12-01T07:00:00Z, emergency-now from 2026-12-01T05:00:00Z to 2026-12-01T08:00:00Z; move one of them, or shorten the one that opens first [fleet/runs-overlap]',
    ]);
  });

  it('counts in the quotas of windows and tasks, with two tasks for each patch group', () => {
    const keys = Array.from({ length: 11 }, (_, index) => `g${index}`);
    const patchGroups = Object.fromEntries(keys.map((key) => [key, { name: key, baselines: ['linux'] }]));
    const { linux } = validFleet().baselines;
    const { accounts } = fleetOfAssignments({ default: validAssignment({ patchGroups: keys }) });
    const crowded = { patchGroups, accounts, baselines: { linux } as Fleet['baselines'] };
    expect(problems({ patches: ['CVE-2026-1234'] }, crowded)).toEqual([
      'error accounts[0].assignments.default.patchGroups: a window must have at most 20 tasks, in an emergency two for each patch group, got 22; use a second assignment [fleet/quota-tasks]',
    ]);
    const emergencies = Array.from({ length: 49 }, (_, index) => ({ ...sound, name: `e${index}` }));
    const fleet = fleetOfAssignments({ default: validAssignment() }, { emergencies });
    expect(problemsOf(fleet).filter((problem) => problem.includes('quota-windows]'))).toEqual([
      'error accounts[0].assignments: an account and region must have at most 50 maintenance windows, got 51; use fewer assignments, or fewer install windows [fleet/quota-windows]',
    ]);
  });

  it('counts in the names that are made of it', () => {
    const name = `e${'x'.repeat(39)}`;
    const assignments = { [`a${'x'.repeat(39)}`]: validAssignment({ patchGroups: ['web', 'files'] }) };
    const fleet = fleetOfAssignments(assignments, { fleet: `f${'x'.repeat(30)}`, emergencies: [{ ...sound, name }] });
    expect(problemsOf(fleet).filter((problem) => problem.includes('name-length'))).toEqual([
      expect.stringContaining(`the name of task "install-files" in window "emergency-${name}"`),
      expect.stringContaining(`the name of task "install-web" in window "emergency-${name}"`),
    ]);
    const colliding = { a: validAssignment(), 'a-emergency': validAssignment({ ring: 'late' }) };
    const rings = validFleet().rings.map((ring) =>
      ring.name === 'late' ? { ...ring, install: installWindow({ name: 'x' }) } : ring,
    );
    expect(
      problemsOf(fleetOfAssignments(colliding, { rings, emergencies: [{ ...sound, name: 'install-x' }] })),
    ).toContain(
      'error accounts[0].assignments.a-emergency: window "install-x" of assignment "a-emergency" must not share a name with window "emergency-install-x" of assignment "a", both become "a-emergency-install-x"; rename one of the two assignments [fleet/name-collision]',
    );
  });
});
