import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkPatchTuesday, patchTuesday } from '../../calendar/patch-tuesday.ts';
import { nextRuns } from '../../calendar/runs.ts';
import { formatInZone } from '../../calendar/time-zone.ts';
import { formatViolation } from '../../core/problem.ts';
import { daysOfMonth } from './brute-force.ts';
import { parsed, refusals } from './parsed.ts';

const fixDays = 'set plusDays within the range [schedule/patch-tuesday-plus-days]';
const timeRule = 'at must be a time of day HH:MM from 00:00 to 23:59';

describe('patchTuesday', () => {
  it.each([
    [0, '02:00', { expression: 'cron(0 2 ? * TUE#2 *)' }],
    [1, '23:59', { expression: 'cron(59 23 ? * TUE#2 *)', offsetDays: 1 }],
    [6, '00:05', { expression: 'cron(5 0 ? * TUE#2 *)', offsetDays: 6 }],
    [7, '02:00', { expression: 'cron(0 2 ? * TUE#3 *)' }],
    [8, '02:00', { expression: 'cron(0 2 ? * TUE#3 *)', offsetDays: 1 }],
    [14, '02:00', { expression: 'cron(0 2 ? * TUE#4 *)' }],
    [20, '02:00', { expression: 'cron(0 2 ? * TUE#4 *)', offsetDays: 6 }],
  ])('plus %d days at %s', (plusDays, at, compiled) => {
    expect(patchTuesday({ plusDays, at })).toEqual(compiled);
  });

  it('runs exactly that many days after the second Tuesday, every month of 2026 to 2030', () => {
    const zones = fc.constantFrom('UTC', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata');
    const months = Array.from({ length: 60 }, (_, i) => ({ year: 2026 + Math.floor(i / 12), month: (i % 12) + 1 }));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20 }), zones, (plusDays, timezone) => {
        const { expression, offsetDays = 0 } = patchTuesday({ plusDays, at: '04:30' });
        const days = months.map(({ year, month }) => {
          const tuesday = daysOfMonth(year, month).filter(({ weekDay }) => weekDay === 3)[1];
          return new Date(Date.UTC(year, month - 1, (tuesday?.day ?? Number.NaN) + plusDays))
            .toISOString()
            .slice(0, 10);
        });
        const options = { timezone, offsetDays, startDate: '2026-01-05T00:00:00Z' };
        const runs = nextRuns(parsed(expression), options, new Date('2026-01-05T00:00:00Z'), 60);
        expect(runs.map((run) => formatInZone(run, timezone).slice(0, 16))).toEqual(days.map((day) => `${day}T04:30`));
      }),
      { numRuns: 40 },
    );
  });

  it('passes a time that does not exist on, for the schedule to be refused', () => {
    const { expression } = patchTuesday({ plusDays: 0, at: '25:00' });
    expect(expression).toBe('cron(0 25 ? * TUE#2 *)');
    expect(refusals(expression)).toEqual([
      'cron hours must be 0 to 23 with , - * /, got "25"; 25 is out of range [schedule/cron-hours]',
    ]);
  });

  it.each(['', 'noon', '02:00:00', '2'])('makes no right schedule of the time %j', (at) => {
    expect(refusals(patchTuesday({ plusDays: 0, at }).expression)).not.toEqual([]);
  });

  it.each([21, -1, 1.5, Number.NaN])('passes %d days on as the offset', (plusDays) => {
    expect(patchTuesday({ plusDays, at: '02:00' })).toEqual({
      expression: 'cron(0 2 ? * TUE#2 *)',
      offsetDays: plusDays,
    });
  });
});

describe('checkPatchTuesday', () => {
  it.each([{ plusDays: 0, at: '00:00' }, { plusDays: 20, at: '23:59' }, { plusDays: undefined, at: undefined }, {}])(
    'takes %j',
    (input) => {
      expect(checkPatchTuesday(input)).toEqual([]);
    },
  );

  it.each([
    [21, '21'],
    [-1, '-1'],
    [1.5, '1.5'],
    ['3', '"3"'],
    [null, 'null'],
  ])('refuses %j days', (plusDays, got) => {
    expect(checkPatchTuesday({ plusDays, at: '02:00' }).map(formatViolation)).toEqual([
      `plusDays must be a whole number of days from 0 to 20, got ${got}; ${fixDays}`,
    ]);
  });

  it.each([
    ['25:00', '"25:00"', 'write for example "02:00", in quotes'],
    ['02:60', '"02:60"', 'write for example "02:00", in quotes'],
    ['2:00', '"2:00"', 'write "02:00"'],
    ['02:00:00', '"02:00:00"', 'write for example "02:00", in quotes'],
    [120, '120', 'write for example "02:00", in quotes'],
  ])('refuses the time %j', (at, got, fix) => {
    expect(checkPatchTuesday({ plusDays: 1, at }).map(formatViolation)).toEqual([
      `${timeRule}, got ${got}; ${fix} [schedule/patch-tuesday-at]`,
    ]);
  });

  it('reports both at once', () => {
    expect(checkPatchTuesday({ plusDays: 99, at: 'noon' }).map(formatViolation)).toEqual([
      `plusDays must be a whole number of days from 0 to 20, got 99; ${fixDays}`,
      `${timeRule}, got "noon"; write for example "02:00", in quotes [schedule/patch-tuesday-at]`,
    ]);
  });
});
