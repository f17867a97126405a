import { error, quoted } from '../../core/problem.ts';
import { checkManagedInstance } from '../../modules/compute/checks.ts';
import type { FileViolation } from '../file-violation.ts';
import { images } from '../images.ts';
import type { FleetInstance } from '../schema/index.ts';
import type { FleetFacts } from './facts.ts';
import { given, inFile } from './in-file.ts';

/** Instances by the rules of the modules, and whether anything patches them where they are made. */
export function checkInstances(facts: FleetFacts): FileViolation[] {
  return [
    ...facts.instanceSets.flatMap(({ path, value }) =>
      Object.entries(value).flatMap(([key, instance]) =>
        inFile([...path, key], instance, violationsOf(facts, instance), { instanceName: 'name' }),
      ),
    ),
    ...checkPatched(facts),
  ];
}

function violationsOf({ fleet, patchGroups, baselines }: FleetFacts, instance: FleetInstance) {
  const { name, image, instanceType, subnetId, vpcId } = instance;
  const group = patchGroups.get(instance.patchGroup);
  const systems = group?.baselines.map((key) => baselines.get(key)?.operatingSystem);
  return checkManagedInstance({
    ...given({ instanceName: name, instanceType, subnetId, vpcId, patchGroupSystems: systems }),
    image: images[image],
    ...(group !== undefined && { patchGroupTag: { [fleet.patchGroupTagKey ?? 'PatchGroup']: group.name } }),
    hasSubnet: subnetId !== undefined,
    hasVpc: vpcId !== undefined,
    hasSecurityGroups: false,
    hasUserData: false,
  });
}

/** An instance whose group no assignment of its account and region patches would only be made. */
function checkPatched({ places, patchGroups }: FleetFacts): FileViolation[] {
  const seen = new Map<unknown, Set<unknown>>();
  return places.flatMap(({ account, region, instances, assignments }) => {
    if (instances === undefined || assignments === undefined || seen.get(instances)?.has(assignments)) return [];
    seen.set(instances, (seen.get(instances) ?? new Set()).add(assignments));
    const patched = new Set(assignments.value.flatMap((assigned) => assigned.groups));
    return Object.entries(instances.value)
      .filter(([, { patchGroup }]) => patchGroups.has(patchGroup) && !patched.has(patchGroup))
      .map(([key, { patchGroup }]) => {
        const where = account.account === 'current' ? region : `account ${quoted(account.account)}, ${region}`;
        const message = `patchGroup must be one that an assignment of ${where} patches, got ${quoted(patchGroup)}`;
        return {
          ...error('fleet/instance-patched', message, 'add the patch group to an assignment there'),
          at: [...instances.path, key, 'patchGroup'],
        };
      });
  });
}
