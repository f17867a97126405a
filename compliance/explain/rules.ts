import * as group from './group.ts';
import * as patches from './patches.ts';
import * as reach from './reach.ts';
import { type Judged, type Reason, type ReasonCode, type Rule, reasonCodes } from './reason.ts';
import * as scan from './scan.ts';
import * as targeting from './targeting.ts';
import * as window from './window.ts';

const rules: Readonly<Record<ReasonCode, Rule>> = {
  unknown: reach.unknown,
  gone: reach.gone,
  stopped: reach.stopped,
  unmanaged: reach.unmanaged,
  'agent-offline': reach.agentOffline,
  'tag-key-space': group.tagKeySpace,
  'no-patch-group': group.noPatchGroup,
  'group-not-registered': group.groupNotRegistered,
  'os-without-baseline': group.osWithoutBaseline,
  'not-targeted': window.notTargeted,
  'targeting-unknown': targeting.targetingUnknown,
  'window-disabled': window.windowDisabled,
  'window-frozen': window.windowFrozen,
  'window-overlapping': window.windowOverlapping,
  'stopped-during-window': window.stoppedDuringWindow,
  'cutoff-reached': window.cutoffReached,
  'error-threshold': window.errorThreshold,
  'unreachable-in-window': window.unreachableInWindow,
  'never-scanned': scan.neverScanned,
  stale: scan.stale,
  overwritten: scan.overwritten,
  failed: patches.failed,
  missing: patches.missing,
  'not-yet-approved': patches.notYetApproved,
  rejected: patches.rejected,
  'pending-reboot': scan.pendingReboot,
  waived: patches.waived,
  compliant: patches.compliant,
};

/** Every reason that holds. There is always one: each bucket has its own. */
export function reasonsOf(judged: Judged): Reason[] {
  return reasonCodes.flatMap((code) => rules[code](judged) ?? []);
}

/** What a report tells of each instance beside its bucket: a cause that lies in how the fleet is set up. */
const findingCodes = [
  'agent-offline',
  'tag-key-space',
  'no-patch-group',
  'group-not-registered',
  'os-without-baseline',
  'not-targeted',
  'overwritten',
] as const satisfies readonly ReasonCode[];

const findingRules = findingCodes.map((code) => rules[code]);

export function findingsOf(judged: Judged): Reason[] {
  const found: Reason[] = [];
  for (const rule of findingRules) {
    const reason = rule(judged);
    if (reason !== undefined) found.push(reason);
  }
  return found;
}
