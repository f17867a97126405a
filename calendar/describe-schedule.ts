import { expressionOf } from './install-runs.ts';
import type { RolloutWindow } from './rollout.ts';
import { nextRuns } from './runs.ts';
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
const dayMs = 86_400_000;

/**
 * The runs of a window at or after `from` and before `to`, ascending; or what is said in place of them, where nobody can
 * know them, or there are more than one a day on average: nobody would read those.
 */
export function runsOrAlways(
  window: RolloutWindow,
  from: number,
  to: number,
): { readonly runs: readonly Date[]; readonly always?: string } {
  const expression = expressionOf(window);
  if (expression.kind === 'rate') return { runs: [], always: describeRate(expression) };
  const most =
    shortestIntervalMinutes(expression) < minutesOfDay ? Math.ceil((to - from) / dayMs) : Number.POSITIVE_INFINITY;
  const end = window.endDate === undefined ? to : Math.min(to, Date.parse(window.endDate));
  // One more is enough to know: of all that open every five minutes there may be a hundred thousand.
  const runs = nextRuns(expression, { ...window, endDate: new Date(end).toISOString() }, new Date(from - 1), most + 1);
  if (runs.length <= most) return { runs };
  return { runs: [], always: `several times a day: ${window.schedule} ${window.timezone}` };
}
