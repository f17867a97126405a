import {
  DescribeMaintenanceWindowsCommand,
  DescribeMaintenanceWindowTargetsCommand,
  DescribeMaintenanceWindowTasksCommand,
  GetMaintenanceWindowTaskCommand,
  type GetMaintenanceWindowTaskResult,
  type MaintenanceWindowIdentity,
  type MaintenanceWindowTask,
  type Target,
} from '@aws-sdk/client-ssm';
import { instantOf, present, textOf } from '../normalise.ts';
import type { TargetFacts, WindowFacts, WindowTargetFacts, WindowTaskFacts } from '../window-facts.ts';
import { InvalidAnswer } from './failure.ts';
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
  const { WindowTaskId = '', TaskArn = '', Type } = task;
  const isPatching = patching.test(TaskArn) && (Type === undefined || Type === 'RUN_COMMAND');
  const called = isPatching
    ? await ask('ssm:GetMaintenanceWindowTask', (options) =>
        ssm.send(new GetMaintenanceWindowTaskCommand({ WindowId, WindowTaskId }), options),
      )
    : undefined;
  const parameters = parametersOf(called);
  const operation = operationOf(TaskArn, parameters);
  // Taken for neither, it would be told that the window installs nothing.
  if (isPatching && operation === undefined)
    throw new InvalidAnswer(`AWS does not say whether the task ${WindowTaskId} of ${TaskArn} scans or installs`);
  const rebootOption = parameters.RebootOption?.[0];
  return present<WindowTaskFacts>({
    windowTaskId: WindowTaskId,
    taskArn: TaskArn,
    taskType: Type ?? called?.TaskType,
    targets: targetsOf(task.Targets),
    operation,
    rebootOption: rebootOption === 'NoReboot' || rebootOption === 'RebootIfNeeded' ? rebootOption : undefined,
    maxConcurrency: textOf(task.MaxConcurrency),
    maxErrors: textOf(task.MaxErrors),
    cutoffBehavior: task.CutoffBehavior,
  });
}

/** AWS keeps those of tasks that were made long ago in a form of their own. */
function parametersOf(called: GetMaintenanceWindowTaskResult | undefined): Readonly<Record<string, string[]>> {
  const earlier = Object.entries(called?.TaskParameters ?? {}).map(([name, { Values = [] }]) => [name, Values]);
  return { ...Object.fromEntries(earlier), ...called?.TaskInvocationParameters?.RunCommand?.Parameters };
}

/** The patch documents of earlier years have another parameter for it, or none. */
function operationOf(taskArn: string, { Operation, Action }: Readonly<Record<string, string[]>>) {
  if (taskArn.endsWith('AWS-FindWindowsUpdates')) return 'Scan';
  if (/AWS-Install(Missing|Specific)WindowsUpdates$/.test(taskArn)) return 'Install';
  const said = (Operation ?? Action)?.[0];
  return said === 'Scan' || said === 'Install' ? said : undefined;
}

function targetsOf(targets: readonly Target[] | undefined): TargetFacts[] {
  return (targets ?? []).map(({ Key = '', Values = [] }) => ({ key: Key, values: Values }));
}
