import { describe, expect, it } from '@jest/globals';
import { fleetOfRing, installWindow, problemsOf, scanWindow } from '../support.ts';

type Window = Parameters<typeof scanWindow>[0];

const together = (scan: Window, install: Window) =>
  problemsOf(fleetOfRing({ scan: scanWindow(scan), install: installWindow(install) }));
const overlap = (why: string) =>
  `warning rings[0].install: install of ring "early" must not overlap with scan: ${why}; use cron for both [fleet/runs-overlap]`;
const daily = 'cron(0 0 * * ? *)';

describe('a window that opens at a rate', () => {
  it('alone in its ring is left in peace, however often it opens', () => {
    const schedule = 'rate(5 minutes)';
    expect(problemsOf(fleetOfRing({ scan: scanWindow({ schedule }) }))).toEqual([]);
    expect(problemsOf(fleetOfRing({ scan: undefined, install: installWindow({ schedule }) }))).toEqual([]);
  });

  it('is open whenever another is, where it opens again before it closes', () => {
    const why =
      'scan opens again before its duration of 3 h is over ("rate(3 hours)"), so it may be open whenever install is';
    expect(together({ schedule: 'rate(3 hours)' }, {})).toEqual([overlap(why)]);
    expect(together({ schedule: 'rate(3 hours)', duration: 2 }, {})).toEqual([
      overlap(
        '"rate(3 hours)" counts from when the window is made, and drifts through the day, so that now and then both are open',
      ),
    ]);
  });

  it('drifts through the day, unless it comes every so many days', () => {
    expect(together({ schedule: daily }, { schedule: 'rate(25 hours)' })).toEqual([
      overlap(
        '"rate(25 hours)" counts from when the window is made, and drifts through the day, so that now and then both are open',
      ),
    ]);
    expect(together({ schedule: daily }, { schedule: 'rate(7 days)' })).toEqual([
      overlap(
        '"rate(7 days)" counts from when the window is made, so nobody can tell whether both are open at the same time of day',
      ),
    ]);
  });

  it('keeps step with another rate, or drifts past it', () => {
    expect(together({ schedule: 'rate(1 day)' }, { schedule: 'rate(168 hours)' })).toEqual([
      overlap(
        '"rate(168 hours)" counts from when the window is made, that of scan too, and windows made together open together',
      ),
    ]);
    expect(together({ schedule: 'rate(2 days)' }, { schedule: 'rate(5 days)' })).toEqual([
      overlap(
        '"rate(5 days)" counts from when the window is made, and drifts past scan, so that now and then both are open',
      ),
    ]);
  });

  it('meets no window that never opens, and none while it does not', () => {
    const rate = { schedule: 'rate(1 hour)' };
    expect(together({ ...rate, enabled: false }, {})).toEqual([]);
    expect(together(rate, { enabled: false })).toEqual([]);
    expect(together(rate, { schedule: 'at(2020-01-01T00:00:00)' })).toEqual([]);
  });

  it('is not looked at where its schedule is wrong', () => {
    expect(together({ schedule: 'rate(0 hours)' }, {}).filter((line) => line.includes('overlap'))).toEqual([]);
  });
});
