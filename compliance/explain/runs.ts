import type { InstanceFacts } from '../facts.ts';
import type { PlaceIndex } from '../place-index.ts';
import { targetedBy } from '../targeting.ts';
import type { WindowExecutionFacts, WindowFacts } from '../window-facts.ts';
import { type NodeRun, nodeRunsOf } from '../windows/results.ts';
import { decodeFailure } from './exit-codes.ts';

/** Windows that install, and whether they do it on a node. */
export function installWindowsOf({ installWindows }: PlaceIndex, instance: InstanceFacts) {
  return installWindows.map((window) => ({ window, targeted: targetedBy(window, instance, 'Install') }));
}

export interface LastRun {
  readonly window: WindowFacts;
  readonly execution: WindowExecutionFacts;
  /** What it did on the node, where it knows the node. */
  readonly node: NodeRun | undefined;
}

/** The last run that should have installed on a node, of whichever window. Runs that were skipped are none. */
export function lastInstallRun(index: PlaceIndex, instance: InstanceFacts): LastRun | undefined {
  return lastRun(index.installWindows, instance, 'Install');
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
    for (const execution of window.executions ?? []) {
      const { startedAt, status } = execution;
      if (startedAt === undefined || status === 'SKIPPED_OVERLAPPING') continue;
      if (startedAt <= (last?.execution.startedAt ?? '')) continue;
      const node = nodeRunsOf(execution).get(instance.instanceId);
      if (targeted === 'yes' || node !== undefined) last = { window, execution, node };
    }
  }
  return last;
}

/** The window and its run as evidence. */
export function describeRun({ window, execution }: LastRun): string {
  const ended = execution.endedAt === undefined ? '' : ` to ${execution.endedAt}`;
  return `window ${window.windowName} (${window.windowId}) ran from ${execution.startedAt}${ended}: ${execution.status}`;
}

/** How the last scan failed on a node: what it means where that is known, and what it was seen by. Absent: it did not. */
export function failedScan(index: PlaceIndex, instance: InstanceFacts) {
  const run = lastScanRun(index, instance);
  if (run?.node?.result !== 'failed') return undefined;
  const { responseCode, output } = run.node.invocation;
  const evidence = [describeRun(run), ...(responseCode === undefined ? [] : [`exit code ${responseCode}`])];
  return { evidence, decoded: decodeFailure(responseCode, output) };
}
