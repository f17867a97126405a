import type { TerraformStack } from 'cdktf';
import { formatProblem } from '../../../core/problem.ts';
import { WindowRole } from '../../../modules/iam/index.ts';
import {
  MaintenanceWindow,
  type MaintenanceWindowProps,
  Schedule,
  type Target,
  TargetSelector,
  type TaskAction,
} from '../../../modules/maintenance-window/index.ts';
import { checkTaskAction } from '../../../modules/maintenance-window/task-action-checks.ts';
import type { TaskActionFacts } from '../../../modules/maintenance-window/task-action-props.ts';
import { type Block, synth, type Template } from '../../support/template.ts';

/** A window with a complete valid default. */
export function addWindow(stack: TerraformStack, overrides: Partial<MaintenanceWindowProps> = {}): MaintenanceWindow {
  return new MaintenanceWindow(stack, 'Window', {
    windowName: 'patch-linux',
    schedule: Schedule.cron('0 2 ? * SUN *'),
    taskRole: WindowRole.fromRoleArn(stack, 'TaskRole', 'arn:aws:iam::111111111111:role/window'),
    ...overrides,
  });
}

/** One window alone. Its warning that it has no task is the only problem. */
export function synthWindow(overrides: Partial<MaintenanceWindowProps> = {}): Template {
  return synth((stack) => {
    addWindow(stack, overrides);
  });
}

/** A window with one registered target, and whatever `fill` adds. */
export function synthFilled(
  fill: (window: MaintenanceWindow, target: Target, stack: TerraformStack) => void,
  overrides: Partial<MaintenanceWindowProps> = {},
): Template {
  return synth((stack) => {
    const window = addWindow(stack, overrides);
    const target = window.addTarget('Linux', { selector: TargetSelector.tags({ PatchGroup: ['linux'] }) });
    fill(window, target, stack);
  });
}

/** The block of what a task does, without the names around it. */
export function invocation(template: Template): Block {
  return template.only('aws_ssm_maintenance_window_task').task_invocation_parameters as Block;
}

/** What a command of the one task is given, as `{ Operation: ['Scan'] }`. */
export function documentParameters(template: Template): Record<string, readonly string[]> {
  const command = invocation(template).run_command_parameters as Block;
  const list = command.parameter as readonly { name: string; values: readonly string[] }[];
  return Object.fromEntries(list.map(({ name, values }) => [name, values]));
}

/** A window with one task, on a target where the action needs one. */
export function synthTask(action: TaskAction): Template {
  return synthFilled((window, target) => {
    const onTarget = action.taskType === 'RUN_COMMAND';
    window.addTask('Task', { action, ...(onTarget && { targets: [target], maxConcurrency: '1', maxErrors: '0' }) });
  });
}

/** What a task does, as it is emitted. */
export function emittedAction(action: TaskAction): Block {
  const block = synthTask(action).only('aws_ssm_maintenance_window_task');
  const { task_type, task_arn, task_invocation_parameters } = block;
  return { task_type, task_arn, ...(task_invocation_parameters as object) };
}

/** `[severity] message; fix [rule]` of what a task does. */
export function actionProblems(facts: TaskActionFacts | undefined): string[] {
  return checkTaskAction(facts ?? {}).map((violation) => formatProblem({ ...violation, path: violation.severity }));
}
