import { error, quoted, type Violation, warning } from '../../core/problem.ts';
import { checkSystemsManagerName } from '../../core/resource-checks.ts';
import { checkCount, checkOneOf, checkText, checkWholeNumber, listOf } from '../../core/value-checks.ts';
import { checkInstanceId } from './target-checks.ts';

/**
 * A task as plain data, without what it does. A key that is absent is not given; one without a value is known only when
 * Terraform applies.
 */
export interface TaskFacts {
  readonly taskName?: string | undefined;
  readonly description?: string | undefined;
  readonly taskType: string;
  readonly priority?: number | undefined;
  readonly maxConcurrency?: string | undefined;
  readonly maxErrors?: string | undefined;
  readonly cutoffBehavior?: string | undefined;
  readonly instanceIds?: readonly (string | undefined)[] | undefined;
  /** Targets registered with the window that the task runs on. */
  readonly targets: number;
  /** How many of those targets belong to another window. */
  readonly targetsOfOtherWindows: number;
  /** Whether the window lets tasks name instances themselves; absent for a window that was imported. */
  readonly allowUnassociatedTargets?: boolean | undefined;
}

const atLeastOne = '[1-9][0-9]*|[1-9][0-9]?%|100%';

/** @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_RegisterTaskWithMaintenanceWindow.html */
export function checkTask(task: TaskFacts): Violation[] {
  return [
    ...checkSystemsManagerName('taskName', task.taskName, 'maintenance-window/task-name'),
    ...checkText('description', task.description, { rule: 'maintenance-window/description-length', min: 1, max: 128 }),
    ...checkWholeNumber('priority', task.priority, { rule: 'maintenance-window/priority', min: 0, max: 2_147_483_647 }),
    ...(task.priority === 0
      ? [
          warning(
            'maintenance-window/priority-zero',
            'priority 0 is not sent to AWS when the task is created',
            'count from 1',
          ),
        ]
      : []),
    ...checkOneOf(
      'cutoffBehavior',
      task.cutoffBehavior,
      ['CONTINUE_TASK', 'CANCEL_TASK'],
      'maintenance-window/cutoff-behavior',
    ),
    ...checkTaskTargets(task),
    ...checkRateLimits(task),
  ];
}

function checkTaskTargets(task: TaskFacts): Violation[] {
  const { instanceIds, targets } = task;
  const givesIds = 'instanceIds' in task;
  return [
    ...broken(
      task.taskType === 'RUN_COMMAND' && targets === 0 && !givesIds,
      'maintenance-window/task-has-target',
      'targets must hold at least one target for a RUN_COMMAND task, got none',
      'add a target',
    ),
    ...broken(
      targets > 0 && givesIds,
      'maintenance-window/targets-or-instance-ids',
      'targets and instanceIds must not be given together',
      'keep one of them',
    ),
    ...broken(
      targets > 10,
      'maintenance-window/targets-per-task',
      `targets must hold at most 10 targets of the window, got ${targets}`,
      'use one task for each target',
    ),
    ...broken(
      task.targetsOfOtherWindows > 0,
      'maintenance-window/target-of-window',
      `targets must be registered with the window of the task, got ${task.targetsOfOtherWindows} of another window`,
      'register them there too',
    ),
    ...broken(
      givesIds && task.allowUnassociatedTargets === false,
      'maintenance-window/unassociated-targets',
      'instanceIds must be left out, since the window does not allow unassociated targets',
      'use a target, or set allowUnassociatedTargets: true',
    ),
    ...checkCount('instanceIds', instanceIds, { rule: 'maintenance-window/selector-values', min: 1, max: 50 }),
    ...listOf(instanceIds).flatMap((id) => checkInstanceId('instanceIds', id)),
  ];
}

function broken(is: boolean, rule: string, message: string, fix: string): Violation[] {
  return is ? [error(rule, message, fix)] : [];
}

/** AWS wants both limits on a task with targets and refuses both on one without. */
function checkRateLimits(task: TaskFacts): Violation[] {
  // A command without targets is a problem of its own, which a limit less would not solve.
  const hasTargets = task.targets > 0 || 'instanceIds' in task || task.taskType === 'RUN_COMMAND';
  return [
    ...checkRateLimit(task, 'maxConcurrency', hasTargets, '1 to 9999999 nodes, or 1% to 100%', atLeastOne),
    ...checkRateLimit(task, 'maxErrors', hasTargets, '0 to 9999999 errors, or 0% to 100%', `${atLeastOne}|0%?`),
  ];
}

function checkRateLimit(
  task: TaskFacts,
  field: 'maxConcurrency' | 'maxErrors',
  hasTargets: boolean,
  words: string,
  pattern: string,
): Violation[] {
  const rule = 'maintenance-window/rate-limits';
  const value: unknown = task[field];
  if (field in task !== hasTargets) {
    return hasTargets
      ? [error(rule, `${field} must be given for a task with targets`, `set ${field} to ${words}`)]
      : [error(rule, `${field} must be left out of a task without targets`, 'remove it')];
  }
  const fits = typeof value === 'string' && value.length <= 7 && new RegExp(`^(${pattern})$`).test(value);
  if (value === undefined || fits) return [];
  return [error(rule, `${field} must be ${words}, got ${quoted(value)}`, 'write it as text, like "10%" or "2"')];
}
