import { describe, expect, it } from '@jest/globals';
import { agendaOf } from '../../calendar/agenda.ts';
import type { Freeze, RolloutWindow } from '../../calendar/rollout.ts';

const december: Freeze = {
  name: 'year-end',
  from: '2026-12-15T00:00:00Z',
  to: '2026-12-22T00:00:00Z',
  rings: ['prod'],
  reason: 'Annual accounts',
};

function windowOf(overrides: Partial<RolloutWindow> = {}): RolloutWindow {
  return {
    key: 'install',
    operation: 'Install',
    schedule: 'cron(0 22 ? * TUE *)',
    timezone: 'Europe/Berlin',
    durationHours: 4,
    cutoffHours: 1,
    enabled: true,
    ...overrides,
  };
}

/** `2026-12-01T21:00Z +4h`, and what freezes it. */
function runsOf(window: RolloutWindow, freezes: readonly Freeze[] = [], ring = 'prod'): string[] {
  const rollout = { rings: [{ name: ring, windows: [window], approvals: [] }], freezes };
  const [agenda] = agendaOf(rollout, new Date('2026-12-01T00:00:00Z'), new Date('2027-01-01T00:00:00Z')).rings;
  const [{ always, runs } = { always: undefined, runs: [] }] = agenda?.windows ?? [];
  return [
    ...(always === undefined ? [] : [always]),
    ...runs.map(({ start, end, frozenBy }) => {
      const hours = (end.getTime() - start.getTime()) / 3_600_000;
      return `${start.toISOString().slice(0, 16)}Z +${hours}h${frozenBy === undefined ? '' : ` ${frozenBy}`}`;
    }),
  ];
}

describe('what opens when', () => {
  it('is every run from the first instant on and before the last', () => {
    expect(runsOf(windowOf())).toEqual([
      '2026-12-01T21:00Z +4h',
      '2026-12-08T21:00Z +4h',
      '2026-12-15T21:00Z +4h',
      '2026-12-22T21:00Z +4h',
      '2026-12-29T21:00Z +4h',
    ]);
    expect(runsOf(windowOf({ schedule: 'cron(0 0 1 * ? *)', timezone: 'UTC' }))).toEqual(['2026-12-01T00:00Z +4h']);
  });

  it('counts offset days, and keeps to the dates of the window', () => {
    expect(runsOf(windowOf({ schedule: 'cron(0 22 ? * TUE#2 *)', offsetDays: 4 }))).toEqual(['2026-12-12T21:00Z +4h']);
    expect(runsOf(windowOf({ startDate: '2026-12-20T00:00:00Z', endDate: '2026-12-25T00:00:00Z' }))).toEqual([
      '2026-12-22T21:00Z +4h',
    ]);
  });

  it('is a line for what opens several times a day, and for what nobody can know', () => {
    expect(runsOf(windowOf({ schedule: 'cron(0 */6 * * ? *)' }))).toEqual([
      'several times a day: cron(0 */6 * * ? *) Europe/Berlin',
    ]);
    expect(runsOf(windowOf({ schedule: 'rate(7 days)' }))).toEqual(['every 7 days from creation']);
    expect(runsOf(windowOf({ schedule: 'cron(0 3 * * ? *)' }))).toHaveLength(31);
  });

  it('is every run of what opens twice on one day, but not more than once a day on average', () => {
    expect(runsOf(windowOf({ schedule: 'cron(0 2,20 ? * TUE#4 *)' }))).toEqual([
      '2026-12-22T01:00Z +4h',
      '2026-12-22T19:00Z +4h',
    ]);
    expect(runsOf(windowOf({ schedule: 'cron(0 9,21 1/2 12 ? *)' }))).toEqual([
      'several times a day: cron(0 9,21 1/2 12 ? *) Europe/Berlin',
    ]);
    expect(runsOf(windowOf({ schedule: 'cron(0 9,21 2/2 12 ? *)' }))).toHaveLength(30);
  });

  it('is nothing for what opens several times a day in other years, or is over', () => {
    expect(runsOf(windowOf({ schedule: 'cron(0 */6 * * ? 2020)' }))).toEqual([]);
    expect(runsOf(windowOf({ schedule: 'cron(0 */6 * * ? *)', endDate: '2024-01-01T00:00:00Z' }))).toEqual([]);
    expect(runsOf(windowOf({ schedule: 'cron(0 */6 * * ? *)', endDate: '2026-12-01T05:00:01Z' }))).toEqual([
      '2026-12-01T05:00Z +4h',
    ]);
  });

  it('is nothing for a window that is disabled', () => {
    expect(runsOf(windowOf({ enabled: false }))).toEqual([]);
    expect(runsOf(windowOf({ enabled: false, schedule: 'rate(7 days)' }))).toEqual([]);
  });

  it('tells installs that reach into a freeze of their ring', () => {
    expect(runsOf(windowOf(), [december])).toEqual([
      '2026-12-01T21:00Z +4h',
      '2026-12-08T21:00Z +4h',
      '2026-12-15T21:00Z +4h year-end',
      '2026-12-22T21:00Z +4h',
      '2026-12-29T21:00Z +4h',
    ]);
    expect(runsOf(windowOf(), [december], 'dev')).toHaveLength(5);
    expect(runsOf(windowOf({ ignoresFreezes: true }), [december])).toEqual(runsOf(windowOf()));
    expect(runsOf(windowOf({ operation: 'Scan' }), [december]).filter((run) => run.includes('year-end'))).toEqual([]);
  });

  it.each([
    ['2026-12-08T21:00Z +4h', { ...december, from: '2026-12-09T01:00:00Z' }],
    ['2026-12-08T21:00Z +4h year-end', { ...december, from: '2026-12-09T00:59:59Z' }],
    ['2026-12-08T21:00Z +4h', { ...december, from: '2026-12-01T00:00:00Z', to: '2026-12-08T21:00:00Z' }],
    ['2026-12-08T21:00Z +4h year-end', { ...december, from: '2026-12-01T00:00:00Z', to: '2026-12-08T21:00:01Z' }],
  ])('a run ends before a freeze begins, or begins when it is over: %s', (run, freeze) => {
    expect(runsOf(windowOf(), [freeze])).toContain(run);
  });

  it('begins after the freeze for which a window is closed already', () => {
    expect(runsOf(windowOf({ enabled: false, closedBy: ['year-end'] }), [december])).toEqual([
      '2026-12-22T21:00Z +4h',
      '2026-12-29T21:00Z +4h',
    ]);
    expect(runsOf(windowOf({ enabled: false, closedBy: ['easter'] }), [december])).toEqual([]);
  });

  it('begins after the last of the freezes that keep a window closed, in whatever order they are', () => {
    const early = { ...december, name: 'early', from: '2026-12-02T00:00:00Z', to: '2026-12-04T00:00:00Z' };
    const window = windowOf({ enabled: false, closedBy: ['early', 'year-end'] });
    for (const freezes of [
      [early, december],
      [december, early],
    ]) {
      expect(runsOf(window, freezes)).toEqual(['2026-12-22T21:00Z +4h', '2026-12-29T21:00Z +4h']);
    }
  });

  it('begins after a freeze that keeps a window closed although it leaves the ring out by now', () => {
    expect(runsOf(windowOf({ enabled: false, closedBy: ['year-end'] }), [december], 'dev')).toEqual([
      '2026-12-22T21:00Z +4h',
      '2026-12-29T21:00Z +4h',
    ]);
  });
});
