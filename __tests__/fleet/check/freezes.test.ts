import { describe, expect, it } from '@jest/globals';
import type { Fleet, FleetFreeze, FleetInstall } from '../../../fleet/schema/index.ts';
import { installWindow, problemsOf, scanWindow, validFleet } from '../support.ts';

const valid: FleetFreeze = { name: 'year-end', from: '2026-12-18', to: '2027-01-04', reason: 'annual accounts' };

function fleetOf(freezes: readonly Partial<FleetFreeze>[], overrides: Partial<Fleet> = {}): Fleet {
  return validFleet({ freezes: freezes.map((freeze) => ({ ...valid, ...freeze })), ...overrides });
}

const said = (freeze: Partial<FleetFreeze>, overrides: Partial<Fleet> = {}) => problemsOf(fleetOf([freeze], overrides));

describe('a freeze', () => {
  it('says nothing about windows where nobody says which day it is', () => {
    expect(said({})).toEqual([]);
    expect(said({ from: '2001-12-18', to: '2002-01-04' })).toEqual([]);
  });

  it('names rings that exist, each once, and why', () => {
    expect(said({ rings: ['late', 'lat', 'late'], reason: ' ' })).toEqual([
      'error freezes[0].reason: reason of a freeze must say why nothing is installed, got " "; write the reason [fleet/freeze-reason]',
      'error freezes[0].rings[1]: rings must name a ring of rings (early, late), got "lat"; did you mean "late"? [fleet/reference]',
      'error freezes[0].rings[2]: rings must list each entry once, got "late" again; remove one of them [fleet/listed-once]',
    ]);
    expect(said({ rings: [] })).toEqual([
      'error freezes[0].rings: rings of a freeze must name at least one ring, got none: nothing would be frozen; name one, or leave rings out for all [fleet/freeze-rings]',
    ]);
  });

  it.each([
    ['18.12.2026', 'write 2026-12-18'],
    ['12/18/2026', 'write 2026-12-18'],
    ['2026-11-31', '2026-11 has 30 days'],
    ['2026-12-18T18:00', 'add its offset, as in 2026-12-18T18:00:00+01:00: an instant is the same in every zone'],
    ['2026-12-18T6:00:00Z', 'write it like 2026-12-18T18:00:00+01:00'],
    ['Christmas', 'write it like 2026-12-18, or 2026-12-18T18:00:00+01:00'],
  ])('begins on a day or at an instant: %j', (from, fix) => {
    expect(said({ from })).toEqual([
      `error freezes[0].from: from must be a day that exists, written YYYY-MM-DD, or an instant with its offset, got "${from}"; ${fix} [fleet/freeze-date]`,
    ]);
  });

  it('has a zone that exists', () => {
    expect(said({ timezone: 'Berlin' })).toEqual([
      'error freezes[0].timezone: timezone must be an IANA time zone name such as Europe/Berlin, got "Berlin"; write Europe/Berlin [schedule/time-zone]',
    ]);
  });

  it('ends after it begins', () => {
    expect(said({ from: '2027-01-04', to: '2026-12-18' })).toEqual([
      'error freezes[0].to: to must be after from (2027-01-04), got 2026-12-18; exchange the two [fleet/freeze-order]',
    ]);
    const noon = '2026-12-18T12:00:00Z';
    expect(said({ from: noon, to: noon })).toEqual([
      `error freezes[0].to: to must be after from (${noon}), got ${noon}; write a later end [fleet/freeze-order]`,
    ]);
  });

  it('lasts 366 days at most, an hour more where clocks change', () => {
    expect(said({ from: '2026-01-01', to: '2027-01-01' })).toEqual([]);
    expect(said({ from: '2026-03-29', to: '2027-03-29', timezone: 'Europe/Berlin' })).toEqual([]);
    expect(said({ from: '2026-01-01', to: '2027-01-02' })).toEqual([
      'error freezes[0].to: a freeze must last at most 366 days, got 367 from 2026-01-01 to 2027-01-02; freeze for less, or close the windows for good [fleet/freeze-length]',
    ]);
  });

  it('has a name of its own, and no ring twice at a time', () => {
    const second = { from: '2027-01-04T12:00:00+01:00', to: '2027-01-10', rings: ['late'], timezone: 'Europe/Berlin' };
    expect(problemsOf(fleetOf([{}, { ...second, name: 'inventory' }]))).toEqual([
      'error freezes[1]: freeze "inventory" must not overlap with freeze "year-end" in a ring, both hold at 2027-01-04T12:00:00+01:00 for late; make them one freeze, or move one of them [fleet/freezes-overlap]',
    ]);
    expect(problemsOf(fleetOf([{ rings: ['early'] }, second]))).toEqual([
      'error freezes[1].name: name must differ from freeze to freeze, got "year-end" again; rename one of them [fleet/freeze-name-unique]',
    ]);
    expect(problemsOf(fleetOf([{}, { name: 'inventory', from: '2027-01-05', to: '2027-01-10' }]))).toEqual([]);
  });

  it('has closed install windows that exist and are closed', () => {
    const rings = [
      { name: 'early', scan: scanWindow(), install: installWindow({ enabled: false }) },
      { name: 'late', scan: scanWindow(), install: installWindow({ schedule: 'cron(0 4 ? * THU *)' }) },
    ];
    expect(said({ closed: ['early/install'] }, { rings })).toEqual([]);
    expect(
      said({ closed: ['early/scan', 'early/instal', 'early/install', 'early/install', 'late/install'] }, { rings }),
    ).toEqual([
      'error freezes[0].closed[0]: closed must name install windows as RING/WINDOW (early/install, late/install), got "early/scan"; remove it where the window is gone [fleet/freeze-closed-windows]',
      'error freezes[0].closed[1]: closed must name install windows as RING/WINDOW (early/install, late/install), got "early/instal"; did you mean "early/install"? [fleet/freeze-closed-windows]',
      'error freezes[0].closed[3]: closed must list each entry once, got "early/install" again; remove one of them [fleet/listed-once]',
      'error freezes[0].closed[4]: closed must name install windows with enabled: false, got "late/install", which is open; set enabled: false there, or remove the entry [fleet/freeze-closed-windows]',
    ]);
  });
});

