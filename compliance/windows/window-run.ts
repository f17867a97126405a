import type { ExecutionStatus } from '../window-facts.ts';
import type { RunResult } from './results.ts';

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
