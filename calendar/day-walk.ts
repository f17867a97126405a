import { type CronExpression, cronFieldRules, parseCronField } from './cron-field.ts';

/** The runs around a wall-clock time, in milliseconds as if the wall clock showed UTC; never the time given itself. */
export interface CronCalendar {
  /** The run after a time; undefined when the schedule is over. */
  readonly next: (after: number) => number | undefined;
  /** The run before a time; undefined when the schedule had not begun. */
  readonly previous: (before: number) => number | undefined;
}

const dayMs = 86_400_000;
const firstDay = Date.UTC(1970, 0, 1);
const lastDay = Date.UTC(2199, 11, 31);

/**
 * The calendar of most schedules: numbers in every field, or an nth week day such as `TUE#2`. Going through the days takes
 * a twentieth of the time that the library takes, and rollouts ask for thousands of runs. Undefined for days that depend
 * on the month in other ways (`L`, `LW`, `15W`, `6L`), which the library knows.
 */
export function dayWalk(expression: CronExpression): CronCalendar | undefined {
  const runsOn = dayRule(expression);
  const times = timesOfDay(expression);
  const [first] = times;
  const last = times[times.length - 1];
  if (runsOn === undefined || first === undefined || last === undefined) return undefined;
  return {
    next: (after) => {
      const from = Math.max(after, firstDay - 1);
      const today = Math.floor(from / dayMs) * dayMs;
      const time = times.find((each) => today + each > from);
      if (time !== undefined && today >= firstDay && runsOn(today)) return today + time;
      for (let day = today + dayMs; day <= lastDay; day += dayMs) if (runsOn(day)) return day + first;
      return undefined;
    },
    previous: (before) => {
      const to = Math.min(before, lastDay + dayMs);
      const today = Math.floor(to / dayMs) * dayMs;
      const time = times.findLast((each) => today + each < to);
      if (time !== undefined && today <= lastDay && runsOn(today)) return today + time;
      for (let day = today - dayMs; day >= firstDay; day -= dayMs) if (runsOn(day)) return day + last;
      return undefined;
    },
  };
}

/** Whether a day, by its first millisecond, is one that the expression names. */
function dayRule(expression: CronExpression): ((day: number) => boolean) | undefined {
  const month = valuesOf(expression, 'month');
  const dayOfMonth = valuesOf(expression, 'dayOfMonth');
  const dayOfWeek = weekDayRule(expression);
  const year = valuesOf(expression, 'year');
  if (month === undefined || dayOfMonth === undefined || dayOfWeek === undefined || year === undefined)
    return undefined;
  return (day) => {
    const date = new Date(day);
    const ofMonth = date.getUTCDate();
    return (
      month.has(date.getUTCMonth() + 1) &&
      dayOfMonth.has(ofMonth) &&
      dayOfWeek(date.getUTCDay() + 1, ofMonth) &&
      year.has(date.getUTCFullYear())
    );
  };
}

/** Of a week day, 1 = Sunday, and the day of the month it falls on. */
function weekDayRule(expression: CronExpression): ((weekDay: number, ofMonth: number) => boolean) | undefined {
  const values = valuesOf(expression, 'dayOfWeek');
  if (values !== undefined) return (weekDay) => values.has(weekDay);
  const field = parseCronField('dayOfWeek', expression.dayOfWeek);
  const [, nth, week] = (field.kind === 'monthly' && /^([1-7])#([1-5])$/.exec(field.text)) || [];
  if (nth === undefined || week === undefined) return undefined;
  return (weekDay, ofMonth) => weekDay === Number(nth) && Math.ceil(ofMonth / 7) === Number(week);
}

/** Milliseconds after midnight, ascending. */
function timesOfDay(expression: CronExpression): number[] {
  const [hours, minutes, seconds] = (['hours', 'minutes', 'seconds'] as const).map((key) => [
    ...(valuesOf(expression, key) ?? []),
  ]) as [number[], number[], number[]];
  return hours.flatMap((hour) =>
    minutes.flatMap((minute) => seconds.map((second) => (hour * 3600 + minute * 60 + second) * 1000)),
  );
}

/** The values of a field, all of them for `?`; undefined where they depend on the month. */
function valuesOf(
  expression: CronExpression,
  key: keyof Omit<CronExpression, 'kind'>,
): ReadonlySet<number> | undefined {
  const field = parseCronField(key, expression[key]);
  if (field.kind === 'values') return new Set(field.values);
  if (field.kind !== 'unspecified') return undefined;
  const { min, max } = cronFieldRules.find((rule) => rule.key === key) as (typeof cronFieldRules)[number];
  return new Set(Array.from({ length: max - min + 1 }, (_, index) => min + index));
}
