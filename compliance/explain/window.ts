import type { InstanceFacts } from '../facts.ts';
import type { FreezeContext } from '../fleet-context.ts';
import type { PlaceIndex } from '../place-index.ts';
import { groupTagKeys } from '../subject.ts';
import { targetedBy } from '../targeting.ts';
import type { WindowFacts } from '../window-facts.ts';
import { freezeAt, nextRunsOf } from '../windows/next-runs.ts';
import { isRead, type RunResult, resultWithout } from '../windows/results.ts';
import { contextOfWindow, ringOfWindow, shouldHaveRun } from '../windows/window-report.ts';
import { isGone } from './gone.ts';
import { type Judged, lines, namesOf, type Rule } from './reason.ts';
import { describeRun, installWindowsOf, lastRunThatMatters } from './runs.ts';

/* Reasons that lie in the windows which should install on the node, and in their last run. */

export const notTargeted: Rule = (judged) => {
  const { index, instance, groupName } = judged.subject;
  if (isGone(judged) || index.gap('windows') !== undefined) return undefined;
  if (index.installWindows.some((window) => targetedBy(window, instance, 'Install') !== 'no')) return undefined;
  // No more than three are shown.
  const windows = index.installWindows.map((window, at) => (at < 3 ? describeTargets(window) : window.windowName));
  return {
    code: 'not-targeted',
    why: 'no maintenance window is known to install anything on it',
    evidence: lines(
      windows.length === 0 ? 'no window here runs a patch document' : `windows that install here: ${namesOf(windows)}`,
      ...index.windows.flatMap((window) => othersOn(instance, window)),
      groupName === undefined ? 'it has no patch group' : describeGroup(instance, groupName),
    ),
    next: 'give it the tags that a window targets, or let an assignment target it',
  };
};

/** A document of one's own may patch, too. */
function othersOn(instance: InstanceFacts, window: WindowFacts): string[] {
  if (targetedBy(window, instance, 'other') !== 'yes') return [];
  const documents =
    window.tasks?.filter(({ operation }) => operation === undefined).map(({ taskArn }) => taskArn) ?? [];
  return [`window ${window.windowName} runs ${namesOf([...new Set(documents)].sort())} on it, whatever that does`];
}

/** `acme-install (tag:PatchGroup=web)`. */
function describeTargets({ windowName, targets }: WindowFacts): string {
  if (targets === undefined) return windowName;
  const of = targets.map((one) =>
    one.targets.map(({ key, values }) => (key === 'InstanceIds' ? key : `${key}=${namesOf(values)}`)).join(' and '),
  );
  return `${windowName} (${namesOf([...new Set(of)]) || 'without targets'})`;
}

/** Windows target one of the two keys, so that it matters which one it is. */
function describeGroup({ ec2 }: InstanceFacts, groupName: string): string {
  const key = groupTagKeys.find((one) => ec2?.tags[one] === groupName);
  return `its patch group is ${groupName}${key === undefined ? '' : `, by the tag ${key}`}`;
}

/** Windows that install on the node for certain. */
function ownWindows({ subject: { index, instance } }: Judged) {
  return installWindowsOf(index, instance)
    .filter(({ targeted }) => targeted === 'yes')
    .map(({ window }) => window);
}

export const windowDisabled: Rule = (judged) => {
  const { index, instance } = judged.subject;
  if (isGone(judged)) return undefined;
  // Another window that is open does the work, or may do it.
  const open = installWindowsOf(index, instance).some(
    ({ window, targeted }) => targeted !== 'no' && window.enabled !== false,
  );
  const disabled = open ? [] : ownWindows(judged).filter((window) => closingFreeze(window, index) === undefined);
  if (disabled.length === 0) return undefined;
  const isOurs = disabled.every((window) => contextOfWindow(window, index) !== undefined);
  return {
    code: 'window-disabled',
    why: 'every window that installs on it is disabled',
    evidence: disabled.map(({ windowName, windowId }) => `window ${windowName} (${windowId}) is disabled`),
    next: isOurs ? 'enable the window in the fleet file, and deploy it' : 'enable the window where it is made',
  };
};

export const windowFrozen: Rule = (judged) => {
  const frozen = isGone(judged) ? undefined : freezeOf(judged);
  if (frozen === undefined) return undefined;
  const { freeze, window, next } = frozen;
  const lasts = `the freeze lasts from ${freeze.from} to ${freeze.to}`;
  if (next !== undefined)
    return {
      code: 'window-frozen',
      why: `the freeze ${freeze.name} lies over the next run of its window: ${freeze.reason}`,
      evidence: [
        lasts,
        `the next run of window ${window.windowName} is at ${next}`,
        'the window is still open: until the freeze is applied and deployed, it installs',
      ],
      next: 'apply the freeze and deploy it, so that the window is closed in time, and wait for its end',
    };
  const isOver = freeze.to <= judged.settings.asOf;
  return {
    code: 'window-frozen',
    why: isOver
      ? `the freeze ${freeze.name} is over, and has its window still closed`
      : `the freeze ${freeze.name} keeps its window from installing: ${freeze.reason}`,
    evidence: [lasts, `it has closed window ${window.windowName}`],
    next: isOver
      ? 'lift the freeze, and deploy the change'
      : 'wait for its end, then lift it and deploy the change; to end it sooner, set its to first',
  };
};

interface Frozen {
  readonly freeze: FreezeContext;
  readonly window: WindowFacts;
  /** The next run, where the window is open all the same. */
  readonly next?: string;
}

