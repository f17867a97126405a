import { Cron } from 'croner';
import { type CronExpression, type CronFieldRule, cronFieldRules, parseCronField } from './cron-field.ts';

/**
 * The run after a wall-clock time, both in milliseconds as if the wall clock showed UTC; undefined when the schedule is
 * over. The time given is never itself the answer.
 */
type CronCalendar = (after: number) => number | undefined;

/**
 * The wall-clock calendar of an AWS cron expression. The library counts in UTC and knows nothing of zones or offset days;
 * this is the one place where AWS's grammar meets its own.
 *
 * Two readings that AWS does not document: `31W` means nothing in a month without a 31st, and the nearest weekday never
 * leaves its month.
 *
 * @throws RangeError when a field is not in the grammar: parse expressions with `parseScheduleExpression` first.
 */
export function cronCalendar(expression: CronExpression): CronCalendar {
  return numberedCalendar(expression) ?? libraryCalendar(expression);
}

const dayMs = 86_400_000;
const firstDay = Date.UTC(1970, 0, 1);
const endOfYears = Date.UTC(2200, 0, 1);

/**
 * Most schedules are numbers in every field: a walk over the days finds their runs in a twentieth of the time that the
 * library takes, which then is needed only for days that depend on the month, such as `L` or `TUE#2`.
 */
function numberedCalendar(expression: CronExpression): CronCalendar | undefined {
  const [seconds, minutes, hours, dayOfMonth, month, dayOfWeek, year] = cronFieldRules.map(({ key }) => {
    const field = parseCronField(key, expression[key]);
    return field.kind === 'values' ? field.values : field.kind === 'unspecified' ? 'any' : undefined;
  });
  const times = timesOfDay(hours, minutes, seconds);
  const [first] = times;
  const calendar = [dayOfMonth, month, dayOfWeek, year];
  if (first === undefined || calendar.includes(undefined)) return undefined;
  const has = (values: FieldValues, value: number) => values === 'any' || values?.includes(value);
  const runsOn = (day: number) => {
    const date = new Date(day);
    return (
      has(month, date.getUTCMonth() + 1) &&
      has(dayOfMonth, date.getUTCDate()) &&
      has(dayOfWeek, date.getUTCDay() + 1) &&
      has(year, date.getUTCFullYear())
    );
  };
  return (after) => {
    const from = Math.max(after, firstDay - 1);
    const today = Math.floor(from / dayMs) * dayMs;
    const time = times.find((each) => today + each > from);
    if (time !== undefined && runsOn(today)) return today + time;
    for (let day = today + dayMs; day < endOfYears; day += dayMs) if (runsOn(day)) return day + first;
    return undefined;
  };
}

type FieldValues = readonly number[] | 'any' | undefined;

/** Milliseconds after midnight, ascending; none where one of the fields is no list of numbers. */
function timesOfDay(hours: FieldValues, minutes: FieldValues, seconds: FieldValues): number[] {
  if (!Array.isArray(hours) || !Array.isArray(minutes) || !Array.isArray(seconds)) return [];
  const ofMinute = (hour: number, minute: number) =>
    seconds.map((second) => (hour * 3600 + minute * 60 + second) * 1000);
  return hours.flatMap((hour) => minutes.flatMap((minute) => ofMinute(hour, minute)));
}

function libraryCalendar(expression: CronExpression): CronCalendar {
  const pattern = cronFieldRules.map((rule) => translated(rule, expression[rule.key])).join(' ');
  // The library changes the options it is given: they must be fresh.
  const cron = new Cron(pattern, { mode: '7-part', alternativeWeekdays: true, utcOffset: 0, paused: true });
  return (after) => cron.nextRun(new Date(after))?.getTime();
}

/** Whole numbers leave nothing to disagree about: the library counts steps, wrapped ranges and years otherwise. */
function translated(rule: CronFieldRule, written: string): string {
  const field = parseCronField(rule.key, written);
  if (field.kind === 'refused') throw new RangeError(`cron ${rule.name} cannot be ${written}: ${field.fix}`);
  if (field.kind === 'unspecified') return '*';
  if (field.kind === 'monthly') return field.text;
  const everyValue = field.values.length === rule.max - rule.min + 1;
  if (!everyValue) return field.values.join(',');
  return rule.key === 'year' ? `${rule.min}-${rule.max}` : '*';
}
