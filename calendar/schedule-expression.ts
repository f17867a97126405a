import { error, quoted, type Violation } from '../core/problem.ts';
import { checkText } from '../core/value-checks.ts';
import { parseCron, suggestionForUnixCron } from './cron-expression.ts';
import type { CronExpression } from './cron-field.ts';

export type { CronExpression } from './cron-field.ts';

/** A fixed period, counted from an instant that the expression does not hold.
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/reference-cron-and-rate-expressions.html */
export interface RateExpression {
  readonly kind: 'rate';
  /** How many units; a whole number from 1. */
  readonly value: number;
  readonly unit: 'minute' | 'hour' | 'day';
}

/** One run, at a wall-clock time in the zone of the schedule.
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/reference-cron-and-rate-expressions.html */
export interface AtExpression {
  readonly kind: 'at';
  /** `2026-12-01T22:00:00`, without a zone. */
  readonly dateTime: string;
}

/** When something runs, as a plain value. */
export type ScheduleExpression = RateExpression | CronExpression | AtExpression;

/** An expression, or everything that is wrong with its text; never both. */
export interface ParsedScheduleExpression {
  readonly expression?: ScheduleExpression;
  readonly violations: readonly Violation[];
}

/**
 * Reads `cron(…)`, `rate(…)` or `at(…)`: 1 to 256 characters, of which AWS documents the grammar. Reports every bad field
 * at once, and never throws, whatever it is given.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/reference-cron-and-rate-expressions.html
 */
export function parseScheduleExpression(text: unknown): ParsedScheduleExpression {
  if (typeof text !== 'string') return { violations: [wrongKind(text)] };
  const length = checkText('schedule', text, { rule: 'schedule/expression-length', min: 1, max: 256 });
  if (length.length > 0) return { violations: length };
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const read = readKnownKind(text) ?? { violations: [wrongKind(text)] };
  if (parsed.size >= mostKept) parsed.clear();
  parsed.set(text, read);
  return read;
}

/** A fleet repeats a few expressions thousands of times, and to look for the first run of one takes a tenth of a millisecond. */
const parsed = new Map<string, ParsedScheduleExpression>();
const mostKept = 1000;

/** The text that AWS takes. A seconds field of 0 is left out, as it is by default. */
export function formatScheduleExpression(expression: ScheduleExpression): string {
  if (expression.kind === 'at') return `at(${expression.dateTime})`;
  if (expression.kind === 'rate') return `rate(${expression.value} ${unitText(expression.value, expression.unit)})`;
  const { seconds, minutes, hours, dayOfMonth, month, dayOfWeek, year } = expression;
  const fields = [minutes, hours, dayOfMonth, month, dayOfWeek, year];
  return `cron(${[...(seconds === '0' ? [] : [seconds]), ...fields].join(' ')})`;
}

function unitText(value: number, unit: string): string {
  return value === 1 ? unit : `${unit}s`;
}

function readKnownKind(text: string): ParsedScheduleExpression | undefined {
  const [, kind, body = ''] = /^(cron|rate|at)\(([^()]*)\)$/.exec(text) ?? [];
  if (kind === 'cron') return parseCron(body);
  if (kind === 'rate') return parseRate(body);
  return kind === 'at' ? parseAt(body) : undefined;
}

function wrongKind(text: unknown): Violation {
  const message = `schedule must be cron(…), rate(…) or at(…), got ${quoted(text)}`;
  const suggestion = typeof text === 'string' ? slipOfThePen(text) : undefined;
  const examples = 'for example cron(0 2 ? * SUN *), rate(7 days) or at(2026-12-01T22:00:00)';
  return error('schedule/expression-kind', message, `write ${suggestion ?? examples}`);
}

