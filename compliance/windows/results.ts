import type { InvocationFacts, TaskExecutionFacts, WindowExecutionFacts } from '../window-facts.ts';

/** What a run of a window came to on one node. */
export const runResults = [
  'succeeded',
  'failed',
  'cut-off',
  'error-threshold',
  'unreachable',
  'cancelled',
  'not-run',
  'running',
  'unknown',
] as const;

export type RunResult = (typeof runResults)[number];

const results: Readonly<Record<InvocationFacts['status'], RunResult>> = {
  Success: 'succeeded',
  Failed: 'failed',
  ExecutionTimedOut: 'failed',
  InvalidPlatform: 'failed',
  AccessDenied: 'failed',
  // AWS: the command had more errors than MaxErrors allows, and ended the invocations that were left.
  Terminated: 'error-threshold',
  Undeliverable: 'unreachable',
  DeliveryTimedOut: 'unreachable',
  Cancelled: 'cancelled',
  Pending: 'running',
  InProgress: 'running',
  Delayed: 'running',
  Unknown: 'unknown',
};

/** What an invocation came to. Who cancelled one, AWS does not say: the cutoff, where it ended the run. */
function resultOfInvocation(invocation: InvocationFacts, wasCut: boolean): RunResult {
  const result = results[invocation.status];
  return wasCut && (result === 'cancelled' || result === 'running') ? 'cut-off' : result;
}

/** A window or task that reaches its cutoff ends as TIMED_OUT. */
function endedByCutoff({ status, statusDetails }: { status: string; statusDetails?: string }): boolean {
  return status === 'TIMED_OUT' || /cut-?off/i.test(statusDetails ?? '');
}

export interface NodeRun {
  readonly execution: WindowExecutionFacts;
  readonly task: TaskExecutionFacts;
  readonly invocation: InvocationFacts;
  readonly result: RunResult;
}

/** Every invocation of a run, by node; of several on one node the last that did not succeed, or the last. */
export function nodeRunsOf(execution: WindowExecutionFacts): ReadonlyMap<string, NodeRun> {
  const runs = new Map<string, NodeRun>();
  for (const task of execution.tasks ?? []) {
    const wasCut = endedByCutoff(task) || endedByCutoff(execution);
    for (const invocation of task.invocations ?? []) {
      const run = { execution, task, invocation, result: resultOfInvocation(invocation, wasCut) };
      if (run.result !== 'succeeded' || !runs.has(invocation.instanceId)) runs.set(invocation.instanceId, run);
    }
  }
  return runs;
}

/** Whether anything was read of what nodes did in a run. */
export function isRead({ tasks }: WindowExecutionFacts): boolean {
  return tasks?.some(({ invocations }) => invocations !== undefined) ?? false;
}

/** Whether it is known which nodes a run reached. */
function invocationsAreKnown({ tasks }: WindowExecutionFacts): boolean {
  return tasks?.every(({ invocations }) => invocations !== undefined) ?? false;
}

/** What became of a node that was targeted, and of which the run knows nothing. */
export function resultWithout(execution: WindowExecutionFacts): RunResult {
  if (!invocationsAreKnown(execution)) return 'unknown';
  if (execution.status === 'PENDING' || execution.status === 'IN_PROGRESS') return 'running';
  return endedByCutoff(execution) || execution.tasks?.some(endedByCutoff) ? 'cut-off' : 'not-run';
}
