import type {
  DescribeInstanceInformationRequest,
  DescribeInstanceInformationResult,
  DescribeInstancePatchesRequest,
  DescribeInstancePatchesResult,
  DescribeInstancePatchStatesRequest,
  DescribeInstancePatchStatesResult,
  ListCommandInvocationsRequest,
  ListCommandInvocationsResult,
  PatchComplianceData,
} from '@aws-sdk/client-ssm';
import type { SimulatedPlace } from './fleet.ts';
import { invalid, page } from './page.ts';
import { ServiceError } from './service-error.ts';

const instanceId = /^(i-(\w{8}|\w{17})|mi-\w{17})$/;

function checkInstanceId(id: string | undefined, member: string): void {
  if (id === undefined || !instanceId.test(id))
    throw invalid(
      member,
      id,
      String.raw`Member must satisfy regular expression pattern: (^i-(\w{8}|\w{17})$)|(^mi-\w{17}$)`,
    );
}

export function DescribeInstanceInformation(
  request: DescribeInstanceInformationRequest,
  { instances }: SimulatedPlace,
): DescribeInstanceInformationResult {
  const { items, ...rest } = page(
    'DescribeInstanceInformation',
    request,
    { minimum: 5, maximum: 50, usual: 10 },
    instances.flatMap(({ information }) => information ?? []),
  );
  return { InstanceInformationList: items, ...rest };
}

export function DescribeInstancePatchStates(
  request: DescribeInstancePatchStatesRequest,
  { instances }: SimulatedPlace,
): DescribeInstancePatchStatesResult {
  const ids = request.InstanceIds ?? [];
  if (ids.length > 50)
    throw invalid('instanceIds', `[${ids.length} ids]`, 'Member must have length less than or equal to 50');
  for (const id of ids) checkInstanceId(id, 'instanceIds');
  const asked = new Set(ids);
  const { items, ...rest } = page(
    'DescribeInstancePatchStates',
    request,
    { minimum: 10, maximum: 100, usual: 10 },
    instances.flatMap(({ instanceId: id, patchState }) => (asked.has(id) ? (patchState ?? []) : [])),
  );
  return { InstancePatchStates: items, ...rest };
}

export function DescribeInstancePatches(
  request: DescribeInstancePatchesRequest,
  { instances }: SimulatedPlace,
): DescribeInstancePatchesResult {
  checkInstanceId(request.InstanceId, 'instanceId');
  const instance = instances.find(({ instanceId: id }) => id === request.InstanceId);
  if (instance === undefined || (instance.information === undefined && instance.patchState === undefined))
    throw new ServiceError('InvalidInstanceId', '');
  const passes = (request.Filters ?? []).map(({ Key, Values = [] }) => {
    if (Key === 'State') return ({ State }: PatchComplianceData) => Values.includes(pascalCase(String(State)));
    if (Key === 'KBId') return ({ KBId = '' }: PatchComplianceData) => Values.includes(KBId);
    throw new ServiceError('InvalidFilter', `The filter key ${Key} is not valid.`);
  });
  const { items, ...rest } = page(
    'DescribeInstancePatches',
    request,
    // The model says 100; the service has been seen to refuse more than 50.
    { minimum: 10, maximum: 50, usual: 10 },
    instance.patches.filter((patch) => passes.every((filter) => filter(patch))),
  );
  return { Patches: items, ...rest };
}

/** `INSTALLED_OTHER` as filters name it. */
function pascalCase(state: string): string {
  if (state !== state.toUpperCase()) return state;
  return state.toLowerCase().replace(/(^|_)(.)/g, (_, __, letter: string) => letter.toUpperCase());
}

export function ListCommandInvocations(
  request: ListCommandInvocationsRequest,
  { windows }: SimulatedPlace,
): ListCommandInvocationsResult {
  const all = windows.flatMap(({ executions }) =>
    executions.flatMap(({ tasks }) => tasks.flatMap(({ commandInvocations }) => commandInvocations)),
  );
  const { items, ...rest } = page(
    'ListCommandInvocations',
    request,
    { minimum: 1, maximum: 50, usual: 50 },
    all.filter(
      ({ CommandId, InstanceId }) =>
        (request.CommandId === undefined || request.CommandId === CommandId) &&
        (request.InstanceId === undefined || request.InstanceId === InstanceId),
    ),
  );
  const plugins = (given: (typeof items)[number]) => (request.Details === true ? given.CommandPlugins : []);
  return { CommandInvocations: items.map((item) => ({ ...item, CommandPlugins: plugins(item) })), ...rest };
}
