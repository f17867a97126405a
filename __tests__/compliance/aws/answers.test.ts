import type { Instance } from '@aws-sdk/client-ec2';
import type { CommandPlugin } from '@aws-sdk/client-ssm';
import { describe, expect, it } from '@jest/globals';
import { awsSource } from '../../../compliance/aws/index.ts';
import { defaults } from '../../../compliance/aws/options.ts';
import { Endpoint } from '../../support/aws/endpoint.ts';
import type { SimulatedFleet, SimulatedInstance } from '../../support/aws/fleet.ts';
import { environmentOf, inEnvironment, placesOf, type ReadingOptions, readFrom } from '../../support/aws/reading.ts';
import { simulateFleet } from '../../support/aws/simulate.ts';
import '../../support/one-realm.ts';

/* Single facts of answers on which reasons and ages hang. */

const fleet = simulateFleet({ instances: 4, conditions: ['missing'] });

function withInstances(change: (instance: SimulatedInstance) => object): SimulatedFleet {
  return {
    places: fleet.places.map((place) => ({
      ...place,
      instances: place.instances.map((instance) => ({ ...instance, ...change(instance) })),
    })),
  };
}

async function placeOf(of: SimulatedFleet, options?: ReadingOptions) {
  const { places } = await Endpoint.during({ fleet: of }, (endpoint) => readFrom(endpoint, placesOf(of), options));
  expect(places[0]?.gaps).toEqual([]);
  return places[0];
}

describe('EC2', () => {
  const first = async (more: Partial<Instance>) => {
    const place = await placeOf(
      withInstances(({ ec2 }) => ({ ec2: { ...ec2, ...more } })),
      { details: 'none' },
    );
    return place?.instances[0]?.ec2;
  };

  it('says when an instance stopped in words for people', async () => {
    const ec2 = await first({ StateTransitionReason: 'User initiated (2026-11-20 03:04:05 GMT)' });
    expect(ec2?.stateChangedAt).toBe('2026-11-20T03:04:05.000Z');
    expect(await first({ StateTransitionReason: '' })).not.toHaveProperty('stateChangedAt');
  });

  it.each([
    ['enabled', true],
    ['disabled', false],
  ] as const)('says whether tags are in the metadata: %s', async (InstanceMetadataTags, metadataTags) => {
    expect(await first({ MetadataOptions: { InstanceMetadataTags } })).toMatchObject({ metadataTags });
  });

  it('is not taken to say so where it does not', async () => {
    expect(await first({})).not.toHaveProperty('metadataTags');
  });

  it('says whether there is an instance profile', async () => {
    const Arn = 'arn:aws:iam::111111111111:instance-profile/managed';
    expect(await first({ IamInstanceProfile: { Arn } })).toMatchObject({ hasInstanceProfile: true });
    expect(await first({})).toMatchObject({ hasInstanceProfile: false });
  });
});

describe('Systems Manager', () => {
  it.each([['Inactive'], ['ConnectionLost'], ['Sleeping'], [undefined]])(
    'does not call a node online that is %s',
    async (PingStatus) => {
      const of = withInstances(({ information }) => ({ information: { ...information, PingStatus } }));
      const place = await placeOf(of, { details: 'none' });
      expect(place?.instances.map(({ managed }) => managed?.pingStatus)).not.toContain('Online');
    },
  );

  it('lists patches of applications apart: they are looked for there, too', async () => {
    const windows = simulateFleet({ instances: 12, conditions: ['missing'] });
    const places = windows.places.map((place) => ({
      ...place,
      availablePatches: place.availablePatches.map((patch) =>
        patch.KbNumber === 'KB5068787' ? { ...patch, ProductFamily: 'Office' } : patch,
      ),
    }));
    const place = await placeOf({ places });
    expect(place?.availablePatches.flatMap(({ kbId }) => kbId ?? [])).toEqual(['KB5068787']);
  });
});

describe('what a command did', () => {
  /** The invocations of the run that failed, where every plugin said this. */
  async function invocationsOf(CommandPlugins: CommandPlugin[]) {
    const places = fleet.places.map((place) => ({
      ...place,
      windows: place.windows.map((window) => ({
        ...window,
        executions: window.executions.map((execution) => ({
          ...execution,
          tasks: execution.tasks.map((task) => ({
            ...task,
            commandInvocations: task.commandInvocations.map((one) => ({ ...one, CommandPlugins })),
          })),
        })),
      })),
    }));
    const place = await placeOf({ places }, { details: 'noncompliant' });
    return place?.windows[0]?.executions?.flatMap(({ tasks = [] }) => tasks.flatMap((task) => task.invocations ?? []));
  }

  it('is told by the step that failed, not by those of other systems, with the end of what it wrote', async () => {
    const invocations = await invocationsOf([
      { Name: 'PatchWindows', Status: 'Success', ResponseCode: 0, Output: 'Step execution skipped' },
      { Name: 'PatchLinux', Status: 'Failed', ResponseCode: 156, Output: `${'x'.repeat(3000)}the end` },
    ]);
    expect(invocations?.length).toBeGreaterThan(0);
    for (const { responseCode, output } of invocations ?? []) {
      expect(responseCode).toBe(156);
      expect(output).toHaveLength(2000);
      expect(output).toMatch(/the end$/);
    }
  });

  it('has no exit code while it is −1', async () => {
    const invocations = await invocationsOf([{ Name: 'PatchLinux', Status: 'InProgress', ResponseCode: -1 }]);
    expect(invocations?.length).toBeGreaterThan(0);
    for (const invocation of invocations ?? []) expect(invocation).not.toHaveProperty('responseCode');
  });
});

describe('credentials', () => {
  it.each([
    ['cn-northwest-1', 'cn-north-1'],
    ['us-gov-east-1', 'us-gov-west-1'],
    ['us-isob-west-1', 'us-isob-east-1'],
    ['ap-southeast-2', 'us-east-1'],
  ])('of %s are asked about in %s, which nobody can switch off, where no region is named', async (region, main) => {
    const there = simulateFleet({ regions: [region], instances: 1 });
    await Endpoint.during({ fleet: there }, async (endpoint) => {
      const { AWS_REGION: _, ...environment } = environmentOf(endpoint);
      await inEnvironment(environment, async () => {
        const source = awsSource({ places: placesOf(there), toolVersion: '0.0.0', now: () => new Date() });
        for await (const { gaps } of source.places({ details: 'none' })) expect(gaps).toEqual([]);
      });
      expect(endpoint.calls[0]).toMatchObject({ action: 'sts:GetCallerIdentity', region: main });
    });
  });
});

describe('a call that fails', () => {
  it('is sent eight times, as the documentation says', () =>
    Endpoint.during(
      {
        fleet,
        faults: ({ operation }) =>
          operation === 'DescribePatchGroups' ? { kind: 'server-error', status: 500 } : undefined,
      },
      async (endpoint) => {
        const { places } = await readFrom(endpoint, placesOf(fleet), { details: 'none', retry: defaults.retry });
        expect(places[0]?.gaps.map(({ area }) => area)).toEqual(['patch-groups']);
        expect(endpoint.counts['ssm:DescribePatchGroups']).toBe(8);
      },
    ));
});
