import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { awsSource } from '../../../compliance/aws/index.ts';
import type { Gap } from '../../../compliance/facts.ts';
import { ProblemError } from '../../../core/problem.ts';
import { CredentialsServer } from '../../support/aws/credentials-server.ts';
import { Endpoint } from '../../support/aws/endpoint.ts';
import { asOf, environmentOf, inEnvironment } from '../../support/aws/reading.ts';
import { simulateFleet } from '../../support/aws/simulate.ts';
import { keysOf } from '../../support/aws/sts.ts';
import { temporaryDirectory } from '../../support/command.ts';
import '../../support/one-realm.ts';

/* A machine whose surroundings have credentials of their own, in every way there is, and profiles of another account. */

const [machine, meant] = ['999999999999', '111111111111'];
const fleet = simulateFleet({ accounts: [machine, meant], instances: 1 });
const current = { account: 'current', region: 'eu-west-1', declared: {} };
const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret } = keysOf(meant);
const keys = [`aws_access_key_id = ${id}`, `aws_secret_access_key = ${secret}`];
const home = temporaryDirectory();
const file = (name: string, text: string) => {
  writeFileSync(join(home, name), text);
  return join(home, name);
};
const portal = 'https://acme.example/start';

interface Machine {
  /** Of its `config`. */
  readonly lines: readonly string[];
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly profile?: string;
  readonly places?: Parameters<typeof awsSource>[0]['places'];
}

let configs = 0;

/** Reads on that machine: who asked, what could not be read, or the problem; and where else credentials were asked for. */
function read({ lines, environment = {}, profile, places = [current] }: Machine) {
  const config = `config-${++configs}`;
  return Endpoint.during({ fleet }, (endpoint) =>
    CredentialsServer.during(endpoint, meant, async (handsOut) => {
      const surroundings = {
        ...environmentOf(endpoint, machine),
        AWS_ENDPOINT_URL_STS: handsOut.url,
        AWS_ENDPOINT_URL_SSO: handsOut.url,
        AWS_CONTAINER_CREDENTIALS_FULL_URI: `${handsOut.url}/container`,
        // The SDK reads a file once, and keeps it.
        AWS_CONFIG_FILE: file(config, lines.join('\n')),
        HOME: home,
      };
      const told = await inEnvironment({ ...surroundings, ...environment }, async () => {
        const source = awsSource({
          places,
          toolVersion: '0.0.0',
          now: () => asOf,
          ...(profile !== undefined && { profile }),
        });
        const found: Gap[] = [];
        try {
          for await (const { gaps } of source.places({ details: 'none' })) found.push(...gaps);
        } catch (failure) {
          if (failure instanceof ProblemError) return { problem: failure.message };
          throw failure;
        }
        return { by: source.evidence().name, gaps: found };
      });
      return { ...told, asked: handsOut.asked };
    }),
  );
}

const user = `arn:aws:iam::${meant}:user/patcher`;
const ofRole = (role: string, session: string) => `arn:aws:sts::${meant}:assumed-role/${role}/${session}`;
const named = ['role_arn = arn:aws:iam::111111111111:role/reader', 'role_session_name = me'];

