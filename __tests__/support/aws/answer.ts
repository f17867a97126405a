import { DescribeInstances } from './ec2.ts';
import type { Fault } from './faults.ts';
import { pageFault, requestBehind } from './faults.ts';
import type { SimulatedPlace } from './fleet.ts';
import { type Operation, violations } from './sdk-model.ts';
import { DescribeAvailablePatches, DescribePatchProperties } from './ssm-available-patches.ts';
import { DescribePatchBaselines, DescribePatchGroups, GetPatchBaseline } from './ssm-baselines.ts';
import {
  DescribeInstanceInformation,
  DescribeInstancePatches,
  DescribeInstancePatchStates,
  ListCommandInvocations,
} from './ssm-instances.ts';
import {
  DescribeMaintenanceWindowExecutions,
  DescribeMaintenanceWindowExecutionTaskInvocations,
  DescribeMaintenanceWindowExecutionTasks,
  DescribeMaintenanceWindows,
  DescribeMaintenanceWindowTargets,
  DescribeMaintenanceWindowTasks,
  GetMaintenanceWindowTask,
} from './ssm-windows.ts';
import { getCallerIdentity, type Session, type Sessions } from './sts.ts';

type Handler = (request: Readonly<Record<string, unknown>>, place: SimulatedPlace) => object;

/** Everything that is answered about a place, by operation. */
const handlers = {
  ssm: {
    DescribeAvailablePatches,
    DescribeInstanceInformation,
    DescribeInstancePatchStates,
    DescribeInstancePatches,
    DescribeMaintenanceWindowExecutionTaskInvocations,
    DescribeMaintenanceWindowExecutionTasks,
    DescribeMaintenanceWindowExecutions,
    DescribeMaintenanceWindowTargets,
    DescribeMaintenanceWindowTasks,
    DescribeMaintenanceWindows,
    DescribePatchBaselines,
    DescribePatchGroups,
    DescribePatchProperties,
    GetMaintenanceWindowTask,
    GetPatchBaseline,
    ListCommandInvocations,
  },
  ec2: { DescribeInstances },
} as unknown as Readonly<Record<string, Readonly<Record<string, Handler>>>>;

/** Names as policies have them: `ssm:DescribeInstancePatches`. */
export const simulatedActions: readonly string[] = [
  ...Object.entries(handlers).flatMap(([service, operations]) =>
    Object.keys(operations).map((operation) => `${service}:${operation}`),
  ),
  'sts:AssumeRole',
  'sts:GetCallerIdentity',
];

/** A response that the SDK's models do not allow: a mistake of the simulation, or of the fleet it was given. */
export class Unfaithful extends Error {}

export function answer(
  operation: Operation,
  request: Readonly<Record<string, unknown>>,
  context: {
    readonly place: SimulatedPlace;
    readonly session: Session;
    readonly sessions: Sessions;
    readonly fault: Fault | undefined;
  },
): object {
  const { place, session, sessions, fault } = context;
  const wrong = violations(operation.input, request, operation.name);
  if (wrong.length > 0) throw new Unfaithful(`request: ${wrong.join('; ')}`);
  let response: object;
  if (operation.name === 'AssumeRole') response = sessions.assumeRole(request as never, new Date());
  else if (operation.name === 'GetCallerIdentity') response = getCallerIdentity(session);
  else {
    const handler = handlers[operation.service]?.[operation.name];
    if (handler === undefined) throw new Unfaithful(`${operation.name} is not simulated`);
    const gone = new Set(fault?.kind === 'vanished' ? fault.instanceIds : []);
    const there =
      gone.size === 0 ? place : { ...place, instances: place.instances.filter((one) => !gone.has(one.instanceId)) };
    response = pageFault(operation, fault, request, { ...handler(requestBehind(request), there) });
  }
  const bad = violations(operation.output, response, operation.name);
  if (bad.length > 0) throw new Unfaithful(`response: ${bad.join('; ')}`);
  return response;
}