/** A freeze that has closed a window of the node, or in which its next run lies. */
export function freezeOf(judged: Judged): Frozen | undefined {
  const { index } = judged.subject;
  const { freezes } = index.fleet;
  if (freezes.length === 0) return undefined;
  for (const window of ownWindows(judged)) {
    if (window.enabled === false) {
      const freeze = closingFreeze(window, index);
      if (freeze !== undefined) return { freeze, window };
      continue;
    }
    const [next] = nextRunsOf(window, judged.settings.asOf, 1).at;
    const freeze = next === undefined ? undefined : freezeAt(freezes, ringOfWindow(window, index), next);
    if (freeze !== undefined && next !== undefined) return { freeze, window, next };
  }
  return undefined;
}

/** The freeze that has closed a window; of several the last, which keeps it closed the longest. */
function closingFreeze(window: WindowFacts, index: PlaceIndex): FreezeContext | undefined {
  const closed = contextOfWindow(window, index)?.ringWindow;
  return index.fleet.freezes
    .filter((freeze) => closed !== undefined && freeze.closed.includes(closed))
    .sort((a, b) => (a.to < b.to ? 1 : -1))[0];
}

export const windowOverlapping: Rule = (judged) => {
  if (isGone(judged)) return undefined;
  const skipped = ownWindows(judged).flatMap((window) => {
    const executions = window.executions ?? [];
    // Once it ran again, what was skipped is past.
    const ran = executions.flatMap(({ status, startedAt }) =>
      status === 'SKIPPED_OVERLAPPING' ? [] : (startedAt ?? []),
    );
    const last = ran.sort().at(-1) ?? '';
    return executions
      .filter(
        ({ status, startedAt }) => status === 'SKIPPED_OVERLAPPING' && (startedAt === undefined || startedAt > last),
      )
      .map(({ startedAt }) => `window ${window.windowName} skipped the run of ${startedAt ?? 'unknown time'}`);
  });
  if (skipped.length === 0) return undefined;
  return {
    code: 'window-overlapping',
    why: 'a run of its window was skipped, because the one before still ran',
    evidence: skipped.sort().reverse(),
    next: 'let the window open less often, or let its tasks end at the cutoff: cutoffBehavior CANCEL_TASK',
  };
};

export const stoppedDuringWindow: Rule = (judged) => {
  const run = lastRunThatMatters(judged);
  const { ec2 } = judged.subject.instance;
  if (ec2 === undefined || run === undefined) return undefined;
  if (run.node !== undefined && run.node.result !== 'unreachable') return undefined;
  const { startedAt: began = '', endedAt: ended } = run.execution;
  // Whom a run reached is not read of every run: one that is not known may have patched it.
  const isMissed = run.node !== undefined || resultWithout(run.execution) !== 'unknown';
  const isStopped = ec2.state === 'stopped' || ec2.state === 'stopping';
  const { stateChangedAt, launchedAt } = ec2;
  const stoppedBefore =
    isStopped &&
    stateChangedAt !== undefined &&
    (stateChangedAt <= began || (isMissed && stateChangedAt <= (ended ?? began)));
  const startedAfter = !isStopped && isMissed && launchedAt !== undefined && ended !== undefined && launchedAt >= ended;
  if (!stoppedBefore && !startedAfter) return undefined;
  return {
    code: 'stopped-during-window',
    why: 'it did not run while its window installed patches',
    evidence: lines(
      describeRun(run),
      stoppedBefore && `EC2 says that it stopped at ${stateChangedAt}`,
      startedAfter && `EC2 says that it was started at ${launchedAt}`,
    ),
    next: 'let it run while the window is open',
  };
};

export const cutoffReached: Rule = (judged) => {
  const run = lastRunThatMatters(judged);
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
        `${hours(durationHours)} long, no task starts in the last ${hours(cutoffHours)}`,
      run.node !== undefined && `invocation ${run.node.invocation.status}`,
    ),
    next: 'lengthen the window, lower its cutoff, or raise maxConcurrency',
  };
};

function hours(count: number): string {
  return count === 1 ? '1 hour' : `${count} hours`;
}

export const errorThreshold: Rule = (judged) => {
  const run = lastRunThatMatters(judged);
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
    next: 'mend the nodes that failed before it opens next, or raise maxErrors',
  };
};

export const unreachableInWindow: Rule = (judged) => {
  const run = lastRunThatMatters(judged);
  if (run?.node?.result !== 'unreachable' || stoppedDuringWindow(judged) !== undefined) return undefined;
  return {
    code: 'unreachable-in-window',
    why: 'its window did not reach it',
    evidence: lines(describeRun(run), `invocation ${run.node.invocation.status}`),
    next: 'see that the agent runs and is online while the window is open',
  };
};

const passedBy: Partial<Readonly<Record<RunResult, string>>> = {
  'not-run': 'the last run of its window did not reach it',
  cancelled: 'the last run of its window was cancelled on it',
  unknown: 'what the last run of its window did on it nobody knows',
};

/** That the last run has not patched it, as the report on windows says, where no reason of its own tells that. */
export function describePassedBy(judged: Judged): string | undefined {
  const run = lastRunThatMatters(judged);
  if (run === undefined || stoppedDuringWindow(judged) !== undefined) return undefined;
  const { window, execution, node } = run;
  if (node === undefined && !(isRead(execution) && shouldHaveRun(window, execution, judged.subject.instance)))
    return undefined;
  const told = passedBy[node?.result ?? resultWithout(execution)];
  return told === undefined ? undefined : `${told}: ${describeRun(run)}`;
}
