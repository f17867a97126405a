import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { AwsSourceOptions } from '../../../compliance/aws/options.ts';
import { awsSource } from '../../../compliance/aws/source.ts';
import type { Gap } from '../../../compliance/facts.ts';
import { ProblemError } from '../../../core/problem.ts';
import { Endpoint } from '../../support/aws/endpoint.ts';
import type { Faults } from '../../support/aws/faults.ts';
import { asOf, environmentOf, inEnvironment, placesOf, readFrom } from '../../support/aws/reading.ts';
import { simulateFleet } from '../../support/aws/simulate.ts';
import { temporaryDirectory } from '../../support/command.ts';
import '../../support/one-realm.ts';

const regions = ['eu-west-1', 'eu-central-1', 'us-east-1'];
const fleet = simulateFleet({ regions, instances: 60 });

/** Everything but whose credentials these are takes very long. */
const slow: Faults = ({ service }) => (service === 'sts' ? undefined : { kind: 'slow', ms: 60_000 });
const throttled: Faults = ({ service }) => (service === 'sts' ? undefined : { kind: 'throttled' });

async function timed<Result>(work: () => Promise<Result>): Promise<{ readonly result: Result; readonly ms: number }> {
  const began = performance.now();
  const result = await work();
  return { result, ms: performance.now() - began };
}

/** Connections close a moment after both sides have said so. */
async function connectionsLeft(endpoint: Endpoint): Promise<number> {
  for (let tries = 0; tries < 50 && (await endpoint.connections()) > 0; tries++)
    await new Promise((resolve) => setTimeout(resolve, 20));
  return endpoint.connections();
}

describe('Ctrl-C', () => {
  it.each([
    ['while answers are awaited', slow],
    ['while retries are awaited', throttled],
  ])('%s ends everything at once, and leaves no connection', (_, faults) =>
    Endpoint.during({ fleet, faults }, async (endpoint) => {
      const interruption = new AbortController();
      setTimeout(() => interruption.abort(), 400);
      const timeouts = { connectMs: 10_000, answerMs: 60_000 };
      const { result, ms } = await timed(() =>
        readFrom(endpoint, placesOf(fleet), {
          signal: interruption.signal,
          timeouts,
        }),
      );
      // It would wait for a minute.
      expect(ms).toBeLessThan(45_000);
      expect(result.places.map(({ place }) => place.region)).toEqual(regions.toSorted());
      for (const { gaps } of result.places)
        expect(gaps).toEqual([{ area: 'place', reason: 'interrupted', message: 'interrupted before it was read' }]);
      expect(await connectionsLeft(endpoint)).toBe(0);
    }),
  );

  it('while it is not known yet who asks is no fault of the credentials', () => {
    const interruption = new AbortController();
    const silent: Faults = ({ service }) => {
      if (service === 'sts') interruption.abort();
      return { kind: 'slow', ms: 60_000 };
    };
    return Endpoint.during({ fleet, faults: silent }, async (endpoint) => {
      const { places } = await readFrom(endpoint, placesOf(fleet), { signal: interruption.signal });
      expect(places.map(({ gaps }) => gaps.map(({ reason }) => reason))).toEqual(regions.map(() => ['interrupted']));
    });
  });

  it('keeps what was read before', () => {
    const interruption = new AbortController();
    const late: Faults = ({ operation }) => {
      if (operation !== 'DescribeInstancePatches') return undefined;
      interruption.abort();
      return { kind: 'slow', ms: 60_000 };
    };
    const [one] = placesOf(fleet);
    return Endpoint.during({ fleet, faults: late }, async (endpoint) => {
      const { places } = await readFrom(endpoint, one === undefined ? [] : [one], { signal: interruption.signal });
      expect(places[0]?.instances.filter(({ patchState }) => patchState !== undefined).length).toBeGreaterThan(30);
      const areas = new Set(places[0]?.gaps.map(({ area, reason }) => `${area} ${reason}`));
      expect(areas).toContain('patches interrupted');
      expect(areas).not.toContain('patch-states interrupted');
    });
  });

  it('before anything began asks nothing', () =>
    Endpoint.during({ fleet }, async (endpoint) => {
      const { places } = await readFrom(endpoint, placesOf(fleet), { signal: AbortSignal.abort() });
      expect(places.map(({ gaps }) => gaps[0]?.reason)).toEqual(['interrupted', 'interrupted', 'interrupted']);
      expect(endpoint.calls).toEqual([]);
    }));
});

