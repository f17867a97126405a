import type { InstanceFacts, PlaceFacts } from '../facts.ts';
import { operatingSystemOf } from '../operating-system.ts';
import type { ReadRequest } from '../source.ts';
import { AvailablePatches } from './available-patches.ts';
import { readBaselines, readPatchGroups, withContent } from './baselines.ts';
import { readEc2Instances } from './ec2-instances.ts';
import { withExecutions } from './executions.ts';
import { readManagedInstances } from './managed-instances.ts';
import { readPatchStates } from './patch-states.ts';
import { readPatches } from './patches.ts';
import type { PlaceSession } from './place-session.ts';
import { readWindows } from './windows.ts';

export type ReadPlace = Pick<PlaceFacts, 'instances' | 'baselines' | 'patchGroups' | 'availablePatches' | 'windows'>;

/** Everything about one place. What cannot be read is left out, and a gap. */
export async function readPlace(
  session: PlaceSession,
  request: ReadRequest,
  {
    declared,
    executionsSince,
  }: {
    /** Ids by key. */
    readonly declared: Readonly<Record<string, string>>;
    readonly executionsSince: Date;
  },
): Promise<ReadPlace> {
  const [counted, listed, patchGroups, windows] = await Promise.all([
    readInstances(session, declared),
    readBaselines(session),
    readPatchGroups(session),
    readWindows(session).then((found) =>
      withExecutions(session, found, { details: request.details, since: executionsSince }),
    ),
  ]);
  const systems = new Set(counted.map(({ managed }) => operatingSystemOf(managed)));
  const judging = new Set([
    ...counted.flatMap(({ patchState }) => patchState?.baselineId ?? []),
    ...patchGroups.flatMap((group) => group.baselines.map(({ baselineId }) => baselineId)),
    ...[...listed.values()].flatMap(({ facts: { baselineId, isDefault, operatingSystem } }) =>
      isDefault && systems.has(operatingSystem) ? baselineId : [],
    ),
  ]);
  const available = new AvailablePatches(session);
  const [baselines, instances] = await Promise.all([
    withContent(session, listed, judging),
    withPatches(session, request, counted, available),
  ]);
  return { instances, baselines, patchGroups, availablePatches: available.list(), windows };
}

/** Declared, in EC2, and in Systems Manager, each once. */
async function readInstances(
  session: PlaceSession,
  declared: Readonly<Record<string, string>>,
): Promise<InstanceFacts[]> {
  const keys = new Map(Object.entries(declared).map(([key, id]) => [id, key]));
  const [ec2, managed] = await Promise.all([readEc2Instances(session), readManagedInstances(session)]);
  const ids = [...new Set([...keys.keys(), ...ec2.keys(), ...managed.found.keys()])].sort();
  // Only managed nodes have patch states; where it is not known which these are, any may have one.
  const states = await readPatchStates(session, managed.complete ? [...managed.found.keys()] : ids);
  return ids.map((instanceId) => {
    const declaredAs = keys.get(instanceId);
    const ec2Facts = ec2.get(instanceId);
    const managedFacts = managed.found.get(instanceId);
    const patchState = states.get(instanceId);
    return {
      instanceId,
      ...(declaredAs !== undefined && { declaredAs }),
      ...(ec2Facts !== undefined && { ec2: ec2Facts }),
      ...(managedFacts !== undefined && { managed: managedFacts }),
      ...(patchState !== undefined && { patchState }),
    };
  });
}

async function withPatches(
  session: PlaceSession,
  request: ReadRequest,
  counted: readonly InstanceFacts[],
  available: AvailablePatches,
): Promise<InstanceFacts[]> {
  const { patch } = request;
  if (patch !== undefined) await available.readAsked(patch, counted);
  const found = await readPatches(session, request, counted, patch === undefined ? [] : available.namesOf(patch));
  const instances = counted.map((instance) => {
    const patches = found.get(instance.instanceId);
    return patches === undefined ? instance : { ...instance, patches };
  });
  await available.readMissing(instances);
  return instances;
}
