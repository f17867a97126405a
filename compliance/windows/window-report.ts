import type { InstanceFacts } from '../facts.ts';
import type { WindowContext } from '../fleet-context.ts';
import type { PlaceIndex } from '../place-index.ts';
import { placeKey } from '../place-index.ts';
import type { Settings } from '../settings.ts';
import type { Subject } from '../subject.ts';
import { targetedBy } from '../targeting.ts';
import type { ExecutionStatus, WindowExecutionFacts, WindowFacts } from '../window-facts.ts';
import { freezeAt, type NextRuns, nextRunsOf } from './next-runs.ts';
import { nodeRunsOf, type RunResult, resultWithout, runResults } from './results.ts';

export interface WindowReport {
  readonly account: string;
  readonly region: string;
  readonly windowId: string;
  readonly windowName: string;
  /** Of the assignment that made it; absent where the fleet does not know it. */
  readonly ring?: string;
  /** Of its tasks; absent where they were not read. */
  readonly operations?: readonly ('Scan' | 'Install')[];
  readonly enabled?: boolean;
  readonly schedule?: string;
  readonly timezone: string;
  readonly next: readonly NextRun[];
  readonly nextFrom: NextRuns['from'];
  /** As far as they were read, newest first; absent where they were not. */
  readonly runs?: readonly WindowRun[];
  /** Present where older runs were left out: there are too many. */
  readonly olderRunsUnread?: true;
  /** Runs that were skipped because the one before still ran, among `runs`. */
  readonly overlapping: number;
}

export interface NextRun {
  readonly at: string;
  /** Name of the freeze in which it lies. */
  readonly frozenBy?: string;
}

export interface WindowRun {
  readonly windowExecutionId: string;
  readonly status: ExecutionStatus;
  readonly statusDetails?: string;
  readonly startedAt?: string;
  readonly endedAt?: string;
  /** How many nodes came to what; absent where invocations were not read. */
  readonly results?: Readonly<Record<RunResult, number>>;
  /** Every node that it did not patch or scan, sorted by id. */
  readonly skipped: readonly SkippedNode[];
}

export interface SkippedNode {
  readonly instanceId: string;
  readonly result: Exclude<RunResult, 'succeeded'>;
  readonly responseCode?: number;
}

const nextCount = 3;

/** Windows of a place: when they run next, and what became of their runs. */
export function windowReports(index: PlaceIndex, subjects: readonly Subject[], settings: Settings): WindowReport[] {
  return index.windows.map((window) => windowReport(window, index, subjects, settings));
}

function windowReport(
  window: WindowFacts,
  index: PlaceIndex,
  subjects: readonly Subject[],
  { asOf }: Settings,
): WindowReport {
  const { account, region } = index.facts.place;
  const { windowId, windowName, enabled, schedule, executions, tasks } = window;
  const ring = ringOfWindow(window, index);
  const next = nextRunsOf(window, asOf, nextCount);
  const runs = executions && [...executions].sort(newestFirst);
  const last = lastRunOf({ runs });
  const operations = tasks && (['Scan', 'Install'] as const).filter((name) => tasks.some((t) => t.operation === name));
  return {
    account,
    region,
    windowId,
    windowName,
    ...(ring !== undefined && { ring }),
    ...(operations !== undefined && { operations }),
    ...(enabled !== undefined && { enabled }),
    ...(schedule !== undefined && { schedule }),
    timezone: window.timezone ?? 'UTC',
    next: next.at.map((at) => {
      const freeze = freezeAt(index.fleet.freezes, ring, at);
      return { at, ...(freeze !== undefined && { frozenBy: freeze.name }) };
    }),
    nextFrom: next.from,
    // Whom the last run did not reach at all is known while targets are those of today: of older runs it is not.
    ...(runs && { runs: runs.map((run) => runOf(run, window, run === last ? subjects : [])) }),
    ...(window.olderExecutionsUnread && { olderRunsUnread: true }),
    overlapping: runs?.filter(({ status }) => status === 'SKIPPED_OVERLAPPING').length ?? 0,
  };
}

/** The newest run that did something: one that was skipped because the one before still ran reached nobody. */
export function lastRunOf<Run extends Pick<WindowRun, 'status'>>({
  runs,
}: {
  readonly runs?: readonly Run[] | undefined;
}): Run | undefined {
  return runs?.find(({ status }) => status !== 'SKIPPED_OVERLAPPING');
}

/** The ring of the assignment that made a window. */
export function ringOfWindow(window: WindowFacts, { context }: PlaceIndex): string | undefined {
  return context?.assignments.find(({ windows }) => windows.some((known) => isWindow(known, window)))?.ring;
}

/** What the fleet says about a window. */
export function contextOfWindow(window: WindowFacts, { context }: PlaceIndex): WindowContext | undefined {
  return context?.assignments.flatMap(({ windows }) => windows).find((known) => isWindow(known, window));
}

/** By its id, or its name where there are no outputs. */
function isWindow(known: WindowContext, { windowId, windowName }: WindowFacts): boolean {
  return known.windowId === undefined ? known.windowName === windowName : known.windowId === windowId;
}

function newestFirst(a: WindowExecutionFacts, b: WindowExecutionFacts): number {
  const key = (run: WindowExecutionFacts) => `${run.startedAt ?? ''} ${run.windowExecutionId}`;
  return key(a) < key(b) ? 1 : key(a) > key(b) ? -1 : 0;
}

/** A run, with those of the subjects that should have been reached and were not. */
function runOf(execution: WindowExecutionFacts, window: WindowFacts, subjects: readonly Subject[]): WindowRun {
  const { windowExecutionId, status, statusDetails, startedAt, endedAt } = execution;
  const results = Object.fromEntries(runResults.map((result) => [result, 0])) as Record<RunResult, number>;
  const skipped: SkippedNode[] = [];
  const count = (instanceId: string, result: RunResult, responseCode?: number) => {
    results[result] += 1;
    if (result !== 'succeeded')
      skipped.push({ instanceId, result, ...(responseCode !== undefined && { responseCode }) });
  };
  const nodes = nodeRunsOf(execution);
  for (const [instanceId, { invocation, result }] of nodes) count(instanceId, result, invocation.responseCode);
  const isRead = execution.tasks?.some(({ invocations }) => invocations !== undefined) ?? false;
  if (isRead) {
    const result = resultWithout(execution);
    for (const { instance } of subjects)
      if (!nodes.has(instance.instanceId) && shouldRun(window, instance)) count(instance.instanceId, result);
  }
  return {
    windowExecutionId,
    status,
    ...(statusDetails !== undefined && { statusDetails }),
    ...(startedAt !== undefined && { startedAt }),
    ...(endedAt !== undefined && { endedAt }),
    ...(isRead && { results }),
    skipped: skipped.sort((a, b) => (a.instanceId < b.instanceId ? -1 : a.instanceId > b.instanceId ? 1 : 0)),
  };
}

/** Whether a window should reach an instance, which must be running. */
function shouldRun(window: WindowFacts, instance: InstanceFacts): boolean {
  return instance.ec2?.state !== 'stopped' && targetedBy(window, instance) === 'yes';
}

/** Windows are told in the order of their places and ids. */
export function windowOrder(a: WindowReport, b: WindowReport): number {
  const key = (window: WindowReport) => `${placeKey(window)} ${window.windowId}`;
  return key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0;
}
