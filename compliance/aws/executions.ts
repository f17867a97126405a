import {
  DescribeMaintenanceWindowExecutionsCommand,
  DescribeMaintenanceWindowExecutionTasksCommand,
} from '@aws-sdk/client-ssm';
import { executionStatusOf, instantOf, present, textOf } from '../normalise.ts';
import type { Details } from '../source-evidence.ts';
import type { TaskExecutionFacts, WindowExecutionFacts, WindowFacts } from '../window-facts.ts';
import { InvalidAnswer } from './failure.ts';
import { type ReadInvocations, readInvocations } from './invocations.ts';
import { eachPage } from './pages.ts';
import type { PlaceSession } from './place-session.ts';
import { patches } from './windows.ts';

/** Pages of 100 executions, if the newest come first: a window that opens every five minutes has thousands a month. */
const mostPages = 2;

/** How many executions that went wrong are looked into, of each window. */
const mostTroubled = 3;

interface Outcome {
  readonly Status?: string | undefined;
  readonly StatusDetails?: string | undefined;
  readonly StartTime?: Date | undefined;
  readonly EndTime?: Date | undefined;
}

/**
 * Executions of the windows that patch. What nodes did is read of the newest ones that went wrong, and with all details
 * also of the newest: where all went well, it would tell nothing that patch states do not.
 */
export async function withExecutions(
  session: PlaceSession,
  windows: readonly WindowFacts[],
  { details, since }: { readonly details: Details; readonly since: Date },
): Promise<WindowFacts[]> {
  return Promise.all(
    windows.map(async (window) => {
      if (!patches(window)) return window;
      const found = await readExecutions(session, window.windowId, since);
      if (found === undefined) return window;
      const { executions, olderUnread } = found;
      const troubled = executions
        .filter(({ status }) => status !== 'SUCCESS' && status !== 'SKIPPED_OVERLAPPING')
        .slice(0, mostTroubled);
      const chosen = new Set(details === 'none' ? [] : troubled);
      const [newest] = executions;
      if (details === 'all' && newest !== undefined) chosen.add(newest);
      const read = executions.map((execution) =>
        chosen.has(execution) ? withTasks(session, window, execution) : execution,
      );
      return { ...window, executions: await Promise.all(read), ...(olderUnread && { olderExecutionsUnread: true }) };
    }),
  );
}

async function readExecutions(
  { ssm, ask, gaps }: PlaceSession,
  WindowId: string,
  since: Date,
): Promise<{ readonly executions: readonly WindowExecutionFacts[]; readonly olderUnread: boolean } | undefined> {
  let olderUnread = false;
  const found = new Map<string, WindowExecutionFacts>();
  // AWS takes no fractions of a second.
  const Filters = [{ Key: 'ExecutedAfter', Values: [since.toISOString().replace(/\.\d+Z$/, 'Z')] }];
  const complete = await gaps.around({ area: 'window-executions', windowIds: [WindowId] }, () =>
    eachPage(
      (token) =>
        ask('ssm:DescribeMaintenanceWindowExecutions', (options) =>
          ssm.send(
            new DescribeMaintenanceWindowExecutionsCommand({ WindowId, Filters, MaxResults: 100, ...token }),
            options,
          ),
        ),
      ({ WindowExecutions = [] }) => {
        for (const { WindowExecutionId = '', ...outcome } of WindowExecutions)
          found.set(WindowExecutionId, { windowExecutionId: WindowExecutionId, ...outcomeOf(outcome) });
      },
      (pages) => {
        const starts = [...found.values()].flatMap(({ startedAt }) => startedAt ?? []);
        // In what order AWS lists them it does not say: the newest must not be among what is left.
        olderUnread = pages >= mostPages && starts.every((start, place) => start <= (starts[place - 1] ?? start));
        return olderUnread;
      },
    ),
  );
  if (!complete) return undefined;
  const newestFirst = (a: WindowExecutionFacts, b: WindowExecutionFacts) =>
    (a.startedAt ?? '') === (b.startedAt ?? '')
      ? a.windowExecutionId < b.windowExecutionId
        ? -1
        : 1
      : (a.startedAt ?? '') < (b.startedAt ?? '')
        ? 1
        : -1;
  return { executions: [...found.values()].sort(newestFirst), olderUnread };
}

async function withTasks(
  session: PlaceSession,
  window: WindowFacts,
  execution: WindowExecutionFacts,
): Promise<WindowExecutionFacts> {
  const { ssm, ask, gaps } = session;
  const { windowId } = window;
  const WindowExecutionId = execution.windowExecutionId;
  const found = new Map<string, TaskExecutionFacts>();
  const complete = await gaps.around({ area: 'window-executions', windowIds: [windowId] }, () =>
    eachPage(
      (token) =>
        ask('ssm:DescribeMaintenanceWindowExecutionTasks', (options) =>
          ssm.send(
            new DescribeMaintenanceWindowExecutionTasksCommand({
              WindowExecutionId,
              MaxResults: 100,
              ...token,
            }),
            options,
          ),
        ),
      ({ WindowExecutionTaskIdentities = [] }) => {
        for (const { TaskExecutionId = '', TaskArn = '', ...outcome } of WindowExecutionTaskIdentities)
          found.set(TaskExecutionId, { taskExecutionId: TaskExecutionId, taskArn: TaskArn, ...outcomeOf(outcome) });
      },
    ),
  );
  if (!complete) return execution;
  const tasks = [...found.values()].map(async (task): Promise<TaskExecutionFacts> => {
    let read: ReadInvocations | undefined;
    await gaps.around({ area: 'window-executions', windowIds: [windowId] }, async () => {
      read = await readInvocations(session, WindowExecutionId, task.taskExecutionId);
    });
    if (read === undefined) return task;
    const { invocations } = read;
    const windowTaskId = taskIdOf(window, task, read);
    return {
      ...task,
      ...(windowTaskId !== undefined && { windowTaskId }),
      ...(invocations !== undefined && { invocations }),
    };
  });
  return { ...execution, tasks: await Promise.all(tasks) };
}

/** AWS does not say which task was executed, but which document, for which targets, and how it was called. */
function taskIdOf({ tasks = [] }: WindowFacts, { taskArn }: TaskExecutionFacts, read: ReadInvocations) {
  const same = tasks.filter((task) => task.taskArn === taskArn);
  const targeting = same.filter(({ targets }) =>
    targets.some(({ key, values }) => key === 'WindowTargetIds' && values.some((id) => read.windowTargetIds.has(id))),
  );
  const candidates = targeting.length > 0 ? targeting : same;
  const called = candidates.filter(({ operation }) => operation !== undefined && read.operations.has(operation));
  const [only, other] = called.length > 0 ? called : candidates;
  return other === undefined ? only?.windowTaskId : undefined;
}

function outcomeOf({ Status, StatusDetails, StartTime, EndTime }: Outcome) {
  const status = executionStatusOf(Status);
  if (status === undefined) throw new InvalidAnswer(`AWS calls the status of an execution ${Status ?? 'nothing'}`);
  return {
    status,
    ...present<{ statusDetails?: string; startedAt?: string; endedAt?: string }>({
      statusDetails: textOf(StatusDetails),
      startedAt: instantOf(StartTime),
      endedAt: instantOf(EndTime),
    }),
  };
}
