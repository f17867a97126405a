import { parseScheduleExpression, type ScheduleExpression } from '../../calendar/schedule-expression.ts';
import { formatViolation } from '../../core/problem.ts';

/** The expression of a text that must be right. */
export function parsed(text: string): ScheduleExpression {
  const { expression, violations } = parseScheduleExpression(text);
  if (expression === undefined) throw new Error(`${text}: ${violations.map(formatViolation).join('\n')}`);
  return expression;
}

/** What is wrong with a text, as it is printed. */
export function refusals(text: unknown): string[] {
  return parseScheduleExpression(text).violations.map(formatViolation);
}
