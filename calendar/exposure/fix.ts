import { changed, type RolloutChange } from '../rollout-change.ts';
import { earlierCandidates, ownCandidates } from './candidates.ts';
import type { Failure } from './failure.ts';
import { fails, failsAt, failuresOf, type Walk, withRing } from './walk.ts';

/** What mends a ring, simulated over the whole horizon. */
export interface Fix {
  /** To be made together. */
  readonly changes: readonly RolloutChange[];
}

/** What failed before any change. */
export interface Before {
  /** By the position of the ring that fails. */
  readonly failures: readonly (readonly Failure[])[];
}

/**
 * For each ring that fails, by its position: the first single change after which nothing fails in the ring and nothing
 * fails elsewhere that did not before; or else the changes of a plan that goes through the rings in order and mends each
 * by a change of its own. Nothing where neither holds.
 */
export function fixesFor(walk: Walk, before: Before): Map<number, Fix> {
  const failing = walk.rings.flatMap((_, index) => ((before.failures[index] ?? []).some(fails) ? [index] : []));
  const fixes = new Map<number, Fix>();
  for (const index of failing) {
    const change = singleChange(walk, index, before);
    if (change !== undefined) fixes.set(index, { changes: [change] });
  }
  if (failing.every((index) => fixes.has(index))) return fixes;
  const plan = planFor(walk, before);
  for (const index of failing) {
    const changes = plan.get(index);
    if (fixes.has(index) || changes === undefined) continue;
    const kept = needed(walk, index, changes, before);
    // A ring that was to be mended later on, and was not, may fail now where it did not before.
    if (holdsAfter(walk, kept, index, before, (position) => plan.has(position))) fixes.set(index, { changes: kept });
  }
  return fixes;
}

function singleChange(walk: Walk, index: number, before: Before): RolloutChange | undefined {
  const ring = walk.rings[index];
  const failures = (before.failures[index] ?? []).filter(fails);
  if (ring === undefined) return undefined;
  const candidates = [...ownCandidates(ring, failures), ...earlierCandidates(walk.rings, failures)];
  const order = orderOf(index);
  return candidates.find((change) => {
    const after = withChange(walk, change);
    return isSound(after.walk, index, after.index, order) && addsNothing(after.walk, after.index, index, before);
  });
}

/** By the position of each failing ring that can be mended so: all changes up to its own. */
function planFor(walk: Walk, before: Before): Map<number, RolloutChange[]> {
  const plans = new Map<number, RolloutChange[]>();
  const made: RolloutChange[] = [];
  const isMendedLater = (position: number) => (before.failures[position] ?? []).some(fails);
  let current = walk;
  for (const [index, ring] of walk.rings.entries()) {
    const failures = failuresOf(current, index).filter(fails);
    if (failures.length === 0) {
      plans.set(index, [...made]);
      continue;
    }
    const order = orderOf(index);
    const change = ownCandidates(ring, failures).find((candidate) => {
      const after = withChange(current, candidate);
      return isSound(after.walk, index, index, order) && addsNothing(after.walk, index, index, before, isMendedLater);
    });
    if (change === undefined) continue;
    current = withChange(current, change).walk;
    made.push(change);
    plans.set(index, [...made]);
  }
  return plans;
}

/** The changes of a plan without those that a ring is as well without. */
function needed(walk: Walk, index: number, changes: readonly RolloutChange[], before: Before): RolloutChange[] {
  let kept = [...changes];
  for (const change of changes) {
    const rest = kept.filter((other) => other !== change);
    if (rest.length > 0 && holdsAfter(walk, rest, index, before)) kept = rest;
  }
  return kept;
}

/** Whether a ring is mended by all of these changes together, and nothing fails elsewhere that did not before. */
function holdsAfter(
  walk: Walk,
  changes: readonly RolloutChange[],
  index: number,
  before: Before,
  isExcused?: (position: number) => boolean,
): boolean {
  let current = walk;
  const moved = changes.map((change) => {
    const after = withChange(current, change);
    current = after.walk;
    return after.index;
  });
  const holds = moved.every((position) => addsNothing(current, position, index, before, isExcused));
  return holds && isSound(current, index, index);
}

function withChange(walk: Walk, change: RolloutChange): { readonly walk: Walk; readonly index: number } {
  const rollout = changed({ ...walk.rollout, rings: walk.rings.map(({ ring }) => ring) }, change);
  const index = rollout.rings.findIndex(({ name }) => name === change.ring);
  const ring = rollout.rings[index];
  return { walk: ring === undefined ? walk : withRing(walk, index, ring), index };
}

/**
 * Nothing fails in the ring any more. Side by side is in order, but nobody would propose it: a moved ring comes later.
 * `order` says where to look first, and learns from each answer.
 */
function isSound(walk: Walk, index: number, moved: number, order = orderOf(index)): boolean {
  const strictly = (earlier: number) => earlier === moved || index === moved;
  return holdsAt(order, (earlier) => !failsAt(walk, earlier, index, strictly(earlier)));
}

/** A ring and those before it. Most failures are of the ring itself, or behind the one directly before it. */
function orderOf(index: number): number[] {
  return Array.from({ length: index + 1 }, (_, step) => index - step);
}

/**
 * Whether something holds at all positions. Where it does not goes to the front: one candidate after the other fails for
 * the same reason, and then does so at once.
 */
function holdsAt(order: number[], holds: (position: number) => boolean): boolean {
  const failing = order.findIndex((position) => !holds(position));
  if (failing > 0) order.unshift(...order.splice(failing, 1));
  return failing < 0;
}

/** Nothing fails elsewhere that did not fail before the ring at `moved` changed; `mended` has been looked at. */
function addsNothing(
  walk: Walk,
  moved: number,
  mended: number,
  { failures }: Before,
  isExcused: (position: number) => boolean = () => false,
): boolean {
  const failed = (later: number, earlier: number) => {
    const name = earlier === later ? undefined : walk.rings[earlier]?.ring.name;
    return (failures[later] ?? []).some((failure) => fails(failure) && failure.earlierRing === name);
  };
  return walk.rings.every((_, position) => {
    if (position === mended) return true;
    if (position === moved)
      return orderOf(moved).every((earlier) => failed(moved, earlier) || !failsAt(walk, earlier, moved));
    if (position < moved || failed(position, moved) || isExcused(position)) return true;
    return !failsAt(walk, moved, position);
  });
}
