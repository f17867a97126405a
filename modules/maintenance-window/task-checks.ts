import { error, quoted, type Violation, warning } from '../../core/problem.ts';
import { checkSystemsManagerName } from '../../core/resource-checks.ts';
import { checkCount, checkOneOf, checkText, checkWholeNumber } from '../../core/value-checks.ts';
import { checkInstanceId } from './target-checks.ts';

/** A task as plain data, without what it does. */
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

const number = '[1-9][0-9]*';
const percentage = '[1-9][0-9]%|[1-9]%|100%';

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
  const targetless = targets === 0 && instanceIds === undefined;
  return [
    ...(task.taskType === 'RUN_COMMAND' && targetless
      ? [
          error(
            'maintenance-window/task-has-target',
            'targets must hold at least one target for a RUN_COMMAND task, got none',
            'add a target',
          ),
        ]
      : []),
    ...(targets > 0 && instanceIds !== undefined
      ? [
          error(
            'maintenance-window/targets-or-instance-ids',
            'targets and instanceIds must not be given together',
            'keep one of them',
          ),
        ]
      : []),
    ...(targets > 10
      ? [
          error(
            'maintenance-window/targets-per-task',
            `targets must hold at most 10 targets of the window, got ${targets}`,
            'use one task for each target',
          ),
        ]
      : []),
    ...(task.targetsOfOtherWindows > 0
      ? [
          error(
            'maintenance-window/target-of-window',
            'targets must be registered with the window of the task, got one of another window',
            'register it there too',
          ),
        ]
      : []),
    ...(instanceIds !== undefined && task.allowUnassociatedTargets === false
      ? [
          error(
            'maintenance-window/unassociated-targets',
            'instanceIds must be registered targets unless the window allows others',
            'set allowUnassociatedTargets: true, or use a target',
          ),
        ]
      : []),
    ...checkCount('instanceIds', instanceIds, { rule: 'maintenance-window/selector-values', min: 1, max: 50 }),
    ...(instanceIds ?? []).flatMap((id) => checkInstanceId('instanceIds', id)),
  ];
}

/** AWS wants both limits on a task with targets and refuses both on one without. */
function checkRateLimits(task: TaskFacts): Violation[] {
  const hasTargets = task.targets > 0 || task.instanceIds !== undefined;
  const limits = [
    {
      field: 'maxConcurrency',
      given: 'maxConcurrency' in task,
      value: task.maxConcurrency,
      allowed: `${number}|${percentage}`,
      words: '1 or more nodes, or 1% to 100%',
    },
    {
      field: 'maxErrors',
      given: 'maxErrors' in task,
      value: task.maxErrors,
      allowed: `0|${number}|0%|${percentage}`,
      words: '0 or more errors, or 0% to 100%',
    },
  ];
  return limits.flatMap(({ field, given, value, allowed, words }) => {
    if (given !== hasTargets) {
      const message = hasTargets
        ? `${field} must be given for a task with targets`
        : `${field} must be left out for a task without targets`;
      return [error('maintenance-window/rate-limits', message, hasTargets ? `set ${field} to ${words}` : 'remove it')];
    }
    const fits =
      value === undefined ||
      (typeof value === 'string' && value.length <= 7 && new RegExp(`^(${allowed})$`).test(value));
    return fits
      ? []
      : [
          error(
            'maintenance-window/rate-limits',
            `${field} must be ${words}, got ${quoted(value)}`,
            'write it as text, like "10%" or "2"',
          ),
        ];
  });
}
