import { type Ec2Facts, ec2States, type InstanceFacts, type ManagedFacts } from '../facts.ts';
import { type PatchCounts, type PatchFacts, type PatchState, patchStates } from '../patch-facts.ts';
import { type InvocationFacts, invocationStatuses } from '../window-facts.ts';
import { instant, isRecord } from './shapes.ts';

/*
 * The shapes of which a snapshot has one for each node, patch and run. They are written out, key by key, because a very
 * large snapshot has millions of these keys: this takes a quarter of the time of shapes as values.
 */

type Unchecked<Type> = { readonly [Key in keyof Type]-?: unknown };

export function isInstance(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { instanceId, declaredAs, ec2, managed, patchState, patches } = value as Unchecked<InstanceFacts>;
  return (
    typeof instanceId === 'string' &&
    isText(declaredAs) &&
    (ec2 === undefined || isEc2(ec2)) &&
    (managed === undefined || isManaged(managed)) &&
    (patchState === undefined || isPatchState(patchState)) &&
    (patches === undefined || arePatches(patches))
  );
}

export function arePatches(value: unknown): value is readonly PatchFacts[] {
  return Array.isArray(value) && value.every(isPatch);
}

const knownStates: ReadonlySet<unknown> = new Set(ec2States);

function isEc2(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { state, stateChangedAt, launchedAt, tags, metadataTags, platformDetails, hasInstanceProfile } =
    value as Unchecked<Ec2Facts>;
  return (
    knownStates.has(state) &&
    isInstant(stateChangedAt) &&
    isInstant(launchedAt) &&
    areTags(tags) &&
    isFlag(metadataTags) &&
    isText(platformDetails) &&
    isFlag(hasInstanceProfile)
  );
}

function areTags(tags: unknown): boolean {
  if (!isRecord(tags)) return false;
  for (const key in tags) if (typeof tags[key] !== 'string') return false;
  return true;
}

function isManaged(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { pingStatus, lastPingAt, platformType, platformName, platformVersion, agentVersion, computerName } =
    value as Unchecked<ManagedFacts>;
  return (
    (pingStatus === 'Online' || pingStatus === 'ConnectionLost' || pingStatus === 'Inactive') &&
    isInstant(lastPingAt) &&
    (platformType === undefined ||
      platformType === 'Windows' ||
      platformType === 'Linux' ||
      platformType === 'MacOS') &&
    isText(platformName) &&
    isText(platformVersion) &&
    isText(agentVersion) &&
    isText(computerName)
  );
}

function isPatchState(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const state = value as Unchecked<PatchState>;
  return (
    typeof state.baselineId === 'string' &&
    isText(state.patchGroup) &&
    (state.operation === 'Scan' || state.operation === 'Install') &&
    isInstant(state.operationStartedAt) &&
    isInstant(state.operationEndedAt) &&
    isText(state.rebootOption) &&
    isInstant(state.lastNoRebootInstallAt) &&
    isText(state.snapshotId) &&
    isText(state.installOverrideList) &&
    areCounts(state.counts)
  );
}

function areCounts(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const counts = value as Unchecked<PatchCounts>;
  return (
    isCount(counts.installed) &&
    isCount(counts.installedOther) &&
    isCount(counts.installedPendingReboot) &&
    isCount(counts.installedRejected) &&
    isCount(counts.missing) &&
    isCount(counts.failed) &&
    isCount(counts.notApplicable) &&
    isCount(counts.unreportedNotApplicable) &&
    isCount(counts.availableSecurityUpdate) &&
    isCount(counts.criticalNonCompliant) &&
    isCount(counts.securityNonCompliant) &&
    isCount(counts.otherNonCompliant)
  );
}

const states: ReadonlySet<unknown> = new Set([...patchStates, 'UNKNOWN']);

function isPatch(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { patchId, title, state, classification, severity, installedAt, cveIds } = value as Unchecked<PatchFacts>;
  return (
    typeof patchId === 'string' &&
    typeof title === 'string' &&
    states.has(state) &&
    isText(classification) &&
    isText(severity) &&
    isInstant(installedAt) &&
    (cveIds === undefined || (Array.isArray(cveIds) && cveIds.every((id) => typeof id === 'string')))
  );
}

const invocationStates: ReadonlySet<unknown> = new Set(invocationStatuses);

export function isInvocation(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { instanceId, commandId, status, responseCode, startedAt, endedAt, output } =
    value as Unchecked<InvocationFacts>;
  return (
    typeof instanceId === 'string' &&
    isText(commandId) &&
    invocationStates.has(status) &&
    (responseCode === undefined || Number.isFinite(responseCode)) &&
    isInstant(startedAt) &&
    isInstant(endedAt) &&
    isText(output)
  );
}

/* Each of these may be absent; `null` is not absent. */

function isText(value: unknown): boolean {
  return value === undefined || typeof value === 'string';
}

function isFlag(value: unknown): boolean {
  return value === undefined || typeof value === 'boolean';
}

function isInstant(value: unknown): boolean {
  return value === undefined || instant(value);
}

function isCount(value: unknown): boolean {
  return value === undefined || (Number.isInteger(value) && (value as number) >= 0);
}
