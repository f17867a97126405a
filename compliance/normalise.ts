import type { AvailablePatch, PatchCounts, PatchFacts, PatchState, PatchStateName } from './patch-facts.ts';
import { patchStates } from './patch-facts.ts';
import { type ExecutionStatus, executionStatuses, type InvocationStatus, invocationStatuses } from './window-facts.ts';

/*
 * AWS writes the same thing in several ways, and nothing in yet more. Here each becomes one, and nothing becomes absent.
 * Arguments are what the SDK answers, described by shape: this room knows no SDK.
 */

/** A day: what clocks at 0 and their zones can show. */
const beginning = 86_400_000;

/** ISO-8601 in UTC; absent for no instant, for what is none, and for 1970, which agents write for "never". */
export function instantOf(value: Date | string | number | undefined | null): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  // Numbers are seconds, as in the JSON of AWS.
  const instant = typeof value === 'number' ? new Date(value * 1000) : new Date(value);
  const ms = instant.getTime();
  return Number.isNaN(ms) || ms < beginning ? undefined : instant.toISOString();
}

/** Absent for blank texts. */
export function textOf(value: string | undefined | null): string | undefined {
  const text = value?.trim() ?? '';
  return text === '' ? undefined : text;
}

/** Absent for what is no count: agents write −1 for "not known". */
export function countOf(value: number | undefined | null): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined;
}

/** `pb-…` of an id or of the ARN that AWS's own baselines have. */
export function baselineIdOf(idOrArn: string): string {
  return idOrArn.slice(idOrArn.lastIndexOf('/') + 1);
}

/** `InstalledOther` and `INSTALLED_OTHER` are one state. */
export function patchStateNameOf(state: string | undefined): PatchStateName | 'UNKNOWN' {
  const letters = (text: string) => text.replace(/[^a-z]/gi, '').toUpperCase();
  const written = letters(state ?? '');
  return patchStates.find((name) => letters(name) === written) ?? 'UNKNOWN';
}

/** `CVE-2026-1,CVE-2026-2` as a list: sorted, each once; absent for none. */
export function cveIdsOf(joined: string | readonly string[] | undefined | null): readonly string[] | undefined {
  const text = typeof joined === 'string' ? joined : (joined ?? []).join(',');
  const ids = [...new Set(text.toUpperCase().match(/CVE-\d{4}-\d+/g) ?? [])].sort();
  return ids.length === 0 ? undefined : ids;
}

/** StatusDetails of an invocation: `Delivery Timed Out` and `DeliveryTimedOut` are one. */
export function invocationStatusOf(details: string | undefined): InvocationStatus {
  const written = (details ?? '').replace(/[^a-z]/gi, '').toLowerCase();
  return invocationStatuses.find((status) => status.toLowerCase() === written) ?? 'Unknown';
}

/** Absent for a word that AWS did not use when this was written. */
export function executionStatusOf(status: string | undefined): ExecutionStatus | undefined {
  return executionStatuses.find((known) => known === status);
}

interface AwsPatchState {
  readonly BaselineId?: string | undefined;
  readonly PatchGroup?: string | undefined;
  readonly Operation?: string | undefined;
  readonly OperationStartTime?: Date | number | string | undefined;
  readonly OperationEndTime?: Date | number | string | undefined;
  readonly RebootOption?: string | undefined;
  readonly LastNoRebootInstallOperationTime?: Date | number | string | undefined;
  readonly SnapshotId?: string | undefined;
  readonly InstallOverrideList?: string | undefined;
  readonly InstalledCount?: number | undefined;
  readonly InstalledOtherCount?: number | undefined;
  readonly InstalledPendingRebootCount?: number | undefined;
  readonly InstalledRejectedCount?: number | undefined;
  readonly MissingCount?: number | undefined;
  readonly FailedCount?: number | undefined;
  readonly NotApplicableCount?: number | undefined;
  readonly UnreportedNotApplicableCount?: number | undefined;
  readonly AvailableSecurityUpdateCount?: number | undefined;
  readonly CriticalNonCompliantCount?: number | undefined;
  readonly SecurityNonCompliantCount?: number | undefined;
  readonly OtherNonCompliantCount?: number | undefined;
}

