import type { Approval } from '../rollout.ts';
import { type ApprovalDelay, movesOf, type RolloutChange } from '../rollout-change.ts';
import { delayDays, mostDaysOnWindows } from './arrival.ts';
import type { Failure } from './failure.ts';
import { counterparts, type RingWalk } from './track.ts';

/** Delays are never proposed to change by more days. */
const mostDays = 60;

/** AWS takes no longer delay. */
const longestDelay = 360;

/** How a failing ring could be mended by a change of its own, the best first; each is still to be proven. */
export function ownCandidates({ ring }: RingWalk, failures: readonly Failure[]): RolloutChange[] {
  const concerned = failures.flatMap(({ approvals }) => approvals);
  const isBehind = failures.some(({ earlierRing }) => earlierRing !== undefined);
  return [
    ...movesOf(ring),
    ...(isBehind ? delays(ring.name, ring.approvals, concerned, 1) : []),
    ...delays(ring.name, ring.approvals, concerned, -1),
  ];
}

/** How it could be mended by a change of the one ring that it fails behind, which then gets patches sooner. */
export function earlierCandidates(rings: readonly RingWalk[], failures: readonly Failure[]): RolloutChange[] {
  const names = new Set(failures.map(({ earlierRing }) => earlierRing));
  const earlier = rings.find(({ ring }) => names.has(ring.name));
  if (names.size !== 1 || earlier === undefined) return [];
  const concerned = failures
    .flatMap(({ approvals }) => approvals)
    .flatMap((approval) => counterparts(earlier, approval).map((track) => track.approval));
  return [...movesOf(earlier.ring), ...delays(earlier.ring.name, earlier.ring.approvals, concerned, -1)];
}

/** Every rule concerned waits a day more (1) or less (-1), two days, …: as long as that is another delay. */
function delays(
  ring: string,
  all: readonly Approval[],
  concerned: readonly Approval[],
  direction: 1 | -1,
): RolloutChange[] {
  const ruleOf = ({ baseline, rule }: Approval) => JSON.stringify([baseline, rule]);
  const rules = new Set(concerned.map(ruleOf));
  const shifted = all.filter((one) => one.family !== 'apt' && 'afterDays' in one.approval && rules.has(ruleOf(one)));
  const changes = new Map<string, RolloutChange>();
  for (let days = 1; days <= mostDays; days += 1) {
    const byRule = new Map<string, ApprovalDelay>();
    for (const approval of shifted) {
      const afterDays = shiftedDelay(approval, days * direction);
      const known = byRule.get(ruleOf(approval))?.afterDays ?? -1;
      const { baseline, rule } = approval;
      if (afterDays > known) byRule.set(ruleOf(approval), { baseline, rule, afterDays });
    }
    const change: RolloutChange = { kind: 'delay', ring, delays: [...byRule.values()] };
    if (shifted.some((one) => byRule.get(ruleOf(one))?.afterDays !== delayDays(one))) {
      changes.set(JSON.stringify(change), change);
    }
  }
  return [...changes.values()];
}

/** Within what AWS takes and Windows can still install. */
function shiftedDelay(approval: Approval, by: number): number {
  const most = approval.family === 'windows' ? mostDaysOnWindows : longestDelay;
  const from = by < 0 ? Math.min(delayDays(approval), most + 1) : delayDays(approval);
  return Math.max(0, Math.min(most, from + by));
}
