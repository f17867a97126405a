import type { InstancePatchState, PatchComplianceData } from '@aws-sdk/client-ssm';
import { describe, expect, it } from '@jest/globals';
import { Endpoint } from '../../support/aws/endpoint.ts';
import type { SimulatedFleet, SimulatedInstance } from '../../support/aws/fleet.ts';
import { placesOf, readFrom } from '../../support/aws/reading.ts';
import { simulateFleet } from '../../support/aws/simulate.ts';
import '../../support/one-realm.ts';

/* What AWS has been seen to answer, though its model says something else. */

const fleet = simulateFleet({ instances: 3, conditions: ['missing'] });
const [place] = fleet.places;
if (place === undefined) throw new Error('a fleet without a place');

function withInstances(change: (instance: SimulatedInstance) => SimulatedInstance): SimulatedFleet {
  return { places: fleet.places.map((each) => ({ ...each, instances: each.instances.map(change) })) };
}

function withStates(change: (state: InstancePatchState) => object): SimulatedFleet {
  return withInstances((instance) => ({
    ...instance,
    ...(instance.patchState !== undefined && { patchState: change(instance.patchState) as InstancePatchState }),
  }));
}

function withPatches(change: (patch: PatchComplianceData) => object): SimulatedFleet {
  return withInstances((instance) => ({
    ...instance,
    patches: instance.patches.map((patch) => change(patch) as PatchComplianceData),
  }));
}

async function instancesOf(of: SimulatedFleet) {
  const { places } = await Endpoint.during({ fleet: of }, (endpoint) => readFrom(endpoint, placesOf(of)));
  expect(places[0]?.gaps).toEqual([]);
  return places[0]?.instances ?? [];
}

describe('what AWS answers oddly', () => {
  it('is not taken for a number: −1 is no count', async () => {
    const instances = await instancesOf(withStates((state) => ({ ...state, UnreportedNotApplicableCount: -1 })));
    for (const { patchState } of instances) {
      expect(patchState?.counts).not.toHaveProperty('unreportedNotApplicable');
      expect(patchState?.counts.missing).toBe(1);
    }
  });

  it('is not taken for none: a count that is missing is not known, and its patches are asked for', async () => {
    const instances = await instancesOf(withStates(({ MissingCount: _, ...state }) => state));
    for (const { patchState, patches } of instances) {
      expect(patchState?.counts).not.toHaveProperty('missing');
      expect(patches?.map(({ state }) => state)).toEqual(['MISSING']);
    }
  });

  it('is one state, in Pascal case and in upper case', async () => {
    const upper = (state: string) => state.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase();
    const shouting = withPatches((patch) => ({ ...patch, State: upper(String(patch.State)) }));
    expect(await instancesOf(shouting)).toEqual(await instancesOf(fleet));
  });

  it('is no time: 1970 stands for never', async () => {
    const instances = await instancesOf(
      withStates((state) => ({ ...state, LastNoRebootInstallOperationTime: new Date(0) })),
    );
    for (const { patchState, patches } of instances) {
      expect(patchState).not.toHaveProperty('lastNoRebootInstallAt');
      expect(patches?.[0]).not.toHaveProperty('installedAt');
    }
  });

  it('is no patch group: an empty text', async () => {
    const instances = await instancesOf(withStates((state) => ({ ...state, PatchGroup: '' })));
    for (const { patchState } of instances) expect(patchState).not.toHaveProperty('patchGroup');
  });

  it('is a word of tomorrow: an unknown state is kept as unknown', async () => {
    const tomorrow = withPatches((patch) =>
      patch.State === ('Missing' as string) ? { ...patch, State: 'Quarantined' } : patch,
    );
    const { places } = await Endpoint.during({ fleet: tomorrow }, (endpoint) =>
      readFrom(endpoint, placesOf(tomorrow), { details: 'all' }),
    );
    for (const { patches } of places[0]?.instances ?? [])
      expect(patches?.filter(({ state }) => state === 'UNKNOWN')).toHaveLength(1);
  });

  it('is no state of EC2 that anybody knows: the answer is a gap, and nothing is guessed', async () => {
    const odd = withInstances((instance) => ({
      ...instance,
      ...(instance.ec2 !== undefined && { ec2: { ...instance.ec2, State: { Name: 'hibernating' as 'running' } } }),
    }));
    const { places } = await Endpoint.during({ fleet: odd }, (endpoint) => readFrom(endpoint, placesOf(odd)));
    expect(places[0]?.gaps).toEqual([
      {
        area: 'ec2-instances',
        reason: 'invalid-answer',
        message: `EC2 calls the state of ${place.instances[0]?.instanceId} hibernating`,
      },
    ]);
    expect(places[0]?.instances.filter(({ ec2 }) => ec2 !== undefined)).toEqual([]);
    expect(places[0]?.instances).toHaveLength(3);
  });

  it('is nothing at all: a place without instances', async () => {
    const empty = { places: [{ ...place, instances: [] }] };
    expect(await instancesOf(empty)).toEqual([]);
  });
});
