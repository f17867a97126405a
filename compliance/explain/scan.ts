import type { InstanceFacts } from '../facts.ts';
import type { PlaceIndex } from '../place-index.ts';
import { otherBaselineOf } from '../subject.ts';
import { targetedBy } from '../targeting.ts';
import type { WindowFacts } from '../window-facts.ts';
import { nextRunsOf } from '../windows/next-runs.ts';
import { isGone } from './gone.ts';
import { lines, namesOf, type Rule } from './reason.ts';
import { failedScan } from './runs.ts';

/* Reasons that lie in the last scan of the node. */

export const neverScanned: Rule = ({ verdict, subject: { index, instance }, settings }) => {
  if (verdict.bucket !== 'never-scanned') return undefined;
  const scan = failedScan(index, instance);
  const meaning = scan?.decoded === undefined ? '' : `: ${scan.decoded.meaning}`;
  const { managed } = instance;
  return {
    code: 'never-scanned',
    why: `it is managed, and never reported what it misses, or not in the last 30 days${meaning}`,
    evidence: [
      ...(scan?.evidence ?? []),
      ...lines(
        managed?.agentVersion !== undefined && `agent ${managed.agentVersion}`,
        managed !== undefined && `ping status ${managed.pingStatus}`,
        managed?.lastPingAt !== undefined && `last ping at ${managed.lastPingAt}`,
        describeScans(index, instance, settings.asOf),
      ),
    ],
    next: scan?.decoded?.next ?? `${whenOnline(instance)}scan it, and let a window scan it from then on`,
  };
};

/** Which window scans a node next, or that none does; absent where that is not known. */
function describeScans(index: PlaceIndex, instance: InstanceFacts, asOf: string): string | undefined {
  if (index.gap('windows') !== undefined) return undefined;
  const patching = index.windows.filter((window) => targetedBy(window, instance) !== 'no');
  const certain = patching.filter((window) => isTargeted(window, instance));
  if (patching.length === 0) return 'no window here targets it';
  const runs = certain.flatMap((window) => nextRunsOf(window, asOf, 1).at.map((at) => `${at} in ${window.windowName}`));
  return runs.length === 0 ? undefined : `scanned next at ${runs.sort()[0]}`;
}

/** An install looks for what is missing, too. */
function isTargeted(window: WindowFacts, instance: InstanceFacts): boolean {
  return targetedBy(window, instance, 'Scan') === 'yes' || targetedBy(window, instance, 'Install') === 'yes';
}

/** No command reaches an agent that is offline. */
function whenOnline({ managed }: InstanceFacts): string {
  return managed === undefined || managed.pingStatus === 'Online' ? '' : 'bring its agent online, then ';
}

export const stale: Rule = ({ verdict, subject: { index, instance }, settings }) => {
  if (verdict.bucket !== 'stale') return undefined;
  const scan = failedScan(index, instance);
  const meaning = scan?.decoded === undefined ? '' : `; the last scan failed: ${scan.decoded.meaning}`;
  return {
    code: 'stale',
    why: `what it reported is too old to count: ${verdict.why}${meaning}`,
    evidence: [
      ...(scan?.evidence ?? []),
      ...lines(
        `told for ${settings.asOf}, and nothing before ${settings.staleBefore} counts`,
        instance.managed !== undefined && `ping status ${instance.managed.pingStatus}`,
        describeScans(index, instance, settings.asOf),
      ),
    ],
    next: scan?.decoded?.next ?? `${whenOnline(instance)}scan it, and see why its scan window does not reach it`,
  };
};

/** Every scan overwrites the one before: whoever scans with another baseline decides what the node is told to lack. */
export const overwritten: Rule = (judged) => {
  const { instance, expected, index, groupName, operatingSystem } = judged.subject;
  const actual = otherBaselineOf(judged.subject);
  if (isGone(judged) || actual === undefined || expected === undefined) return undefined;
  const name = index.baselines.get(actual)?.baselineName;
  const group = index.groups.get(groupName ?? '');
  const registered = group?.baselines.find((baseline) => baseline.operatingSystem === operatingSystem)?.baselineId;
  const isRegistered = registered === actual && expected.from === 'fleet';
  const reported = instance.patchState?.patchGroup;
  // Tagged anew since its last report: the next scan is by its own baseline.
  const isMoved = reported !== undefined && groupName !== undefined && reported !== groupName;
  return {
    code: 'overwritten',
    why: `it was judged by the baseline ${name ?? actual}, and its own is ${expected.baselineName ?? expected.baselineId}`,
    evidence: lines(
      `last report names ${actual}`,
      expected.from === 'fleet' && `the fleet file wants ${expected.baselineId}`,
      isRegistered && `patch group ${groupName} is registered with ${registered}`,
      expected.from === 'patch-group' && `patch group ${groupName} is registered with ${expected.baselineId}`,
      expected.from === 'default' && `the default of its operating system is ${expected.baselineId}`,
      reported !== undefined && `it reported the patch group ${reported}`,
      groupName !== undefined && isMoved && `its patch group is ${groupName}`,
      instance.patchState?.operationEndedAt !== undefined && `at ${instance.patchState.operationEndedAt}`,
    ),
    next: isRegistered
      ? 'deploy the stack, which registers its patch group with its own baseline, then scan it'
      : isMoved
        ? 'scan it: its patch group was another one when it was scanned last'
        : 'let one mechanism scan it: take the other one away (Quick Setup, a patch policy, an association, Patch now), then scan it',
  };
};

export const pendingReboot: Rule = ({ deficits, subject: { instance }, verdict }) => {
  if (verdict.bucket === 'gone') return undefined;
  const listed = (deficits ?? []).filter(({ kind }) => kind === 'pending-reboot');
  const count = Math.max(listed.length, instance.patchState?.counts.installedPendingReboot ?? 0);
  if (count === 0) return undefined;
  const { rebootOption, lastNoRebootInstallAt } = instance.patchState ?? {};
  return {
    code: 'pending-reboot',
    why: `${count === 1 ? '1 patch is' : `${count} patches are`} installed and take${count === 1 ? 's' : ''} effect with a reboot`,
    evidence: lines(
      listed.length > 0 && namesOf(listed.map(({ patch }) => patch)),
      listed.length === 0 && `InstalledPendingRebootCount ${count}`,
      rebootOption !== undefined && `RebootOption ${rebootOption}`,
      lastNoRebootInstallAt !== undefined && `installed without a reboot at ${lastNoRebootInstallAt}`,
    ),
    next: 'reboot it, then scan it',
  };
};
