import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { type AwsSourceOptions, awsSource } from '../../../compliance/aws/index.ts';
import { patchFactsOf, patchStateOf } from '../../../compliance/normalise.ts';
import { Endpoint } from '../../support/aws/endpoint.ts';
import type { SimulatedInstance } from '../../support/aws/fleet.ts';
import { asOf, environmentOf, inEnvironment, placesOf, readFrom } from '../../support/aws/reading.ts';
import { simulateFleet } from '../../support/aws/simulate.ts';
import { temporaryDirectory } from '../../support/command.ts';
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

describe('the surroundings', () => {
  const [home] = placesOf(fleet);

  async function gapsIn(environment: Record<string, string | undefined>, options: Partial<AwsSourceOptions> = {}) {
    return inEnvironment(environment, async () => {
      const source = awsSource({
        places: home === undefined ? [] : [home],
        toolVersion: '0.0.0',
        now: () => asOf,
        ...options,
      });
      for await (const { gaps } of source.places({ details: 'none' })) return gaps;
      return undefined;
    });
  }

  /** A configuration with the keys of a profile, and none in the environment. */
  function configured(endpoint: Endpoint, name: string) {
    const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, ...rest } = environmentOf(endpoint);
    const file = join(temporaryDirectory(), 'config');
    const lines = [`[profile ${name}]`, `aws_access_key_id = ${id}`, `aws_secret_access_key = ${secret}`];
    writeFileSync(file, `${lines.join('\n')}\n`);
    return { ...rest, AWS_CONFIG_FILE: file };
  }

  it('may name the profile', () =>
    Endpoint.during({ fleet }, async (endpoint) => {
      expect(await gapsIn(configured(endpoint, 'operations'), { profile: 'operations' })).toEqual([]);
    }));

  it('give way to the profile that the fleet names for an account', () =>
    Endpoint.during({ fleet }, async (endpoint) => {
      const places = home === undefined ? [] : [{ ...home, profile: 'of-the-account' }];
      expect(await gapsIn(configured(endpoint, 'of-the-account'), { places, profile: 'nowhere' })).toEqual([]);
    }));

  it('need name no region: who asks is then asked in one that nobody can switch off', () =>
    Endpoint.during({ fleet }, async (endpoint) => {
      const { AWS_REGION: _, ...environment } = environmentOf(endpoint);
      expect(await gapsIn(environment)).toEqual([]);
      expect(endpoint.calls[0]).toMatchObject({ action: 'sts:GetCallerIdentity', region: 'us-east-1' });
    }));

  it('may name an endpoint for each service', () =>
    Endpoint.during({ fleet }, async (endpoint) => {
      const { AWS_ENDPOINT_URL: url, ...environment } = environmentOf(endpoint);
      const each = { AWS_ENDPOINT_URL_SSM: url, AWS_ENDPOINT_URL_EC2: url, AWS_ENDPOINT_URL_STS: url };
      expect(await gapsIn({ ...environment, ...each })).toEqual([]);
    }));
});

