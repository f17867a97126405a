import type { InstanceFacts } from '../facts.ts';
import type { PlaceIndex } from '../place-index.ts';
import { otherBaselineOf } from '../subject.ts';
import { targetedBy } from '../targeting.ts';
import { lastReportAt } from '../verdict.ts';
import type { WindowExecutionFacts, WindowFacts } from '../window-facts.ts';
import { freezeAt, nextRunsOf } from '../windows/next-runs.ts';
import { type NodeRun, nodeRunsOf } from '../windows/results.ts';
import { ringOfWindow } from '../windows/window-report.ts';
import { decodeFailure, exitStatusIn } from './exit-codes.ts';
import { isGone } from './gone.ts';
import type { Judged } from './reason.ts';

/** Windows that install, and whether they do it on a node. */
export function installWindowsOf({ installWindows }: PlaceIndex, instance: InstanceFacts) {
  return installWindows.map((window) => ({ window, targeted: targetedBy(window, instance, 'Install') }));
}

/** Past a freeze of some weeks, for a window that opens every day. */
const runsToLookAt = 60;

/** A run that installs on a node. */
export interface NextInstall {
  readonly at: string;
  readonly windowName: string;
  /** What must have come true by then: it does not reach the node as it is now. */
  readonly onlyIf?: string;
}

/** The first run after an instant that installs on a node for certain, and lies in no freeze; absent where none is known. */
export function nextInstallOf(index: PlaceIndex, instance: InstanceFacts, after: string): NextInstall | undefined {
  const onlyIf = whatKeepsFrom(index, instance);
  const runs = installWindowsOf(index, instance)
    .filter(({ targeted }) => targeted === 'yes')
    .flatMap(({ window }) => {
      const ring = ringOfWindow(window, index);
      return nextRunsOf(window, after, runsToLookAt)
        .at.filter((at) => freezeAt(index.fleet.freezes, ring, at) === undefined)
        .map((at) => ({ at, windowName: window.windowName, ...(onlyIf !== undefined && { onlyIf }) }));
    });
  return runs.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.windowName < b.windowName ? -1 : 1))[0];
}

/** What a window needs of a node that does not have it now. */
function whatKeepsFrom(index: PlaceIndex, { instanceId, ec2, managed }: InstanceFacts): string | undefined {
  if (ec2?.state === 'stopped' || ec2?.state === 'stopping') return 'it runs by then';
  if (managed !== undefined) return managed.pingStatus === 'Online' ? undefined : 'its agent is online by then';
  return index.gap('managed-instances', instanceId) === undefined ? 'Systems Manager knows it by then' : undefined;
}

/** `2026-11-28T02:00:00.000Z in acme-install, if it runs by then`. */
export function describeInstall({ at, windowName, onlyIf }: NextInstall): string {
  return `${at} in ${windowName}${onlyIf === undefined ? '' : `, if ${onlyIf}`}`;
}

export interface LastRun {
  readonly window: WindowFacts;
  /** With those of its tasks that have the operation, or of which it is not known. */
  readonly execution: WindowExecutionFacts;
  /** What it did on the node, where it knows the node. */
  readonly node: NodeRun | undefined;
}

/** The last run that should have installed on a node, of whichever window. Runs that were skipped are none. */
export function lastInstallRun(index: PlaceIndex, instance: InstanceFacts): LastRun | undefined {
  return lastRun(index.installWindows, instance, 'Install');
}

/**
 * The same, unless it is past: the node exists no more, or has reported since by its own baseline that it lacks nothing.
 * Whatever became of the run, something else has patched it then.
 */
export function lastRunThatMatters(judged: Judged): LastRun | undefined {
  const { subject, verdict } = judged;
  const run = isGone(judged) ? undefined : lastInstallRun(subject.index, subject.instance);
  const { endedAt } = run?.execution ?? {};
  const reportedAt = lastReportAt(subject.instance);
  const hasReportedSince = endedAt !== undefined && reportedAt !== undefined && reportedAt > endedAt;
  const lacksNothing = verdict.bucket === 'compliant' && otherBaselineOf(subject) === undefined;
  return hasReportedSince && lacksNothing ? undefined : run;
}

/** The last run that should have scanned a node, of whichever window. */
function lastScanRun({ windows }: PlaceIndex, instance: InstanceFacts): LastRun | undefined {
  const scanning = windows.filter(({ tasks }) => tasks?.some(({ operation }) => operation === 'Scan') ?? false);
  return lastRun(scanning, instance, 'Scan');
}

function lastRun(
  windows: readonly WindowFacts[],
  instance: InstanceFacts,
  operation: 'Scan' | 'Install',
): LastRun | undefined {
  let last: LastRun | undefined;
  for (const window of windows) {
    const targeted = targetedBy(window, instance, operation);
    if (targeted === 'no') continue;
    for (const whole of window.executions ?? []) {
      const { startedAt, status } = whole;
      if (startedAt === undefined || status === 'SKIPPED_OVERLAPPING') continue;
      if (startedAt < (last?.execution.startedAt ?? '')) continue;
      const execution = withTasksOf(window, whole, operation);
      const node = nodeRunsOf(execution).get(instance.instanceId);
      if (targeted !== 'yes' && node === undefined) continue;
      const run = { window, execution, node };
      if (last === undefined || isLater(run, last)) last = run;
    }
  }
  return last;
}

/** Of runs that began together, the one that knows the node; else the same one in whichever order they come. */
function isLater(one: LastRun, other: LastRun): boolean {
  const { startedAt = '' } = one.execution;
  if (startedAt !== other.execution.startedAt) return startedAt > (other.execution.startedAt ?? '');
  if ((one.node === undefined) !== (other.node === undefined)) return one.node !== undefined;
  return one.execution.windowExecutionId > other.execution.windowExecutionId;
}

/** A window may scan a node before it installs, or afterwards: what became of the one says nothing of the other. */
function withTasksOf(window: WindowFacts, execution: WindowExecutionFacts, operation: 'Scan' | 'Install') {
  if (execution.tasks === undefined) return execution;
  const operations = new Map(window.tasks?.map((task) => [task.windowTaskId, task.operation]));
  const tasks = execution.tasks.filter(
    ({ windowTaskId }) => (operations.get(windowTaskId ?? '') ?? operation) === operation,
  );
  return { ...execution, tasks };
}

/** The window and its run as evidence. */
export function describeRun({ window, execution }: LastRun): string {
  const ended = execution.endedAt === undefined ? '' : ` to ${execution.endedAt}`;
  return `window ${window.windowName} (${window.windowId}) ran from ${execution.startedAt}${ended}: ${execution.status}`;
}

/** How a command ended on a node, as evidence. */
export function exitCodeOf({ invocation }: NodeRun): string | undefined {
  const code = invocation.responseCode ?? exitStatusIn(invocation.output);
  return code === undefined ? undefined : `exit code ${code}`;
}

/**
 * How the last scan failed on a node, unless it has reported since: what it means where that is known, and what it was
 * seen by. Absent: it did not.
 */
export function failedScan(index: PlaceIndex, instance: InstanceFacts) {
  const run = lastScanRun(index, instance);
  if (run?.node?.result !== 'failed') return undefined;
  const { startedAt = '', endedAt = startedAt } = run.execution;
  if ((instance.patchState?.operationEndedAt ?? '') > endedAt) return undefined;
  const { invocation } = run.node;
  const code = exitCodeOf(run.node);
  return {
    evidence: [describeRun(run), ...(code === undefined ? [] : [code])],
    decoded: decodeFailure(invocation.responseCode, invocation.output),
    commandId: invocation.commandId,
  };
}
