import { cronCalendar } from './cron-calendar.ts';
import type { AtExpression, CronExpression, RateExpression, ScheduleExpression } from './schedule-expression.ts';
import { resolveWallMs, wallMsAt } from './time-zone.ts';

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

/** More than any change of clocks: zones have skipped a whole day. */
const longestChangeMs = 25 * unitMs.hour;

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
  const start = options.startDate === undefined ? Number.NEGATIVE_INFINITY : instantMs('startDate', options.startDate);
  const end = options.endDate === undefined ? Number.POSITIVE_INFINITY : instantMs('endDate', options.endDate);
  const after = Math.max(validMs('from', from), start - 1);
  const runs = runsAfter(expression, options, { after, end, count });
  return runs.map((instant) => new Date(instant));
}

/** Instants above `after` and below `end`, at most `count`; milliseconds. */
interface Wanted {
  readonly after: number;
  readonly end: number;
  readonly count: number;
}

function runsAfter(expression: ScheduleExpression, options: ScheduleOptions, wanted: Wanted): number[] {
  if (!(wanted.count >= 1)) return [];
  if (expression.kind === 'rate') return rateRuns(expression, options, wanted);
  if (expression.kind === 'at') return atRuns(expression, options, wanted);
  return cronRuns(expression, options, wanted);
}

function rateRuns(expression: RateExpression, { anchor }: ScheduleOptions, { after, end, count }: Wanted): number[] {
  if (anchor === undefined) return [];
  const anchorMs = validMs('anchor', anchor);
  const period = expression.value * unitMs[expression.unit];
  const runs: number[] = [];
  let periods = Math.max(1, Math.floor((after - anchorMs) / period) + 1);
  for (; runs.length < count; periods += 1) {
    const run = anchorMs + periods * period;
    if (run >= end || Number.isNaN(new Date(run).getTime())) break;
    runs.push(run);
  }
  return runs;
}

function atRuns(expression: AtExpression, { timezone = 'UTC' }: ScheduleOptions, { after, end }: Wanted): number[] {
  const { instant } = resolveWallMs(validMs('dateTime', new Date(`${expression.dateTime}Z`)), timezone);
  return instant > after && instant < end ? [instant] : [];
}

function cronRuns(expression: CronExpression, options: ScheduleOptions, { after, end, count }: Wanted): number[] {
  const { timezone = 'UTC', offsetDays = 0 } = options;
  const next = cronCalendar(expression);
  const offset = offsetDays * unitMs.day;
  const runs: number[] = [];
  let wall = next(wallMsAt(after, timezone) - offset - longestChangeMs);
  for (; wall !== undefined; wall = next(wall)) {
    const { instant, skipped } = resolveWallMs(wall + offset, timezone);
    if (instant > after && instant < end) insert(runs, instant);
    // A skipped time lands later than times that follow it; only from a time that clocks do show is all else later.
    if (!skipped && (instant >= end || instant >= (runs[count - 1] ?? Number.POSITIVE_INFINITY))) break;
  }
  return runs.slice(0, count);
}

/** Keeps the runs ascending and different: two wall times may meet in one instant. Almost always it goes last. */
function insert(runs: number[], instant: number): void {
  let place = runs.length;
  while (place > 0 && (runs[place - 1] ?? instant) > instant) place -= 1;
  if (runs[place - 1] !== instant) runs.splice(place, 0, instant);
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
