import { error, quoted, type Violation } from '../core/problem.ts';
import { cronCalendar } from './cron-calendar.ts';
import { type CronExpression, parseCronField } from './cron-field.ts';
import { formatScheduleExpression, type ScheduleExpression } from './schedule-expression.ts';

const minutesOf = { minute: 1, hour: 60, day: 1440 };
const dayMs = 86_400_000;

/** Enough days for every pattern to repeat: eight years of every second day, a leap year among them. */
const daysWalked = 1500;

/** AWS runs a maintenance window at most every five minutes. */
const fewestMinutes = 5;

/**
 * The shortest time between two runs, in minutes of the wall clock; Infinity when there is only one run. Looks over
 * midnight too: `cron(0,58 0,23 * * ? *)` runs 2 minutes apart.
 */
export function shortestIntervalMinutes(expression: ScheduleExpression): number {
  if (expression.kind === 'at') return Number.POSITIVE_INFINITY;
  if (expression.kind === 'rate') return expression.value * minutesOf[expression.unit];
  const { withinDay, overMidnight } = intervals(expression);
  if (withinDay <= overMidnight) return withinDay;
  return Math.min(withinDay, overMidnight + (shortestDayGap(expression) - 1) * minutesOf.day);
}

/** A maintenance window must not run more often than every 5 minutes.
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/reference-cron-and-rate-expressions.html */
export function checkWindowFrequency(expression: ScheduleExpression): Violation[] {
  if (expression.kind === 'cron') {
    // Which days it runs on matters only when runs may meet over midnight, and takes longer to find out.
    const { withinDay, overMidnight } = intervals(expression);
    if (Math.min(withinDay, overMidnight) >= fewestMinutes) return [];
  }
  const shortest = shortestIntervalMinutes(expression);
  if (shortest >= fewestMinutes) return [];
  const got = `${shortest} ${shortest === 1 ? 'minute' : 'minutes'} in ${quoted(formatScheduleExpression(expression))}`;
  const message = `schedule of a window must leave at least ${fewestMinutes} minutes between two runs, got ${got}`;
  return [error('schedule/at-least-five-minutes', message, 'run it less often, such as rate(5 minutes)')];
}

/** Shortest time between two runs of one day, and from the last of one day to the first of the next; minutes. */
function intervals(expression: CronExpression): { readonly withinDay: number; readonly overMidnight: number } {
  const minutes = valuesOf(expression, 'minutes');
  const times = valuesOf(expression, 'hours').flatMap((hour) => minutes.map((minute) => hour * 60 + minute));
  const between = times.slice(1).map((time, i) => time - (times[i] ?? time));
  const overMidnight = minutesOf.day + (times[0] ?? 0) - (times[times.length - 1] ?? 0);
  return { withinDay: Math.min(Number.POSITIVE_INFINITY, ...between), overMidnight };
}

function valuesOf(expression: CronExpression, key: 'minutes' | 'hours'): readonly number[] {
  const field = parseCronField(key, expression[key]);
  if (field.kind !== 'values') throw new RangeError(`cron ${key} cannot be ${expression[key]}`);
  return field.values;
}

/** Fewest days from one day it runs on to the next; Infinity when there is only one. */
function shortestDayGap(expression: CronExpression): number {
  const { next } = cronCalendar({ ...expression, seconds: '0', minutes: '0', hours: '0' });
  let shortest = Number.POSITIVE_INFINITY;
  let day = next(Date.UTC(1970, 0, 1) - 1000);
  for (let walked = 0; day !== undefined && shortest > 1 && walked < daysWalked; walked += 1) {
    const following = next(day);
    if (following !== undefined) shortest = Math.min(shortest, (following - day) / dayMs);
    day = following;
  }
  return shortest;
}
