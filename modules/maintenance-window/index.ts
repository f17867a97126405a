export { type IMaintenanceWindow, MaintenanceWindow, type MaintenanceWindowProps } from './maintenance-window.ts';
export { type PatchHooks, PatchTask, type PatchTaskOptions, type PatchTaskProps } from './patch-task.ts';
export { Schedule } from './schedule.ts';
export { Target, type TargetOptions, type TargetProps } from './target.ts';
export { type SelectorEntry, TargetSelector } from './target-selector.ts';
export { type CommonTaskOptions, Task, type TaskOptions, type TaskProps } from './task.ts';
export {
  type AutomationActionProps,
  type DocumentParameters,
  type LambdaActionProps,
  type Notification,
  type RunCommandActionProps,
  type RunCommandOptions,
  type StepFunctionsActionProps,
  TaskAction,
} from './task-action.ts';
