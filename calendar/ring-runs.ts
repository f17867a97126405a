import { expressionOf, type FirstRuns, installRunsOf, isInstall } from './install-runs.ts';
import type { Rollout, RolloutRing } from './rollout.ts';
import { wallMsAt } from './time-zone.ts';

/** One install of a ring. */
export interface RingRun {
  readonly instant: number;
  /** `2026-04`: the month of the day that its cron names, in the zone of its window; offset days come after it. */
  readonly month: string;
}

/** The installs of a ring in some months. */
export interface RingRuns {
  readonly ring: RolloutRing;
  /** Whether it has a window at all that says when it installs. */
  readonly installs: boolean;
  /** Where the list of runs begins: some weeks before the first month. */
  readonly from: number;
  /** Ascending. */
  readonly runs: readonly RingRun[];
  /** Runs from here on are not in the list: there are too many. Infinity when all are there. */
  readonly cutAt: number;
  readonly firstFrom: (instant: number) => number;
}

const dayMs = 86_400_000;

/** So that the run before the first one of a month is known: of windows that open monthly, and several times a day. */
const [daysBefore, daysBeforeDense] = [62, 2];

/** Six offset days, and zones a day apart from UTC. */
const daysAfter = 8;

/** Every hour of two years. More of them take too long; whoever asks is told that they were not looked at. */
const mostRuns = 20_000;

/** The installs of a ring whose expressions tell when they are: those at a `rate` are not among them. */
export function ringRunsOf(
  ring: RolloutRing,
  rollout: Rollout,
  horizon: { readonly first: Date; readonly end: Date },
  firstRuns: FirstRuns,
): RingRuns {
  const anchored = ring.windows.filter((window) => isInstall(window) && expressionOf(window).kind !== 'rate');
  const { firstFrom, windows } = installRunsOf({ ...ring, windows: anchored }, rollout, firstRuns);
  const end = horizon.end.getTime() + daysAfter * dayMs;
  const begin = horizon.first.getTime();
  const one = firstFrom(begin - dayMs)?.latest;
  const two = one === undefined ? undefined : firstFrom(one + 1)?.latest;
  const isDense = two !== undefined && two < begin;
  const from = begin - (isDense ? daysBeforeDense : daysBefore) * dayMs;
  const runs: RingRun[] = [];
  let next = firstFrom(from);
  for (; next !== undefined && next.latest < end && runs.length < mostRuns; next = firstFrom(next.latest + 1)) {
    const { timezone, offsetDays = 0 } = next.window;
    const named = new Date(wallMsAt(next.latest, timezone) - offsetDays * dayMs);
    runs.push({ instant: next.latest, month: named.toISOString().slice(0, 7) });
  }
  const cutAt = next !== undefined && next.latest < end ? next.latest : Number.POSITIVE_INFINITY;
  return {
    ring,
    installs: windows.length > 0,
    from,
    runs,
    cutAt,
    firstFrom: (instant) => firstFrom(instant)?.latest ?? Number.POSITIVE_INFINITY,
  };
}
