import { quoted, type Violation } from '../core/problem.ts';
import { expressionOf, isInstall, rememberedFirstRuns } from './install-runs.ts';
import { type Inversion, inversionsBetween } from './inversions.ts';
import { addMonths, monthOf, shortInstant } from './months.ts';
import { type RingRuns, ringRunsOf } from './ring-runs.ts';
import type { Rollout, RolloutRing } from './rollout.ts';
import { changed, describeChange, movesOf, type RolloutChange } from './rollout-change.ts';

/**
 * Something about the order of rings. Rules are `ring-order/inverted`, an error; `ring-order/cut-short`, a warning; and
 * `ring-order/rate`, for information.
 */
export interface RingOrderFinding extends Violation {
  /** The ring that is out of order. */
  readonly ring: string;
  /** The ring that should have come first. */
  readonly earlierRing?: string;
  /** Every install that comes too early. */
  readonly inversions: readonly RingInversion[];
  /** What mends it, proven over all the months together with the changes of the other findings. */
  readonly change?: RolloutChange;
}

/** One install that comes too early. Instants in UTC, ISO-8601. */
export interface RingInversion {
  /** `2026-04`. */
  readonly month: string;
  readonly run: string;
  /** The install of the earlier ring in that month. Absent when there is none, or when months have several. */
  readonly earlierRun?: string;
  /** The install of the ring before, since which the earlier ring has not installed; only when months have several. */
  readonly since?: string;
}

/** Where a later ring installs before an earlier one, over whole months. */
export interface RingOrder {
  /** First month looked at, `2026-01`: the one of the day asked for, whole. */
  readonly firstMonth: string;
  readonly months: number;
  /** Pairs of rings that there are, and of those that were compared: both install at times that are known. */
  readonly pairs: number;
  readonly compared: number;
  /** Names of rings that were not, as all their install windows open at a rate. */
  readonly atRates: readonly string[];
  readonly findings: readonly RingOrderFinding[];
}

/**
 * Looks at every pair of rings that install, month by month, for `months` whole months from the one of `asOf` (UTC) on.
 *
 * What a month is, is decided by the zone of each window; an install with offset days belongs to the month of the day that
 * its cron names: Patch Tuesday plus 20 days belongs to its Patch Tuesday. What holds inside a month, and where rings
 * install several times in one, is told at `inversionsBetween`. Windows that are closed, by a freeze or for good, do not
 * install. Rings without install windows are not in the order. A `rate` says no day: its ring is named in a finding, and
 * only the other windows of it are compared. Of a ring that installs all the time only the first of its many installs
 * are; that the others are not is a finding, too.
 */
export function ringOrder(
  rollout: Rollout,
  { asOf, months }: { readonly asOf: Date; readonly months: number },
): RingOrder {
  const first = new Date(Date.UTC(asOf.getUTCFullYear(), asOf.getUTCMonth(), 1));
  const horizon = { first, end: addMonths(first, months) };
  const firstRuns = rememberedFirstRuns();
  const runsOf = (of: Rollout) => of.rings.map((ring) => ringRunsOf(ring, of, horizon, firstRuns));
  const span = { first: monthOf(first.toISOString()), end: monthOf(horizon.end.toISOString()) };
  const rings = runsOf(rollout);
  const between = (earlier: RingRuns, later: RingRuns, strictly = false) =>
    !earlier.installs ? [] : inversionsBetween(earlier, later, span, strictly);
  const pairs = rings.flatMap((later, index) =>
    rings.slice(0, index).map((earlier) => ({ earlier, later, inversions: between(earlier, later) })),
  );
  const compared = pairs.filter(({ earlier, later }) => earlier.installs && later.installs);
  const inverted = pairs.filter(({ inversions }) => inversions.length > 0);
  const changes = changesFor(rollout, new Set(inverted.map(({ later }) => later.ring.name)), {
    runsOf: (of, ring) => ringRunsOf(ring, of, horizon, firstRuns),
    between,
  });
  const findings = inverted.map(({ earlier, later, inversions }) =>
    findingOf(earlier, later, inversions, months, rollout, changes),
  );
  const cut = new Set(compared.map(({ later }) => later).filter(({ cutAt }) => Number.isFinite(cutAt)));
  return {
    firstMonth: span.first,
    months,
    pairs: pairs.length,
    compared: compared.length,
    atRates: rings.filter(({ ring, installs }) => !installs && rates(ring).length > 0).map(({ ring }) => ring.name),
    findings: [...findings, ...[...cut].map(cutShort), ...rollout.rings.flatMap(rates)],
  };
}

interface Order {
  readonly runsOf: (rollout: Rollout, ring: RolloutRing) => RingRuns;
  readonly between: (earlier: RingRuns, later: RingRuns, strictly?: boolean) => readonly Inversion[];
}

