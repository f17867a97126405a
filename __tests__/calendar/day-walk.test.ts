import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { libraryCalendar } from '../../calendar/cron-calendar.ts';
import type { CronExpression } from '../../calendar/cron-field.ts';
import { dayWalk } from '../../calendar/day-walk.ts';
import { parsed } from './parsed.ts';

function cron(text: string): CronExpression {
  const expression = parsed(text);
  if (expression.kind !== 'cron') throw new Error(`${text} is no cron`);
  return expression;
}

const iso = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms).toISOString());

describe('a walk over the days', () => {
  it.each([
    'cron(0 2 ? * L *)',
    'cron(0 2 ? * 3#2 *)',
    'cron(0/15 2-4 ? JAN,MAY MON-FRI 2026-2030/2 *)'.replace(' *)', ')'),
  ])('knows %s', (text) => {
    expect(dayWalk(cron(text))).toBeDefined();
  });

  it.each(['cron(0 2 L * ? *)', 'cron(0 2 LW * ? *)', 'cron(0 2 15W * ? *)', 'cron(0 2 ? * 6L *)'])(
    'leaves %s to the library',
    (text) => {
      expect(dayWalk(cron(text))).toBeUndefined();
    },
  );

  const list = (min: number, max: number) =>
    fc.oneof(
      { weight: 2, arbitrary: fc.constant('*') },
      fc.integer({ min, max }).map(String),
      fc.uniqueArray(fc.integer({ min, max }), { minLength: 2, maxLength: 4 }).map((values) => values.join(',')),
      fc.tuple(fc.integer({ min, max }), fc.integer({ min: 1, max: 5 })).map(([from, step]) => `${from}/${step}`),
    );
  const weekDay = fc.oneof(
    list(1, 7),
    fc.tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 5 })).map(([day, week]) => `${day}#${week}`),
  );
  const days = fc.oneof(
    list(1, 28).map((day) => [day, '?'] as const),
    weekDay.map((day) => ['?', day] as const),
  );
  const expression = fc
    .tuple(fc.integer({ min: 0, max: 59 }), list(0, 59), list(0, 23), days, list(1, 12), list(2020, 2040))
    .map(
      ([second, minutes, hours, [dayOfMonth, dayOfWeek], month, year]): CronExpression => ({
        kind: 'cron',
        seconds: `${second}`,
        minutes,
        hours,
        dayOfMonth,
        month,
        dayOfWeek,
        year,
      }),
    );
  const wall = fc.integer({ min: Date.UTC(2018, 0, 1), max: Date.UTC(2042, 0, 1) });

  it('finds what the library finds, forwards and backwards', () => {
    fc.assert(
      fc.property(expression, wall, (cronOf, from) => {
        const [walk, library] = [dayWalk(cronOf), libraryCalendar(cronOf)];
        expect(iso(walk?.next(from))).toBe(iso(library.next(from)));
        // The library counts whole seconds: of a time within one it names that second itself.
        const second = Math.floor(from / 1000) * 1000;
        expect(iso(walk?.previous(second))).toBe(iso(library.previous(second)));
      }),
      { numRuns: 300 },
    );
  });

  it('is never the time given, begins in 1970 and ends in 2199', () => {
    const walk = dayWalk(cron('cron(0 2 ? * TUE#2 *)'));
    const january = Date.UTC(2026, 0, 13, 2);
    expect(iso(walk?.next(january))).toBe('2026-02-10T02:00:00.000Z');
    expect(iso(walk?.previous(january))).toBe('2025-12-09T02:00:00.000Z');
    expect(iso(walk?.next(Date.UTC(1900, 0, 1)))).toBe('1970-01-13T02:00:00.000Z');
    expect(walk?.previous(Date.UTC(1970, 0, 13, 2))).toBeUndefined();
    expect(iso(walk?.previous(Date.UTC(2500, 0, 1)))).toBe('2199-12-10T02:00:00.000Z');
    expect(walk?.next(Date.UTC(2199, 11, 10, 2))).toBeUndefined();
  });

  it('finds no day that does not exist', () => {
    const never: CronExpression = { ...cron('cron(0 2 28 2 ? *)'), dayOfMonth: '30' };
    expect(dayWalk(never)?.next(0)).toBeUndefined();
    expect(dayWalk(never)?.previous(Date.UTC(2199, 0, 1))).toBeUndefined();
  });
});
