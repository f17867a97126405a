import { nextRuns, parseScheduleExpression, patchTuesday, type ScheduleOptions } from '../../calendar/index.ts';
import { present } from '../../compliance/normalise.ts';
import type { InvocationFacts, WindowExecutionFacts, WindowFacts } from '../../compliance/window-facts.ts';
import type { RegionalDeployment, WindowConfiguration } from '../../fleet/deployment.ts';

const hourMs = 3_600_000;

/** A window as its stack deploys it: the expression that AWS gets, and its options. */
function deployed({ window }: WindowConfiguration) {
  const { schedule } = window;
  const { expression, offsetDays } =
    typeof schedule === 'string'
      ? { expression: schedule, offsetDays: window.offset }
      : patchTuesday(schedule.patchTuesday);
  const options: ScheduleOptions = {
    ...(window.timezone !== undefined && { timezone: window.timezone }),
    ...(offsetDays !== undefined && { offsetDays }),
  };
  return { expression, options };
}

/** The last runs up to an instant, newest first. */
export function runsBefore(configuration: WindowConfiguration, at: string, count: number): string[] {
  const { expression: text, options } = deployed(configuration);
  const { expression } = parseScheduleExpression(text);
  if (expression === undefined) throw new Error(`expected a schedule, got ${text}`);
  const begin = new Date(Date.parse(at) - 75 * 24 * hourMs);
  const runs = nextRuns(expression, options, begin, 100).map((run) => run.toISOString());
  return runs
    .filter((run) => run <= at)
    .reverse()
    .slice(0, count);
}

/** What became of the nodes of a run; absent for one that is not read. */
export type Invocations = (operation: 'Scan' | 'Install', run: string) => readonly InvocationFacts[];

/** The windows of a place with their last runs, of which the newest is known node by node. */
export function windowsAt(
  deployment: RegionalDeployment,
  ids: (key: string) => string,
  at: string,
  invocationsOf: Invocations,
): WindowFacts[] {
  return Object.entries(deployment.windows).map(([key, configuration]): WindowFacts => {
    const { windowName, window, targets } = configuration;
    const operation = 'scan' === key ? 'Scan' : 'Install';
    const { expression, options } = deployed(configuration);
    const groups = Object.values(targets).flatMap((target) =>
      target.kind === 'patch-group' ? (deployment.patchGroups[target.patchGroup]?.groupName ?? []) : [],
    );
    const windowId = `mw-${ids(`window ${key}`)}`;
    return present<WindowFacts>({
      windowId,
      windowName,
      enabled: window.enabled ?? true,
      schedule: expression,
      timezone: options.timezone,
      offsetDays: options.offsetDays,
      startDate: undefined,
      endDate: undefined,
      durationHours: window.duration ?? 3,
      cutoffHours: window.cutoff ?? 1,
      nextExecutionAt: undefined,
      targets: groups.map((group) => ({
        windowTargetId: ids(`target ${key} ${group}`),
        resourceType: 'INSTANCE' as const,
        targets: [{ key: `tag:${deployment.patchGroupTagKey}`, values: [group] }],
      })),
      tasks: groups.map((group) => ({
        windowTaskId: ids(`task ${key} ${group}`),
        taskArn: 'AWS-RunPatchBaseline',
        taskType: 'RUN_COMMAND' as const,
        targets: [{ key: 'WindowTargetIds', values: [ids(`target ${key} ${group}`)] }],
        operation,
        rebootOption: 'RebootIfNeeded' as const,
        maxConcurrency: window.maxConcurrency,
        maxErrors: window.maxErrors,
        cutoffBehavior: window.cutoffBehavior ?? ('CONTINUE_TASK' as const),
      })),
      executions: runsBefore(configuration, at, 2).map((run, age) =>
        executionOf(run, ids(`execution ${key} ${run}`), age === 0 ? invocationsOf(operation, run) : undefined),
      ),
    } as never);
  });
}

function executionOf(
  startedAt: string,
  id: string,
  invocations: readonly InvocationFacts[] | undefined,
): WindowExecutionFacts {
  const endedAt = new Date(Date.parse(startedAt) + 2 * hourMs).toISOString();
  const status = invocations?.some((node) => node.status !== 'Success') ? ('FAILED' as const) : ('SUCCESS' as const);
  const execution = { windowExecutionId: id, status, startedAt, endedAt };
  if (invocations === undefined) return execution;
  const task = { taskExecutionId: `${id}-1`, taskArn: 'AWS-RunPatchBaseline', status, startedAt, endedAt, invocations };
  return { ...execution, tasks: [task] };
}