/**
 * For each ring that is out of order, the first move that puts it behind all earlier rings, where their own moves have
 * put them, and that no ring after it suffers from that stays where it is. Which ones stay is known only at the end: those
 * for which no move was found must not suffer either.
 */
function changesFor(rollout: Rollout, names: ReadonlySet<string>, order: Order): Map<string, RolloutChange> {
  let moving = names;
  for (;;) {
    const changes = changesWhile(rollout, names, moving, order);
    const moved = new Set([...moving].filter((name) => changes.has(name)));
    if (moved.size === moving.size) return changes;
    moving = moved;
  }
}

/** As `changesFor`, where these rings are expected to move. */
function changesWhile(
  rollout: Rollout,
  names: ReadonlySet<string>,
  moving: ReadonlySet<string>,
  { runsOf, between }: Order,
): Map<string, RolloutChange> {
  const changes = new Map<string, RolloutChange>();
  const rings = rollout.rings.map((ring) => runsOf(rollout, ring));
  for (const [index, before] of rings.entries()) {
    if (!names.has(before.ring.name)) continue;
    const laterRings = rings
      .slice(index + 1)
      .filter((later) => !moving.has(later.ring.name) && between(before, later).length === 0);
    for (const change of movesOf(before.ring)) {
      const after = changed(rollout, change).rings[index];
      const runs = after === undefined ? undefined : runsOf(rollout, after);
      if (runs === undefined) continue;
      const holds =
        rings.slice(0, index).every((earlier) => between(earlier, runs, true).length === 0) &&
        laterRings.every((later) => between(runs, later).length === 0);
      if (!holds) continue;
      changes.set(before.ring.name, change);
      rings[index] = runs;
      break;
    }
  }
  return changes;
}

function findingOf(
  earlier: RingRuns,
  later: RingRuns,
  inversions: readonly Inversion[],
  months: number,
  rollout: Rollout,
  changes: ReadonlyMap<string, RolloutChange>,
): RingOrderFinding {
  const change = changes.get(later.ring.name);
  const inverted = new Set(inversions.map(({ month }) => month)).size;
  const examples = inversions.slice(0, 3).map((inversion) => inWords(inversion, earlier.ring.name));
  const more = inversions.length > 3 ? [`${inversions.length - 3} more`] : [];
  const [ring, earlierRing] = [later.ring.name, earlier.ring.name];
  const message = `ring ${quoted(ring)} must not install before ring ${quoted(earlierRing)} inside a month, got ${inverted} of ${months} months: ${[...examples, ...more].join(', ')}`;
  const fix =
    change === undefined
      ? `no day from Patch Tuesday to 20 days after it puts ring ${quoted(ring)} in order; move another ring, too`
      : `${describeChange(change, rollout)}: in order in all ${months} months${changes.size > 1 ? ', together with the other fixes' : ''}`;
  return {
    rule: 'ring-order/inverted',
    severity: 'error',
    message,
    fix,
    ring,
    earlierRing,
    inversions: inversions.map(asData),
    ...(change !== undefined && { change }),
  };
}

function inWords({ month, run, earlierRun, since }: Inversion, earlier: string): string {
  if (earlierRun !== undefined) return `${month} (${shortInstant(run)} before ${shortInstant(earlierRun)})`;
  const when = since === undefined ? 'in it' : `since ${shortInstant(since)}`;
  return `${month} (${shortInstant(run)}, ${quoted(earlier)} not ${when})`;
}

function asData({ month, run, earlierRun, since }: Inversion): RingInversion {
  const iso = (ms: number) => shortInstant(ms);
  return {
    month,
    run: iso(run),
    ...(earlierRun !== undefined && { earlierRun: iso(earlierRun) }),
    ...(since !== undefined && { since: iso(since) }),
  };
}

function cutShort({ ring, runs, cutAt }: RingRuns): RingOrderFinding {
  return {
    rule: 'ring-order/cut-short',
    severity: 'warning',
    message: `ring ${quoted(ring.name)} installs too often to look at all of it, got ${runs.length} installs until ${shortInstant(cutAt)}: whether it is in order from then on was not looked at`,
    fix: 'look at fewer months, or at a later day',
    ring: ring.name,
    inversions: [],
  };
}

function rates(ring: RolloutRing): RingOrderFinding[] {
  return ring.windows
    .filter((window) => isInstall(window) && expressionOf(window).kind === 'rate')
    .map(({ key, schedule }) => ({
      rule: 'ring-order/rate',
      severity: 'info',
      message: `window ${quoted(key)} of ring ${quoted(ring.name)} installs at ${schedule}, counted from its creation: whether it is in order cannot be told`,
      fix: 'write a cron expression or patchTuesday',
      ring: ring.name,
      inversions: [],
    }));
}