describe('credentials that do not come', () => {
  /** Reads with a profile until somebody has had enough, and tells why nothing was read. */
  async function gapsWith(lines: readonly string[], endpoint: Endpoint, options: Partial<AwsSourceOptions>) {
    const file = join(temporaryDirectory(), 'config');
    writeFileSync(file, lines.join('\n'));
    return inEnvironment({ ...environmentOf(endpoint), AWS_CONFIG_FILE: file }, async () => {
      const source = awsSource({
        places: placesOf(fleet),
        toolVersion: '0.0.0',
        now: () => asOf,
        profile: 'slow',
        timeouts: { connectMs: 10_000, answerMs: 600_000 },
        ...options,
      });
      const found: Gap[] = [];
      for await (const { gaps } of source.places({ details: 'none' })) found.push(...gaps);
      return found;
    });
  }

  // Until the directory is removed, after the last test.
  const program = ['[profile slow]', `credential_process = while [ -d ${temporaryDirectory()} ]; do sleep 0.2; done`];
  const never: Faults = ({ operation }) => (operation === 'AssumeRole' ? { kind: 'slow', ms: 600_000 } : undefined);
  const role = [
    ...['[profile slow]', 'role_arn = arn:aws:iam::111111111111:role/reader', 'source_profile = base'],
    ...['[profile base]', 'aws_access_key_id = SIMULATEDKEY111111111111', 'aws_secret_access_key = simulated'],
  ];

  it.each([
    ['a program that takes long', program],
    ['a role that is not answered for', role],
  ])('of %s are not waited for after the deadline', (_, lines) =>
    Endpoint.during({ fleet, faults: never }, async (endpoint) => {
      const { result, ms } = await timed(() => gapsWith(lines, endpoint, { deadlineMs: 500 }));
      expect(ms).toBeLessThan(45_000);
      const gap = { area: 'place', reason: 'timed-out', message: 'not read within 0.5 s' };
      expect(result).toEqual([gap, gap, gap]);
      expect(await connectionsLeft(endpoint)).toBe(0);
    }),
  );

  it.each([
    ['a program that takes long', program],
    ['a role that is not answered for', role],
  ])('of %s are not waited for after Ctrl-C', (_, lines) =>
    Endpoint.during({ fleet, faults: never }, async (endpoint) => {
      const interruption = new AbortController();
      setTimeout(() => interruption.abort(), 500);
      const { result, ms } = await timed(() => gapsWith(lines, endpoint, { signal: interruption.signal }));
      expect(ms).toBeLessThan(45_000);
      const gap = { area: 'place', reason: 'interrupted', message: 'interrupted before it was read' };
      expect(result).toEqual([gap, gap, gap]);
      expect(await connectionsLeft(endpoint)).toBe(0);
    }),
  );

  it('of a role are asked for again where an answer takes too long', () =>
    Endpoint.during({ fleet, faults: (call) => (call.attempt === 0 ? never(call) : undefined) }, async (endpoint) => {
      const timeouts = { connectMs: 10_000, answerMs: 300 };
      expect(await gapsWith(role, endpoint, { timeouts })).toEqual([]);
      expect(endpoint.counts['sts:AssumeRole']).toBe(2);
    }));
});

