import { targetedBy } from '../targeting.ts';
import { freezeAt, nextRunsOf } from '../windows/next-runs.ts';
import { resultWithout } from '../windows/results.ts';
import { contextOfWindow, ringOfWindow } from '../windows/window-report.ts';
import { isGone } from './gone.ts';
import { type Judged, lines, namesOf, type Rule } from './reason.ts';
import { describeRun, installWindowsOf, lastInstallRun } from './runs.ts';

/* Reasons that lie in the windows which should install on the node, and in their last run. */

export const notTargeted: Rule = (judged) => {
  const { index, instance, groupName } = judged.subject;
  if (isGone(judged) || index.gap('windows') !== undefined) return undefined;
  if (index.installWindows.some((window) => targetedBy(window, instance, 'Install') !== 'no')) return undefined;
  const names = index.installWindows.map(({ windowName }) => windowName);
  return {
    code: 'not-targeted',
    why: 'no maintenance window installs anything on it',
    evidence: lines(
      names.length === 0 ? 'no window here installs patches' : `windows that install here: ${namesOf(names)}`,
      groupName === undefined ? 'it has no patch group' : `its patch group is ${groupName}`,
    ),
    next: 'give it the tags that a window targets, or let an assignment target it',
  };
};

/** Windows that install on the node for certain. */
function ownWindows({ subject: { index, instance } }: Judged) {
  return installWindowsOf(index, instance)
    .filter(({ targeted }) => targeted === 'yes')
    .map(({ window }) => window);
}

export const windowDisabled: Rule = (judged) => {
  const windows = isGone(judged) ? [] : ownWindows(judged);
  const disabled = windows.filter(({ enabled }) => enabled === false);
  // Another window that is open does the work.
  if (disabled.length === 0 || disabled.length < windows.length || closedBy(judged) !== undefined) return undefined;
  return {
    code: 'window-disabled',
    why: 'every window that installs on it is disabled',
    evidence: disabled.map(({ windowName, windowId }) => `window ${windowName} (${windowId}) is disabled`),
    next: 'enable the window in the fleet file, and deploy it',
  };
};

export const windowFrozen: Rule = (judged) => {
  const closing = isGone(judged) ? undefined : closedBy(judged);
  if (closing === undefined) return undefined;
  const { freeze, evidence } = closing;
  return {
    code: 'window-frozen',
    why: `the freeze ${freeze.name} keeps its window from installing: ${freeze.reason}`,
    evidence: lines(`the freeze lasts from ${freeze.from} to ${freeze.to}`, evidence),
    next: `wait for its end, or lift it: npx patchfleet freeze ${freeze.name} --lift`,
  };
};

/** A freeze that has closed a window of the node, or in which its next run lies. */
function closedBy(judged: Judged) {
  const { index } = judged.subject;
  const { freezes } = index.fleet;
  if (freezes.length === 0) return undefined;
  for (const window of ownWindows(judged)) {
    const ring = ringOfWindow(window, index);
    if (window.enabled === false) {
      const closed = contextOfWindow(window, index)?.ringWindow;
      const freeze = freezes.find((one) => closed !== undefined && one.closed.includes(closed));
      if (freeze !== undefined) return { freeze, evidence: `it has closed window ${window.windowName}` };
      continue;
    }
    const [next] = nextRunsOf(window, judged.settings.asOf, 1).at;
    const freeze = next === undefined ? undefined : freezeAt(freezes, ring, next);
    if (freeze !== undefined) return { freeze, evidence: `the next run of window ${window.windowName} is at ${next}` };
  }
  return undefined;
}

