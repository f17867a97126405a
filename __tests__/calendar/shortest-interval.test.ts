import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkWindowFrequency, shortestIntervalMinutes } from '../../calendar/shortest-interval.ts';
import { formatViolation } from '../../core/problem.ts';
import { hoursCase, minutesCase } from './cron-cases.ts';
import { parsed } from './parsed.ts';

describe('shortestIntervalMinutes', () => {
  it.each([
    ['rate(1 minute)', 1],
    ['rate(2 hours)', 120],
    ['rate(7 days)', 10_080],
    ['cron(* * * * ? *)', 1],
    ['cron(0/7 * * * ? *)', 4],
    ['cron(58,1 * ? * SUN *)', 3],
    ['cron(58,1 8,20 ? * SUN *)', 57],
    ['cron(0,58 0,23 * * ? *)', 2],
    ['cron(0,58 0,23 ? * SUN *)', 58],
    ['cron(0,58 0,23 ? * SAT-SUN *)', 2],
    ['cron(59 23 ? * SUN *)', 10_080],
    ['cron(0 2 ? * TUE,FRI *)', 3 * 1440],
    ['cron(0 2 L * ? *)', 28 * 1440],
    ['cron(0 2 29 FEB ? *)', 1461 * 1440],
    ['cron(0 2 1/2 FEB,MAR ? 2097-2199)', 1440],
    ['cron(0 2 1 1 ? 2026,2150)', 45_290 * 1440],
    ['cron(0 2 1 1 ? 2026)', Number.POSITIVE_INFINITY],
    ['at(2026-12-01T22:00:00)', Number.POSITIVE_INFINITY],
  ])('of %s is %d', (text, minutes) => {
    expect(shortestIntervalMinutes(parsed(text))).toBe(minutes);
  });

  it('is the shortest found by walking over every minute of three days', () => {
    fc.assert(
      fc.property(minutesCase, hoursCase, (minutes, hours) => {
        const threeDays = Array.from({ length: 3 * 1440 }, (_, minute) => minute);
        const runs = threeDays.filter((minute) => hours.has(Math.floor(minute / 60) % 24) && minutes.has(minute % 60));
        const shortest = Math.min(...runs.slice(1).map((run, i) => run - (runs[i] ?? run)));
        expect(shortestIntervalMinutes(parsed(`cron(${minutes.text} ${hours.text} * * ? *)`))).toBe(shortest);
      }),
      { numRuns: 150 },
    );
  });
});

describe('checkWindowFrequency', () => {
  it.each([
    'rate(5 minutes)',
    'rate(1 hour)',
    'cron(0/5 * * * ? *)',
    'cron(55,0 * * * ? *)',
    'cron(0,58 0,23 ? * SUN *)',
    'cron(0 2 ? * TUE#2 *)',
    'at(2026-12-01T22:00:00)',
  ])('takes %s', (text) => {
    expect(checkWindowFrequency(parsed(text))).toEqual([]);
  });

  it.each([
    ['rate(1 minute)', '1 minute'],
    ['rate(4 minutes)', '4 minutes'],
    ['cron(0/1 2 ? * SUN *)', '1 minute'],
    ['cron(0,3 2 ? * SUN *)', '3 minutes'],
    ['cron(58,1 2-3 ? * SUN *)', '3 minutes'],
    ['cron(0,58 0,23 * * ? *)', '2 minutes'],
  ])('refuses %s', (text, shortest) => {
    expect(checkWindowFrequency(parsed(text)).map(formatViolation)).toEqual([
      `schedule of a window must leave at least 5 minutes between two runs, got ${shortest} in "${text}"; run it less often, such as rate(5 minutes) [schedule/at-least-five-minutes]`,
    ]);
  });

  it('refuses to judge an expression put together by hand', () => {
    const broken = { ...parsed('cron(0 2 ? * SUN *)'), hours: '24' };
    expect(() => checkWindowFrequency(broken)).toThrow(new RangeError('cron hours cannot be 24'));
  });
});
