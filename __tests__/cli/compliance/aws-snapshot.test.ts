import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Faults } from '../../support/aws/faults.ts';
import '../../support/one-realm.ts';
import { accounts, denied, during, files, patchfleet, path, reportOf } from './simulated.ts';

const asked = 'patchfleet: AWS was asked by arn:aws:iam::111111111111:user/patcher';

describe('a snapshot', () => {
  it('comes to the report that AWS comes to', () =>
    during(undefined, async (endpoint) => {
      const out = join(files.directory, 'same');
      const saved = await patchfleet(endpoint, ['snapshot', '--fleet', path, '--out', out]);
      const told = `${out}: 120 instances in 3 accounts and regions`;
      expect(saved).toEqual({ exitCode: 0, out: told, err: asked });
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
          `${asked}\npatchfleet: incomplete: not everything could be read; the same command reads what is missing`,
        );
        failing = false;
        endpoint.calls.length = 0;
        const again = await patchfleet(endpoint, args);
        expect(again).toEqual({
          exitCode: 0,
          out: `${out}: 120 instances in 3 accounts and regions, 2 of them from the run before`,
          err: asked,
        });
        const accountsAsked = endpoint.calls
          .filter(({ action }) => !action.startsWith('sts:'))
          .map(({ account }) => account);
        expect([...new Set(accountsAsked)]).toEqual(['222222222222']);
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
        `${asked}\npatchfleet: interrupted: the snapshot is not finished; the same command reads what is missing`,
      );
      const unfinished = await patchfleet(endpoint, ['compliance', '--source', out]);
      expect(unfinished.exitCode).toBe(2);
      expect(unfinished.err).toContain('[compliance/snapshot-finished]');
      waiting = false;
      const second = await patchfleet(endpoint, args);
      expect({ exitCode: second.exitCode, err: second.err }).toEqual({ exitCode: 0, err: asked });
      expect(second.out).toMatch(/: 120 instances in 3 accounts and regions(, \d of them from the run before)?$/);
    });
  });

  it('that was interrupted is not finished by a part of it', () => {
    const interruption = new AbortController();
    let isFirst = true;
    const slow: Faults = ({ operation, account }) => {
      if (!isFirst || operation !== 'DescribeInstancePatchStates' || account === '111111111111') return undefined;
      return { kind: 'slow', ms: 60_000 };
    };
    return during(slow, async (endpoint) => {
      const out = join(files.directory, 'in-parts');
      const args = ['snapshot', '--fleet', path, '--out', out];
      const whenOneIsThere = setInterval(() => {
        if (existsSync(join(out, '111111111111-eu-west-1.jsonl.gz'))) interruption.abort();
      }, 50);
      await patchfleet(endpoint, args, { signal: interruption.signal });
      clearInterval(whenOneIsThere);
      isFirst = false;
      expect(await patchfleet(endpoint, [...args, '--only', '111111111111-*'])).toEqual({
        exitCode: 2,
        out: '',
        err: `[${out}] --out must lack something of the chosen places, got a snapshot that lacks something of others: 222222222222/eu-west-1, 333333333333/eu-west-1; choose them, too, or name another directory with --out [compliance/snapshot-out]\n1 error`,
      });
      expect(await patchfleet(endpoint, [...args, '--only', '222222222222-*', '--allow-partial'])).toEqual({
        exitCode: 2,
        out: `${out}: 80 instances in 2 accounts and regions, 1 of them from the run before`,
        err: `${asked}\npatchfleet: not finished: an earlier run was to read others, too: 333333333333/eu-west-1; choose them as well`,
      });
      expect(await patchfleet(endpoint, args)).toEqual({
        exitCode: 0,
        out: `${out}: 120 instances in 3 accounts and regions, 2 of them from the run before`,
        err: asked,
      });
    });
  });

  it('says that another one must be taken, where the key of its other names is lost', () =>
    during(denied, async (endpoint) => {
      const args = ['snapshot', '--fleet', path, '--out', join(files.directory, 'keyless'), '--anonymise'];
      expect((await patchfleet(endpoint, args)).err).toBe(
        `${asked}\npatchfleet: incomplete: not everything could be read; without PATCHFLEET_ANONYMISE_KEY only another one can be taken`,
      );
    }));

  it('may be begun anew without a key, where it was interrupted before the first place', () =>
    during(undefined, async (endpoint) => {
      const control = new AbortController();
      control.abort();
      const args = ['snapshot', '--fleet', path, '--out', join(files.directory, 'early'), '--anonymise'];
      const first = await patchfleet(endpoint, args, { signal: control.signal });
      expect({ exitCode: first.exitCode, err: first.err }).toEqual({
        exitCode: 2,
        err: 'patchfleet: interrupted: the snapshot is not finished; the same command reads what is missing',
      });
      expect(await patchfleet(endpoint, args)).toMatchObject({ exitCode: 0, err: asked });
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

  it('is left to another command that writes it, before AWS is asked', () =>
    during(undefined, async (endpoint) => {
      const out = join(files.directory, 'at-once');
      mkdirSync(out);
      const holder = { run: 'r', pid: 7, host: 'elsewhere', since: '2026-11-24T06:00:00.000Z' };
      writeFileSync(join(out, 'snapshot.lock'), JSON.stringify(holder));
      expect(await patchfleet(endpoint, ['snapshot', '--fleet', path, '--out', out])).toEqual({
        exitCode: 2,
        out: '',
        err: `[${out}] --out must be written by one command at a time, got snapshot.lock of process 7 on elsewhere since 2026-11-24T06:00:00.000Z; wait until that has ended, or name another directory; if it runs no more, remove snapshot.lock [compliance/snapshot-lock]\n1 error`,
      });
      expect(endpoint.calls).toEqual([]);
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
