import { describe, expect, it } from '@jest/globals';
import { Endpoint } from '../../support/aws/endpoint.ts';
import { healthyFleet } from '../../support/aws/healthy.ts';
import { placesOf, readFrom } from '../../support/aws/reading.ts';
import { simulateFleet } from '../../support/aws/simulate.ts';
import '../../support/one-realm.ts';

/** Calls of an account and region without instances: the same for any number of healthy ones. */
const constant = 16;

async function callsFor(instances: number): Promise<{ total: number; counts: Readonly<Record<string, number>> }> {
  const healthy = healthyFleet({ instances });
  return Endpoint.during({ fleet: healthy }, async (endpoint) => {
    const { places } = await readFrom(endpoint, placesOf(healthy));
    expect(places[0]?.gaps).toEqual([]);
    expect(places[0]?.instances).toHaveLength(instances);
    return { total: endpoint.calls.length, counts: endpoint.counts };
  });
}

describe('calls for healthy instances', () => {
  it.each([0, 1, 50, 51, 500, 1001, 2500])('%i of them are few', async (instances) => {
    const { total, counts } = await callsFor(instances);
    expect(total).toBeLessThanOrEqual(2 * Math.ceil(instances / 50) + Math.ceil(instances / 1000) + constant);
    expect(counts['ssm:DescribeInstancePatchStates'] ?? 0).toBe(Math.ceil(instances / 50));
    expect(counts['ssm:DescribeInstancePatches']).toBeUndefined();
  });
});

describe('calls at once', () => {
  it('are no more than is allowed, to one place and to all of them', async () => {
    const fleet = simulateFleet({ regions: ['eu-west-1', 'us-east-1', 'eu-central-1'], instances: 200 });
    await Endpoint.during({ fleet, latencyMs: 100 }, async (endpoint) => {
      await readFrom(endpoint, placesOf(fleet), { details: 'none', concurrency: { perPlace: 2, overall: 5 } });
      expect(endpoint.mostAtOnce.overall).toBe(5);
      expect(endpoint.mostAtOnce.perPlace).toBe(2);
    });
  });
});
