import type { CommandInvocation, MaintenanceWindowExecutionStatus } from '@aws-sdk/client-ssm';
import type { SimulatedExecution, SimulatedInstance, SimulatedWindow } from './fleet.ts';
import type { Random } from './random.ts';

const day = 86_400_000;
const nodesPerInvocation = 50;

/** A window that scans every night, with a week of executions. */
export function simulateWindow(random: Random, instances: readonly SimulatedInstance[], asOf: Date): SimulatedWindow {
  const WindowId = `mw-0${random.hex(16)}`;
  const WindowTargetId = random.uuid();
  const WindowTaskId = random.uuid();
  const nodes = instances.filter(({ information }) => information !== undefined);
  const lastNight = new Date(`${asOf.toISOString().slice(0, 10)}T02:00:00Z`);
  return {
    window: {
      WindowId,
      Name: 'fleet-scan',
      Description: 'Every night',
      Enabled: true,
      Duration: 3,
      Cutoff: 1,
      Schedule: 'cron(0 2 * * ? *)',
      ScheduleTimezone: 'UTC',
      NextExecutionTime: new Date(lastNight.getTime() + day).toISOString().replace(/:00\.000Z$/, 'Z'),
    },
    targets: [
      {
        WindowId,
        WindowTargetId,
        ResourceType: 'INSTANCE',
        Targets: [{ Key: 'tag:PatchGroup', Values: ['windows-servers', 'linux-servers'] }],
        Name: 'servers',
      },
    ],
    tasks: [
      {
        WindowId,
        WindowTaskId,
        TaskArn: 'AWS-RunPatchBaseline',
        TaskType: 'RUN_COMMAND',
        Targets: [{ Key: 'WindowTargetIds', Values: [WindowTargetId] }],
        Priority: 1,
        MaxConcurrency: '10%',
        MaxErrors: '5%',
        Name: 'scan',
        CutoffBehavior: 'CONTINUE_TASK',
        TaskInvocationParameters: {
          RunCommand: { Parameters: { Operation: ['Scan'], RebootOption: ['NoReboot'] }, TimeoutSeconds: 600 },
        },
      },
    ],
    // AWS lists the last one first.
    executions: Array.from({ length: 7 }, (_, night) =>
      simulateExecution(random, {
        windowId: WindowId,
        windowTargetId: WindowTargetId,
        start: new Date(lastNight.getTime() - night * day),
        nodes,
        failing: night === 2,
      }),
    ),
  };
}

function simulateExecution(
  random: Random,
  options: {
    readonly windowId: string;
    readonly windowTargetId: string;
    readonly start: Date;
    readonly nodes: readonly SimulatedInstance[];
    readonly failing: boolean;
  },
): SimulatedExecution {
  const { windowId, windowTargetId, start, nodes, failing } = options;
  const WindowExecutionId = random.uuid();
  const TaskExecutionId = random.uuid();
  const EndTime = new Date(start.getTime() + 30 * 60_000);
  const Status: MaintenanceWindowExecutionStatus = failing ? 'FAILED' : 'SUCCESS';
  const outcome = { Status, StatusDetails: failing ? 'Failed' : 'Success', StartTime: start, EndTime };
  const batches = Array.from({ length: Math.ceil(nodes.length / nodesPerInvocation) }, (_, index) =>
    nodes.slice(index * nodesPerInvocation, (index + 1) * nodesPerInvocation),
  );
  const commands = batches.map((batch) => ({ commandId: random.uuid(), batch }));
  return {
    execution: { WindowId: windowId, WindowExecutionId, ...outcome },
    tasks: [
      {
        task: {
          WindowExecutionId,
          TaskExecutionId,
          ...outcome,
          TaskArn: 'AWS-RunPatchBaseline',
          TaskType: 'RUN_COMMAND',
        },
        invocations: commands.map(({ commandId, batch }) => ({
          WindowExecutionId,
          TaskExecutionId,
          InvocationId: random.uuid(),
          ExecutionId: commandId,
          TaskType: 'RUN_COMMAND',
          Parameters: JSON.stringify({
            documentName: 'AWS-RunPatchBaseline',
            instanceIds: batch.map(({ instanceId }) => instanceId),
            parameters: { Operation: ['Scan'] },
          }),
          ...outcome,
          WindowTargetId: windowTargetId,
        })),
        commandInvocations: commands.flatMap(({ commandId, batch }) =>
          batch.map(({ instanceId, information }, index): CommandInvocation => {
            const unreachable = information?.PingStatus !== 'Online';
            const failed = failing && index === 0;
            return {
              CommandId: commandId,
              InstanceId: instanceId,
              DocumentName: 'AWS-RunPatchBaseline',
              RequestedDateTime: start,
              Status: failed ? 'Failed' : unreachable ? 'TimedOut' : 'Success',
              StatusDetails: failed ? 'Failed' : unreachable ? 'Delivery Timed Out' : 'Success',
              CommandPlugins: unreachable
                ? []
                : [
                    {
                      Name: index % 2 === 0 ? 'PatchLinux' : 'PatchWindows',
                      Status: failed ? 'Failed' : 'Success',
                      StatusDetails: failed ? 'Failed' : 'Success',
                      ResponseCode: failed ? 156 : 0,
                      ResponseStartDateTime: start,
                      ResponseFinishDateTime: EndTime,
                    },
                  ],
            };
          }),
        ),
      },
    ],
  };
}
