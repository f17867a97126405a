import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'yaml';
import type { Deployment, RegionalDeployment, RoleConfiguration } from '../../fleet/deployment.ts';
import { expand } from '../../fleet/expand.ts';
import { placesOf } from '../../fleet/places.ts';
import { type Fleet, fleetSchema } from '../../fleet/schema/index.ts';
import { root } from '../support/command.ts';

function contentsOf(name: string): unknown {
  return parse(readFileSync(join(root, `examples/fleet.${name}.yaml`), 'utf8'));
}

const names = ['minimal', 'full', 'large'] as const;
const fleets = Object.fromEntries(names.map((name) => [name, fleetSchema.parse(contentsOf(name))])) as Record<
  (typeof names)[number],
  Fleet
>;

function regionalOf(deployments: readonly Deployment[]): RegionalDeployment[] {
  return deployments.filter((deployment) => deployment.kind === 'regional');
}

/** Everything of a stack that is an address or a name, and none of what may change in place. */
function addressesOf(deployment: Deployment) {
  const roles = { ...deployment.roles };
  if (deployment.kind === 'global') return { stackId: deployment.stackId, roles };
  const { stackId, dependsOn, baselines, patchGroups, windows, instances } = deployment;
  return {
    stackId,
    dependsOn,
    roles,
    baselines: Object.entries(baselines).map(([key, { baselineName }]) => [key, baselineName]),
    patchGroups,
    windows: Object.entries(windows).map(([key, { windowName, targets }]) => [key, windowName, Object.keys(targets)]),
    instances: Object.keys(instances),
  };
}

/** The fleet with an account in another ring, with all its assignments. */
function moved(fleet: Fleet, account: number, ring: string): Fleet {
  const { accounts: placed } = placesOf(fleet);
  const accounts = fleet.accounts.map((each, index) => {
    if (index !== account) return each;
    const before = placed[index]?.places[0]?.assignments?.value ?? {};
    const assignments = Object.entries(before).map(([name, assignment]) => [name, { ...assignment, ring }]);
    return { ...each, assignments: Object.fromEntries(assignments) };
  });
  return { ...fleet, accounts };
}

describe('the stacks of the examples', () => {
  it('minimal: one', () => {
    expect(expand(fleets.minimal).map(({ stackId }) => stackId)).toEqual(['111111111111-eu-central-1']);
  });

  it('full: one for each account and region, and one for the roles of each account', () => {
    const rings = expand(fleets.full).map((deployment) => [
      deployment.stackId,
      deployment.kind === 'regional' ? deployment.rings.join() : 'roles',
    ]);
    expect(rings).toEqual([
      ['111111111111-eu-central-1', 'dev'],
      ['111111111111-global', 'roles'],
      ['222222222222-eu-central-1', 'test'],
      ['222222222222-eu-west-1', 'test'],
      ['222222222222-global', 'roles'],
      ['333333333333-eu-central-1', 'prod'],
      ['333333333333-eu-west-1', 'test,prod'],
      ['333333333333-global', 'roles'],
    ]);
  });

  it('large: 40 accounts in 4 regions, and 40 for roles', () => {
    const deployments = expand(fleets.large);
    expect(deployments).toHaveLength(200);
    expect(deployments.filter(({ kind }) => kind === 'global')).toHaveLength(40);
    const count = (of: (deployment: RegionalDeployment) => string) => {
      const values = regionalOf(deployments).map(of);
      return Object.fromEntries(values.map((value) => [value, values.filter((other) => other === value).length]));
    };
    expect(count(({ region }) => region)).toEqual({
      'ap-southeast-2': 40,
      'eu-central-1': 40,
      'us-east-1': 40,
      'us-west-2': 40,
    });
    expect(count(({ rings }) => rings.join())).toEqual({ canary: 16, early: 32, broad: 72, critical: 40 });
  });
});

it('the patterns of the large example say what its accounts could say themselves', () => {
  const { patterns = [], ...rest } = fleets.large;
  const [canary, early, critical] = patterns.map(({ assignments }) => assignments);
  const ofTeam = (team: number) => (team <= 4 ? canary : team <= 12 ? early : team <= 30 ? undefined : critical);
  const accounts = rest.accounts.map((account, index) => {
    const assignments = ofTeam(index + 1);
    return assignments === undefined ? account : { ...account, assignments };
  });
  expect(JSON.stringify(expand({ ...rest, accounts }))).toBe(JSON.stringify(expand(fleets.large)));
});

