import {
  type CommandInvocation,
  DescribeMaintenanceWindowExecutionTaskInvocationsCommand,
  ListCommandInvocationsCommand,
} from '@aws-sdk/client-ssm';
import { instantOf, invocationStatusOf, present } from '../normalise.ts';
import type { InvocationFacts } from '../window-facts.ts';
import { eachPage } from './pages.ts';
import type { PlaceSession } from './place-session.ts';

/** Characters that are kept of what a node wrote. */
const outputLength = 2000;

export interface ReadInvocations {
  /** Absent for tasks that are no Run Command. */
  readonly invocations?: readonly InvocationFacts[];
  /** The window's targets that the task was executed for. */
  readonly windowTargetIds: ReadonlySet<string>;
  /** `Scan`, `Install`, as the document was called. */
  readonly operations: ReadonlySet<string>;
}

/** What a task did on each node: of Run Command, whose commands AWS starts for groups of nodes. */
export async function readInvocations(
  session: PlaceSession,
  WindowExecutionId: string,
  TaskId: string,
): Promise<ReadInvocations> {
  const { ssm, ask } = session;
  const windowTargetIds = new Set<string>();
  const operations = new Set<string>();
  const commands = new Set<string>();
  let others = false;
  await eachPage(
    (token) =>
      ask('ssm:DescribeMaintenanceWindowExecutionTaskInvocations', (options) =>
        ssm.send(
          new DescribeMaintenanceWindowExecutionTaskInvocationsCommand({
            WindowExecutionId,
            TaskId,
            MaxResults: 100,
            ...token,
          }),
          options,
        ),
      ),
    ({ WindowExecutionTaskInvocationIdentities = [] }) => {
      for (const { TaskType, ExecutionId, WindowTargetId, Parameters } of WindowExecutionTaskInvocationIdentities) {
        if (WindowTargetId !== undefined) windowTargetIds.add(WindowTargetId);
        for (const operation of operationsIn(Parameters)) operations.add(operation);
        if (TaskType !== 'RUN_COMMAND') others = true;
        else if (ExecutionId !== undefined && ExecutionId !== '') commands.add(ExecutionId);
      }
    },
  );
  if (others) return { windowTargetIds, operations };
  const invocations = await Promise.all([...commands].map((command) => readCommand(session, command)));
  return {
    windowTargetIds,
    operations,
    invocations: invocations.flat().sort((a, b) => (a.instanceId < b.instanceId ? -1 : 1)),
  };
}

/** Parameters are JSON as text: `{"parameters":{"Operation":["Scan"]}}`; none where they are something else. */
function operationsIn(parameters: string | undefined): readonly string[] {
  try {
    const operations = JSON.parse(parameters ?? '')?.parameters?.Operation;
    return Array.isArray(operations) ? operations.filter((one) => typeof one === 'string') : [];
  } catch {
    return [];
  }
}

async function readCommand({ ssm, ask }: PlaceSession, CommandId: string): Promise<InvocationFacts[]> {
  const found = new Map<string, InvocationFacts>();
  await eachPage(
    (token) =>
      ask('ssm:ListCommandInvocations', (options) =>
        ssm.send(new ListCommandInvocationsCommand({ CommandId, Details: true, MaxResults: 50, ...token }), options),
      ),
    ({ CommandInvocations = [] }) => {
      for (const invocation of CommandInvocations) found.set(invocation.InstanceId ?? '', invocationOf(invocation));
    },
  );
  return [...found.values()];
}

function invocationOf(invocation: CommandInvocation): InvocationFacts {
  const plugins = invocation.CommandPlugins ?? [];
  // Documents have a step for each system, and all but one of them are skipped, which counts as success.
  const deciding =
    plugins.find(({ Status }) => Status !== 'Success') ?? plugins.find(({ ResponseCode }) => (ResponseCode ?? 0) !== 0);
  const code = (deciding ?? plugins[0])?.ResponseCode;
  const ended = plugins.flatMap(({ ResponseFinishDateTime: end }) => instantOf(end) ?? []).sort();
  return present<InvocationFacts>({
    instanceId: invocation.InstanceId ?? '',
    commandId: invocation.CommandId,
    status: invocationStatusOf(invocation.StatusDetails ?? invocation.Status),
    // −1 stands for none yet.
    responseCode: code === undefined || code < 0 ? undefined : code,
    startedAt: instantOf(invocation.RequestedDateTime),
    endedAt: ended.at(-1),
    output: deciding?.Output === undefined || deciding.Output === '' ? undefined : deciding.Output.slice(-outputLength),
  });
}
