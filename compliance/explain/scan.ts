import { isGone } from './gone.ts';
import { lines, type Rule } from './reason.ts';
import { failedScan } from './runs.ts';

/* Reasons that lie in the last scan of the node. */

export const neverScanned: Rule = ({ verdict, subject: { index, instance } }) => {
  if (verdict.bucket !== 'never-scanned') return undefined;
  const scan = failedScan(index, instance);
  const meaning = scan?.decoded === undefined ? '' : `: ${scan.decoded.meaning}`;
  return {
    code: 'never-scanned',
    why: `it is managed, and never reported what it misses${meaning}`,
    evidence: [
      ...(scan?.evidence ?? []),
      ...lines(
        instance.managed?.agentVersion !== undefined && `agent ${instance.managed.agentVersion}`,
        instance.managed?.lastPingAt !== undefined && `last ping at ${instance.managed.lastPingAt}`,
      ),
    ],
    next: scan?.decoded?.next ?? 'let a window scan it; that of its ring does where it is targeted',
  };
};

export const stale: Rule = ({ verdict, subject: { instance }, settings }) =>
  verdict.bucket !== 'stale'
    ? undefined
    : {
        code: 'stale',
        why: `what it reported is too old to count: ${verdict.why}`,
        evidence: lines(
          `told for ${settings.asOf}`,
          instance.managed !== undefined && `ping status ${instance.managed.pingStatus}`,
        ),
        next: 'see why its scan window does not reach it, and scan it',
      };

/** Every scan overwrites the one before: whoever scans with another baseline decides what the node is told to lack. */
export const overwritten: Rule = (judged) => {
  const { instance, expected, index, groupName, operatingSystem } = judged.subject;
  const actual = instance.patchState?.baselineId;
  // A report that names no baseline says nothing of another one.
  if (isGone(judged) || !actual || expected === undefined || actual === expected.baselineId) return undefined;
  const name = index.baselines.get(actual)?.baselineName;
  const group = index.groups.get(groupName ?? '');
  const registered = group?.baselines.find((baseline) => baseline.operatingSystem === operatingSystem)?.baselineId;
  const isRegistered = registered === actual && expected.from === 'fleet';
  return {
    code: 'overwritten',
    why: `it was judged by the baseline ${name ?? actual}, and its own is ${expected.baselineName ?? expected.baselineId}`,
    evidence: lines(
      `last report names ${actual}`,
      expected.from === 'fleet' && `the fleet file wants ${expected.baselineId}`,
      isRegistered && `patch group ${groupName} is registered with ${registered}`,
      expected.from === 'patch-group' && `patch group ${groupName} is registered with ${expected.baselineId}`,
      expected.from === 'default' && `the default of its operating system is ${expected.baselineId}`,
      instance.patchState?.patchGroup !== undefined && `it reported the patch group ${instance.patchState.patchGroup}`,
      instance.patchState?.operationEndedAt !== undefined && `at ${instance.patchState.operationEndedAt}`,
    ),
    next: isRegistered
      ? 'deploy the stack, which registers its patch group with its own baseline, then scan it'
      : 'let one mechanism scan it: take the other one away (Quick Setup, a patch policy, an association, Patch now), then scan it',
  };
};

export const pendingReboot: Rule = ({ deficits, subject: { instance }, verdict }) => {
  if (verdict.bucket === 'gone') return undefined;
  const count = instance.patchState?.counts.installedPendingReboot ?? 0;
  if (count === 0 && !deficits?.some(({ kind }) => kind === 'pending-reboot')) return undefined;
  const { rebootOption, lastNoRebootInstallAt } = instance.patchState ?? {};
  return {
    code: 'pending-reboot',
    why: `${count === 1 ? '1 patch is' : `${count} patches are`} installed and take${count === 1 ? 's' : ''} effect with a reboot`,
    evidence: lines(
      rebootOption !== undefined && `last run with ${rebootOption}`,
      lastNoRebootInstallAt !== undefined && `installed without a reboot at ${lastNoRebootInstallAt}`,
    ),
    next: 'reboot it, then scan it',
  };
};
