import { SsmMaintenanceWindowTask } from '@cdktf/provider-aws/lib/ssm-maintenance-window-task/index.js';
import { Construct } from 'constructs';
import type { Violation } from '../../core/problem.ts';
import type { IWindowRole } from '../iam/index.ts';
import { addCheck } from '../tf/construct-checks.ts';
import { known } from '../tf/tokens.ts';
import type { IMaintenanceWindow } from './maintenance-window.ts';
import type { Target } from './target.ts';
import type { TaskAction } from './task-action.ts';
import { checkTaskAction } from './task-action-checks.ts';
import { checkTask } from './task-checks.ts';

/** What every task of a maintenance window can be given. */
export interface CommonTaskOptions {
  /** 3 to 128 letters, digits, _ - . @default - none */
  readonly taskName?: string;
  /** 1 to 128 characters. @default - none */
  readonly description?: string;
  /** Tasks with a lower number start first; equal ones run side by side. @default 1 */
  readonly priority?: number;
  /** Targets of the window, at most 10; a task runs on them one after another. @default - none */
  readonly targets?: readonly Target[];
  /** Nodes by id, where the window allows targets that are not registered. @default - none */
  readonly instanceIds?: readonly string[];
  /** What happens to the task at the cutoff: `CANCEL_TASK` stops it, as far as the nodes obey. @default CONTINUE_TASK */
  readonly cutoffBehavior?: 'CONTINUE_TASK' | 'CANCEL_TASK';
  /** @default - the window's `taskRole` */
  readonly taskRole?: IWindowRole;
  /** @default - the window's region */
  readonly region?: string;
}

export interface TaskOptions extends CommonTaskOptions {
  readonly action: TaskAction;
  /** Nodes at a time, `"2"` or `"10%"`. Needed with targets, refused without. @default - none */
  readonly maxConcurrency?: string;
  /** The task stops at one error more than this, `"1"` or `"5%"`. Needed with targets, refused without. @default - none */
  readonly maxErrors?: string;
}

export interface TaskProps extends TaskOptions {
  readonly window: IMaintenanceWindow;
}

/**
 * A task of a maintenance window. Its role is allowed what the task needs, where patchfleet made the role.
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-maintenance-assign-tasks.html
 */
export class Task extends Construct {
  /** A UUID. */
  readonly windowTaskId: string;
  readonly window: IMaintenanceWindow;

  constructor(scope: Construct, id: string, props: TaskProps) {
    super(scope, id);
    this.window = props.window;
    const { action, window, instanceIds, maxConcurrency, maxErrors } = props;
    const targets = [...(props.targets ?? [])].sort((a, b) => (a.node.path < b.node.path ? -1 : 1));
    const role = props.taskRole ?? window.taskRole;
    const region = props.region ?? window.region;
    for (const permission of action.permissions) role.grant(permission);
    if (targets.some((target) => target.selector.resourceType === 'RESOURCE_GROUP'))
      role.grant({ kind: 'resource-groups' });
    const task = new SsmMaintenanceWindowTask(this, 'Resource', {
      ...(region !== undefined && { region }),
      windowId: window.windowId,
      taskType: action.taskType,
      taskArn: action.taskArn,
      priority: props.priority ?? 1,
      // The provider keeps the last role, concurrency and errors once they are gone from the code: always written out.
      serviceRoleArn: role.roleArn,
      ...(maxConcurrency !== undefined && { maxConcurrency }),
      ...(maxErrors !== undefined && { maxErrors }),
      cutoffBehavior: props.cutoffBehavior ?? 'CONTINUE_TASK',
      ...(props.taskName !== undefined && { name: props.taskName }),
      ...(props.description !== undefined && { description: props.description }),
      targets: [
        ...(targets.length > 0
          ? [{ key: 'WindowTargetIds', values: targets.map((target) => target.windowTargetId) }]
          : []),
        ...(instanceIds === undefined ? [] : [{ key: 'InstanceIds', values: [...instanceIds].sort() }]),
      ],
      taskInvocationParameters: action.invocationParameters,
      dependsOn: [...role.dependencies, ...(action.notificationRole?.dependencies ?? [])],
    });
    this.windowTaskId = task.windowTaskId;
    addCheck(this, () => checkFacts(props));
  }
}

function checkFacts(props: TaskProps): Violation[] {
  const { taskName, description, priority, cutoffBehavior, maxConcurrency, maxErrors, instanceIds, window } = props;
  const targets = props.targets ?? [];
  return [
    ...checkTask({
      ...known({ taskName, description, priority, cutoffBehavior, instanceIds }),
      ...(maxConcurrency !== undefined && { maxConcurrency: known(maxConcurrency) }),
      ...(maxErrors !== undefined && { maxErrors: known(maxErrors) }),
      taskType: props.action.taskType,
      targets: targets.length,
      targetsOfOtherWindows: targets.filter((target) => target.window !== window).length,
      allowUnassociatedTargets: window.allowUnassociatedTargets,
    }),
    ...checkTaskAction(known(props.action.facts) ?? {}),
  ];
}
