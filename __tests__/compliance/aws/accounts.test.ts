import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { type AwsSourceOptions, awsSource } from '../../../compliance/aws/index.ts';
import { Endpoint } from '../../support/aws/endpoint.ts';
import { asOf, environmentOf, inEnvironment, placesOf, readFrom } from '../../support/aws/reading.ts';
import { simulateFleet } from '../../support/aws/simulate.ts';
import { temporaryDirectory } from '../../support/command.ts';
import '../../support/one-realm.ts';

const fleet = simulateFleet({ instances: 130 });

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

describe('STS', () => {
  const chinese = simulateFleet({
    accounts: ['222222222222'],
    regions: ['cn-north-1', 'cn-northwest-1'],
    instances: 1,
  });

  const ofRole = ['role_arn = arn:aws-cn:iam::222222222222:role/reader', 'source_profile = base', '[profile base]'];

  /** Where STS was asked for places in China, of a profile with this region or role, in these surroundings. */
  function askedIn(
    region: string | undefined,
    environment: Record<string, string | undefined>,
    role: readonly string[] = [],
  ) {
    return Endpoint.during({ fleet: chinese }, async (endpoint) => {
      const keys = environmentOf(endpoint, '222222222222');
      const file = join(temporaryDirectory(), 'config');
      const lines = [
        '[profile cn]',
        ...(region === undefined ? [] : [`region = ${region}`]),
        ...role,
        `aws_access_key_id = ${keys.AWS_ACCESS_KEY_ID}`,
        'aws_secret_access_key = simulated',
      ];
      writeFileSync(file, lines.join('\n'));
      await inEnvironment({ ...environmentOf(endpoint), AWS_CONFIG_FILE: file, ...environment }, async () => {
        const places = chinese.places.map((place) => ({ ...place, profile: 'cn', declared: {} }));
        const source = awsSource({ places, toolVersion: '0.0.0', now: () => asOf });
        for await (const { gaps } of source.places({ details: 'none' })) expect(gaps).toEqual([]);
      });
      return endpoint.calls.filter(({ action }) => action.startsWith('sts:')).map((call) => call.region);
    });
  }

  it('is asked in the partition of the place, be another one configured or none', async () => {
    expect(await askedIn('cn-northwest-1', { AWS_REGION: 'eu-west-1' })).toEqual(['cn-north-1']);
    expect(await askedIn(undefined, { AWS_REGION: undefined })).toEqual(['cn-north-1']);
  });

  it('is asked for the role of a profile in that partition, too', async () => {
    const twice = ['cn-north-1', 'cn-north-1'];
    expect(await askedIn(undefined, { AWS_REGION: 'eu-west-1' }, ofRole)).toEqual(twice);
  });

  it('is asked in the region that is configured, where that is of the partition', async () => {
    expect(await askedIn('cn-northwest-1', { AWS_REGION: undefined })).toEqual(['cn-northwest-1']);
    expect(await askedIn(undefined, { AWS_REGION: 'cn-northwest-1' })).toEqual(['cn-northwest-1']);
  });

  it('is asked in each partition where one profile is used in two', () =>
    Endpoint.during({ fleet: chinese }, async (endpoint) => {
      const two = ['eu-west-1', 'cn-north-1'].map((region) => ({ account: 'current', region, declared: {} }));
      await readFrom(endpoint, two, { details: 'none' });
      const sts = endpoint.calls.filter(({ action }) => action.startsWith('sts:'));
      expect(sts.map(({ region }) => region).sort()).toEqual(['cn-north-1', 'eu-west-1']);
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
      const sts = places.map(({ permissions }) => permissions.filter((action) => action.startsWith('sts:')));
      const byRole = ['sts:AssumeRole', 'sts:GetCallerIdentity'];
      expect([sts[0], sts[2]]).toEqual([['sts:GetCallerIdentity'], byRole]);
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

  it('are entered anew shortly before the credentials of a role end, by one call for all who wait', async () => {
    const other = simulateFleet({ accounts: ['222222222222'], instances: 1 });
    // Roles are assumed for an hour.
    for (const [minutes, times] of [
      [50, 1],
      [57, 2],
    ] as const)
      await Endpoint.during({ fleet: other }, async (endpoint) => {
        const now = () => {
          const passed = endpoint.counts['ssm:DescribePatchBaselines'] === undefined ? 0 : minutes;
          return new Date(Date.now() + passed * 60_000);
        };
        const { places } = await readFrom(endpoint, placesOf(other), { details: 'none', now });
        expect(places[0]?.gaps).toEqual([]);
        expect(endpoint.counts['sts:AssumeRole']).toBe(times);
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
          permissions: ['sts:GetCallerIdentity'],
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
