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
import { instanceRole, windowPermissions, windowRole } from './roles.ts';
import type { Fleet, FleetAccount, FleetAssignment, FleetInstance } from './schema/index.ts';
import { sorted, sortedEntries } from './sorted.ts';

/** What runs in one account and region, with the account's and the fleet's defaults applied. */
interface Place {
  readonly region: string;
  readonly assignments: Readonly<Record<string, FleetAssignment>>;
  readonly instances: Readonly<Record<string, FleetInstance>>;
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * The stacks of a fleet, sorted by id: a pure function of the fleet, whatever the order of its keys. Expects a fleet
 * without errors.
 */
export function expand(fleet: Fleet): Deployment[] {
  const places = fleet.accounts.map((account) => ({ account, places: placesOf(fleet, account) }));
  const single = places.length === 1 && places[0]?.places.length === 1;
  const patchingOf = memoisedPatching(fleet);
  return places
    .flatMap(({ account, places }): Deployment[] => {
      const regional = places.map((place) => regionalDeployment(fleet, account, place, patchingOf, single));
      return single ? regional : [globalDeployment(fleet, account, regional), ...regional];
    })
    .sort((a, b) => (a.stackId < b.stackId ? -1 : a.stackId > b.stackId ? 1 : 0));
}

function placesOf(fleet: Fleet, account: FleetAccount): Place[] {
  const regions = account.regions ?? fleet.defaults?.regions ?? [];
  const named = Array.isArray(regions) ? Object.fromEntries(regions.map((region) => [region, null])) : regions;
  return sortedEntries(named).map(([region, own]) => ({
    region,
    assignments: own?.assignments ?? account.assignments ?? fleet.defaults?.assignments ?? {},
    instances: own?.instances ?? account.instances ?? fleet.defaults?.instances ?? {},
    tags: { ...fleet.defaults?.tags, ...account.tags, ...own?.tags },
  }));
}

function regionalDeployment(
  fleet: Fleet,
  account: FleetAccount,
  place: Place,
  patchingOf: PatchingOf,
  single: boolean,
): RegionalDeployment {
  const patching = patchingOf(place.assignments);
  return {
    kind: 'regional',
    ...common(fleet, account, place.region, place.tags),
    stackId: account.stackId ?? `${account.account}-${place.region}`,
    dependsOn: single ? [] : [`${account.account}-global`],
    assignments: patching.assignments,
    rings: patching.rings,
    roles: rolesOf(fleet, account, place, single),
    patchGroupTagKey: fleet.patchGroupTagKey ?? 'PatchGroup',
    baselines: patching.baselines,
    patchGroups: patching.patchGroups,
    windows: patching.windows,
    instances: sorted(place.instances),
  };
}

/** What the assignments of a place make there, whichever place it is. */
type Patching = Pick<RegionalDeployment, 'assignments' | 'rings' | 'baselines' | 'patchGroups' | 'windows'>;
type PatchingOf = (assignments: Place['assignments']) => Patching;

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

function patchingBy(fleet: Fleet, given: Place['assignments']): Patching {
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
function rolesOf(fleet: Fleet, account: FleetAccount, place: Place, single: boolean) {
  const needsInstances = Object.keys(place.instances).length > 0;
  const where = { fleet, account, region: place.region };
  const window = windowRole(where, single ? 'here' : 'elsewhere');
  return needsInstances ? { instance: instanceRole(where, single ? 'here' : 'elsewhere'), window } : { window };
}

function globalDeployment(
  fleet: Fleet,
  account: FleetAccount,
  regional: readonly RegionalDeployment[],
): GlobalDeployment {
  const first = regional[0]?.region ?? 'us-east-1';
  const where = { fleet, account, region: first };
  const needsInstances = regional.some((deployment) => deployment.roles.instance !== undefined);
  return {
    kind: 'global',
    ...common(fleet, account, first, { ...fleet.defaults?.tags, ...account.tags }),
    stackId: `${account.account}-global`,
    roles: {
      ...(needsInstances && { instance: instanceRole(where, 'global') }),
      window: windowRole(where, 'global'),
    },
    windowPermissions: regional.flatMap((deployment) => windowPermissions(deployment)),
  };
}

function common(fleet: Fleet, account: FleetAccount, region: string, tags: Readonly<Record<string, string>>) {
  const assumeRoleArn = account.assumeRoleArn ?? fleet.defaults?.assumeRoleArn;
  const profile = account.profile ?? fleet.defaults?.profile;
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
