import { warning } from '../../core/problem.ts';
import { at, type FileViolation } from '../file-violation.ts';
import type { FleetFacts, Ring, RingWindow } from './facts.ts';
import { checkRatePair } from './rate-overlaps.ts';
import type { Run, RunsOf } from './runs.ts';

/** The windows of a ring work on the same nodes: two that are open together get in each other's way. */
export function checkOverlaps({ rings }: FleetFacts, runsOf: RunsOf): FileViolation[] {
  return rings.flatMap((ring) => {
    const windows = [...ring.windows, ...ring.emergencies];
    return windows.flatMap((window, index) =>
      windows.slice(0, index).flatMap((earlier) => checkPair(ring, earlier, window, runsOf)),
    );
  });
}

function checkPair(ofRing: Ring, first: RingWindow, second: RingWindow, runsOf: RunsOf): FileViolation[] {
  const { ring } = ofRing;
  const overlap = firstOverlap(runsOf(first), runsOf(second));
  if (overlap === undefined) return checkRatePair(ofRing, first, second, runsOf);
  const [a, b] = overlap;
  const together = utc(Math.max(a.start, b.start));
  const message = `${second.key} of ring "${ring.name}" must not overlap with ${first.key}, both are open at ${together}: ${first.key} from ${utc(a.start)} to ${utc(a.end)}, ${second.key} from ${utc(b.start)} to ${utc(b.end)}`;
  return at(second.path, [
    warning('fleet/runs-overlap', message, 'move one of them, or shorten the one that opens first'),
  ]);
}

/** Both lists ascend, and a window has one length: the run that ends first has met all it can meet. */
function firstOverlap(first: readonly Run[], second: readonly Run[]): readonly [Run, Run] | undefined {
  let [i, j] = [0, 0];
  for (;;) {
    const [a, b] = [first[i], second[j]];
    if (a === undefined || b === undefined) return undefined;
    if (a.start < b.end && b.start < a.end) return [a, b];
    if (a.end <= b.end) i += 1;
    else j += 1;
  }
}

function utc(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19)}Z`;
}
