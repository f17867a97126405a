import type { RateExpression } from './schedule-expression.ts';

/**
 * `every 5 minutes from creation`, `every day from creation`. The end matters: a rate names no time of day. AWS counts it
 * from when the window or association was created (or from a later start date), so nobody can tell from the text alone
 * when it runs, and two windows of one rate run at different times.
 */
export function describeRate({ value, unit }: RateExpression): string {
  return value === 1 ? `every ${unit} from creation` : `every ${value} ${unit}s from creation`;
}
