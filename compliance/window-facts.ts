/** A maintenance window and what became of it. Each list is absent where it was not read. */
export interface WindowFacts {
  /** `mw-…`. */
  readonly windowId: string;
  readonly windowName: string;
  readonly enabled?: boolean;
  /** `cron(…)`, `rate(…)` or `at(…)`. */
  readonly schedule?: string;
  /** IANA name; absent is UTC. */
  readonly timezone?: string;
  readonly offsetDays?: number;
  readonly startDate?: string;
  readonly endDate?: string;
  readonly durationHours?: number;
  readonly cutoffHours?: number;
  /** As AWS says; the only source of it for `rate`. Written like any instant, whatever AWS's form. */
  readonly nextExecutionAt?: string;
  readonly targets?: readonly WindowTargetFacts[];
  readonly tasks?: readonly WindowTaskFacts[];
  /** Newest first, as far back as was read. */
  readonly executions?: readonly WindowExecutionFacts[];
  /** Present where there are older executions, within the days that are looked at, which were not read. */
  readonly olderExecutionsUnread?: true;
}

/** `InstanceIds`, `tag:KEY`, `tag-key`, `resource-groups:Name`, `WindowTargetIds`: all of them must hold. */
export interface TargetFacts {
  readonly key: string;
  readonly values: readonly string[];
}

export interface WindowTargetFacts {
  readonly windowTargetId: string;
  readonly resourceType: 'INSTANCE' | 'RESOURCE_GROUP';
  readonly targets: readonly TargetFacts[];
}

export interface WindowTaskFacts {
  readonly windowTaskId: string;
  /** Name of a document, or an ARN. */
  readonly taskArn: string;
  /** Absent where AWS did not say. */
  readonly taskType?: 'RUN_COMMAND' | 'AUTOMATION' | 'STEP_FUNCTIONS' | 'LAMBDA';
  readonly targets: readonly TargetFacts[];
  /** Of the patch documents. */
  readonly operation?: 'Scan' | 'Install';
  readonly rebootOption?: 'RebootIfNeeded' | 'NoReboot';
  readonly maxConcurrency?: string;
  readonly maxErrors?: string;
  readonly cutoffBehavior?: 'CONTINUE_TASK' | 'CANCEL_TASK';
}

export const executionStatuses = [
  'PENDING',
  'IN_PROGRESS',
  'SUCCESS',
  'FAILED',
  'TIMED_OUT',
  'CANCELLING',
  'CANCELLED',
  'SKIPPED_OVERLAPPING',
] as const;

export type ExecutionStatus = (typeof executionStatuses)[number];

export interface WindowExecutionFacts {
  readonly windowExecutionId: string;
  readonly status: ExecutionStatus;
  readonly statusDetails?: string;
  readonly startedAt?: string;
  readonly endedAt?: string;
  /** Absent: not read. */
  readonly tasks?: readonly TaskExecutionFacts[];
}

export interface TaskExecutionFacts {
  readonly taskExecutionId: string;
  readonly taskArn: string;
  readonly windowTaskId?: string;
  readonly status: ExecutionStatus;
  readonly statusDetails?: string;
  readonly startedAt?: string;
  readonly endedAt?: string;
  /** One for each node that the task reached for. Absent: not read. */
  readonly invocations?: readonly InvocationFacts[];
}

/** What a task did on one node: from ListCommandInvocations with details, for Run Command. */
export interface InvocationFacts {
  readonly instanceId: string;
  readonly commandId?: string;
  readonly status: InvocationStatus;
  /** Of the step that decided it. */
  readonly responseCode?: number;
  readonly startedAt?: string;
  readonly endedAt?: string;
  /** The end of what the node wrote, at most 2,000 characters. */
  readonly output?: string;
}

/**
 * StatusDetails of a command's invocation, spaces removed. `Terminated`: the task had more errors than it may; `Cancelled`:
 * by the cutoff or by hand; `Undeliverable` and `DeliveryTimedOut`: the node was not reached.
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/monitor-commands.html
 */
export const invocationStatuses = [
  'Pending',
  'InProgress',
  'Delayed',
  'Success',
  'Failed',
  'DeliveryTimedOut',
  'ExecutionTimedOut',
  'Cancelled',
  'Undeliverable',
  'Terminated',
  'InvalidPlatform',
  'AccessDenied',
  'Unknown',
] as const;

export type InvocationStatus = (typeof invocationStatuses)[number];
