import { type CronExpression, parseCronField } from './cron-field.ts';

/** One time of day on the nth week day of every month. */
interface NthWeekDay {
  /** From 0 = Sunday, as dates count them. */
  readonly weekDay: number;
  readonly n: number;
  /** After midnight. */
  readonly timeMs: number;
}

const firstYear = 1970;
const lastYear = 2199;
const dayMs = 86_400_000;

/**
 * What most install windows are, such as `cron(0 2 ? * TUE#2 *)`; undefined for any other expression. There is nothing to
 * search for: the library takes 80 µs to find one such day, going through the month, and rollouts ask for thousands.
 */
export function nthWeekDayOf(expression: CronExpression): NthWeekDay | undefined {
  const [, weekDay, n] = /^([1-7])#([1-5])$/.exec(monthly(expression) ?? '') ?? [];
  if (weekDay === undefined || expression.month !== '*' || expression.year !== '*') return undefined;
  const [hour, minute, second] = (['hours', 'minutes', 'seconds'] as const).map((key) => onlyValue(expression, key));
  if (hour === undefined || minute === undefined || second === undefined) return undefined;
  return { weekDay: Number(weekDay) - 1, n: Number(n), timeMs: ((hour * 60 + minute) * 60 + second) * 1000 };
}

/** The next one after a wall-clock time, or with -1 the one before; milliseconds as if the wall clock showed UTC. */
export function nthWeekDayFrom(what: NthWeekDay, wall: number, direction: 1 | -1): number | undefined {
  const from = Math.min(Math.max(wall, Date.UTC(firstYear, 0)), Date.UTC(lastYear + 1, 0) - 1);
  const date = new Date(from);
  let month = date.getUTCFullYear() * 12 + date.getUTCMonth();
  for (; month >= firstYear * 12 && month < (lastYear + 1) * 12; month += direction) {
    const found = inMonth(what, month);
    if (found !== undefined && (direction === 1 ? found > wall : found < wall)) return found;
  }
  return undefined;
}

function inMonth({ weekDay, n, timeMs }: NthWeekDay, month: number): number | undefined {
  const first = Date.UTC(Math.floor(month / 12), month % 12, 1);
  const day = ((weekDay - new Date(first).getUTCDay() + 7) % 7) + (n - 1) * 7;
  const found = first + day * dayMs;
  return new Date(found).getUTCMonth() === month % 12 ? found + timeMs : undefined;
}

function monthly({ dayOfWeek }: CronExpression): string | undefined {
  const field = parseCronField('dayOfWeek', dayOfWeek);
  return field.kind === 'monthly' ? field.text : undefined;
}

function onlyValue(expression: CronExpression, key: 'hours' | 'minutes' | 'seconds'): number | undefined {
  const field = parseCronField(key, expression[key]);
  return field.kind === 'values' && field.values.length === 1 ? field.values[0] : undefined;
}