describe('a profile that is named', () => {
  it.each<[kind: string, lines: readonly string[], by: string, asked?: readonly string[]]>([
    ['keys', ['[profile ours]', ...keys], user],
    [
      'a role, of another profile',
      ['[profile ours]', ...named, 'source_profile = base', '[profile base]', ...keys],
      ofRole('reader', 'me'),
    ],
    [
      'a role, of the machine',
      ['[profile ours]', ...named, 'credential_source = EcsContainer'],
      ofRole('reader', 'me'),
      ['container'],
    ],
    [
      'a program',
      [
        '[profile ours]',
        `credential_process = echo '{"Version":1,"AccessKeyId":"${id}","SecretAccessKey":"${secret}"}'`,
      ],
      user,
    ],
    [
      'web identity',
      ['[profile ours]', ...named, `web_identity_token_file = ${file('token', 'simulated')}`],
      ofRole('machine', 'session'),
      ['web identity'],
    ],
    [
      'IAM Identity Center',
      [
        ...['[profile ours]', `sso_start_url = ${portal}`, 'sso_region = eu-west-1'],
        ...[`sso_account_id = ${meant}`, 'sso_role_name = reader'],
      ],
      ofRole('machine', 'session'),
      ['sso'],
    ],
  ])('is asked with, whatever else the machine has: %s', async (_, lines, by, asked = []) => {
    mkdirSync(join(home, '.aws', 'sso', 'cache'), { recursive: true });
    const token = { accessToken: 'simulated', expiresAt: new Date(Date.now() + 3_600_000).toISOString() };
    file(`.aws/sso/cache/${createHash('sha1').update(portal).digest('hex')}.json`, JSON.stringify(token));
    const warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    expect(await read({ lines, profile: 'ours' })).toEqual({ by, gaps: [], asked });
    // The SDK warns of keys beside AWS_PROFILE, which nobody has set.
    expect(warn.mock.calls).toEqual([]);
    warn.mockRestore();
  });

  it('may be named by AWS_PROFILE, and by the place rather than by both', async () => {
    const lines = ['[profile ours]', ...keys];
    expect(await read({ lines, environment: { AWS_PROFILE: 'ours' } })).toEqual({ by: user, gaps: [], asked: [] });
    const places = [{ ...current, profile: 'ours' }];
    const others = { environment: { AWS_PROFILE: 'typo' }, profile: 'other-typo' };
    expect(await read({ lines, places, ...others })).toEqual({ by: user, gaps: [], asked: [] });
  });

  const nothing = (name: string, missing = name) =>
    `[AWS] AWS must know who asks: the credentials of profile ${name} cannot be loaded: neither ${home}/config-${configs} nor /nowhere/credentials has credentials for a profile ${missing}; log in with that profile, or name another one; aws configure list-profiles tells which there are [compliance/aws-credentials]\n1 error`;

  it.each<[name: string, machine: Omit<Machine, 'lines'>]>([
    ['by --profile', { profile: 'uors' }],
    ['by AWS_PROFILE', { environment: { AWS_PROFILE: 'uors' } }],
    ['by the fleet', { places: [{ ...current, profile: 'uors' }] }],
    ['without keys in the environment', { profile: 'uors', environment: { AWS_ACCESS_KEY_ID: undefined } }],
  ])('%s, and is not there, is a problem: nobody else asks in its place', async (_, named) => {
    const told = await read({ lines: ['[profile ours]', ...keys], ...named });
    expect(told).toEqual({ problem: nothing('uors'), asked: [] });
  });

  it('without credentials is a problem, and so is one whose source is not there', async () => {
    const lines = ['[profile region-only]', 'region = eu-west-1', '[profile ours]', ...named, 'source_profile = bsae'];
    const one = await read({ lines, profile: 'region-only' });
    expect(one).toEqual({ problem: nothing('region-only'), asked: [] });
    const other = await read({ lines, profile: 'ours' });
    expect(other).toEqual({ problem: nothing('ours', 'bsae'), asked: [] });
  });

  it('is a gap where others are there: what they read is told', async () => {
    const places = ['ours', 'uors'].map((profile) => ({ ...current, profile }));
    const told = await read({ lines: ['[profile ours]', ...keys], places });
    expect(told).toEqual({
      by: user,
      gaps: [
        {
          area: 'place',
          reason: 'no-credentials',
          message: `the credentials of profile uors cannot be loaded: neither ${home}/config-${configs} nor /nowhere/credentials has credentials for a profile uors`,
        },
      ],
      asked: [],
    });
  });
});

describe('where no profile is named', () => {
  it.each([
    ['keys of the environment', {}, `arn:aws:iam::${machine}:user/patcher`, []],
    ['those of a container', { AWS_ACCESS_KEY_ID: undefined }, ofRole('machine', 'session'), ['container']],
  ])('the machine asks, with %s', async (_, environment, by, asked) => {
    expect(await read({ lines: ['[profile ours]', ...keys], environment })).toEqual({ by, gaps: [], asked });
    expect(await read({ lines: [], environment, profile: '' })).toEqual({ by, gaps: [], asked });
  });
});
