import { describe, expect, it } from '@jest/globals';
import { frozenInstalls, type RolloutWindow } from '../../calendar/index.ts';
import { freeze, install, ring, rollout } from './rollouts.ts';

const week = freeze('2026-12-21T00:00:00Z', '2026-12-28T00:00:00Z', ['prod'], 'week');

/** What the freeze of a week means for one window of a ring: `open 2026-12-24T22:00`. */
function frozen(window: RolloutWindow, name = 'prod'): string[] {
  return frozenInstalls(rollout([{ ...ring(name, undefined), windows: [window] }], [week])).map(
    ({ state, always, runs }) =>
      [state, always, ...runs.map(({ start }) => start.toISOString().slice(0, 16))].filter(Boolean).join(' '),
  );
}

describe('the installs of a freeze', () => {
  it('are those that start in it', () => {
    expect(frozen(install('cron(0 22 ? * THU *)'))).toEqual(['open 2026-12-24T22:00']);
    expect(frozen(install('cron(0 22 * * ? *)', { durationHours: 2 }))[0]?.split(' ')).toHaveLength(1 + 7);
  });

  it('are those that start before it and could still run when it begins, and none that is over by then', () => {
    expect(frozen(install('cron(0 22 20 * ? *)', { durationHours: 3 }))).toEqual(['open 2026-12-20T22:00']);
    expect(frozen(install('cron(0 22 20 * ? *)', { durationHours: 2 }))).toEqual([]);
  });

  it('begin with its first instant, and end before the one at which it is over', () => {
    expect(frozen(install('cron(0 0 21 * ? *)'))).toEqual(['open 2026-12-21T00:00']);
    expect(frozen(install('cron(0 0 28 * ? *)'))).toEqual([]);
  });

  it('are told with what has become of their window', () => {
    const thursday = 'cron(0 22 ? * THU *)';
    expect(frozen(install(thursday, { enabled: false, closedBy: ['week'] }))).toEqual(['closed 2026-12-24T22:00']);
    expect(frozen(install(thursday, { enabled: false, closedBy: ['week', 'another'] }))).toEqual([
      'closed 2026-12-24T22:00',
    ]);
    expect(frozen(install(thursday, { enabled: false, closedBy: ['another'] }))).toEqual(['off 2026-12-24T22:00']);
    expect(frozen(install(thursday, { enabled: false }))).toEqual(['off 2026-12-24T22:00']);
  });

  it('may be none: a window that is closed for it is told all the same', () => {
    expect(frozen(install('cron(0 22 1 * ? *)', { enabled: false, closedBy: ['week'] }))).toEqual(['closed']);
    expect(frozen(install('cron(0 22 1 * ? *)', { enabled: false }))).toEqual([]);
  });

  it('are a line for what nobody can know, unless its dates keep it out, and for what runs several times a day', () => {
    expect(frozen(install('rate(7 days)'))).toEqual(['open every 7 days from creation']);
    expect(frozen(install('rate(7 days)', { startDate: '2026-12-28T00:00:00Z' }))).toEqual([]);
    expect(frozen(install('rate(7 days)', { endDate: '2026-12-20T21:00:00Z' }))).toEqual([]);
    expect(frozen(install('rate(7 days)', { endDate: '2026-12-20T22:00:00Z' }))).toEqual([
      'open every 7 days from creation',
    ]);
    expect(frozen(install('cron(0 */6 * * ? *)'))).toEqual(['open several times a day: cron(0 */6 * * ? *) UTC']);
  });

  it('are the runs in it of what opens twice on some days, and none of what does so at other times', () => {
    expect(frozen(install('cron(0 2,20 ? * TUE#4 *)'))).toEqual(['open 2026-12-22T02:00 2026-12-22T20:00']);
    expect(frozen(install('cron(0 1,9 ? 6 SUN *)'))).toEqual([]);
    expect(frozen(install('cron(0 */6 * * ? *)', { endDate: '2026-12-20T18:00:00Z' }))).toEqual([]);
  });

  it('are no scans, none of other rings, and none of windows that open in freezes', () => {
    const thursday = 'cron(0 22 ? * THU *)';
    expect(frozen(install(thursday, { operation: 'Scan' }))).toEqual([]);
    expect(frozen(install(thursday), 'dev')).toEqual([]);
    expect(frozen(install(thursday, { ignoresFreezes: true }))).toEqual([]);
  });
});
