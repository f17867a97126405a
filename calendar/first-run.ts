import { nextRuns, type ScheduleOptions } from './runs.ts';
import type { ScheduleExpression } from './schedule-expression.ts';

/** The first run at or after an instant; Infinity when the schedule is over. Milliseconds. */
export type FirstRun = (from: number) => number;

/** Runs asked for at a time: starting to look costs as much as some runs do. */
const ahead = 16;

/**
 * Answers for one schedule, and remembers: an answer holds for every instant up to the run. Two years of days cost one
 * look a day at most, and of a monthly schedule two looks in all; it is never walked through.
 */
export function firstRunOf(expression: ScheduleExpression, options: ScheduleOptions): FirstRun {
  // Ascending and side by side: from an instant of `starts` on, the first run is the one of `runs`.
  const starts: number[] = [];
  const runs: number[] = [];
  return (from) => {
    const known = lastAtOrBefore(starts, from);
    const run = runs[known];
    if (run !== undefined && from <= run) return run;
    const found = nextRuns(expression, options, new Date(from - 1), ahead).map((date) => date.getTime());
    const ends = found.length < ahead ? [...found, Number.POSITIVE_INFINITY] : found;
    const begins = [from, ...ends.slice(0, -1).map((end) => end + 1)];
    starts.splice(known + 1, 0, ...begins);
    runs.splice(known + 1, 0, ...ends);
    // Stretches found earlier lie in between when an earlier instant is asked for later on.
    if ((starts[known + 1 + begins.length] ?? Number.POSITIVE_INFINITY) <= (begins[begins.length - 1] ?? from)) {
      sortTogether(starts, runs);
    }
    return ends[0] ?? Number.POSITIVE_INFINITY;
  };
}

/** Position of the last of ascending values that is not above the one given; -1 when all are. */
function lastAtOrBefore(values: readonly number[], value: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function sortTogether(starts: number[], runs: number[]): void {
  const pairs = starts.map((start, i): [number, number] => [start, runs[i] ?? 0]).sort(([a], [b]) => a - b);
  starts.splice(0, starts.length, ...pairs.map(([start]) => start));
  runs.splice(0, runs.length, ...pairs.map(([, run]) => run));
}
