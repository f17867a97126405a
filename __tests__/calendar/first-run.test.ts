import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { firstRunOf } from '../../calendar/first-run.ts';
import { nextRuns } from '../../calendar/runs.ts';
import { parsed } from './parsed.ts';

const minute = 60_000;
const dayMs = 1440 * minute;

describe('the first run from an instant on', () => {
  it('is the same as nextRuns finds, in whatever order instants are asked for', () => {
    const schedules = fc.constantFrom(
      'cron(0 2 ? * TUE#2 *)',
      'cron(0 2 ? * SUN *)',
      'cron(0/7 * * * ? *)',
      'cron(0 2 29 FEB ? 2024-2032)',
      'at(2026-06-01T02:00:00)',
    );
    const instants = fc.array(fc.integer({ min: 0, max: 900 * 1440 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(schedules, instants, fc.integer({ min: 0, max: 6 }), (text, minutes, offsetDays) => {
        const expression = parsed(text);
        const options = { timezone: 'America/New_York', offsetDays };
        const firstRun = firstRunOf(expression, options);
        for (const asked of minutes.map((m) => Date.UTC(2026, 0, 1) + m * minute)) {
          const [wanted] = nextRuns(expression, options, new Date(asked - 1), 1);
          expect(firstRun(asked)).toBe(wanted?.getTime() ?? Number.POSITIVE_INFINITY);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('counts an instant that is one', () => {
    const firstRun = firstRunOf(parsed('cron(0 2 * * ? *)'), {});
    const two = Date.UTC(2026, 0, 1, 2);
    expect([two, two + 1, two - dayMs].map(firstRun)).toEqual([two, two + dayMs, two - dayMs]);
  });
});
