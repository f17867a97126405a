import { cronRunsAscending, cronRunsDescending, type Wanted } from './cron-runs.ts';
import type { AtExpression, RateExpression, ScheduleExpression } from './schedule-expression.ts';
import { resolveWallMs } from './time-zone.ts';

/** What surrounds an expression.
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/maintenance-windows-schedule-options.html */
export interface ScheduleOptions {
  /** IANA zone whose clocks `cron` and `at` mean. @default 'UTC' */
  readonly timezone?: string;
  /** Days to wait after each time a `cron` names, 0–6; `rate` and `at` take none. @default 0 */
  readonly offsetDays?: number;
  /** No run before it: ISO-8601 with an offset, whatever the timezone. @default no bound */
  readonly startDate?: string;
  /** No run at or after it: ISO-8601 with an offset, whatever the timezone. @default no bound */
  readonly endDate?: string;
  /** What a `rate` counts from: when the window or association was created. @default none, so a `rate` has no runs */
  readonly anchor?: Date;
}

const unitMs = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** The last instant there is a date for. */
const latestMs = 8.64e15;

/**
 * The next `count` runs strictly after `from`, ascending; fewer when the schedule ends first.
 *
 * - `cron`: offset days are added to the wall time, then the zone is applied. A time that daylight saving skips or repeats
 *   runs once, by the rule of `instantOfWallTime`.
 * - `rate`: `anchor` plus one period, two periods, …; a day is 24 hours. Without an anchor there is nothing to count from.
 * - `at`: one run.
 *
 * Two assumptions: a run at `startDate` happens and one at `endDate` does not; and a run that an offset moves past
 * `startDate` happens. (AWS skips one whose own day lies before the window was created; when that was is not known here.)
 *
 * @throws RangeError for a date, zone or expression that has not been checked.
 */
export function nextRuns(expression: ScheduleExpression, options: ScheduleOptions, from: Date, count: number): Date[] {
  const wanted = { after: validMs('from', from), before: Number.POSITIVE_INFINITY, count };
  return runs(expression, options, wanted, 'ascending');
}

/**
 * The last `count` runs strictly before `before`, newest first; fewer when the schedule begins later. What holds of
 * `nextRuns` holds here, too: going on from the last of either, the other one comes back.
 *
 * @throws RangeError for a date, zone or expression that has not been checked.
 */
export function previousRuns(
  expression: ScheduleExpression,
  options: ScheduleOptions,
  before: Date,
  count: number,
): Date[] {
  const wanted = { after: Number.NEGATIVE_INFINITY, before: validMs('before', before), count };
  return runs(expression, options, wanted, 'descending').reverse();
}

/**
 * The runs at or after `from` and before `to`, ascending: stretches that follow each other share none and lose none.
 * Mind that a dense schedule has many.
 *
 * @throws RangeError for a date, zone or expression that has not been checked.
 */
export function runsBetween(expression: ScheduleExpression, options: ScheduleOptions, from: Date, to: Date): Date[] {
  const wanted = { after: validMs('from', from) - 1, before: validMs('to', to), count: Number.POSITIVE_INFINITY };
  return runs(expression, options, wanted, 'ascending');
}

type Direction = 'ascending' | 'descending';

/** The first or the last of the runs that are wanted, within the dates of the schedule; ascending either way. */
function runs(expression: ScheduleExpression, options: ScheduleOptions, wanted: Wanted, direction: Direction): Date[] {
  const start = options.startDate === undefined ? Number.NEGATIVE_INFINITY : instantMs('startDate', options.startDate);
  const end = options.endDate === undefined ? Number.POSITIVE_INFINITY : instantMs('endDate', options.endDate);
  const bounded: Wanted = {
    after: Math.max(wanted.after, start - 1),
    before: Math.min(wanted.before, end),
    count: wanted.count,
  };
  if (!(bounded.count >= 1) || bounded.after >= bounded.before) return [];
  return instants(expression, options, bounded, direction).map((instant) => new Date(instant));
}

function instants(
  expression: ScheduleExpression,
  options: ScheduleOptions,
  wanted: Wanted,
  direction: Direction,
): number[] {
  if (expression.kind === 'rate') return rateRuns(expression, options, wanted, direction);
  if (expression.kind === 'at') return atRuns(expression, options, wanted);
  const { timezone = 'UTC', offsetDays = 0 } = options;
  const ofCron = direction === 'ascending' ? cronRunsAscending : cronRunsDescending;
  return ofCron(expression, { timezone, offsetDays }, wanted);
}

function rateRuns(
  expression: RateExpression,
  { anchor }: ScheduleOptions,
  { after, before, count }: Wanted,
  direction: Direction,
): number[] {
  if (anchor === undefined) return [];
  const anchorMs = validMs('anchor', anchor);
  const period = expression.value * unitMs[expression.unit];
  const first = Math.max(1, Math.floor((after - anchorMs) / period) + 1);
  const last = Math.min(Math.ceil((before - anchorMs) / period) - 1, Math.floor((latestMs - anchorMs) / period));
  const length = Math.max(0, Math.min(count, last - first + 1));
  const from = direction === 'ascending' ? first : last - length + 1;
  return Array.from({ length }, (_, i) => anchorMs + (from + i) * period);
}

function atRuns(expression: AtExpression, { timezone = 'UTC' }: ScheduleOptions, { after, before }: Wanted): number[] {
  const { instant } = resolveWallMs(validMs('dateTime', new Date(`${expression.dateTime}Z`)), timezone);
  return instant > after && instant < before ? [instant] : [];
}

function instantMs(field: string, text: string): number {
  const hasOffset = /T.*(Z|[+-]\d\d:?\d\d)$/.test(text);
  return validMs(field, new Date(hasOffset ? text : Number.NaN), text);
}

function validMs(field: string, date: Date, written = String(date)): number {
  const ms = date.getTime();
  if (Number.isNaN(ms)) throw new RangeError(`${field} must be a date and time with an offset, got ${written}`);
  return ms;
}
