import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { run } from '../../../cli/run.ts';
import type { ComplianceReport } from '../../../compliance/report.ts';
import { Endpoint, type EndpointOptions } from '../../support/aws/endpoint.ts';
import type { Faults } from '../../support/aws/faults.ts';
import { asOf, environmentOf, inEnvironment } from '../../support/aws/reading.ts';
import { simulateFleet } from '../../support/aws/simulate.ts';
import '../../support/one-realm.ts';
import { Snapshots } from './snapshots.ts';

const accounts = ['111111111111', '222222222222', '333333333333'];
const fleet = simulateFleet({ accounts, instances: 40 });

/** A fleet of these accounts, which are entered by a role but for the first. */
const fleetFile = `version: 1
fleet: simulated
baselines:
  windows: { operatingSystem: WINDOWS, preset: aws-default }
  linux: { operatingSystem: AMAZON_LINUX_2023, preset: aws-default }
  ubuntu: { operatingSystem: UBUNTU, preset: aws-default }
patchGroups:
  windows: { name: windows-servers, baselines: [windows] }
  linux: { name: linux-servers, baselines: [linux, ubuntu] }
rings:
  - name: prod
    scan: { schedule: cron(0 2 * * ? *), maxConcurrency: 10%, maxErrors: 10% }
defaults:
  regions: [eu-west-1]
  assignments: { default: { ring: prod, patchGroups: [windows, linux] } }
accounts:
  - account: "111111111111"
${accounts
  .slice(1)
  .map((account) => `  - { account: "${account}", assumeRoleArn: "arn:aws:iam::${account}:role/patchfleet-reader" }`)
  .join('\n')}
`;

const denied: Faults = ({ operation, request }) =>
  operation === 'AssumeRole' && String(request.RoleArn).includes('222222222222')
    ? { kind: 'access-denied' }
    : undefined;

let files: Snapshots;
let path: string;
beforeAll(() => {
  files = new Snapshots();
  path = files.file('fleet.yaml', fleetFile);
});