describe('accounts', () => {
  const accounts = ['111111111111', '222222222222', '333333333333'];
  const wide = simulateFleet({ accounts, regions: ['eu-west-1', 'us-east-1'], instances: 12 });

  it('are entered by a role where the fleet names one, once each', () =>
    Endpoint.during({ fleet: wide }, async (endpoint) => {
      const { places, evidence } = await readFrom(endpoint, placesOf(wide));
      expect(places.map(({ place: { account, region }, gaps }) => [account, region, gaps.length])).toEqual(
        accounts.flatMap((account) => ['eu-west-1', 'us-east-1'].map((region) => [account, region, 0])),
      );
      for (const { place: of, instances } of places) {
        const simulated = wide.places.find(({ account, region }) => account === of.account && region === of.region);
        expect(instances.map(({ instanceId }) => instanceId)).toEqual(
          simulated?.instances.map(({ instanceId }) => instanceId).sort(),
        );
      }
      expect(endpoint.counts['sts:AssumeRole']).toBe(2);
      expect(endpoint.counts['sts:GetCallerIdentity']).toBe(1);
      expect(places[0]?.permissions).not.toContain('sts:AssumeRole');
      expect(places[2]?.permissions).toContain('sts:AssumeRole');
      expect(evidence).toEqual({
        kind: 'aws',
        name: 'arn:aws:iam::111111111111:user/patcher',
        from: '2026-11-23T12:00:00.000Z',
        to: '2026-11-23T12:00:00.000Z',
        toolVersion: '0.0.0',
        details: 'noncompliant',
        anonymised: false,
        files: [],
      });
    }));

  it('are entered anew shortly before the credentials of a role end', async () => {
    const other = simulateFleet({ accounts: ['222222222222'], instances: 1 });
    // Roles are assumed for an hour.
    const minutesLater = (minutes: number) => () => new Date(Date.now() + minutes * 60_000);
    for (const [minutes, isRenewed] of [
      [50, false],
      [57, true],
    ] as const)
      await Endpoint.during({ fleet: other }, async (endpoint) => {
        const { places } = await readFrom(endpoint, placesOf(other), { details: 'none', now: minutesLater(minutes) });
        expect(places[0]?.gaps).toEqual([]);
        expect((endpoint.counts['sts:AssumeRole'] ?? 0) > 1).toBe(isRenewed);
      });
  });

  it('may be the current one, whose number AWS tells', () =>
    Endpoint.during({ fleet: wide }, async (endpoint) => {
      const { places } = await readFrom(endpoint, [{ account: 'current', region: 'eu-west-1', declared: {} }]);
      expect(places.map(({ place: of }) => of)).toEqual([{ account: '111111111111', region: 'eu-west-1' }]);
    }));

  it('are left out where they were read before, the current one as well', () =>
    Endpoint.during({ fleet: wide }, async (endpoint) => {
      const current = ['eu-west-1', 'us-east-1'].map((region) => ({ account: 'current', region, declared: {} }));
      const except = [
        { account: '111111111111', region: 'eu-west-1' },
        { account: '222222222222', region: 'us-east-1' },
      ];
      const others = placesOf(wide).filter(({ account }) => account === '222222222222');
      const { places } = await readFrom(endpoint, [...current, ...others], { except });
      expect(places.map(({ place: { account, region } }) => `${account} ${region}`)).toEqual([
        '111111111111 us-east-1',
        '222222222222 eu-west-1',
      ]);
      expect(new Set(endpoint.calls.map(({ account, region }) => `${account} ${region}`))).toEqual(
        new Set(['111111111111 eu-west-1', '111111111111 us-east-1', '222222222222 eu-west-1']),
      );
      expect(
        endpoint.calls.filter(({ account, region }) => account === '111111111111' && region === 'eu-west-1'),
      ).toEqual([
        { action: 'sts:GetCallerIdentity', account: '111111111111', region: 'eu-west-1' },
        { action: 'sts:AssumeRole', account: '111111111111', region: 'eu-west-1' },
      ]);
    }));

  it('are never taken for others: credentials of another account are a gap', () =>
    Endpoint.during({ fleet: wide }, async (endpoint) => {
      const declared = { web: 'i-0123456789abcdef0' };
      const { places } = await readFrom(endpoint, [{ account: '222222222222', region: 'eu-west-1', declared }]);
      expect(places).toEqual([
        {
          place: { account: '222222222222', region: 'eu-west-1' },
          observedAt: '2026-11-23T12:00:00.000Z',
          permissions: [],
          instances: [{ instanceId: 'i-0123456789abcdef0', declaredAs: 'web' }],
          baselines: [],
          patchGroups: [],
          availablePatches: [],
          windows: [],
          gaps: [
            {
              area: 'place',
              reason: 'no-credentials',
              message:
                'the credentials belong to account 111111111111 (arn:aws:iam::111111111111:user/patcher), not to 222222222222; give the account an assumeRoleArn or a profile',
            },
          ],
        },
      ]);
    }));

  it('are read alongside what the stacks declared', () =>
    Endpoint.during({ fleet: wide }, async (endpoint) => {
      const known = wide.places[0]?.instances[0]?.instanceId ?? '';
      const declared = { known, gone: 'i-0fffffffffffffff0' };
      const { places } = await readFrom(endpoint, [{ account: 'current', region: 'eu-west-1', declared }]);
      const declaredOnes = places[0]?.instances.filter(({ declaredAs }) => declaredAs !== undefined);
      expect(declaredOnes?.map(({ instanceId, declaredAs }) => [declaredAs, instanceId]).sort()).toEqual([
        ['gone', 'i-0fffffffffffffff0'],
        ['known', known],
      ]);
      expect(places[0]?.instances).toHaveLength(13);
    }));
});
