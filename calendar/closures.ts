import type { Freeze, RolloutRing, RolloutWindow } from './rollout.ts';

const hourMs = 3_600_000;

/** A stretch in which a window does not open: above `after` and below `until`; milliseconds. */
export interface Closure {
  readonly after: number;
  readonly until: number;
}

/**
 * When a window of a ring stays closed for freezes: where its run would start in one, or still could run into it. Freezes
 * of the ring count, and those that keep the window closed by name: it is closed already, until the last of them is over.
 * Ascending, apart from each other.
 */
export function closuresOf(window: RolloutWindow, ring: RolloutRing, freezes: readonly Freeze[]): Closure[] {
  const concerned = freezes.filter(({ name, rings }) => rings.includes(ring.name) || isClosedBy(window, name));
  const closures = concerned
    .map(({ name, from, to }) => ({
      after: isClosedBy(window, name) ? Number.NEGATIVE_INFINITY : Date.parse(from) - window.durationHours * hourMs,
      until: Date.parse(to),
    }))
    .sort((a, b) => a.after - b.after || a.until - b.until);
  const apart: Closure[] = [];
  for (const closure of closures) {
    const last = apart[apart.length - 1];
    if (last === undefined || closure.after >= last.until) apart.push(closure);
    else apart[apart.length - 1] = { after: last.after, until: Math.max(last.until, closure.until) };
  }
  return apart;
}

/** Whether a window is closed for good: disabled, and not by a freeze that ends. */
export function isClosedForGood(window: RolloutWindow, freezes: readonly Freeze[]): boolean {
  return opensAgainAt(window, freezes) === Number.POSITIVE_INFINITY;
}

/** When a window opens that is closed now: after the last freeze that keeps it closed. Infinity where it never does, minus where it is open. */
export function opensAgainAt(window: RolloutWindow, freezes: readonly Freeze[]): number {
  if (window.enabled) return Number.NEGATIVE_INFINITY;
  const closing = freezes.filter(({ name }) => isClosedBy(window, name));
  return closing.length === 0 ? Number.POSITIVE_INFINITY : Math.max(...closing.map(({ to }) => Date.parse(to)));
}

/** The closure that an instant lies in. */
export function closureAt(closures: readonly Closure[], instant: number): Closure | undefined {
  return closures.find(({ after, until }) => instant > after && instant < until);
}

/** Whether a freeze is one of those that keep a window closed. */
export function isClosedBy({ enabled, closedBy = [] }: RolloutWindow, freeze: string): boolean {
  return !enabled && closedBy.includes(freeze);
}