/** An InstancePatchState of AWS. */
export function patchStateOf(aws: AwsPatchState): PatchState {
  return present<PatchState>({
    baselineId: baselineIdOf(aws.BaselineId ?? ''),
    patchGroup: textOf(aws.PatchGroup),
    operation: aws.Operation === 'Install' ? 'Install' : 'Scan',
    operationStartedAt: instantOf(aws.OperationStartTime),
    operationEndedAt: instantOf(aws.OperationEndTime),
    rebootOption:
      aws.RebootOption === 'NoReboot' || aws.RebootOption === 'RebootIfNeeded' ? aws.RebootOption : undefined,
    lastNoRebootInstallAt: instantOf(aws.LastNoRebootInstallOperationTime),
    snapshotId: textOf(aws.SnapshotId),
    installOverrideList: textOf(aws.InstallOverrideList),
    counts: present<PatchCounts>({
      installed: countOf(aws.InstalledCount),
      installedOther: countOf(aws.InstalledOtherCount),
      installedPendingReboot: countOf(aws.InstalledPendingRebootCount),
      installedRejected: countOf(aws.InstalledRejectedCount),
      missing: countOf(aws.MissingCount),
      failed: countOf(aws.FailedCount),
      notApplicable: countOf(aws.NotApplicableCount),
      unreportedNotApplicable: countOf(aws.UnreportedNotApplicableCount),
      availableSecurityUpdate: countOf(aws.AvailableSecurityUpdateCount),
      criticalNonCompliant: countOf(aws.CriticalNonCompliantCount),
      securityNonCompliant: countOf(aws.SecurityNonCompliantCount),
      otherNonCompliant: countOf(aws.OtherNonCompliantCount),
    }),
  });
}

interface AwsPatch {
  readonly Title?: string | undefined;
  readonly KBId?: string | undefined;
  readonly Classification?: string | undefined;
  readonly Severity?: string | undefined;
  readonly State?: string | undefined;
  readonly InstalledTime?: Date | number | string | undefined;
  readonly CVEIds?: string | undefined;
}

/** A PatchComplianceData of AWS. */
export function patchFactsOf(aws: AwsPatch): PatchFacts {
  const title = textOf(aws.Title) ?? textOf(aws.KBId) ?? '';
  return present<PatchFacts>({
    patchId: textOf(aws.KBId) ?? title,
    title,
    state: patchStateNameOf(aws.State),
    classification: textOf(aws.Classification),
    severity: textOf(aws.Severity),
    installedAt: instantOf(aws.InstalledTime),
    cveIds: cveIdsOf(aws.CVEIds),
  });
}

interface AwsAvailablePatch {
  readonly KbNumber?: string | undefined;
  readonly Name?: string | undefined;
  readonly Arch?: string | undefined;
  readonly Epoch?: number | undefined;
  readonly Version?: string | undefined;
  readonly Release?: string | undefined;
  readonly Title?: string | undefined;
  readonly Product?: string | undefined;
  readonly ProductFamily?: string | undefined;
  readonly Classification?: string | undefined;
  readonly MsrcSeverity?: string | undefined;
  readonly Severity?: string | undefined;
  readonly ReleaseDate?: Date | number | string | undefined;
  readonly CVEIds?: readonly string[] | undefined;
  readonly AdvisoryIds?: readonly string[] | undefined;
}

/** A Patch of AWS, listed for an operating system. */
export function availablePatchOf(operatingSystem: string, aws: AwsAvailablePatch): AvailablePatch {
  return present<AvailablePatch>({
    operatingSystem,
    kbId: textOf(aws.KbNumber),
    name: textOf(aws.Name),
    arch: textOf(aws.Arch),
    epoch: countOf(aws.Epoch),
    version: textOf(aws.Version),
    release: textOf(aws.Release),
    title: textOf(aws.Title),
    product: textOf(aws.Product),
    productFamily: textOf(aws.ProductFamily),
    classification: textOf(aws.Classification),
    severity: textOf(aws.MsrcSeverity) ?? textOf(aws.Severity),
    releasedAt: instantOf(aws.ReleaseDate),
    cveIds: cveIdsOf(aws.CVEIds),
    advisoryIds:
      aws.AdvisoryIds === undefined || aws.AdvisoryIds.length === 0 ? undefined : [...aws.AdvisoryIds].sort(),
  });
}

/** Without the keys whose value is absent: what is not told has no key. */
export function present<Value extends object>(
  value: {
    readonly [Key in keyof Value]-?: Value[Key] | (object extends Pick<Value, Key> ? undefined : never);
  },
): Value {
  const kept: Record<string, unknown> = {};
  for (const [key, part] of Object.entries(value)) if (part !== undefined) kept[key] = part;
  return kept as Value;
}
