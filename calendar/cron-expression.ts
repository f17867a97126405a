import { error, quoted, type Violation } from '../core/problem.ts';
import { cronCalendar } from './cron-calendar.ts';
import { type CronExpression, type CronFields, cronFieldRules, parseCronField } from './cron-field.ts';
import { awsFieldsOfUnixCron } from './unix-cron.ts';

/** An expression, or everything that is wrong with its text. */
interface ParsedCron {
  readonly expression?: CronExpression;
  readonly violations: readonly Violation[];
}

const fieldOrder = 'minutes hours day-of-month month day-of-week year';

/** Reads what stands between `cron(` and `)`; every bad field is reported. */
export function parseCron(body: string): ParsedCron {
  const fields = body.split(' ');
  if (fields.includes('') || (fields.length !== 6 && fields.length !== 7)) {
    return { violations: [wrongCount(body)] };
  }
  const [seconds = '', minutes = '', hours = '', dayOfMonth = '', month = '', dayOfWeek = '', year = ''] =
    fields.length === 7 ? fields : ['0', ...fields];
  const expression: CronExpression = { kind: 'cron', seconds, minutes, hours, dayOfMonth, month, dayOfWeek, year };
  const violations = [...checkFields(expression), ...checkQuestionMark(expression)];
  if (violations.length > 0) return { violations };
  const never = checkEverRuns(expression);
  return never.length > 0 ? { violations: never } : { expression, violations: [] };
}

/** What a Unix user should write instead: `cron(0 2 ? * SUN *)` for `0 2 * * 0`. Only what parses is suggested. */
export function suggestionForUnixCron(text: string): string | undefined {
  const body = awsFieldsOfUnixCron(text.trim());
  return body === undefined || parseCron(body).expression === undefined ? undefined : `cron(${body})`;
}

function wrongCount(body: string): Violation {
  const fields = body.split(/\s+/).filter((field) => field !== '');
  const oneSpace = fields.length === 6 || fields.length === 7;
  const suggestion = suggestionForUnixCron(body);
  const unix = fields.length === 5 || body.startsWith('@');
  const generic = unix
    ? 'AWS adds a year to the five fields of Unix and wants ? in one of the two day fields'
    : 'write for example cron(0 2 ? * SUN *)';
  const rule = 'schedule/cron-fields';
  if (oneSpace) {
    const message = `cron must separate its fields by single spaces, got ${quoted(body)}`;
    return error(rule, message, `write cron(${fields.join(' ')})`);
  }
  const message = `cron must have 6 fields (${fieldOrder}) or 7 with seconds first, got ${fields.length}: ${quoted(body)}`;
  return error(rule, message, suggestion === undefined ? generic : `write ${suggestion}`);
}

function checkFields(expression: CronFields): Violation[] {
  return cronFieldRules.flatMap(({ key, name, allowed }) => {
    const field = parseCronField(key, expression[key]);
    if (field.kind !== 'refused') return [];
    const message = `cron ${name} must be ${allowed}, got ${quoted(expression[key])}`;
    return [error(`schedule/cron-${name}`, message, field.fix)];
  });
}

/** "Support for specifying both day-of-month and day-of-week isn't complete": one of them must be `?`. */
function checkQuestionMark({ dayOfMonth, dayOfWeek }: CronFields): Violation[] {
  if ((dayOfMonth === '?') !== (dayOfWeek === '?')) return [];
  const got = `got ${quoted(dayOfMonth)} and ${quoted(dayOfWeek)}`;
  const message = `cron must have ? in exactly one of day-of-month and day-of-week, ${got}`;
  return [error('schedule/cron-one-question-mark', message, questionMarkFix(dayOfMonth, dayOfWeek))];
}

function questionMarkFix(dayOfMonth: string, dayOfWeek: string): string {
  if (dayOfMonth === '?') return 'write * in one of them for every day';
  if (dayOfWeek === '*') return 'write ? in day-of-week';
  if (dayOfMonth === '*') return 'write ? in day-of-month';
  return 'write ? in the one that does not decide; to use both, write two schedules';
}

/** Days such as 30 February pass field by field. The calendar ends in 2199, so looking for a first run ends too. */
function checkEverRuns(expression: CronExpression): Violation[] {
  if (namesEveryMonth(expression)) return [];
  const beforeFirstYear = Date.UTC(1970, 0, 1) - 1000;
  if (cronCalendar(expression)(beforeFirstYear) !== undefined) return [];
  const { dayOfMonth, month, dayOfWeek, year } = expression;
  const days = `day-of-month ${dayOfMonth}, month ${month}, day-of-week ${dayOfWeek}, year ${year}`;
  const message = `cron must name a day that exists, got ${days}`;
  return [
    error('schedule/cron-never-runs', message, 'change the day, the month or the year; L is the last day of a month'),
  ];
}

/** Week days, and days up to the 28th, are in each month of each year: there is nothing to look for. */
function namesEveryMonth({ dayOfMonth, dayOfWeek }: CronExpression): boolean {
  const [day, weekDay] = [parseCronField('dayOfMonth', dayOfMonth), parseCronField('dayOfWeek', dayOfWeek)];
  return weekDay.kind === 'values' || (day.kind === 'values' && day.values.some((value) => value <= 28));
}