/** What was meant by `CRON(…)`, `cron(… ` without its end, `@daily`, `0 2 * * 0` or `5 minutes`; only what parses. */
function slipOfThePen(text: string): string | undefined {
  const tidy = text.trim().replace(/^\w+(?=\()/, (kind) => kind.toLowerCase());
  const candidates = [tidy, `${tidy})`, `cron(${tidy})`, `rate(${tidy})`, `at(${tidy})`];
  const meant = candidates.find((candidate) => readKnownKind(candidate)?.expression !== undefined);
  return meant ?? suggestionForUnixCron(tidy);
}

function parseRate(body: string): ParsedScheduleExpression {
  const [number = '', written = '', ...rest] = body.split(' ');
  if (number === '' || written === '' || rest.length > 0) {
    const message = `rate must be a number, one space and a unit, got ${quoted(body)}`;
    return { violations: [error('schedule/rate-fields', message, 'write for example rate(1 day) or rate(12 hours)')] };
  }
  const value = /^[1-9]\d*$/.test(number) ? Number(number) : undefined;
  const spellings = (single: string) => (value === undefined ? [single, `${single}s`] : [unitText(value, single)]);
  const unit = (['minute', 'hour', 'day'] as const).find((single) => spellings(single).includes(written));
  if (value !== undefined && unit !== undefined)
    return value > longestRate[unit]
      ? { violations: [tooLong(body)] }
      : { expression: { kind: 'rate', value, unit }, violations: [] };
  return {
    violations: [
      ...(value === undefined ? [wrongValue(number)] : []),
      ...(unit === undefined ? [wrongUnit(value, written)] : []),
    ],
  };
}

/** A hundred years: what is counted in longer periods leaves the dates that there are. */
const longestRate = { day: 36_500, hour: 36_500 * 24, minute: 36_500 * 24 * 60 };

function tooLong(body: string): Violation {
  const message = `rate must come round within 36500 days, got ${quoted(body)}`;
  return error('schedule/rate-value', message, 'shorten it, or use at for a window that opens once');
}

function wrongValue(number: string): Violation {
  const message = `rate value must be a whole number from 1, got ${quoted(number)}`;
  return error('schedule/rate-value', message, 'write it in digits, without a sign or leading zeros');
}

function wrongUnit(value: number | undefined, unit: string): Violation {
  const allowed = 'minute, hour or day after 1 and minutes, hours or days after any other number';
  return error('schedule/rate-unit', `rate unit must be ${allowed}, got ${quoted(unit)}`, unitFix(value, unit));
}

function unitFix(value: number | undefined, unit: string): string {
  const single = unit.toLowerCase().replace(/s$/, '');
  if (value !== undefined && ['minute', 'hour', 'day'].includes(single)) {
    return `write rate(${value} ${unitText(value, single)})`;
  }
  if (value !== undefined && single === 'week') return `write rate(${value * 7} days)`;
  return 'seconds, weeks, months and years do not exist; use a cron expression for months';
}

function parseAt(dateTime: string): ParsedScheduleExpression {
  if (isRealDateTime(dateTime)) return { expression: { kind: 'at', dateTime }, violations: [] };
  const message = `at must be a real date and time from 1970 on, written YYYY-MM-DDThh:mm:ss, got ${quoted(dateTime)}`;
  return { violations: [error('schedule/at-date-time', message, dateTimeFix(dateTime))] };
}

function isRealDateTime(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(text) || text < '1970') return false;
  const instant = new Date(`${text}Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString() === `${text}.000Z`;
}

function dateTimeFix(dateTime: string): string {
  const zone = /(Z|[+-]\d\d:?\d\d)$/i.exec(dateTime.slice(10))?.[1];
  if (zone !== undefined) return `remove ${zone}: the time zone of the schedule decides`;
  const completed = `${dateTime.replace(' ', 'T')}${/\d\d:\d\d:\d\d/.test(dateTime) ? '' : ':00'}`;
  return isRealDateTime(completed) ? `write at(${completed})` : 'write for example at(2026-12-01T22:00:00)';
}
