import { baselinesOf, deploymentKey, windowsOf } from './assignment.ts';
import type {
  BaselineConfiguration,
  Deployment,
  GlobalDeployment,
  PatchGroupConfiguration,
  ProviderConfiguration,
  RegionalDeployment,
  WindowConfiguration,
} from './deployment.ts';
import { fill } from './fill.ts';
import { type AccountPlaces, type Place, placesOf } from './places.ts';
import { instanceRole, windowPermissions, windowRole } from './roles.ts';
import type { Fleet, FleetAssignment } from './schema/index.ts';
import { sorted, sortedEntries } from './sorted.ts';

/**
 * The stacks of a fleet, sorted by id: a pure function of the fleet, whatever the order of its keys. Expects a fleet
 * without errors.
 */
export function expand(fleet: Fleet): Deployment[] {
  const { accounts } = placesOf(fleet);
  const single = accounts.length === 1 && accounts[0]?.places.length === 1;
  const patchingOf = memoisedPatching(fleet);
  return accounts
    .flatMap((account): Deployment[] => {
      const regional = account.places.map((place) => regionalDeployment(fleet, account, place, patchingOf, single));
      const global = single ? undefined : globalDeployment(fleet, account, regional);
      // Where all roles exist already, nothing is global to the account.
      if (global === undefined || !Object.values(global.roles).some(({ kind }) => kind === 'made')) return regional;
      return [global, ...regional.map((each) => ({ ...each, dependsOn: [global.stackId] }))];
    })
    .sort((a, b) => (a.stackId < b.stackId ? -1 : a.stackId > b.stackId ? 1 : 0));
}

function regionalDeployment(
  fleet: Fleet,
  places: AccountPlaces,
  place: Place,
  patchingOf: PatchingOf,
  single: boolean,
): RegionalDeployment {
  const { account } = places;
  return {
    kind: 'regional',
    ...common(fleet, places, place.region, place.tags),
    stackId: account.stackId ?? `${account.account}-${place.region}`,
    dependsOn: [],
    ...patchingOf(place.assignments?.value ?? {}),
    roles: rolesOf(fleet, place, single),
    patchGroupTagKey: fleet.patchGroupTagKey ?? 'PatchGroup',
    instances: sorted(place.instances?.value ?? {}),
    autoScalingGroups: sorted(place.autoScalingGroups?.value ?? {}),
  };
}

/** What the assignments of a place make there, whichever place it is. */
type Patching = Pick<RegionalDeployment, 'assignments' | 'rings' | 'baselines' | 'patchGroups' | 'windows'>;
type PatchingOf = (assignments: Readonly<Record<string, FleetAssignment>>) => Patching;

/** Accounts repeat each other: what the same assignments make is made once, and shared. */
function memoisedPatching(fleet: Fleet): PatchingOf {
  const known = new Map<string, Patching>();
  return (assignments) => {
    const id = JSON.stringify(assignments);
    const patching = known.get(id) ?? patchingBy(fleet, assignments);
    known.set(id, patching);
    return patching;
  };
}

function patchingBy(fleet: Fleet, given: Readonly<Record<string, FleetAssignment>>): Patching {
  const assignments = sortedEntries(given);
  const baselines: Record<string, BaselineConfiguration> = {};
  const patchGroups: Record<string, PatchGroupConfiguration> = {};
  const windows: Record<string, WindowConfiguration> = {};
  for (const [name, assignment] of assignments) {
    Object.assign(baselines, baselinesOf(fleet, name, assignment));
    Object.assign(windows, windowsOf(fleet, name, assignment));
    for (const key of assignment.patchGroups) {
      const group = fleet.patchGroups[key];
      if (group === undefined) continue;
      const registered = group.baselines.map((baseline) => deploymentKey(name, baseline)).sort();
      patchGroups[deploymentKey(name, key)] = { groupName: group.name, baselines: registered };
    }
  }
  return {
    assignments: assignments.map(([name]) => name),
    rings: fleet.rings.map((ring) => ring.name).filter((ring) => assignments.some(([, a]) => a.ring === ring)),
    baselines: sorted(baselines),
    patchGroups: sorted(patchGroups),
    windows: sorted(windows),
  };
}

/** The roles of a region: made there in a fleet of one stack, otherwise named by the ARN they have in the global stack. */
function rolesOf(fleet: Fleet, place: Place, single: boolean) {
  const made = { ...place.instances?.value, ...place.autoScalingGroups?.value };
  const needsInstances = Object.keys(made).length > 0;
  const where = { fleet, account: place.account, region: place.region };
  const window = windowRole(where, single ? 'here' : 'elsewhere');
  return needsInstances ? { instance: instanceRole(where, single ? 'here' : 'elsewhere'), window } : { window };
}

function globalDeployment(
  fleet: Fleet,
  places: AccountPlaces,
  regional: readonly RegionalDeployment[],
): GlobalDeployment {
  const { account } = places;
  const first = regional[0]?.region ?? 'us-east-1';
  const where = { fleet, account, region: first };
  const needsInstances = regional.some((deployment) => deployment.roles.instance !== undefined);
  const window = windowRole(where, 'global');
  return {
    kind: 'global',
    ...common(fleet, places, first, places.tags),
    stackId: `${account.account}-global`,
    roles: {
      ...(needsInstances && { instance: instanceRole(where, 'global') }),
      window,
    },
    windowPermissions: regional.flatMap((deployment) => windowPermissions(deployment, window)),
  };
}

function common(fleet: Fleet, places: AccountPlaces, region: string, tags: Readonly<Record<string, string>>) {
  const { account, assumeRoleArn, profile } = places;
  const identity = { account: account.account, name: account.name ?? account.account };
  const provider: ProviderConfiguration = {
    ...(assumeRoleArn !== undefined && { assumeRoleArn: fill(assumeRoleArn, identity) }),
    ...(profile !== undefined && { profile: fill(profile, identity) }),
    ...(account.account !== 'current' && { allowedAccountIds: [account.account] }),
    ...(Object.keys(tags).length > 0 && { defaultTags: sorted(tags) }),
  };
  return {
    account: account.account,
    ...(account.name !== undefined && { accountName: account.name }),
    region,
    provider,
    backend: fleet.backend ?? { local: {} },
  };
}
