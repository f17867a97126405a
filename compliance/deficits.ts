import type { WaiverContext } from './fleet-context.ts';
import type { PatchCounts, PatchFacts, PatchStateName } from './patch-facts.ts';
import { namesPatch, patchKeyOf } from './patch-names.ts';
import { daysBetween, type Settings } from './settings.ts';
import type { Subject } from './subject.ts';

/** Why a patch counts against a node. `available` counts only where the baseline says that it does. */
export type DeficitKind = 'failed' | 'missing' | 'rejected-installed' | 'pending-reboot' | 'available';

/** One patch that counts against one node. */
export interface Deficit {
  /** Key of the patch among the `patches` of the report. */
  readonly patch: string;
  readonly kind: DeficitKind;
  /** Whole days; absent: unknown, or it is installed. */
  readonly ageDays?: number;
  /** Since its release, or since an earlier snapshot first saw it missing: then it is older than that. */
  readonly ageSince?: 'release' | 'first-seen';
  /** Against `patchWithinDays` of the ring; absent without such, and where it is waived or installed. */
  readonly deadline?: 'met' | 'overdue' | 'unknown';
  /** Place of the waiver in `waivers` of the report. */
  readonly waiver?: number;
}

const kinds: Partial<Record<PatchStateName | 'UNKNOWN', DeficitKind>> = {
  FAILED: 'failed',
  MISSING: 'missing',
  INSTALLED_REJECTED: 'rejected-installed',
  INSTALLED_PENDING_REBOOT: 'pending-reboot',
  AVAILABLE_SECURITY_UPDATE: 'available',
};

/** Why a patch in a state counts against a node; absent where it does not. */
export function deficitKindOf({ state }: PatchFacts): DeficitKind | undefined {
  return kinds[state];
}

/** Whether the baseline a node was judged by counts security updates that wait for approval against it. */
export function countsAvailable({ index, instance }: Subject): boolean {
  const baseline = index.baselines.get(instance.patchState?.baselineId ?? '');
  return baseline?.content?.availableSecurityUpdatesComplianceStatus === 'NON_COMPLIANT';
}

/** What counts against a node, patch by patch, sorted; absent where its patches were not listed. */
export function deficitsOf(subject: Subject, settings: Settings): Deficit[] | undefined {
  const { patches } = subject.instance;
  if (patches === undefined) return undefined;
  const available = countsAvailable(subject);
  const deficits = patches.flatMap((patch) => {
    const kind = deficitKindOf(patch);
    if (kind === undefined || (kind === 'available' && !available)) return [];
    return [deficitOf(patch, kind, subject, settings)];
  });
  return deficits.sort((a, b) => (a.patch < b.patch ? -1 : a.patch > b.patch ? 1 : a.kind < b.kind ? -1 : 1));
}

function deficitOf(patch: PatchFacts, kind: DeficitKind, subject: Subject, settings: Settings): Deficit {
  const key = patchKeyOf(patch);
  const waiver = waiverOf(patch, subject, settings.asOf);
  const isInstalled = kind === 'rejected-installed' || kind === 'pending-reboot';
  const deficit: { -readonly [Key in keyof Deficit]: Deficit[Key] } = { patch: key, kind };
  if (!isInstalled) {
    const { ageDays, ageSince } = ageOf(key, subject, settings);
    if (ageDays !== undefined) deficit.ageDays = ageDays;
    if (ageSince !== undefined) deficit.ageSince = ageSince;
    const within = subject.ring?.patchWithinDays;
    if (waiver === undefined && within !== undefined) deficit.deadline = deadlineOf(deficit, within);
  }
  if (waiver !== undefined) deficit.waiver = waiver;
  return deficit;
}

type Age = Pick<Deficit, 'ageDays' | 'ageSince'>;

function ageOf(key: string, { index }: Subject, { asOf, firstSeen }: Settings): Age {
  const released = index.releasedAt.get(key);
  if (released !== undefined) return { ageDays: Math.max(0, daysBetween(released, asOf)), ageSince: 'release' };
  const seen = firstSeen.get(key);
  return seen === undefined ? {} : { ageDays: Math.max(0, daysBetween(seen, asOf)), ageSince: 'first-seen' };
}

/** What was first seen a few days ago may have been released long before: only a release proves that it is in time. */
function deadlineOf({ ageDays, ageSince }: Age, within: number): 'met' | 'overdue' | 'unknown' {
  if (ageDays === undefined) return 'unknown';
  if (ageDays > within) return 'overdue';
  return ageSince === 'release' ? 'met' : 'unknown';
}

/** Place of the first waiver in force that means the patch on this node. */
function waiverOf(patch: PatchFacts, subject: Subject, asOf: string): number | undefined {
  const found = subject.index.fleet.waivers.findIndex(
    (waiver) => inForce(waiver, subject, asOf) && waiver.patches.some((pattern) => namesPatch(pattern, patch)),
  );
  return found === -1 ? undefined : found;
}

function inForce(waiver: WaiverContext, { ring, operatingSystem }: Subject, asOf: string): boolean {
  if (ring === undefined || !waiver.rings.includes(ring.name) || asOf.slice(0, 10) > waiver.expires) return false;
  const { operatingSystems } = waiver;
  return (
    operatingSystems === undefined || (operatingSystem !== undefined && operatingSystems.includes(operatingSystem))
  );
}

/** How many patches of each kind count against a node, without those that are waived. */
export type OpenDeficits = Readonly<Record<DeficitKind, number>>;

/**
 * Counts and lists come from different calls, and a scan may lie between them: whichever tells of more is believed.
 * Expects that the four counts are known.
 */
export function openDeficits(counts: PatchCounts, listed: readonly Deficit[], available: boolean): OpenDeficits {
  const waived: Record<DeficitKind, number> = { ...none };
  const open: Record<DeficitKind, number> = { ...none };
  for (const { kind, waiver } of listed) (waiver === undefined ? open : waived)[kind] += 1;
  const more = (kind: DeficitKind, count = 0) => Math.max(open[kind], count - waived[kind]);
  return {
    failed: more('failed', counts.failed),
    missing: more('missing', counts.missing),
    'rejected-installed': more('rejected-installed', counts.installedRejected),
    'pending-reboot': more('pending-reboot', counts.installedPendingReboot),
    available: available ? more('available', counts.availableSecurityUpdate) : 0,
  };
}

const none: OpenDeficits = { failed: 0, missing: 0, 'rejected-installed': 0, 'pending-reboot': 0, available: 0 };
