import type { InstanceFacts } from '../facts.ts';
import type { PlaceIndex } from '../place-index.ts';
import { targetedBy } from '../targeting.ts';
import type { WindowExecutionFacts, WindowFacts } from '../window-facts.ts';
import { type NodeRun, nodeRunsOf } from '../windows/results.ts';

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
  let last: LastRun | undefined;
  for (const { window, targeted } of installWindowsOf(index, instance)) {
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
