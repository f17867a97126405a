import { expressionOf } from './install-runs.ts';
import type { RolloutWindow } from './rollout.ts';
import type { RateExpression } from './schedule-expression.ts';
import { shortestIntervalMinutes } from './shortest-interval.ts';

/**
 * `every 5 minutes from creation`, `every day from creation`. The end matters: a rate names no time of day. AWS counts it
 * from when the window or association was created (or from a later start date), so nobody can tell from the text alone
 * when it runs, and two windows of one rate run at different times.
 */
export function describeRate({ value, unit }: RateExpression): string {
  return value === 1 ? `every ${unit} from creation` : `every ${value} ${unit}s from creation`;
}

const minutesOfDay = 1440;

/** What is said in place of runs that nobody can know, or of which there are several a day; undefined for all others. */
export function alwaysOf(window: RolloutWindow): string | undefined {
  const expression = expressionOf(window);
  if (expression.kind === 'rate') return describeRate(expression);
  if (shortestIntervalMinutes(expression) >= minutesOfDay) return undefined;
  return `several times a day: ${window.schedule} ${window.timezone}`;
}
