import { closureAt, closuresOf, isClosedForGood } from './closures.ts';
import { type FirstRun, firstRunOf } from './first-run.ts';
import type { Rollout, RolloutRing, RolloutWindow } from './rollout.ts';
import { parseScheduleExpression, type RateExpression, type ScheduleExpression } from './schedule-expression.ts';

/**
 * When a ring installs first, at or after some instant; milliseconds. A `rate` has no anchor, so it is only known to run
 * once in every period: then the two instants differ.
 */
export interface FirstInstall {
  readonly earliest: number;
  readonly latest: number;
  /** The window that runs at the latest. */
  readonly window: RolloutWindow;
}

/** Why a ring never installs, or not any more. */
export type WhyNoInstall = 'no install window' | 'own list' | 'disabled' | 'frozen' | 'schedule over';

/** The installs of a ring. */
export interface InstallRuns {
  /** Undefined when it installs no more. */
  readonly firstFrom: (instant: number) => FirstInstall | undefined;
  /** Of a ring that installs no more from an instant on. */
  readonly whyNone: (instant: number) => WhyNoInstall;
  /** Windows that may open some day. */
  readonly windows: readonly RolloutWindow[];
}

/** First runs by schedule: windows that open alike share them, in whatever ring they are. */
export type FirstRuns = (window: RolloutWindow) => FirstRun;

export function rememberedFirstRuns(): FirstRuns {
  const known = new Map<string, FirstRun>();
  return (window) => {
    const { schedule, timezone, offsetDays, startDate, endDate } = window;
    const key = JSON.stringify([schedule, timezone, offsetDays, startDate, endDate]);
    const runs = known.get(key) ?? firstRunOf(expressionOf(window), scheduleOptions(window));
    known.set(key, runs);
    return runs;
  };
}

/**
 * The installs of a ring: the runs of its install windows that no freeze closes. Those that install a list of their own do
 * not count.
 */
export function installRunsOf(ring: RolloutRing, { freezes }: Rollout, firstRuns: FirstRuns): InstallRuns {
  const installs = ring.windows.filter(isInstall).sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  const windows = installs.filter((window) => !isClosedForGood(window, freezes));
  const firsts = windows.map((window) => {
    const closures = closuresOf(window, ring, freezes);
    const expression = expressionOf(window);
    return expression.kind === 'rate'
      ? unanchored(window, expression, closures)
      : anchored(window, firstRuns(window), closures);
  });
  const everRuns = (instant: number) => windows.some((window) => opensFrom(window, instant, firstRuns));
  return {
    windows,
    firstFrom: (instant) => {
      let first: FirstInstall | undefined;
      for (const firstOf of firsts) first = sooner(first, firstOf(instant));
      return first;
    },
    whyNone: (instant) => {
      const hasOwnList = ring.windows.some(({ operation }) => operation === 'Install');
      if (installs.length === 0) return hasOwnList ? 'own list' : 'no install window';
      if (windows.length === 0) return 'disabled';
      return everRuns(instant) ? 'frozen' : 'schedule over';
    },
  };
}

/** The expression of a window, which whoever made the rollout has checked. */
export function expressionOf(window: RolloutWindow): ScheduleExpression {
  const expression = expressions.get(window) ?? parseScheduleExpression(window.schedule).expression;
  if (expression === undefined) throw new RangeError(`schedule must be checked first, got ${window.schedule}`);
  expressions.set(window, expression);
  return expression;
}

/** Each window is read once. */
const expressions = new WeakMap<RolloutWindow, ScheduleExpression>();

export function isInstall({ operation, installsOwnList = false }: RolloutWindow): boolean {
  return operation === 'Install' && !installsOwnList;
}

type FirstInstallFrom = (instant: number) => FirstInstall | undefined;
type Closures = ReturnType<typeof closuresOf>;

function anchored(window: RolloutWindow, firstRun: FirstRun, closures: Closures): FirstInstallFrom {
  return (instant) => {
    let run = firstRun(instant);
    for (let closed = closureAt(closures, run); closed !== undefined; closed = closureAt(closures, run)) {
      run = firstRun(closed.until);
    }
    return Number.isFinite(run) ? { earliest: run, latest: run, window } : undefined;
  };
}

const unitMs = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** One run in every period, nobody knows when: for sure only where the window may open for a whole period. */
function unanchored(window: RolloutWindow, { value, unit }: RateExpression, closures: Closures): FirstInstallFrom {
  const period = value * unitMs[unit];
  const start = window.startDate === undefined ? Number.NEGATIVE_INFINITY : Date.parse(window.startDate);
  const end = window.endDate === undefined ? Number.POSITIVE_INFINITY : Date.parse(window.endDate);
  return (instant) => {
    const from = Math.max(instant, start);
    const earliest = closureAt(closures, from)?.until ?? from;
    let open = earliest;
    for (const { after, until } of closures) if (until > open && open + period > after) open = until;
    const latest = open + period;
    return latest < end ? { earliest, latest, window } : undefined;
  };
}

function sooner(one: FirstInstall | undefined, other: FirstInstall | undefined): FirstInstall | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  const { latest, window } = other.latest < one.latest ? other : one;
  return { earliest: Math.min(one.earliest, other.earliest), latest, window };
}

/** Whether a window would open at or after an instant if there were no freezes. */
function opensFrom(window: RolloutWindow, instant: number, firstRuns: FirstRuns): boolean {
  if (expressionOf(window).kind !== 'rate') return Number.isFinite(firstRuns(window)(instant));
  return window.endDate === undefined || Date.parse(window.endDate) > instant;
}

function scheduleOptions({ timezone, offsetDays, startDate, endDate }: RolloutWindow) {
  return {
    timezone,
    ...(offsetDays !== undefined && { offsetDays }),
    ...(startDate !== undefined && { startDate }),
    ...(endDate !== undefined && { endDate }),
  };
}
