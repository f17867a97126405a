import { SsmMaintenanceWindowTask } from '@cdktf/provider-aws/lib/ssm-maintenance-window-task/index.js';
import { Construct } from 'constructs';
import { listOf } from '../../core/value-checks.ts';
import type { IWindowRole, WindowPermission } from '../iam/index.ts';
import { addCheck } from '../tf/construct-checks.ts';
import { known, sortedTexts } from '../tf/tokens.ts';
import { checkSameRegion } from './checks.ts';
import type { Target } from './target.ts';
import type { TaskAction } from './task-action.ts';
import { checkNotificationAllowed, checkTaskAction } from './task-action-checks.ts';
import { checkTask, type TaskFacts } from './task-checks.ts';
import type { IMaintenanceWindow } from './window.ts';

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
    const { action, window, maxConcurrency, maxErrors } = props;
    const targets = [...new Set(listOf(props.targets))].sort((a, b) => (a.node.path < b.node.path ? -1 : 1));
    const instanceIds = props.instanceIds === undefined ? undefined : sortedTexts(listOf(props.instanceIds));
    const role = props.taskRole ?? window.taskRole;
    const region = props.region ?? window.region;
    for (const permission of neededPermissions(action, targets, instanceIds ?? [])) {
      role.grant(region === undefined ? permission : { ...permission, region });
    }
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
        ...(instanceIds === undefined ? [] : [{ key: 'InstanceIds', values: instanceIds }]),
      ],
      ...(action.invocationParameters !== undefined && { taskInvocationParameters: action.invocationParameters }),
      dependsOn: [...role.dependencies, ...(action.notification?.role.dependencies ?? [])],
    });
    this.windowTaskId = task.windowTaskId;
    addCheck(this, () => [
      ...checkTask(taskFacts(props, targets)),
      ...checkTaskAction(known(action.facts) ?? {}),
      ...checkNotificationAllowed(known(action.notification?.topicArn), known(action.notification?.role.topicArns)),
      ...checkSameRegion(known(region), known(window.region)),
    ]);
  }
}

/** What the action itself needs, and what finding and reaching its targets takes. */
function neededPermissions(
  action: TaskAction,
  targets: readonly Target[],
  instanceIds: readonly string[],
): WindowPermission[] {
  const reachesManagedInstances =
    action.taskType === 'RUN_COMMAND' &&
    (targets.some((target) => target.selector.namesManagedInstances) || instanceIds.some((id) => /^mi-/.test(id)));
  return [
    ...action.permissions,
    ...(targets.some((target) => target.selector.resourceType === 'RESOURCE_GROUP')
      ? [{ kind: 'resource-groups' as const }]
      : []),
    ...(reachesManagedInstances ? [{ kind: 'managed-instances' as const }] : []),
  ];
}

function taskFacts(props: TaskProps, targets: readonly Target[]): TaskFacts {
  const { taskName, description, priority, cutoffBehavior, maxConcurrency, maxErrors, instanceIds, window } = props;
  const elsewhere = targets.filter((target) => target.window !== window && target.window.windowId !== window.windowId);
  return {
    ...known({ taskName, description, priority, cutoffBehavior, maxConcurrency, maxErrors, instanceIds }),
    taskType: props.action.taskType,
    targets: targets.length,
    targetsOfOtherWindows: elsewhere.length,
    allowUnassociatedTargets: window.allowUnassociatedTargets,
  };
}
