import { describe, expect, it } from '@jest/globals';
import { patchFactsOf, patchStateOf } from '../../../compliance/normalise.ts';
import { Endpoint } from '../../support/aws/endpoint.ts';
import type { SimulatedInstance } from '../../support/aws/fleet.ts';
import { asOf, placesOf, readFrom } from '../../support/aws/reading.ts';
import { simulateFleet } from '../../support/aws/simulate.ts';
import '../../support/one-realm.ts';

const fleet = simulateFleet({ instances: 130 });
const [place] = fleet.places;
if (place === undefined) throw new Error('a fleet without a place');

describe('what is read of AWS', () => {
  it('is every instance that anybody knows, each once, and nothing is missing', () =>
    Endpoint.during({ fleet }, async (endpoint) => {
      const { places } = await readFrom(endpoint, placesOf(fleet));
      const [facts] = places;
      expect(places).toHaveLength(1);
      expect(facts?.gaps).toEqual([]);
      expect(facts?.place).toEqual({ account: '111111111111', region: 'eu-west-1' });
      expect(facts?.observedAt).toBe('2026-11-23T12:00:00.000Z');
      expect(facts?.instances.map(({ instanceId }) => instanceId)).toEqual(
        place.instances.map(({ instanceId }) => instanceId).sort(),
      );
      const simulated = new Map(place.instances.map((instance) => [instance.instanceId, instance]));
      for (const instance of facts?.instances ?? []) {
        const { ec2, information, patchState } = simulated.get(instance.instanceId) as SimulatedInstance;
        expect(instance.ec2?.state).toBe(ec2?.State?.Name);
        expect(instance.managed?.pingStatus).toBe(information?.PingStatus);
        expect(instance.managed?.platformName).toBe(information?.PlatformName);
        expect(instance.patchState).toEqual(patchState && patchStateOf(patchState));
      }
    }));

  it('is what EC2 hides, too: instances that services of AWS manage for the account', () => {
    const [one, ...others] = simulateFleet({ instances: 3, conditions: ['compliant'] }).places[0]?.instances ?? [];
    const hiding = {
      places: [{ ...place, instances: [{ ...(one as SimulatedInstance), isHidden: true }, ...others] }],
    };
    return Endpoint.during({ fleet: hiding }, async (endpoint) => {
      const { places } = await readFrom(endpoint, placesOf(hiding));
      const states = places[0]?.instances.map(({ instanceId, ec2 }) => [instanceId, ec2?.state]);
      expect(new Map(states as [string, string][]).get(one?.instanceId ?? '')).toBe('running');
      expect(states).toHaveLength(3);
    });
  });

  it('lists, of those that need somebody, what they need', () =>
    Endpoint.during({ fleet }, async (endpoint) => {
      const { places } = await readFrom(endpoint, placesOf(fleet));
      const needing = ['MISSING', 'FAILED', 'INSTALLED_PENDING_REBOOT', 'INSTALLED_REJECTED'];
      const expected = place.instances
        .map(({ instanceId, patches }) => ({
          instanceId,
          patches: patches.map(patchFactsOf).filter(({ state }) => needing.includes(state)),
        }))
        .filter(({ patches }) => patches.length > 0)
        .sort((a, b) => (a.instanceId < b.instanceId ? -1 : 1));
      const listed = places[0]?.instances.flatMap(({ instanceId, patches }) =>
        patches === undefined ? [] : [{ instanceId, patches }],
      );
      expect(listed).toEqual(expected);
      expect(expected.length).toBeGreaterThan(5);
    }));

  it('lists every patch of every instance that has reported, if asked to', () =>
    Endpoint.during({ fleet }, async (endpoint) => {
      const { places } = await readFrom(endpoint, placesOf(fleet), { details: 'all' });
      const reported = place.instances.filter(({ patchState }) => patchState !== undefined);
      const listed = places[0]?.instances.filter(({ patches }) => patches !== undefined) ?? [];
      expect(listed).toHaveLength(reported.length);
      for (const { instanceId, patches } of listed) {
        const all = reported.find((instance) => instance.instanceId === instanceId)?.patches ?? [];
        expect(patches?.map(({ title }) => title).sort()).toEqual(all.map(({ Title }) => Title).sort());
      }
    }));

  it('lists no patches, if asked not to', () =>
    Endpoint.during({ fleet }, async (endpoint) => {
      const { places } = await readFrom(endpoint, placesOf(fleet), { details: 'none' });
      expect(places[0]?.instances.filter(({ patches }) => patches !== undefined)).toEqual([]);
      expect(places[0]?.availablePatches).toEqual([]);
      expect(endpoint.counts['ssm:DescribeInstancePatches']).toBeUndefined();
    }));

  it('tells when patches were released that some instance misses, where AWS lists them', () =>
    Endpoint.during({ fleet }, async (endpoint) => {
      const { places } = await readFrom(endpoint, placesOf(fleet));
      expect(
        places[0]?.availablePatches.map(({ operatingSystem, kbId, name, releasedAt }) => ({
          operatingSystem,
          patch: kbId ?? name,
          releasedAt,
        })),
      ).toEqual([
        { operatingSystem: 'AMAZON_LINUX_2023', patch: 'openssl', releasedAt: '2026-11-12T00:00:00.000Z' },
        { operatingSystem: 'WINDOWS', patch: 'KB5068787', releasedAt: '2026-11-10T18:00:00.000Z' },
      ]);
    }));

  it('tells of which instances a patch is listed that was asked for', () =>
    Endpoint.during({ fleet }, async (endpoint) => {
      const { places } = await readFrom(endpoint, placesOf(fleet), { details: 'none', patch: 'kb5066782' });
      const having = places[0]?.instances.filter(({ patches }) => patches?.length === 1) ?? [];
      const windows = place.instances.filter(
        ({ information, patchState }) => information?.PlatformType === 'Windows' && patchState !== undefined,
      );
      expect(having.map(({ instanceId }) => instanceId)).toEqual(windows.map(({ instanceId }) => instanceId).sort());
      expect(having[0]?.patches?.[0]).toMatchObject({ patchId: 'KB5066782', state: 'INSTALLED' });
      expect(places[0]?.availablePatches.map(({ kbId }) => kbId)).toEqual(['KB5066782']);
    }));

  it('tells of a CVE who misses what closes it, and who has it', () =>
    Endpoint.during({ fleet }, async (endpoint) => {
      const { places } = await readFrom(endpoint, placesOf(fleet), { details: 'none', patch: 'CVE-2026-10001' });
      expect(places[0]?.availablePatches.map(({ name }) => name)).toEqual(['openssl']);
      const amazonLinux = places[0]?.instances.filter(
        ({ managed, patchState }) => managed?.platformName === 'Amazon Linux' && patchState !== undefined,
      );
      for (const { patches } of amazonLinux ?? [])
        expect(patches?.filter(({ patchId }) => patchId === 'openssl.x86_64')).toHaveLength(1);
      expect(amazonLinux?.length).toBeGreaterThan(5);
    }));

  it('tells baselines with what they say, and what groups resolve to', () =>
    Endpoint.during({ fleet }, async (endpoint) => {
      const { places } = await readFrom(endpoint, placesOf(fleet));
      const { baselines = [], patchGroups = [] } = places[0] ?? {};
      expect(baselines.map(({ owner }) => owner).sort()).toEqual(['AWS', 'AWS', 'AWS', 'Self', 'Self', 'Self']);
      expect(baselines.filter(({ baselineId }) => !/^pb-[0-9a-f]{17}$/.test(baselineId))).toEqual([]);
      expect(baselines.find(({ baselineName }) => baselineName === 'fleet-windows')).toMatchObject({
        operatingSystem: 'WINDOWS',
        owner: 'Self',
        isDefault: false,
        content: {
          modifiedAt: '2026-01-05T10:00:00.000Z',
          approvalRules: [{ filters: { PRODUCT: ['*'] }, approveAfterDays: 7 }],
          approvedPatches: [],
          rejectedPatches: [],
          rejectedPatchesAction: 'ALLOW_AS_DEPENDENCY',
        },
      });
      expect(
        patchGroups.map(({ groupName, baselines: of }) => [groupName, of.map((one) => one.operatingSystem)]),
      ).toEqual([
        ['linux-servers', ['AMAZON_LINUX_2023', 'UBUNTU']],
        ['windows-servers', ['WINDOWS']],
      ]);
    }));

  it('tells windows, and what nodes did where it went wrong', () =>
    Endpoint.during({ fleet }, async (endpoint) => {
      const { places } = await readFrom(endpoint, placesOf(fleet));
      const [window] = places[0]?.windows ?? [];
      expect(window).toMatchObject({
        windowName: 'fleet-scan',
        enabled: true,
        schedule: 'cron(0 2 * * ? *)',
        timezone: 'UTC',
        durationHours: 3,
        cutoffHours: 1,
        nextExecutionAt: '2026-11-24T02:00:00.000Z',
        targets: [{ resourceType: 'INSTANCE', targets: [{ key: 'tag:PatchGroup' }] }],
        tasks: [{ taskArn: 'AWS-RunPatchBaseline', operation: 'Scan', rebootOption: 'NoReboot', maxErrors: '5%' }],
      });
      expect(window?.executions?.map(({ status, tasks }) => [status, tasks?.length])).toEqual([
        ['SUCCESS', undefined],
        ['SUCCESS', undefined],
        ['FAILED', 1],
        ['SUCCESS', undefined],
        ['SUCCESS', undefined],
        ['SUCCESS', undefined],
        ['SUCCESS', undefined],
      ]);
      const invocations = window?.executions?.[2]?.tasks?.[0]?.invocations ?? [];
      const managed = place.instances.filter(({ information }) => information !== undefined);
      expect(invocations.map(({ instanceId }) => instanceId)).toEqual(managed.map((one) => one.instanceId).sort());
      expect(invocations.find(({ status }) => status === 'Failed')).toMatchObject({ responseCode: 156 });
    }));

  it('tells tasks of one document and target apart by how they were called', () => {
    const [window] = place.windows;
    const [scan] = window?.tasks ?? [];
    if (window === undefined || scan === undefined) throw new Error('expected a window with a task');
    const install = {
      ...scan,
      WindowTaskId: '00000000-0000-4000-8000-000000000001',
      TaskInvocationParameters: { RunCommand: { Parameters: { Operation: ['Install'] } } },
    };
    const both = { places: [{ ...place, windows: [{ ...window, tasks: [install, scan] }] }] };
    return Endpoint.during({ fleet: both }, async (endpoint) => {
      const { places } = await readFrom(endpoint, placesOf(both));
      const task = places[0]?.windows[0]?.executions?.[2]?.tasks?.[0];
      expect(task?.windowTaskId).toBe(scan.WindowTaskId);
    });
  });

  it('reads executions no further back than it is told', () =>
    Endpoint.during({ fleet }, async (endpoint) => {
      const { places } = await readFrom(endpoint, placesOf(fleet), { executionDays: 2 });
      expect(places[0]?.windows[0]?.executions?.map(({ startedAt }) => startedAt)).toEqual([
        '2026-11-23T02:00:00.000Z',
        '2026-11-22T02:00:00.000Z',
      ]);
    }));

  it('looks into the newest three executions that went wrong, and no others', async () => {
    const windows = place.windows.map((window) => ({
      ...window,
      executions: window.executions.map((one) => ({
        ...one,
        execution: { ...one.execution, Status: 'FAILED' as const },
      })),
    }));
    const of = { places: [{ ...place, windows }] };
    const { places } = await Endpoint.during({ fleet: of }, (endpoint) => readFrom(endpoint, placesOf(of)));
    expect(places[0]?.windows[0]?.executions?.map(({ tasks }) => tasks?.length)).toEqual([
      1,
      1,
      1,
      ...Array<undefined>(4).fill(undefined),
    ]);
  });

  it('leaves out executions before the newest 200, and says so, whatever the order in which AWS tells them', async () => {
    const [window] = place.windows;
    const [execution] = window?.executions ?? [];
    if (window === undefined || execution === undefined) throw new Error('a place without executions');
    const executions = Array.from({ length: 250 }, (_, number) => ({
      ...execution,
      execution: {
        ...execution.execution,
        WindowExecutionId: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
        StartTime: new Date(asOf.getTime() - number * 300_000),
      },
    }));
    for (const [told, read] of [
      [executions, 200],
      [executions.toReversed(), 250],
    ] as const) {
      const of = { places: [{ ...place, windows: [{ ...window, executions: told }] }] };
      const { places } = await Endpoint.during({ fleet: of }, (endpoint) => readFrom(endpoint, placesOf(of)));
      const [found] = places[0]?.windows ?? [];
      expect(found?.executions).toHaveLength(read);
      expect(found?.executions?.[0]?.startedAt).toBe(asOf.toISOString());
      expect(found?.olderExecutionsUnread).toBe(read === 200 ? true : undefined);
    }
  });

  it('is the same whatever the order in which AWS tells it', async () => {
    const turned = {
      places: [{ ...place, instances: place.instances.toReversed(), baselines: place.baselines.toReversed() }],
    };
    const [one, other] = await Promise.all(
      [fleet, turned].map((each) =>
        Endpoint.during({ fleet: each }, (endpoint) => readFrom(endpoint, placesOf(fleet))),
      ),
    );
    expect(JSON.stringify(other?.places)).toBe(JSON.stringify(one?.places));
  });
});