export const windowOverlapping: Rule = (judged) => {
  if (isGone(judged)) return undefined;
  const skipped = ownWindows(judged).flatMap((window) =>
    (window.executions ?? [])
      .filter(({ status }) => status === 'SKIPPED_OVERLAPPING')
      .map(({ startedAt }) => `window ${window.windowName} skipped the run of ${startedAt ?? 'unknown time'}`),
  );
  if (skipped.length === 0) return undefined;
  return {
    code: 'window-overlapping',
    why: 'a run of its window was skipped, because the one before still ran',
    evidence: skipped.sort().reverse(),
    next: 'shorten the window, or let it open less often',
  };
};

export const stoppedDuringWindow: Rule = (judged) => {
  const { index, instance } = judged.subject;
  const run = lastInstallRun(index, instance);
  const { ec2 } = instance;
  if (isGone(judged) || ec2 === undefined || run === undefined) return undefined;
  if (run.node !== undefined && run.node.result !== 'unreachable') return undefined;
  const began = run.execution.startedAt ?? '';
  const ended = run.execution.endedAt ?? began;
  const isStopped = ec2.state === 'stopped' || ec2.state === 'stopping';
  const stoppedBefore = isStopped && ec2.stateChangedAt !== undefined && ec2.stateChangedAt <= ended;
  const startedAfter = !isStopped && ec2.launchedAt !== undefined && ec2.launchedAt >= ended;
  if (!stoppedBefore && !startedAfter) return undefined;
  return {
    code: 'stopped-during-window',
    why: 'it did not run while its window installed patches',
    evidence: lines(
      describeRun(run),
      stoppedBefore && `EC2 says that it stopped at ${ec2.stateChangedAt}`,
      startedAfter && `EC2 says that it was started at ${ec2.launchedAt}`,
    ),
    next: 'let it run while the window is open',
  };
};

export const cutoffReached: Rule = (judged) => {
  const { index, instance } = judged.subject;
  const run = isGone(judged) ? undefined : lastInstallRun(index, instance);
  if (run === undefined || (run.node?.result ?? resultWithout(run.execution)) !== 'cut-off') return undefined;
  if (stoppedDuringWindow(judged) !== undefined) return undefined;
  const { cutoffHours, durationHours } = run.window;
  return {
    code: 'cutoff-reached',
    why: 'its window reached the cutoff before its turn came, or while it was patched',
    evidence: lines(
      describeRun(run),
      durationHours !== undefined &&
        cutoffHours !== undefined &&
        `${durationHours} hours long, no task starts in the last ${cutoffHours}`,
      run.node !== undefined && `invocation ${run.node.invocation.status}`,
    ),
    next: 'lengthen the window, or raise maxConcurrency',
  };
};

export const errorThreshold: Rule = (judged) => {
  const { index, instance } = judged.subject;
  const run = isGone(judged) ? undefined : lastInstallRun(index, instance);
  if (run?.node?.result !== 'error-threshold') return undefined;
  const { task } = run.node;
  const maxErrors = run.window.tasks?.find(({ windowTaskId }) => windowTaskId === task.windowTaskId)?.maxErrors;
  const failures = (task.invocations ?? []).filter(
    ({ status }) => status === 'Failed' || status === 'ExecutionTimedOut',
  );
  return {
    code: 'error-threshold',
    why: 'its window stopped after too many errors on other nodes, before its turn came',
    evidence: lines(
      describeRun(run),
      maxErrors !== undefined && `maxErrors ${maxErrors}`,
      failures.length > 0 && `failed on ${namesOf(failures.map((node) => node.instanceId).sort())}`,
    ),
    next: 'mend the nodes that failed, and run the window again',
  };
};

export const unreachableInWindow: Rule = (judged) => {
  const { index, instance } = judged.subject;
  const run = isGone(judged) ? undefined : lastInstallRun(index, instance);
  if (run?.node?.result !== 'unreachable' || stoppedDuringWindow(judged) !== undefined) return undefined;
  return {
    code: 'unreachable-in-window',
    why: 'its window did not reach it',
    evidence: lines(describeRun(run), `invocation ${run.node.invocation.status}`),
    next: 'see that the agent runs and is online while the window is open',
  };
};