describe.each(names)('the %s example', (name) => {
  const fleet = fleets[name];
  const deployments = expand(fleet);

  it('has no two stacks of one id', () => {
    expect(new Set(deployments.map(({ stackId }) => stackId)).size).toBe(deployments.length);
  });

  it('lets no credentials of another account touch one', () => {
    expect(deployments.map(({ provider }) => provider.allowedAccountIds)).toEqual(
      deployments.map(({ account }) => [account]),
    );
  });

  it('has regional stacks after the global one of their account', () => {
    const ids = deployments.map(({ stackId }) => stackId);
    const after = regionalOf(deployments).map(({ dependsOn }) => dependsOn);
    expect(after).toEqual(
      regionalOf(deployments).map(({ account }) => (name === 'minimal' ? [] : [`${account}-global`])),
    );
    expect(after.flat().filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('names nothing longer than AWS takes', () => {
    const systemsManager = regionalOf(deployments).flatMap(({ baselines, windows }) => [
      ...Object.values(baselines).map(({ baselineName }) => baselineName),
      ...Object.values(windows).flatMap(({ windowName, targets }) => [
        windowName,
        ...Object.keys(targets).map((target) => `${windowName}-${target}`),
      ]),
    ]);
    expect(systemsManager.filter((text) => !/^[a-zA-Z0-9_\-.]{3,128}$/.test(text))).toEqual([]);
    const groups = regionalOf(deployments).flatMap(({ patchGroups }) => Object.values(patchGroups));
    expect(groups.filter(({ groupName }) => groupName.length < 1 || groupName.length > 256)).toEqual([]);
    const roles = deployments.flatMap(({ roles: { instance, window } }) => [instance, window]);
    const made = roles.filter((role): role is Extract<RoleConfiguration, { kind: 'made' }> => role?.kind === 'made');
    expect(made.filter(({ roleName }) => roleName.length > 64)).toEqual([]);
    expect(made.length).toBeGreaterThan(0);
  });

  it('is the same in any order of its keys', () => {
    const contents = contentsOf(name);
    const expected = deployments.map((deployment) => JSON.stringify(deployment));
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat(1000)), (numbers) => {
        const shuffled = fleetSchema.parse(shuffle(contents, () => numbers.next().value as number));
        const found = expand(shuffled).map((deployment) => JSON.stringify(deployment));
        expect(found.filter((deployment, index) => deployment !== expected[index]).slice(0, 1)).toEqual([]);
        expect(found).toHaveLength(expected.length);
      }),
      { numRuns: name === 'large' ? 5 : 50 },
    );
  });
});

/** The same value with the keys of every map in another order. Lists keep theirs: it means something. */
function shuffle(value: unknown, next: () => number): unknown {
  if (Array.isArray(value)) return value.map((item) => shuffle(item, next));
  if (typeof value !== 'object' || value === null) return value;
  const keyed = Object.entries(value).map(([key, entry]) => ({ order: next(), key, entry: shuffle(entry, next) }));
  return Object.fromEntries(keyed.sort((a, b) => a.order - b.order).map(({ key, entry }) => [key, entry]));
}

describe('an account that moves to another ring', () => {
  const account = fc.nat(fleets.large.accounts.length - 1);
  const ring = fc.constantFrom(...fleets.large.rings.map((each) => each.name));

  it('keeps its stack ids, its keys and its names', () => {
    const before = expand(fleets.large).map(addressesOf);
    fc.assert(
      fc.property(account, ring, (index, target) => {
        expect(expand(moved(fleets.large, index, target)).map(addressesOf)).toEqual(before);
      }),
      { numRuns: 8 },
    );
  });

  it('touches no other account', () => {
    const before = expand(fleets.large);
    fc.assert(
      fc.property(account, ring, (index, target) => {
        const id = fleets.large.accounts[index]?.account;
        const others = (deployments: readonly Deployment[]) => deployments.filter((each) => each.account !== id);
        expect(others(expand(moved(fleets.large, index, target)))).toEqual(others(before));
      }),
      { numRuns: 4 },
    );
  });

  it('gets the delay and the schedule of its new ring', () => {
    const first = expand(moved(fleets.large, 0, 'critical'))[0] as RegionalDeployment;
    expect(first.rings).toEqual(['critical']);
    expect(first.baselines.windows?.preset).toEqual({ approveAfterDays: 14 });
    expect(first.windows.install?.window.schedule).toBe('cron(0 22 ? * SAT *)');
  });

  it('loses the windows that its new ring has not, and keeps the others', () => {
    const keys = (fleet: Fleet) =>
      regionalOf(expand(fleet))
        .filter(({ stackId }) => stackId === '222222222222-eu-west-1')
        .flatMap(({ windows }) => Object.keys(windows));
    expect(keys(moved(fleets.full, 1, 'prod'))).toEqual(['install', 'install-weekly', 'scan']);
    expect(keys(fleets.full)).toEqual(['install', 'scan']);
  });
});
