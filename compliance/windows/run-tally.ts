import { byInstanceId } from '../instance-report.ts';
import type { WindowExecutionFacts } from '../window-facts.ts';
import { isRead, type NodeRun, nodeRunsOf, type RunResult, resultWithout, runResults } from './results.ts';
import type { SkippedNode, WindowRun } from './window-run.ts';

/** Counts what one run of a window came to, node by node. */
export class RunTally {
  private readonly nodes: ReadonlyMap<string, NodeRun>;
  /** Whether anything was read of what nodes did. */
  private readonly isRead: boolean;
  private readonly results = Object.fromEntries(runResults.map((result) => [result, 0])) as Record<RunResult, number>;
  private readonly skipped: SkippedNode[] = [];

  constructor(readonly execution: WindowExecutionFacts) {
    this.nodes = nodeRunsOf(execution);
    this.isRead = isRead(execution);
    for (const [instanceId, { invocation, result }] of this.nodes)
      this.count(instanceId, result, invocation.responseCode);
  }

  /** Whether it is read, and tells nothing of a node. */
  isSilentOn(instanceId: string): boolean {
    return this.isRead && !this.nodes.has(instanceId);
  }

  /** A node that it should have reached, and of which it tells nothing. */
  addUnreached(instanceId: string): void {
    this.count(instanceId, resultWithout(this.execution));
  }

  run(): WindowRun {
    const { windowExecutionId, status, statusDetails, startedAt, endedAt } = this.execution;
    return {
      windowExecutionId,
      status,
      ...(statusDetails !== undefined && { statusDetails }),
      ...(startedAt !== undefined && { startedAt }),
      ...(endedAt !== undefined && { endedAt }),
      ...(this.isRead && { results: this.results }),
      skipped: this.skipped.sort(byInstanceId),
    };
  }

  private count(instanceId: string, result: RunResult, responseCode?: number): void {
    this.results[result] += 1;
    if (result !== 'succeeded')
      this.skipped.push({ instanceId, result, ...(responseCode !== undefined && { responseCode }) });
  }
}