describe('an emergency within a freeze', () => {
  const emergency = { name: 'urgent', patches: ['KB5034441'], rings: ['early', 'late'], expires: '2027-01-10' };
  const at = (time: string) =>
    problemsOf(
      fleetOf([{ rings: ['late'], timezone: 'Europe/Berlin' }], {
        emergencies: [{ ...emergency, at: time, timezone: 'Europe/Berlin', maxConcurrency: '50%', maxErrors: '10%' }],
      }),
    ).filter((problem) => !problem.endsWith('[fleet/runs-overlap]'));

  it('is allowed, and told', () => {
    expect(at('2026-12-17T22:00')).toEqual([
      'warning emergencies[0].at: emergency "urgent" installs within freeze "year-end", from 2026-12-17T22:00:00+01:00 to 2026-12-18T01:00:00+01:00 in late; meant so? otherwise move it out of the freeze [fleet/emergency-in-freeze]',
    ]);
    expect(at('2027-01-04T23:59')).toEqual([expect.stringContaining('[fleet/emergency-in-freeze]')]);
  });

  it('ends as the freeze begins, or begins as it ends', () => {
    expect(at('2026-12-17T21:00')).toEqual([]);
    expect(at('2027-01-05T00:00')).toEqual([]);
  });
});

describe('the windows of a freeze', () => {
  const berlin = { timezone: 'Europe/Berlin', rings: ['late'] };
  /** Of the ring `late`, which opens every Thursday from four to seven, UTC. */
  const on = (asOf: string, install: Partial<FleetInstall> = {}, freeze: Partial<FleetFreeze> = {}) => {
    const rings = [
      { name: 'early', scan: scanWindow(), install: installWindow() },
      { name: 'late', scan: scanWindow(), install: installWindow({ schedule: 'cron(0 4 ? * THU *)', ...install }) },
    ];
    return problemsOf(fleetOf([{ ...berlin, ...freeze }], { rings }), { asOf });
  };
  const open = '1 install window is open: late/install (2026-12-24T05:00:00+01:00 to 2026-12-24T08:00:00+01:00)';

  it('need not be closed more than 7 days before it, which is told', () => {
    expect(on('2026-12-10T22:59:59Z')).toEqual([
      `info freezes[0]: freeze "year-end" begins at 2026-12-18T00:00:00+01:00, and ${open}; by 2026-12-11T00:00:00+01:00, npx patchfleet freeze year-end --apply [fleet/freeze-ahead]`,
    ]);
  });

  it('are no matter more than 31 days before it', () => {
    expect(on('2026-11-16T22:59:59Z')).toEqual([]);
    expect(on('2026-11-16T23:00:00Z')).toEqual([expect.stringMatching(/^info .*\[fleet\/freeze-ahead\]$/)]);
  });

  it('must be closed from 7 days before it', () => {
    const expected = [
      `error freezes[0]: freeze "year-end" begins at 2026-12-18T00:00:00+01:00, and ${open}; npx patchfleet freeze year-end --apply [fleet/freeze-closes-windows]`,
    ];
    expect(on('2026-12-10T23:00:00Z')).toEqual(expected);
    expect(on('2026-12-17T22:59:59Z')).toEqual(expected);
    expect(on('2026-12-10T23:00:00Z', { enabled: false }, { closed: ['late/install'] })).toEqual([]);
    expect(on('2026-12-10T23:00:00Z', { schedule: 'cron(0 4 1 7 ? *)' })).toEqual([]);
  });

  it('are near by days of 24 hours, also where clocks change in between', () => {
    const spring = { from: '2026-04-01', to: '2026-04-03' };
    expect(on('2026-03-24T21:59:59Z', {}, spring)).toEqual([
      expect.stringMatching(/^info .*by 2026-03-24T23:00:00\+01:00/),
    ]);
    expect(on('2026-03-24T22:00:00Z', {}, spring)).toEqual([
      expect.stringMatching(/^error .*\[fleet\/freeze-closes-windows\]$/),
    ]);
  });

  it('must be closed while it lasts, as long as they have runs in it', () => {
    expect(on('2026-12-17T23:00:00Z')).toEqual([
      `error freezes[0]: freeze "year-end" lasts until 2027-01-05T00:00:00+01:00, and ${open}; npx patchfleet freeze year-end --apply [fleet/freeze-closes-windows]`,
    ]);
    expect(on('2026-12-31T06:59:59Z')).toEqual([
      expect.stringContaining('late/install (2026-12-31T05:00:00+01:00 to 2026-12-31T08:00:00+01:00)'),
    ]);
    expect(on('2026-12-31T07:00:00Z')).toEqual([]);
  });

  it('of a rate are told as what nobody can know', () => {
    expect(on('2026-12-18T12:00:00Z', { schedule: 'rate(7 days)' })).toEqual([
      'error freezes[0]: freeze "year-end" lasts until 2027-01-05T00:00:00+01:00, and 1 install window is open: late/install (every 7 days from creation, at times that the file does not tell); npx patchfleet freeze year-end --apply [fleet/freeze-closes-windows]',
      'warning rings[1].install: install of ring "late" must not overlap with scan: "rate(7 days)" counts from when the window is made, so nobody can tell whether both are open at the same time of day; use cron for both [fleet/runs-overlap]',
    ]);
  });

  it('are told a few, and counted', () => {
    const windows = Array.from({ length: 6 }, (_, index) =>
      installWindow({ name: `w${index}`, schedule: `cron(0 ${index * 4} ? * THU *)` }),
    );
    const rings = [{ name: 'late', scan: scanWindow(), install: windows }];
    const [first] = problemsOf(fleetOf([berlin], { rings, accounts: [] }), { asOf: '2026-12-18' }).filter((problem) =>
      problem.includes('freeze-closes-windows'),
    );
    expect(first).toMatch(
      /and 6 install windows are open: late\/install-w0 \([^)]*\), (late\/install-w\d \([^)]*\)(, )?){3} and 2 more; npx/,
    );
  });

  it('must be opened once it is over', () => {
    expect(on('2027-01-04T22:59:59Z', { enabled: false }, { closed: ['late/install'] })).toEqual([]);
    expect(on('2027-01-04T23:00:00Z', { enabled: false }, { closed: ['late/install'] })).toEqual([
      'error freezes[0]: freeze "year-end" ended at 2027-01-05T00:00:00+01:00, and a window that it closed is still closed: late/install; npx patchfleet freeze year-end --lift [fleet/freeze-opens-windows]',
    ]);
  });

  it('that are open again, or that somebody closed for good, leave a freeze that can be deleted', () => {
    const deletable = [
      'info freezes[0]: freeze "year-end" ended at 2027-01-05T00:00:00+01:00, and nothing is closed for it any more; delete it [fleet/freeze-is-over]',
    ];
    expect(on('2027-01-05')).toEqual(deletable);
    expect(on('2027-01-05', { enabled: false })).toEqual(deletable);
  });
});
