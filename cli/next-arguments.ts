import {
  checkTimeZone,
  formatScheduleExpression,
  parseScheduleExpression,
  type ScheduleExpression,
} from '../calendar/index.ts';
import { error, type Problem, quoted, type Violation } from '../core/problem.ts';
import { checkWholeNumber } from '../core/value-checks.ts';
import { instantForm, instantOf } from './instant.ts';

/** What the user wrote, as it was written. */
export interface NextArguments {
  readonly timezone: string;
  readonly offset: string;
  /** @default now */
  readonly from?: string;
  readonly count: string;
  readonly startDate?: string;
  readonly endDate?: string;
}

/** What it means. */
export interface Question {
  readonly expression: ScheduleExpression;
  readonly timezone: string;
  readonly offsetDays: number;
  readonly from: Date | undefined;
  readonly count: number;
  readonly startDate: Date | undefined;
  readonly endDate: Date | undefined;
}

/** Reads the arguments of `next`, or tells everything that is wrong with them. */
export function readNextArguments(text: string, given: NextArguments): Question | readonly Problem[] {
  const { expression, violations } = parseScheduleExpression(text);
  const [offsetDays, count] = [numberOf(given.offset), numberOf(given.count)];
  const dates = { from: dateOf(given.from), startDate: dateOf(given.startDate), endDate: dateOf(given.endDate) };
  const problems = [
    ...at('EXPRESSION', violations),
    ...at('--timezone', checkTimeZone('timezone', given.timezone)),
    ...at('--offset', checkOffset(offsetDays, expression)),
    ...at('--count', checkWholeNumber('count', count, { rule: 'next/count', min: 1, max: 10_000, unit: 'runs' })),
    ...at('--from', checkDate('from', given.from)),
    ...at('--start-date', checkDate('startDate', given.startDate)),
    ...at('--end-date', [...checkDate('endDate', given.endDate), ...checkOrder(given, dates)]),
  ];
  if (expression === undefined || problems.length > 0) return problems;
  return { expression, timezone: given.timezone, offsetDays: Number(offsetDays), count: Number(count), ...dates };
}

function at(path: string, violations: readonly Violation[]): Problem[] {
  return violations.map((violation) => ({ ...violation, path }));
}

function numberOf(text: string): number | string {
  return /^\d{1,15}$/.test(text) ? Number(text) : text;
}

function dateOf(text: string | undefined): Date | undefined {
  return text === undefined ? undefined : instantOf(text);
}

function checkOffset(offset: number | string, expression: ScheduleExpression | undefined): Violation[] {
  const rule = 'next/offset';
  if (offset === 0 || expression === undefined || expression.kind === 'cron') {
    return checkWholeNumber('offset', offset, { rule, min: 0, max: 6, unit: 'days' });
  }
  const message = `offset must be left out unless the schedule is cron, got ${quoted(offset)} with ${quoted(formatScheduleExpression(expression))}`;
  return [error(rule, message, 'remove it')];
}

function checkDate(field: string, text: string | undefined): Violation[] {
  if (text === undefined || instantOf(text) !== undefined) return [];
  return [error('next/date', `${field} must be ${instantForm}, got ${quoted(text)}`, `write ${field} in ISO 8601`)];
}

function checkOrder(given: NextArguments, { startDate, endDate }: Pick<Question, 'startDate' | 'endDate'>) {
  if (startDate === undefined || endDate === undefined || startDate < endDate) return [];
  const message = `endDate must be after startDate (${given.startDate}), got ${given.endDate}`;
  return [error('next/end-after-start', message, 'move one of them')];
}
