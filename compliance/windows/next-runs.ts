import { nextRuns, parseScheduleExpression } from '../../calendar/index.ts';
import type { FreezeContext } from '../fleet-context.ts';
import type { WindowFacts } from '../window-facts.ts';

export interface NextRuns {
  /** Instants, ascending, after the one asked for. */
  readonly at: readonly string[];
  /** Whose word it is: `schedule` is computed, `aws` is what AWS says, of one run. */
  readonly from: 'schedule' | 'aws' | 'disabled' | 'unknown';
}

/** The next runs of a window as it is deployed. A `rate` counts from a moment that AWS alone knows. */
export function nextRunsOf(window: WindowFacts, after: string, count: number): NextRuns {
  if (window.enabled === false) return { at: [], from: 'disabled' };
  const runs = scheduled(window, after, count);
  if (runs !== undefined) return { at: runs, from: 'schedule' };
  const { nextExecutionAt } = window;
  if (nextExecutionAt !== undefined && nextExecutionAt > after) return { at: [nextExecutionAt], from: 'aws' };
  return { at: [], from: 'unknown' };
}

/** A fleet has the same few schedules in every place. Absent: the schedule does not tell. */
const known = new Map<string, readonly string[] | undefined>();
const mostKept = 1000;

function scheduled(window: WindowFacts, after: string, count: number): readonly string[] | undefined {
  const { schedule, timezone, offsetDays, startDate, endDate } = window;
  const key = JSON.stringify([schedule, timezone, offsetDays, startDate, endDate, after, count]);
  if (!known.has(key)) {
    if (known.size >= mostKept) known.clear();
    known.set(key, computed(window, after, count));
  }
  return known.get(key);
}

function computed(window: WindowFacts, after: string, count: number): string[] | undefined {
  const { expression } = parseScheduleExpression(window.schedule);
  if (expression === undefined || expression.kind === 'rate') return undefined;
  try {
    const runs = nextRuns(
      expression,
      {
        ...(window.timezone !== undefined && { timezone: window.timezone }),
        ...(window.offsetDays !== undefined && { offsetDays: window.offsetDays }),
        ...(window.startDate !== undefined && { startDate: window.startDate }),
        ...(window.endDate !== undefined && { endDate: window.endDate }),
      },
      new Date(after),
      count,
    );
    return runs.map((run) => run.toISOString());
  } catch (failure) {
    // A zone or a date that this runtime does not read as AWS did: what AWS says has to do.
    if (failure instanceof RangeError) return undefined;
    throw failure;
  }
}

/** The freeze in which an instant lies for a ring; without a ring, only one of all rings counts. */
export function freezeAt(
  freezes: readonly FreezeContext[],
  ring: string | undefined,
  instant: string,
): FreezeContext | undefined {
  return freezes.find(
    ({ from, to, rings }) =>
      from <= instant && instant < to && (rings === undefined || (ring !== undefined && rings.includes(ring))),
  );
}