describe('the end', () => {
  it('comes at the deadline, and says so', () =>
    Endpoint.during({ fleet, faults: slow }, async (endpoint) => {
      const { result, ms } = await timed(() =>
        readFrom(endpoint, placesOf(fleet), { deadlineMs: 500, timeouts: { connectMs: 10_000, answerMs: 60_000 } }),
      );
      // It would wait for a minute.
      expect(ms).toBeLessThan(45_000);
      for (const { gaps } of result.places)
        expect(gaps).toEqual([{ area: 'place', reason: 'timed-out', message: 'not read within 0.5 s' }]);
      expect(await connectionsLeft(endpoint)).toBe(0);
    }));

  it('leaves no connection after everything was read', () =>
    Endpoint.during({ fleet }, async (endpoint) => {
      await readFrom(endpoint, placesOf(fleet));
      expect(await connectionsLeft(endpoint)).toBe(0);
    }));

  it('comes when nobody listens any more', () =>
    Endpoint.during({ fleet }, async (endpoint) => {
      await inEnvironment(environmentOf(endpoint), async () => {
        const source = awsSource({
          places: placesOf(fleet),
          toolVersion: '0.0.0',
          now: () => asOf,
          concurrency: { perPlace: 1, overall: 1 },
        });
        for await (const _ of source.places({ details: 'none' })) break;
      });
      expect(await connectionsLeft(endpoint)).toBe(0);
      expect(new Set(endpoint.calls.map(({ region }) => region)).size).toBeLessThan(3);
    }));
});

describe('credentials', () => {
  async function problemsOf(environment: Record<string, string | undefined>): Promise<string> {
    return inEnvironment(environment, async () => {
      const source = awsSource({
        places: placesOf(fleet),
        toolVersion: '0.0.0',
        now: () => asOf,
        retry: { mode: 'standard', maxAttempts: 2 },
      });
      try {
        for await (const _ of source.places({ details: 'none' })) return 'was read';
      } catch (failure) {
        if (failure instanceof ProblemError) return failure.message;
        throw failure;
      }
      return 'nothing';
    });
  }

  it('that nobody has are one problem', async () => {
    const environment = { ...environmentOf({ url: 'http://127.0.0.1:9' }), AWS_ACCESS_KEY_ID: undefined };
    expect(await problemsOf(environment)).toBe(
      '[AWS] AWS must know who asks: the credentials of the environment cannot be loaded: CredentialsProviderError: Could not load credentials from any providers; log in, set AWS_PROFILE, or name a profile with --profile [compliance/aws-credentials]\n1 error',
    );
  });

  it('that AWS does not accept are one problem', () =>
    Endpoint.during({ fleet }, async (endpoint) => {
      expect(await problemsOf({ ...environmentOf(endpoint), AWS_ACCESS_KEY_ID: 'UNKNOWN' })).toBe(
        '[AWS] AWS must know who asks: the credentials of the environment: InvalidClientTokenId: The security token included in the request is invalid; log in, set AWS_PROFILE, or name a profile with --profile [compliance/aws-credentials]\n1 error',
      );
    }));

  it('that have expired from the start are one problem', () =>
    Endpoint.during({ fleet, faults: () => ({ kind: 'expired-token' }) }, async (endpoint) => {
      expect(await problemsOf(environmentOf(endpoint))).toBe(
        '[AWS] AWS must know who asks: the credentials of the environment: ExpiredToken: The security token included in the request is expired; log in, set AWS_PROFILE, or name a profile with --profile [compliance/aws-credentials]\n1 error',
      );
    }));

  it('that expire in the middle, and cannot be renewed, are gaps', () => {
    const expiring: Faults = ({ callsOfSession }) => (callsOfSession > 12 ? { kind: 'expired-token' } : undefined);
    return Endpoint.during({ fleet, faults: expiring }, async (endpoint) => {
      const { places } = await readFrom(endpoint, placesOf(fleet), { concurrency: { perPlace: 1, overall: 1 } });
      const reasons = new Set(places.flatMap(({ gaps }) => gaps.map(({ reason }) => reason)));
      expect([...reasons]).toEqual(['expired-credentials']);
      expect(places.flatMap(({ instances }) => instances).length).toBeGreaterThan(0);
    });
  });

  it('are not at fault where nothing answers: that is a gap of each place', async () => {
    const { places } = await readFrom({ url: 'http://127.0.0.1:9' }, placesOf(fleet), {
      retry: { mode: 'standard', maxAttempts: 2 },
    });
    for (const { gaps } of places)
      expect(gaps).toEqual([
        {
          area: 'place',
          reason: 'unreachable',
          message: 'the credentials of the environment: connect ECONNREFUSED 127.0.0.1:9',
        },
      ]);
  });
});
