import {
  DescribeMaintenanceWindowsCommand,
  DescribeMaintenanceWindowTargetsCommand,
  DescribeMaintenanceWindowTasksCommand,
  GetMaintenanceWindowTaskCommand,
  type MaintenanceWindowIdentity,
  type MaintenanceWindowTask,
  type Target,
} from '@aws-sdk/client-ssm';
import { instantOf, present, textOf } from '../normalise.ts';
import type { TargetFacts, WindowFacts, WindowTargetFacts, WindowTaskFacts } from '../window-facts.ts';
import { eachPage } from './pages.ts';
import type { PlaceSession } from './place-session.ts';

/** Documents that patch, AWS's own ones of today and of earlier years, by name or ARN. */
const patching = /(^|\/)AWS-(RunPatchBaseline\w*|ApplyPatchBaseline|Install\w*WindowsUpdates|FindWindowsUpdates)$/;

/** Every window, with its targets and tasks. */
export async function readWindows(session: PlaceSession): Promise<WindowFacts[]> {
  const { ssm, ask, gaps } = session;
  const found: MaintenanceWindowIdentity[] = [];
  await gaps.around({ area: 'windows' }, () =>
    eachPage(
      (token) =>
        ask('ssm:DescribeMaintenanceWindows', (options) =>
          ssm.send(new DescribeMaintenanceWindowsCommand({ MaxResults: 100, ...token }), options),
        ),
      ({ WindowIdentities = [] }) => found.push(...WindowIdentities),
    ),
  );
  const byId = new Map(
    found.flatMap((identity) => (identity.WindowId ? [[identity.WindowId, identity] as const] : [])),
  );
  if (found.some(({ WindowId }) => !WindowId))
    gaps.addInvalid({ area: 'windows' }, 'Systems Manager sent a maintenance window without an id');
  const windows = [...byId].map(async ([WindowId, identity]) => {
    const [targets, tasks] = await Promise.all([readTargets(session, WindowId), readTasks(session, WindowId)]);
    const read = present<Pick<WindowFacts, 'targets' | 'tasks'>>({ targets, tasks });
    return { ...windowFactsOf(WindowId, identity), ...read };
  });
  return (await Promise.all(windows)).sort((a, b) => (a.windowId < b.windowId ? -1 : 1));
}

/** Whether a window patches. Where its tasks could not be read, it may. */
export function patches({ tasks }: WindowFacts): boolean {
  return tasks === undefined || tasks.some(({ taskArn }) => patching.test(taskArn));
}

function windowFactsOf(windowId: string, identity: MaintenanceWindowIdentity): WindowFacts {
  return present<Omit<WindowFacts, 'targets' | 'tasks' | 'executions' | 'olderExecutionsUnread'>>({
    windowId,
    windowName: identity.Name ?? '',
    enabled: identity.Enabled,
    schedule: textOf(identity.Schedule),
    timezone: textOf(identity.ScheduleTimezone),
    offsetDays: identity.ScheduleOffset,
    startDate: textOf(identity.StartDate),
    endDate: textOf(identity.EndDate),
    durationHours: identity.Duration,
    cutoffHours: identity.Cutoff,
    nextExecutionAt: instantOf(identity.NextExecutionTime),
  });
}

async function readTargets(
  { ssm, ask, gaps }: PlaceSession,
  WindowId: string,
): Promise<WindowTargetFacts[] | undefined> {
  const found: WindowTargetFacts[] = [];
  const complete = await gaps.around({ area: 'windows', windowIds: [WindowId] }, () =>
    eachPage(
      (token) =>
        ask('ssm:DescribeMaintenanceWindowTargets', (options) =>
          ssm.send(new DescribeMaintenanceWindowTargetsCommand({ WindowId, MaxResults: 100, ...token }), options),
        ),
      ({ Targets = [] }) => {
        for (const { WindowTargetId = '', ResourceType, Targets: targets } of Targets)
          found.push({
            windowTargetId: WindowTargetId,
            resourceType: ResourceType === 'RESOURCE_GROUP' ? ResourceType : 'INSTANCE',
            targets: targetsOf(targets),
          });
      },
    ),
  );
  return complete ? found : undefined;
}

async function readTasks(session: PlaceSession, WindowId: string): Promise<WindowTaskFacts[] | undefined> {
  const { ssm, ask, gaps } = session;
  const found: MaintenanceWindowTask[] = [];
  let tasks: WindowTaskFacts[] | undefined;
  await gaps.around({ area: 'windows', windowIds: [WindowId] }, async () => {
    await eachPage(
      (token) =>
        ask('ssm:DescribeMaintenanceWindowTasks', (options) =>
          ssm.send(new DescribeMaintenanceWindowTasksCommand({ WindowId, MaxResults: 100, ...token }), options),
        ),
      ({ Tasks = [] }) => found.push(...Tasks),
    );
    tasks = await Promise.all(found.map((task) => readTask(session, WindowId, task)));
  });
  return tasks;
}

/** What a task is called with is told of each alone; only that of patches matters. */
async function readTask(
  { ssm, ask }: PlaceSession,
  WindowId: string,
  task: MaintenanceWindowTask,
): Promise<WindowTaskFacts> {
  // Other endpoints leave the type out.
  const { WindowTaskId = '', TaskArn = '', Type = 'RUN_COMMAND' } = task;
  const parameters =
    Type === 'RUN_COMMAND' && patching.test(TaskArn)
      ? (
          await ask('ssm:GetMaintenanceWindowTask', (options) =>
            ssm.send(new GetMaintenanceWindowTaskCommand({ WindowId, WindowTaskId }), options),
          )
        ).TaskInvocationParameters?.RunCommand?.Parameters
      : undefined;
  const rebootOption = parameters?.RebootOption?.[0];
  return present<WindowTaskFacts>({
    windowTaskId: WindowTaskId,
    taskArn: TaskArn,
    taskType: Type,
    targets: targetsOf(task.Targets),
    operation: parameters && operationOf(TaskArn, parameters),
    rebootOption: rebootOption === 'NoReboot' || rebootOption === 'RebootIfNeeded' ? rebootOption : undefined,
    maxConcurrency: textOf(task.MaxConcurrency),
    maxErrors: textOf(task.MaxErrors),
    cutoffBehavior: task.CutoffBehavior,
  });
}

/** Documents of earlier years name it otherwise, or do but one thing. */
function operationOf(taskArn: string, parameters: Readonly<Record<string, readonly string[]>>) {
  const said = (parameters.Operation ?? parameters.Action)?.[0];
  if (said === 'Scan' || said === 'Install') return said;
  if (taskArn.endsWith('AWS-FindWindowsUpdates')) return 'Scan';
  return /AWS-Install\w*WindowsUpdates$/.test(taskArn) ? 'Install' : undefined;
}

function targetsOf(targets: readonly Target[] | undefined): TargetFacts[] {
  return (targets ?? []).map(({ Key = '', Values = [] }) => ({ key: Key, values: Values }));
}