interface Around {
  readonly signal?: AbortSignal;
  readonly elapsed?: () => number;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs a command line as somebody whose AWS is the endpoint. */
function patchfleet(endpoint: Endpoint, args: readonly string[], around: Around = {}) {
  return inEnvironment(environmentOf(endpoint), async () => {
    const lines = { out: [] as string[], err: [] as string[] };
    const exitCode = await run(args, {
      terminal: { out: (text) => lines.out.push(text), err: (text) => lines.err.push(text) },
      now: asOf,
      elapsed: around.elapsed ?? (() => 0),
      signal: around.signal ?? new AbortController().signal,
      environment: around.environment ?? {},
    });
    return { exitCode, out: lines.out.join('\n'), err: lines.err.join('\n') };
  });
}

function during<Result>(faults: Faults | undefined, work: (endpoint: Endpoint) => Promise<Result>): Promise<Result> {
  const options: EndpointOptions = { fleet, ...(faults !== undefined && { faults }) };
  return Endpoint.during(options, work);
}

function reportOf({ out }: { readonly out: string }): ComplianceReport {
  return JSON.parse(out);
}

describe('compliance of what AWS says', () => {
  it('counts every instance of every account', () =>
    during(undefined, async (endpoint) => {
      const { exitCode, out, err } = await patchfleet(endpoint, ['compliance', '--fleet', path, '--format', 'json']);
      expect({ exitCode, err }).toEqual({ exitCode: 1, err: '' });
      const { complete, totals, gone, evidence } = reportOf({ out });
      const all = fleet.places.flatMap(({ instances }) => instances.map(({ instanceId }) => instanceId));
      expect(complete).toBe(true);
      expect(totals.instances + gone.length).toBe(all.length);
      expect(totals.buckets.compliant).toBeGreaterThan(40);
      expect(evidence.sources[0]).toMatchObject({ kind: 'aws', name: 'arn:aws:iam::111111111111:user/patcher' });
      expect(evidence.permissions).toEqual(
        [...new Set(endpoint.calls.map(({ action }) => action))]
          .filter((action) => action !== 'sts:GetCallerIdentity')
          .sort(),
      );
    }));

  it('tells an account that cannot be entered, and all about the others', () =>
    during(denied, async (endpoint) => {
      const args = ['compliance', '--fleet', path];
      const told = await patchfleet(endpoint, args);
      expect(told.exitCode).toBe(2);
      expect(told.err).toBe('patchfleet: incomplete: not everything could be read of 222222222222/eu-west-1');
      expect(told.out).toContain('  accounts and regions  2 read, 0 partly, 1 not');
      expect(told.out).toMatch(
        /^ {2}222222222222\/eu-west-1 +the role could not be assumed: .* every instance there$/m,
      );
      const report = reportOf(await patchfleet(endpoint, [...args, '--format', 'json']));
      expect(report.places.map(({ account, status }) => [account, status])).toEqual([
        ['111111111111', 'read'],
        ['222222222222', 'unknown'],
        ['333333333333', 'read'],
      ]);
      expect(report.totals.instances).toBeGreaterThan(60);
      expect((await patchfleet(endpoint, [...args, '--allow-partial'])).exitCode).toBe(1);
      const junit = await patchfleet(endpoint, [...args, '--format', 'junit']);
      expect(junit.out).toMatch(/<testcase classname="what could be read" name="222222222222\/eu-west-1"><error /);
    }));

  it('asks only the accounts that were chosen', () =>
    during(denied, async (endpoint) => {
      const args = ['compliance', '--fleet', path, '--only', '333333333333-*', '--format', 'json'];
      const { exitCode, out } = await patchfleet(endpoint, args);
      expect(exitCode).toBe(1);
      expect(reportOf({ out }).places.map(({ account }) => account)).toEqual(['333333333333']);
      expect(
        new Set(endpoint.calls.filter(({ action }) => action.startsWith('ssm')).map(({ account }) => account)),
      ).toEqual(new Set(['333333333333']));
      endpoint.calls.length = 0;
      const none = await patchfleet(endpoint, ['compliance', '--fleet', path, '--only', '4*']);
      expect(none).toEqual({ exitCode: 2, out: '', err: 'patchfleet: no stack matches "4*"' });
      expect(endpoint.calls).toEqual([]);
    }));

  it('says of an instant long ago that nobody knows', () =>
    during(undefined, async (endpoint) => {
      const told = await patchfleet(endpoint, [
        'compliance',
        '--fleet',
        path,
        '--as-of',
        '2026-01-01',
        '--format',
        'json',
      ]);
      const { totals, instances } = JSON.parse(told.out) as ComplianceReport;
      expect(totals.outcomes).toMatchObject({ compliant: 0, noncompliant: 0 });
      expect(instances.find(({ reportedAt }) => reportedAt !== undefined)?.why).toMatch(
        /^it has reported since, at 2026-11-.*Z: how it was at 2026-01-01T00:00:00.000Z nobody can say$/,
      );
    }));

  it('is refused as one problem where nobody is logged in', () =>
    during(undefined, async (endpoint) => {
      const environment = { ...environmentOf(endpoint), AWS_ACCESS_KEY_ID: undefined };
      const lines: string[] = [];
      const exitCode = await inEnvironment(environment, () =>
        run(['compliance', '--fleet', path], {
          terminal: { out: (text) => lines.push(text), err: (text) => lines.push(text) },
          now: asOf,
          elapsed: () => 0,
          signal: new AbortController().signal,
          environment: {},
        }),
      );
      expect(exitCode).toBe(2);
      expect(lines.join('\n')).toMatch(
        /^\[AWS\] AWS must know who asks: .*; log in, set AWS_PROFILE, or name a profile with --profile \[compliance\/aws-credentials\]\n1 error$/,
      );
    }));

  it('is ended by Ctrl-C, with what was read until then', () => {
    const interruption = new AbortController();
    const slow: Faults = ({ operation, account }) => {
      if (operation !== 'DescribeInstancePatchStates' || account !== '333333333333') return undefined;
      interruption.abort();
      return { kind: 'slow', ms: 60_000 };
    };
    return during(slow, async (endpoint) => {
      const args = ['compliance', '--fleet', path, '--format', 'json', '--allow-partial'];
      const { exitCode, out, err } = await patchfleet(endpoint, args, { signal: interruption.signal });
      expect(exitCode).toBe(2);
      expect(err.split('\n').at(-1)).toBe('patchfleet: interrupted: what was not read until then is unknown');
      expect(reportOf({ out }).complete).toBe(false);
    });
  });

  it('ends at the deadline that is given, with what was read until then', () =>
    during(
      ({ operation }) => (operation === 'DescribeInstancePatchStates' ? { kind: 'slow', ms: 60_000 } : undefined),
      async (endpoint) => {
        const args = ['compliance', '--fleet', path, '--format', 'json', '--deadline'];
        const { exitCode, out } = await patchfleet(endpoint, [...args, '3s']);
        expect(exitCode).toBe(2);
        const messages = reportOf({ out }).places.flatMap(({ gaps }) => gaps.map(({ message }) => message));
        expect(new Set(messages)).toContain('no answer came in time: not read within 3 s');
        const refused = await patchfleet(endpoint, [...args, '3']);
        expect(refused.exitCode).toBe(2);
        expect(refused.err).toContain('It must be seconds, minutes or hours, at most a day, like 90s, 30m or 2h.');
      },
    ));

  it('tells how far it has come, once it takes more than a second', () =>
    during(undefined, async (endpoint) => {
      let ms = 0;
      const { err } = await patchfleet(endpoint, ['compliance', '--fleet', path], { elapsed: () => (ms += 700) });
      expect(err).toMatch(/^reading AWS: \d of 3 places, \d+ instances after \d+ s$/m);
    }));
});

describe('a snapshot', () => {
  it('comes to the report that AWS comes to', () =>
    during(undefined, async (endpoint) => {
      const out = join(files.directory, 'same');
      const saved = await patchfleet(endpoint, ['snapshot', '--fleet', path, '--out', out]);
      const told = `${out}: 120 instances in 3 accounts and regions`;
      expect(saved).toEqual({ exitCode: 0, out: told, err: '' });
      const ofAws = reportOf(await patchfleet(endpoint, ['compliance', '--fleet', path, '--format', 'json']));
      const ofFile = reportOf(
        await patchfleet(endpoint, ['compliance', '--fleet', path, '--source', out, '--format', 'json']),
      );
      expect({ ...ofFile, evidence: { ...ofFile.evidence, sources: [] } }).toEqual({
        ...ofAws,
        // Whose credentials they are is asked for AWS alone.
        evidence: { ...ofAws.evidence, sources: [] },
      });
    }));

  it('says what is unknown, keeps it unknown, and is filled by the same command', () => {
    let failing = true;
    return during(
      (call) => (failing ? denied(call) : undefined),
      async (endpoint) => {
        const out = join(files.directory, 'partly');
        const args = ['snapshot', '--fleet', path, '--out', out];
        const saved = await patchfleet(endpoint, args);
        expect(saved.exitCode).toBe(2);
        expect(saved.out).toMatch(
          /: 80 instances in 3 accounts and regions\ncould not be read, and is unknown:\n {2}222222222222\/eu-west-1: every instance there: the role could not be assumed: .*$/,
        );
        const report = reportOf(
          await patchfleet(endpoint, ['compliance', '--fleet', path, '--source', out, '--format', 'json']),
        );
        expect(report.places.map(({ status }) => status)).toEqual(['read', 'unknown', 'read']);
        expect(saved.err).toBe(
          'patchfleet: incomplete: not everything could be read; the same command reads what is missing',
        );
        failing = false;
        endpoint.calls.length = 0;
        const again = await patchfleet(endpoint, args);
        expect(again).toEqual({
          exitCode: 0,
          out: `${out}: 120 instances in 3 accounts and regions, 2 of them from the run before`,
          err: '',
        });
        const asked = endpoint.calls.filter(({ action }) => !action.startsWith('sts:')).map(({ account }) => account);
        expect([...new Set(asked)]).toEqual(['222222222222']);
        const whole = await patchfleet(endpoint, ['compliance', '--fleet', path, '--source', out, '--format', 'json']);
        expect(reportOf(whole).places.map(({ status }) => status)).toEqual(['read', 'read', 'read']);
        const more = await patchfleet(endpoint, args);
        expect(more.exitCode).toBe(2);
        expect(more.err).toContain('--out must not hold a snapshot in which nothing is missing, got one');
      },
    );
  });

  it('of which a part is missing is fine where that is allowed', () =>
    during(denied, async (endpoint) => {
      const args = ['snapshot', '--fleet', path, '--out', join(files.directory, 'allowed'), '--allow-partial'];
      expect((await patchfleet(endpoint, args)).exitCode).toBe(0);
    }));

  it('that was interrupted is continued by the same command', () => {
    const interruption = new AbortController();
    let waiting = true;
    const slow: Faults = ({ operation, account }) => {
      if (!waiting || operation !== 'DescribeInstancePatchStates' || account !== '333333333333') return undefined;
      interruption.abort();
      return { kind: 'slow', ms: 60_000 };
    };
    return during(slow, async (endpoint) => {
      const out = join(files.directory, 'interrupted');
      const args = ['snapshot', '--fleet', path, '--out', out];
      const first = await patchfleet(endpoint, args, { signal: interruption.signal });
      expect(first.exitCode).toBe(2);
      expect(first.err).toBe(
        'patchfleet: interrupted: the snapshot is not finished; the same command reads what is missing',
      );
      const unfinished = await patchfleet(endpoint, ['compliance', '--source', out]);
      expect(unfinished.exitCode).toBe(2);
      expect(unfinished.err).toContain('[compliance/snapshot-finished]');
      waiting = false;
      const second = await patchfleet(endpoint, args);
      expect({ exitCode: second.exitCode, err: second.err }).toEqual({ exitCode: 0, err: '' });
      expect(second.out).toMatch(/: 120 instances in 3 accounts and regions(, \d of them from the run before)?$/);
    });
  });

  it('says that another one must be taken, where the key of its other names is lost', () =>
    during(denied, async (endpoint) => {
      const args = ['snapshot', '--fleet', path, '--out', join(files.directory, 'keyless'), '--anonymise'];
      expect((await patchfleet(endpoint, args)).err).toBe(
        'patchfleet: incomplete: not everything could be read; without PATCHFLEET_ANONYMISE_KEY only another one can be taken',
      );
    }));

  it('is anonymised, the same way with the same key', () =>
    during(undefined, async (endpoint) => {
      const saved = async (name: string, key?: string) => {
        const out = join(files.directory, name);
        const environment: Record<string, string> = key === undefined ? {} : { PATCHFLEET_ANONYMISE_KEY: key };
        const args = ['snapshot', '--fleet', path, '--out', out, '--anonymise', '--details', 'none'];
        expect((await patchfleet(endpoint, args, { environment })).exitCode).toBe(0);
        return readdirSync(out).sort();
      };
      const one = await saved('key-1', 'one');
      expect(one).toEqual(await saved('key-2', 'one'));
      expect(one).not.toEqual(await saved('key-3', 'other'));
      expect(one).not.toEqual(await saved('key-4'));
      expect(one.some((name) => accounts.some((account) => name.includes(account)))).toBe(false);
      const manifest = readFileSync(join(files.directory, 'key-1', 'manifest.json'), 'utf8');
      for (const account of accounts) expect(manifest).not.toContain(account);
    }));

  it('is not written over other files', () =>
    during(undefined, async (endpoint) => {
      const { exitCode, err } = await patchfleet(endpoint, ['snapshot', '--fleet', path, '--out', files.directory]);
      expect(exitCode).toBe(2);
      expect(err).toContain('--out must be empty or hold a snapshot to go on with, got other files');
      expect(existsSync(path)).toBe(true);
      expect(endpoint.calls).toEqual([]);
      const nowhere = await patchfleet(endpoint, ['snapshot', '--fleet', path, '--out', '']);
      expect(nowhere).toEqual({ exitCode: 2, out: '', err: 'patchfleet: --out must name a directory' });
    }));
});

describe('explain', () => {
  it('asks AWS about the instance', () =>
    during(denied, async (endpoint) => {
      const [place] = fleet.places;
      const missing = place?.instances.find(({ patchState }) => (patchState?.MissingCount ?? 0) > 0)?.instanceId ?? '';
      const { exitCode, out } = await patchfleet(endpoint, ['explain', missing, '--fleet', path]);
      expect(exitCode).toBe(0);
      expect(out).toMatch(new RegExp(`^${missing} in 111111111111/eu-west-1: missing: `));
      expect(out).toContain('[missing]');
    }));

  it('says of every instance what it says from a snapshot', () =>
    during(undefined, async (endpoint) => {
      const source = join(files.directory, 'to-explain');
      expect((await patchfleet(endpoint, ['snapshot', '--fleet', path, '--out', source])).exitCode).toBe(0);
      const ids = fleet.places.flatMap(({ instances }) => instances.map(({ instanceId }) => instanceId));
      const explain = async (...from: readonly string[]) =>
        JSON.parse((await patchfleet(endpoint, ['explain', ...ids, '--fleet', path, '--format', 'json', ...from])).out);
      const ofAws = await explain();
      expect(ofAws.explanations).toHaveLength(ids.length);
      expect(await explain('--source', source)).toEqual(ofAws);
    }));

  it('says where it could not look for an instance that it does not find', () =>
    during(denied, async (endpoint) => {
      const { exitCode, out, err } = await patchfleet(endpoint, ['explain', 'i-0123456789abcdef0', '--fleet', path]);
      expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
      expect(err).toMatch(
        /^patchfleet: i-0123456789abcdef0 is in no account and region that was read\npatchfleet: could not be read: 222222222222\/eu-west-1: the role could not be assumed: .*$/,
      );
    }));
});
