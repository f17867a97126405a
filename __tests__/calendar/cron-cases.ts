import fc from 'fast-check';
import {
  type CronCase,
  type Day,
  type DayCase,
  type FieldCase,
  isLast,
  isNearestWorkday,
  isNthWeekDay,
  isWorkday,
  walk,
} from './brute-force.ts';

const weekDays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

/** Everything a field with `, - * /` can say: values, ranges that may run past the end, steps, and lists of them. */
function fieldCase(min: number, max: number, names: readonly string[] = []): fc.Arbitrary<FieldCase> {
  const number = fc.integer({ min, max });
  const step = fc.integer({ min: 1, max: max - min });
  const written = (value: number) => names[value - min] ?? `${value}`;
  const entry: fc.Arbitrary<FieldCase> = fc.oneof(
    number.map((value) => among(written(value), new Set([value]))),
    number.map((value) => among(`${value}`, new Set([value]))),
    fc.tuple(number, number).map(([a, b]) => among(`${written(a)}-${written(b)}`, walk(a, b, 1, min, max))),
    fc.tuple(number, number, step).map(([a, b, s]) => among(`${a}-${b}/${s}`, walk(a, b, s, min, max))),
    fc.tuple(number, step).map(([a, s]) => among(`${written(a)}/${s}`, walk(a, max, s, min, max))),
    step.map((s) => among(`*/${s}`, walk(min, max, s, min, max))),
  );
  const list = fc.array(entry, { minLength: 1, maxLength: 3 }).map((entries) => ({
    text: entries.map(({ text }) => text).join(','),
    has: (value: number) => entries.some(({ has }) => has(value)),
  }));
  return fc.oneof(fc.constant(every), list);
}

const every: FieldCase = { text: '*', has: () => true };

function among(text: string, values: ReadonlySet<number>): FieldCase {
  return { text, has: (value) => values.has(value) };
}

function monthDays(text: string, has: (day: Day) => boolean): DayCase {
  return { dayOfMonth: text, dayOfWeek: '?', has };
}

function weekDayCase(text: string, has: (day: Day) => boolean): DayCase {
  return { dayOfMonth: '?', dayOfWeek: text, has };
}

const monthDay = fc.integer({ min: 1, max: 31 });
const weekDay = fc.integer({ min: 1, max: 7 });

export const dayCase: fc.Arbitrary<DayCase> = fc.oneof(
  fieldCase(1, 31).map(({ text, has }) => monthDays(text, ({ day }) => has(day))),
  fieldCase(1, 7, weekDays).map(({ text, has }) => weekDayCase(text, (day) => has(day.weekDay))),
  fc.constant(monthDays('L', (day) => isLast(day, () => true))),
  fc.constant(monthDays('LW', (day) => isLast(day, isWorkday))),
  monthDay.map((to) => monthDays(`${to}W`, (day) => isNearestWorkday(day, to))),
  fc.constant(weekDayCase('L', (day) => day.weekDay === 7)),
  weekDay.map((last) => weekDayCase(`${last}L`, (day) => isLast(day, (other) => other.weekDay === last))),
  fc.tuple(weekDay, fc.integer({ min: 1, max: 5 }), fc.boolean()).map(([nth, n, named]) => {
    const name = named ? weekDays[nth - 1] : nth;
    return weekDayCase(`${name}#${n}`, (day) => isNthWeekDay(day, nth, n));
  }),
);

export const minutesCase = fieldCase(0, 59);
export const hoursCase = fieldCase(0, 23);
const monthCase = fieldCase(1, 12, months);

const year = fc.integer({ min: 1970, max: 2199 });
const yearCase: fc.Arbitrary<FieldCase> = fc.oneof(
  { weight: 4, arbitrary: fc.constant(every) },
  year.map((value) => among(`${value}`, new Set([value]))),
  fc.tuple(year, year).map(([a, b]) => {
    const [first, last] = [Math.min(a, b), Math.max(a, b)];
    return among(`${first}-${last}`, walk(first, last, 1, 1970, 2199));
  }),
  fc.integer({ min: 1, max: 9 }).map((step) => among(`*/${step}`, walk(1970, 2199, step, 1970, 2199))),
);

export const cronCase: fc.Arbitrary<CronCase> = fc.record({
  minutes: minutesCase,
  hours: hoursCase,
  days: dayCase,
  month: monthCase,
  year: yearCase,
});

/** Runs in the hours in which clocks change, on most days. */
export const nightlyCase: fc.Arbitrary<CronCase> = fc.record({
  minutes: minutesCase,
  hours: fc.oneof(
    fc.integer({ min: 0, max: 3 }).map((hour) => among(`${hour}-3`, walk(hour, 3, 1, 0, 23))),
    hoursCase,
  ),
  days: fc.oneof(
    fc.constant(monthDays('*', () => true)),
    fc.constant(weekDayCase('SUN', (day) => day.weekDay === 1)),
    dayCase,
  ),
  month: fc.constant(every),
  year: fc.constant(every),
});
