import type {
  DescribeMaintenanceWindowExecutionsRequest,
  DescribeMaintenanceWindowExecutionsResult,
  DescribeMaintenanceWindowExecutionTaskInvocationsRequest,
  DescribeMaintenanceWindowExecutionTaskInvocationsResult,
  DescribeMaintenanceWindowExecutionTasksRequest,
  DescribeMaintenanceWindowExecutionTasksResult,
  DescribeMaintenanceWindowsRequest,
  DescribeMaintenanceWindowsResult,
  DescribeMaintenanceWindowTargetsRequest,
  DescribeMaintenanceWindowTargetsResult,
  DescribeMaintenanceWindowTasksRequest,
  DescribeMaintenanceWindowTasksResult,
  GetMaintenanceWindowTaskRequest,
  GetMaintenanceWindowTaskResult,
} from '@aws-sdk/client-ssm';
import type { SimulatedExecution, SimulatedPlace, SimulatedWindow } from './fleet.ts';
import { invalid, page } from './page.ts';
import { ServiceError } from './service-error.ts';

const pages = { minimum: 10, maximum: 100, usual: 50 };

function findWindow({ windows }: SimulatedPlace, id: string | undefined): SimulatedWindow {
  if (id === undefined || !/^mw-[0-9a-f]{17}$/.test(id))
    throw invalid('windowId', id, 'Member must satisfy regular expression pattern: ^mw-[0-9a-f]{17}$');
  const found = windows.find(({ window }) => window.WindowId === id);
  if (found === undefined) throw new ServiceError('DoesNotExistException', `Maintenance window ${id} does not exist`);
  return found;
}

function findExecution({ windows }: SimulatedPlace, id: string | undefined): SimulatedExecution {
  const found = windows
    .flatMap(({ executions }) => executions)
    .find(({ execution }) => execution.WindowExecutionId === id);
  if (found === undefined)
    throw new ServiceError('DoesNotExistException', `Maintenance window execution ${id} does not exist`);
  return found;
}

export function DescribeMaintenanceWindows(
  request: DescribeMaintenanceWindowsRequest,
  { windows }: SimulatedPlace,
): DescribeMaintenanceWindowsResult {
  const all = windows.map(({ window }) => window);
  const { items, ...rest } = page('DescribeMaintenanceWindows', request, pages, all);
  return { WindowIdentities: items, ...rest };
}

export function DescribeMaintenanceWindowTargets(
  request: DescribeMaintenanceWindowTargetsRequest,
  place: SimulatedPlace,
): DescribeMaintenanceWindowTargetsResult {
  const { targets } = findWindow(place, request.WindowId);
  const { items, ...rest } = page('DescribeMaintenanceWindowTargets', request, pages, targets);
  return { Targets: items, ...rest };
}

export function DescribeMaintenanceWindowTasks(
  request: DescribeMaintenanceWindowTasksRequest,
  place: SimulatedPlace,
): DescribeMaintenanceWindowTasksResult {
  const { tasks } = findWindow(place, request.WindowId);
  // What a task is called with is told of each alone.
  const all = tasks.map(({ TaskType, TaskInvocationParameters: _, ...task }) => ({ ...task, Type: TaskType }));
  const { items, ...rest } = page('DescribeMaintenanceWindowTasks', request, pages, all);
  return { Tasks: items, ...rest };
}

export function GetMaintenanceWindowTask(
  request: GetMaintenanceWindowTaskRequest,
  place: SimulatedPlace,
): GetMaintenanceWindowTaskResult {
  const { tasks } = findWindow(place, request.WindowId);
  const task = tasks.find(({ WindowTaskId }) => WindowTaskId === request.WindowTaskId);
  if (task === undefined)
    throw new ServiceError('DoesNotExistException', `Task ${request.WindowTaskId} does not exist`);
  return task;
}

export function DescribeMaintenanceWindowExecutions(
  request: DescribeMaintenanceWindowExecutionsRequest,
  place: SimulatedPlace,
): DescribeMaintenanceWindowExecutionsResult {
  const { executions } = findWindow(place, request.WindowId);
  const within = (start: Date | undefined) =>
    (request.Filters ?? []).every(({ Key, Values = [] }) => {
      const bound = Date.parse(Values[0] ?? '');
      if (Number.isNaN(bound)) throw invalid('filters', Values[0], 'a time in ISO 8601');
      if (Key === 'ExecutedAfter') return (start?.getTime() ?? 0) > bound;
      if (Key === 'ExecutedBefore') return (start?.getTime() ?? 0) < bound;
      throw new ServiceError('ValidationException', `Invalid filter key: ${Key}`);
    });
  const all = executions.map(({ execution }) => execution).filter(({ StartTime }) => within(StartTime));
  const { items, ...rest } = page('DescribeMaintenanceWindowExecutions', request, pages, all);
  return { WindowExecutions: items, ...rest };
}

export function DescribeMaintenanceWindowExecutionTasks(
  request: DescribeMaintenanceWindowExecutionTasksRequest,
  place: SimulatedPlace,
): DescribeMaintenanceWindowExecutionTasksResult {
  const all = findExecution(place, request.WindowExecutionId).tasks.map(({ task }) => task);
  const { items, ...rest } = page('DescribeMaintenanceWindowExecutionTasks', request, pages, all);
  return { WindowExecutionTaskIdentities: items, ...rest };
}

export function DescribeMaintenanceWindowExecutionTaskInvocations(
  request: DescribeMaintenanceWindowExecutionTaskInvocationsRequest,
  place: SimulatedPlace,
): DescribeMaintenanceWindowExecutionTaskInvocationsResult {
  const { tasks } = findExecution(place, request.WindowExecutionId);
  const found = tasks.find(({ task }) => task.TaskExecutionId === request.TaskId);
  if (found === undefined) throw new ServiceError('DoesNotExistException', `Task ${request.TaskId} does not exist`);
  const { items, ...rest } = page(
    'DescribeMaintenanceWindowExecutionTaskInvocations',
    request,
    pages,
    found.invocations,
  );
  return { WindowExecutionTaskInvocationIdentities: items, ...rest };
}
