import type { InstancePatchState, PatchComplianceData } from '@aws-sdk/client-ssm';
import { describe, expect, it } from '@jest/globals';
import { Gaps } from '../../../compliance/aws/gaps.ts';
import { Interruption } from '../../../compliance/aws/interruption.ts';
import { eachPage } from '../../../compliance/aws/pages.ts';
import { readPatchStates } from '../../../compliance/aws/patch-states.ts';
import type { PlaceSession } from '../../../compliance/aws/place-session.ts';
import type { Send } from '../../../compliance/aws/session.ts';
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

  it('is no state of EC2 that anybody knows: that instance is a gap, stays in the list, and hides no other', async () => {
    const [first, ...others] = place.instances;
    const odd = { ...first?.ec2, State: { Name: 'hibernating' as 'running' } };
    const unmanaged = { instanceId: first?.instanceId ?? '', ec2: odd, patches: [] };
    const of = { places: [{ ...place, instances: [unmanaged, ...others] }] };
    const { places } = await Endpoint.during({ fleet: of }, (endpoint) => readFrom(endpoint, placesOf(of)));
    expect(places[0]?.gaps).toEqual([
      {
        area: 'ec2-instances',
        instanceIds: [unmanaged.instanceId],
        reason: 'invalid-answer',
        message: 'EC2 calls the state of an instance hibernating',
      },
    ]);
    expect(places[0]?.instances).toHaveLength(3);
    for (const { instanceId, ec2 } of places[0]?.instances ?? [])
      expect(ec2?.state).toBe(instanceId === unmanaged.instanceId ? undefined : 'running');
  });

  it('has no id: that it is there is a gap, and all else is read', async () => {
    const [first, ...others] = place.instances;
    const [window] = place.windows;
    if (first?.ec2 === undefined || window === undefined) throw new Error('a fleet without instances or windows');
    const { InstanceId: _, ...ec2 } = first.ec2;
    const { InstanceId: __, ...information } = first.information ?? {};
    const { WindowId: ___, ...identity } = window.window;
    const nameless = { instanceId: first.instanceId, ec2, information, patches: [] };
    const windows = [{ ...window, window: identity as typeof window.window }, window];
    const of = { places: [{ ...place, instances: [nameless, ...others], windows }] };
    const { places } = await Endpoint.during({ fleet: of }, (endpoint) => readFrom(endpoint, placesOf(of)));
    expect(places[0]?.gaps.map(({ area, message }) => [area, message])).toEqual([
      ['ec2-instances', 'EC2 sent an instance without an id'],
      ['managed-instances', 'Systems Manager sent a node without an id'],
      ['windows', 'Systems Manager sent a maintenance window without an id'],
    ]);
    expect(places[0]?.instances).toHaveLength(2);
    expect(places[0]?.windows).toHaveLength(1);
  });

  it('is a patch state of nobody: nodes without one are unknown, and not never scanned', async () => {
    const ids = ['i-00000000000000001', 'i-00000000000000002'];
    const answer = { InstancePatchStates: [{ InstanceId: ids[0], BaselineId: 'pb-1' }, { BaselineId: 'pb-1' }] };
    const gaps = new Gaps(new Interruption(undefined, 1000));
    const session = { ssm: { send: async () => answer }, ask: (_: string, send: Send<unknown>) => send({} as never) };
    const found = await readPatchStates({ ...session, gaps } as unknown as PlaceSession, ids);
    expect([...found.keys()]).toEqual([ids[0]]);
    expect(gaps.list()).toMatchObject([{ area: 'patch-states', instanceIds: [ids[1]], reason: 'invalid-answer' }]);
  });

  it('is a next page of null: the end', async () => {
    const asked: unknown[] = [];
    const ask = async (token: object) => {
      asked.push(token);
      return { NextToken: null as unknown as undefined };
    };
    await eachPage(ask, () => undefined);
    expect(asked).toEqual([{}]);
  });

  it('is nothing at all: a place without instances', async () => {
    const empty = { places: [{ ...place, instances: [] }] };
    expect(await instancesOf(empty)).toEqual([]);
  });
});
