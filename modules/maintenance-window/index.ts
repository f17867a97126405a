export { ImportedMaintenanceWindow, MaintenanceWindow, type MaintenanceWindowProps } from './maintenance-window.ts';
export { type PatchHooks, PatchTask, type PatchTaskOptions, type PatchTaskProps } from './patch-task.ts';
export { Schedule } from './schedule.ts';
export { Target, type TargetOptions, type TargetProps } from './target.ts';
export { type SelectorEntry, TargetSelector } from './target-selector.ts';
export { type CommonTaskOptions, Task, type TaskOptions, type TaskProps } from './task.ts';
export { TaskAction } from './task-action.ts';
export type {
  AutomationActionProps,
  DocumentParameters,
  LambdaActionProps,
  Notification,
  RunCommandActionProps,
  RunCommandOptions,
  StepFunctionsActionProps,
} from './task-action-props.ts';
export type { IMaintenanceWindow } from './window.ts';
