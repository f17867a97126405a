import { checkManagedInstance } from '../../modules/compute/checks.ts';
import { checkAmongGroups, checkAutoScalingGroup } from '../../modules/compute/group-checks.ts';
import type { FileViolation } from '../file-violation.ts';
import { images } from '../images.ts';
import type { FleetAutoScalingGroup, FleetInstance } from '../schema/index.ts';
import type { FleetFacts } from './facts.ts';
import { given, inFile } from './in-file.ts';
import { checkPatched } from './patched.ts';

/** Instances and Auto Scaling groups by the rules of the modules, and whether anything patches them where they are made. */
export function checkInstances(facts: FleetFacts): FileViolation[] {
  return [
    ...facts.instanceSets.flatMap(({ path, value }) =>
      Object.entries(value).flatMap(([key, instance]) =>
        inFile([...path, key], instance, violationsOf(facts, instance), { instanceName: 'name' }),
      ),
    ),
    ...facts.autoScalingGroupSets.flatMap(({ path, value }) =>
      // In order, so that it is always the same one of two that has the name of the other.
      Object.keys(value)
        .sort()
        .flatMap((key, index, keys) => {
          const group = value[key] as FleetAutoScalingGroup;
          const before = keys.slice(0, index).map((other) => value[other]?.name);
          const violations = [...violationsOfGroup(facts, group), ...checkAmongGroups(group.name, before)];
          return inFile([...path, key], group, violations, { groupName: 'name' });
        }),
    ),
    ...checkPatched(facts),
  ];
}

function violationsOf(facts: FleetFacts, instance: FleetInstance) {
  const { name, subnetId, vpcId } = instance;
  return checkManagedInstance({
    ...launchOf(facts, instance),
    ...given({ instanceName: name, subnetId, vpcId }),
    hasSubnet: subnetId !== undefined,
    hasVpc: vpcId !== undefined,
    hasSecurityGroups: false,
  });
}

function violationsOfGroup(facts: FleetFacts, group: FleetAutoScalingGroup) {
  const { name, minSize, maxSize, desiredCapacity, subnetIds, vpcId } = group;
  return checkAutoScalingGroup({
    ...launchOf(facts, group),
    ...given({ groupName: name, minSize, maxSize, desiredCapacity, subnetIds, vpcId }),
    hasRootDeviceName: true,
    hasVpc: true,
    hasSecurityGroups: false,
  });
}

function launchOf({ fleet, patchGroups, baselines }: FleetFacts, made: FleetInstance | FleetAutoScalingGroup) {
  const group = patchGroups.get(made.patchGroup);
  const systems = group?.baselines.map((key) => baselines.get(key)?.operatingSystem);
  return {
    ...given({ instanceType: made.instanceType, tags: made.tags, patchGroupSystems: systems }),
    image: images[made.image],
    ...(group !== undefined && { patchGroupTag: { [fleet.patchGroupTagKey ?? 'PatchGroup']: group.name } }),
    hasUserData: false,
  };
}
