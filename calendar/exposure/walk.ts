import type { FirstRuns } from '../install-runs.ts';
import type { Rollout, RolloutRing } from '../rollout.ts';
import { failuresBetween } from './between-rings.ts';
import { type Failure, severityOf } from './failure.ts';
import { installsSystem, type RingWalk, walkOf } from './track.ts';
import { failsWithin, failuresWithin, type Question } from './within-ring.ts';

/** A rollout on its way through the releases. Rings that did not change are not walked again. */
export interface Walk {
  readonly rollout: Rollout;
  readonly rings: readonly RingWalk[];
  readonly question: Question;
  readonly firstRuns: FirstRuns;
}

export function walk(rollout: Rollout, question: Question, firstRuns: FirstRuns): Walk {
  return { rollout, rings: rollout.rings.map((ring) => walkOf(ring, rollout, firstRuns)), question, firstRuns };
}

/** The walk in which one ring is another one. */
export function withRing({ rings, ...rest }: Walk, index: number, ring: RolloutRing): Walk {
  const walked = walkOf(ring, rest.rollout, rest.firstRuns, rings[index]);
  return { ...rest, rings: rings.map((known, i) => (i === index ? walked : known)) };
}

/** Everything that is wrong with one ring: by itself, and behind each ring before it. */
export function failuresOf(walk: Walk, index: number): Failure[] {
  const ring = walk.rings[index];
  if (ring === undefined) return [];
  const before = walk.rings.slice(0, index).map((_, earlier) => failuresOfPair(walk, earlier, index));
  return [...failuresWithin(ring, walk.question), ...before.flat()];
}

/** Whether a ring fails: behind another one, or by itself where the two are one. */
export function failsAt(walk: Walk, earlier: number, index: number, strictly = false): boolean {
  const ring = walk.rings[index];
  if (earlier === index) return ring !== undefined && failsWithin(ring, walk.question);
  return failuresOfPair(walk, earlier, index, { strictly, first: true }).some(fails);
}

function failuresOfPair(
  { rings, question }: Walk,
  earlierIndex: number,
  laterIndex: number,
  options: { readonly strictly?: boolean; readonly first?: boolean } = {},
): Failure[] {
  const [earlier, later] = [rings[earlierIndex], rings[laterIndex]];
  if (earlier === undefined || later === undefined) return [];
  const between = rings.slice(earlierIndex + 1, laterIndex);
  return failuresBetween(earlier, later, {
    span: question.span,
    isDirectlyBefore: (system) => !between.some((ring) => installsSystem(ring, system)),
    ...options,
  });
}

export function fails(failure: Failure): boolean {
  return severityOf(failure) === 'error';
}
