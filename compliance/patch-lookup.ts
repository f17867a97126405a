import { patchToApprove } from './approval.ts';
import type { Judged } from './explain/reason.ts';
import type { InstanceReference } from './instance-report.ts';
import { isWindows } from './operating-system.ts';
import type { AvailablePatch, OperatingSystem, PatchFacts } from './patch-facts.ts';
import { installOf, type LackingState, type PatchInstall } from './patch-install.ts';
import { keysOfAvailable, patchKeyOf } from './patch-names.ts';
import { doubtOf, installedStates, type Settled, type Silent } from './patch-silence.ts';
import { installedListOnly, isLater, lastReportAt, reportedSince } from './verdict.ts';

/** Where one patch, or every patch of one CVE, stands in the fleet. */
export interface PatchLookup {
  /** As it was asked for, in capitals. */
  readonly asked: string;
  /** Keys of the patches that it means, sorted. */
  readonly patches: readonly string[];
  readonly releasedAt?: string;
  /** Lack it: it is missing, failed, or waits for approval. */
  readonly exposed: readonly ExposedInstance[];
  /** Installed, and not in effect before a reboot. */
  readonly pendingReboot: readonly InstanceReference[];
  readonly installed: readonly InstanceReference[];
  /** Scanned since their baseline approves it, and do not lack it: they have it, or do not need it. */
  readonly notExposed: readonly InstanceReference[];
  /** Nobody can say, and why. */
  readonly unknown: readonly (InstanceReference & { readonly why: string })[];
}

export interface ExposedInstance extends InstanceReference, PatchInstall {
  readonly patch: string;
  readonly state: LackingState;
  readonly ring?: string;
}

export type LookupAnswer = { readonly kind: 'exposed'; readonly instance: ExposedInstance } | Settled | Silent;

/** Whether a patch is the one asked for: by its KB id or package, or by a CVE. */
function isAsked(asked: string, patch: Pick<PatchFacts, 'patchId' | 'title' | 'cveIds'>): boolean {
  const wanted = asked.toUpperCase();
  if (wanted.startsWith('CVE-')) return patch.cveIds?.includes(wanted) ?? false;
  return patch.patchId.toUpperCase() === wanted || patch.title.toUpperCase() === wanted;
}

/** What AWS lists under the name that was asked for. */
export function availableAsked(asked: string, available: readonly AvailablePatch[]): AvailablePatch[] {
  return available.filter((patch) => {
    const [key = ''] = keysOfAvailable(patch);
    return isAsked(asked, patchToApprove(patch, key));
  });
}

/**
 * Where the patch stands on one instance; absent for what exists no more. `available` is what its place lists of the
 * patches that were asked for.
 */
export function lookUp(
  asked: string,
  available: readonly AvailablePatch[],
  judged: Judged,
  reference: InstanceReference,
): LookupAnswer | undefined {
  const { subject, verdict, settings } = judged;
  const { instance, operatingSystem, ring } = subject;
  if (verdict.bucket === 'gone') return undefined;
  const keys = new Set(available.flatMap(keysOfAvailable));
  const found = (instance.patches ?? []).filter((patch) => isAsked(asked, patch) || keys.has(patchKeyOf(patch)));
  if (found.length === 0 && isOfOtherSystem(asked, operatingSystem)) return { kind: 'notExposed', instance: reference };
  const unknown = (why: string): LookupAnswer => ({ kind: 'unknown', instance: { ...reference, why } });
  const reportedAt = lastReportAt(instance);
  // Of what is stopped the verdict does not ask.
  if (reportedAt !== undefined && isLater(reportedAt, settings.asOf))
    return unknown(reportedSince(reportedAt, settings.asOf));
  const [lacking] = found
    .flatMap((patch) => {
      const state = lackingStates[patch.state];
      return state === undefined ? [] : [{ patch, state }];
    })
    .sort((a, b) => (`${patchKeyOf(a.patch)} ${a.state}` < `${patchKeyOf(b.patch)} ${b.state}` ? -1 : 1));
  if (lacking !== undefined)
    return {
      kind: 'exposed',
      instance: {
        ...reference,
        patch: patchKeyOf(lacking.patch),
        state: lacking.state,
        ...(ring !== undefined && { ring: ring.name }),
        ...installOf(lacking.patch, lacking.state, available, judged),
      },
    };
  // A CVE may be closed by several packages: one that it has says nothing of the others.
  const exact = found.filter((patch) => keys.has(patchKeyOf(patch)));
  const doubt = found.length === 0 ? undefined : doubtOf(available, operatingSystem, instance.patches ?? [], exact);
  if (doubt !== undefined) return unknown(doubt);
  if (found.some(({ state }) => state === 'INSTALLED_PENDING_REBOOT'))
    return { kind: 'pendingReboot', instance: reference };
  if (found.some(({ state }) => installedStates.has(state))) return { kind: 'installed', instance: reference };
  if (found.some(({ state }) => state === 'NOT_APPLICABLE')) {
    // What is installed stays so; a patch may come to apply with any other one.
    const why = tooOld(judged);
    return why === undefined ? { kind: 'notExposed', instance: reference } : unknown(why);
  }
  return silence(judged, reference);
}

/** KB ids are names of Windows, and packages are not. */
function isOfOtherSystem(asked: string, system: OperatingSystem | undefined): boolean {
  if (system === undefined || /^cve-/i.test(asked)) return false;
  return isWindows(system) !== /^kb\d+$/i.test(asked);
}

const lackingStates: Partial<Record<PatchFacts['state'], LackingState>> = {
  MISSING: 'missing',
  FAILED: 'failed',
  AVAILABLE_SECURITY_UPDATE: 'available',
};

/** Why what a node does not lack says nothing any more. */
function tooOld({ subject: { instance }, verdict, settings }: Judged): string | undefined {
  const scannedAt = instance.patchState?.operationEndedAt;
  if (scannedAt === undefined || verdict.bucket === 'stale') return verdict.why;
  // Only of what runs the verdict tells that.
  return scannedAt < settings.staleBefore ? `its last scan, at ${scannedAt}, is too old to count` : undefined;
}

function silence(judged: Judged, reference: InstanceReference): LookupAnswer {
  const { subject, verdict } = judged;
  const { instance, index, operatingSystem } = subject;
  const { patchState } = instance;
  const scannedAt = patchState?.operationEndedAt;
  const unknown = (why: string): LookupAnswer => ({ kind: 'unknown', instance: { ...reference, why } });
  if (sayNothing.has(verdict.bucket) || patchState === undefined) return unknown(verdict.why);
  if (scannedAt === undefined) return unknown('its last scan has no end, which is what a scan that failed reports');
  const old = tooOld(judged);
  if (old !== undefined) return unknown(old);
  const { missing, failed } = patchState.counts;
  const lacksNothing = missing === 0 && failed === 0;
  if (instance.patches === undefined && !lacksNothing) return unknown('its patches were not listed');
  if (installedListOnly(instance))
    return unknown('its last install was of a list, and does not tell what else is missing');
  // Windows lists of updates that replace each other the last one.
  if (isWindows(operatingSystem) && !lacksNothing)
    return unknown('it lacks other updates, and one of them may replace this one');
  const content = index.baselines.get(patchState.baselineId)?.content;
  return { kind: 'silent', instance: reference, operatingSystem, scannedAt, content, listed: instance.patches ?? [] };
}

const sayNothing: ReadonlySet<string> = new Set(['unknown', 'not-managed', 'never-scanned', 'stale']);
