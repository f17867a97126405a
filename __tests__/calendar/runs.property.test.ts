import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { nextRuns, previousRuns, runsBetween } from '../../calendar/runs.ts';
import { parseScheduleExpression } from '../../calendar/schedule-expression.ts';
import {
  ascending,
  clockOf,
  cronText,
  daysOfMonth,
  instantOn,
  stretchAround,
  walk,
  wallRuns,
  type ZoneStretch,
  zoneStretches,
} from './brute-force.ts';
import { cronCase, dayCase, nightlyCase } from './cron-cases.ts';

const dayMs = 86_400_000;
const iso = (ms: number) => new Date(ms).toISOString();
const clocks = new Map(zoneStretches.map((zone): [ZoneStretch, Map<number, number>] => [zone, clockOf(zone)]));

describe('nextRuns, compared with a walk over every minute', () => {
  it('finds every run of any expression, in any year', () => {
    const from = fc.integer({ min: Date.UTC(1971, 0, 1) / 60_000, max: Date.UTC(2196, 0, 1) / 60_000 });
    const offset = fc.integer({ min: 0, max: 6 });
    fc.assert(
      fc.property(cronCase, from, offset, (cron, fromMinute, offsetDays) => {
        const { expression } = parseScheduleExpression(cronText(cron));
        const start = fromMinute * 60_000;
        const firstDay = Math.floor(start / dayMs) * dayMs - (offsetDays + 1) * dayMs;
        const end = firstDay + 800 * dayMs;
        const wanted: number[] = [];
        for (const wall of wallRuns(cron, firstDay, end - offsetDays * dayMs)) {
          const run = wall + offsetDays * dayMs;
          if (run > start) wanted.push(run);
          if (wanted.length === 12) break;
        }
        const options = { offsetDays, endDate: iso(end) };
        const runs = expression === undefined ? [] : nextRuns(expression, options, new Date(start), 12);
        expect(runs.map(Number)).toEqual(wanted);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps to the clocks of the zone when they change', () => {
    const minutesIn = fc.integer({ min: 0, max: 4 * 1440 });
    const offset = fc.integer({ min: 0, max: 6 });
    const counts = fc.integer({ min: 1, max: 40 });
    const zones = fc.constantFrom(...zoneStretches);
    fc.assert(
      fc.property(nightlyCase, zones, minutesIn, offset, counts, (cron, zone, minute, offsetDays, count) => {
        const clock = clocks.get(zone) ?? new Map();
        const first = Date.parse(zone.first);
        const start = first + 8 * dayMs - 60_000 + minute * 60_000;
        const end = first + 14 * dayMs;
        const instants = [...wallRuns(cron, first, first + 18 * dayMs)].map((wall) =>
          instantOn(clock, wall + offsetDays * dayMs),
        );
        const wanted = instants.filter((run) => run !== undefined).filter((run) => run > start && run < end);
        const { expression } = parseScheduleExpression(cronText(cron));
        const options = { timezone: zone.timezone, offsetDays, endDate: iso(end) };
        const runs = expression === undefined ? [] : nextRuns(expression, options, new Date(start), count);
        expect(runs.map(Number)).toEqual(ascending(wanted).slice(0, count));
      }),
      { numRuns: 150 },
    );
  });

  it('calls an expression impossible exactly when none of its days exists', () => {
    const months = fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 2 });
    const year = fc.integer({ min: 1970, max: 2190 });
    fc.assert(
      fc.property(dayCase, months, year, fc.integer({ min: 0, max: 9 }), (days, monthList, firstYear, more) => {
        const text = `cron(0 2 ${days.dayOfMonth} ${monthList} ${days.dayOfWeek} ${firstYear}-${firstYear + more})`;
        const years = [...walk(firstYear, firstYear + more, 1, 1970, 2199)];
        const possible = years.some((y) => monthList.some((month) => daysOfMonth(y, month).some(days.has)));
        const rules = parseScheduleExpression(text).violations.map(({ rule }) => rule);
        expect(rules).toEqual(possible ? [] : ['schedule/cron-never-runs']);
      }),
      { numRuns: 300 },
    );
  });
});

const anyMinute = fc.integer({ min: Date.UTC(1972, 0, 1) / 60_000, max: Date.UTC(2196, 0, 1) / 60_000 });

describe('previousRuns and runsBetween, compared with a walk over every minute', () => {
  it('find every run of any expression, in any year', () => {
    fc.assert(
      fc.property(cronCase, anyMinute, fc.integer({ min: 0, max: 6 }), (cron, minute, offsetDays) => {
        const { expression } = parseScheduleExpression(cronText(cron));
        if (expression === undefined) return;
        const before = minute * 60_000;
        const firstDay = Math.floor(before / dayMs) * dayMs - 400 * dayMs;
        const wanted: number[] = [];
        for (const wall of wallRuns(cron, firstDay - offsetDays * dayMs, before)) {
          const run = wall + offsetDays * dayMs;
          if (run >= firstDay && run < before) wanted.push(run);
        }
        const last = wanted.slice(-12);
        const options = { offsetDays };
        const bounded = { ...options, startDate: iso(firstDay) };
        expect(previousRuns(expression, bounded, new Date(before), 12).map(Number)).toEqual([...last].reverse());
        const from = last[0] ?? firstDay;
        expect(runsBetween(expression, options, new Date(from), new Date(before)).map(Number)).toEqual(last);
      }),
      { numRuns: 120 },
    );
  });

  it('keep to the clocks of the zone when they change, in any year', () => {
    const change = fc.tuple(
      fc.integer({ min: 0, max: 2 }),
      fc.integer({ min: 2009, max: 2036 }),
      fc.integer({ min: 0, max: 1 }),
    );
    const minutesIn = fc.integer({ min: 0, max: 4 * 1440 });
    const offset = fc.integer({ min: 0, max: 6 });
    const counts = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(
        nightlyCase,
        change,
        minutesIn,
        offset,
        counts,
        (cron, [zoneIndex, year, which], minute, days, count) => {
          const { expression } = parseScheduleExpression(cronText(cron));
          if (expression === undefined) return;
          const zone = stretchAround(zoneIndex, year, which);
          const clock = clockOf(zone);
          const first = Date.parse(zone.first);
          const from = first + 7 * dayMs;
          const to = from + dayMs + minute * 60_000;
          const instants = [...wallRuns(cron, first - 7 * dayMs, first + 18 * dayMs)].map((wall) =>
            instantOn(clock, wall + days * dayMs),
          );
          const wanted = ascending(instants.filter((run) => run !== undefined)).filter(
            (run) => run >= from && run < to,
          );
          const options = { timezone: zone.timezone, offsetDays: days };
          expect(runsBetween(expression, options, new Date(from), new Date(to)).map(Number)).toEqual(wanted);
          const bounded = { ...options, startDate: iso(from) };
          const newestFirst = [...wanted].reverse().slice(0, count);
          expect(previousRuns(expression, bounded, new Date(to), count).map(Number)).toEqual(newestFirst);
          const ahead = nextRuns(expression, { ...options, endDate: iso(to) }, new Date(from - 1), count);
          expect(ahead.map(Number)).toEqual(wanted.slice(0, count));
        },
      ),
      { numRuns: 120 },
    );
  });

  it('lead back to where they came from', () => {
    const zones = fc.constantFrom(
      'UTC',
      'America/New_York',
      'Australia/Lord_Howe',
      'Pacific/Apia',
      'Africa/Casablanca',
    );
    fc.assert(
      fc.property(cronCase, zones, fc.integer({ min: 0, max: 6 }), anyMinute, (cron, timezone, offsetDays, minute) => {
        const { expression } = parseScheduleExpression(cronText(cron));
        if (expression === undefined) return;
        const options = { timezone, offsetDays };
        const ahead = nextRuns(expression, options, new Date(minute * 60_000), 8);
        const last = ahead[ahead.length - 1];
        if (last === undefined) return;
        const back = previousRuns(expression, options, new Date(last.getTime() + 1), ahead.length);
        expect(back.reverse()).toEqual(ahead);
      }),
      { numRuns: 120 },
    );
  });
});
