import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { nthWeekDayFrom, nthWeekDayOf } from '../../calendar/nth-week-day.ts';
import { daysOfMonth, isNthWeekDay } from './brute-force.ts';
import { parsed } from './parsed.ts';

function nthOf(text: string) {
  const expression = parsed(text);
  return expression.kind === 'cron' ? nthWeekDayOf(expression) : undefined;
}

const iso = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms).toISOString());

describe('the nth week day of every month', () => {
  it.each([
    'cron(0 2 ? 1 TUE#2 *)',
    'cron(0 2 ? * TUE#2 2026)',
    'cron(0,30 2 ? * TUE#2 *)',
    'cron(0 2-4 ? * TUE#2 *)',
    'cron(0 2 ? * TUE *)',
    'cron(0 2 ? * 3L *)',
    'cron(0 2 15W * ? *)',
  ])('is not what %s says', (text) => {
    expect(nthOf(text)).toBeUndefined();
  });

  it('is found as by going through the days', () => {
    const month = fc.tuple(fc.integer({ min: 1970, max: 2198 }), fc.integer({ min: 1, max: 12 }));
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 1, max: 5 }),
        month,
        (weekDay, n, [year, first]) => {
          const nth = nthOf(`cron(30 15 2 ? * ${weekDay}#${n} *)`);
          if (nth === undefined) throw new Error('it is one');
          const days = [0, 1, 2, 3, 4, 5].flatMap((more) =>
            daysOfMonth(year + Math.floor((first - 1 + more) / 12), ((first - 1 + more) % 12) + 1),
          );
          const wanted = days
            .filter((day) => isNthWeekDay(day, weekDay, n))
            .map((day) => Date.UTC(day.year, day.month - 1, day.day, 2, 15, 30));
          const begin = Date.UTC(year, first - 1, 1);
          const found: number[] = [];
          for (let at = nthWeekDayFrom(nth, begin, 1); found.length < wanted.length && at !== undefined; ) {
            found.push(at);
            at = nthWeekDayFrom(nth, at, 1);
          }
          expect(found).toEqual(wanted);
          expect(wanted.slice(1).map((at) => nthWeekDayFrom(nth, at, -1))).toEqual(wanted.slice(0, -1));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('is never the time given, begins in 1970 and ends in 2199', () => {
    const nth = nthOf('cron(0 2 ? * TUE#2 *)');
    if (nth === undefined) throw new Error('it is one');
    const january = Date.UTC(2026, 0, 13, 2);
    expect(iso(nthWeekDayFrom(nth, january, 1))).toBe('2026-02-10T02:00:00.000Z');
    expect(iso(nthWeekDayFrom(nth, january, -1))).toBe('2025-12-09T02:00:00.000Z');
    expect(iso(nthWeekDayFrom(nth, Date.UTC(1900, 0, 1), 1))).toBe('1970-01-13T02:00:00.000Z');
    expect(nthWeekDayFrom(nth, Date.UTC(1970, 0, 13, 2), -1)).toBeUndefined();
    expect(iso(nthWeekDayFrom(nth, Date.UTC(2500, 0, 1), -1))).toBe('2199-12-10T02:00:00.000Z');
    expect(nthWeekDayFrom(nth, Date.UTC(2199, 11, 10, 2), 1)).toBeUndefined();
  });
});
