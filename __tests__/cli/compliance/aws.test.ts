import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { run } from '../../../cli/run.ts';
import type { ComplianceReport } from '../../../compliance/report.ts';
import type { Faults } from '../../support/aws/faults.ts';
import { asOf, environmentOf, inEnvironment } from '../../support/aws/reading.ts';
import '../../support/one-realm.ts';
import { denied, during, files, fleet, patchfleet, path, reportOf } from './simulated.ts';

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
      expect(evidence.permissions).toEqual([...new Set(endpoint.calls.map(({ action }) => action))].sort());
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
