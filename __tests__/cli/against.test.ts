import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { root, temporaryDirectory } from '../support/command.ts';
import { patchfleet } from '../support/run-command.ts';

const full = readFileSync(join(root, 'examples', 'fleet.full.yaml'), 'utf8');
const without = full.replace(/ {2}- account: "222222222222"\n(?: {4}.*\n)+/, '');

describe('patchfleet validate --against', () => {
  let directory: string;
  let fleet: string;

  beforeEach(() => {
    directory = temporaryDirectory();
    fleet = join(directory, 'fleet.yaml');
    writeFileSync(fleet, without);
  });

  function git(...args: string[]): void {
    const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];
    execFileSync('git', [...identity, ...args], { cwd: directory, stdio: 'ignore' });
  }

  it('finds what vanished since a git revision, and tells how to take it down', async () => {
    writeFileSync(fleet, full);
    git('init');
    git('add', 'fleet.yaml');
    git('commit', '-m', 'full');
    writeFileSync(fleet, `${without}retired:\n  - account: "222222222222"\n`);
    const fine = await patchfleet('validate', '--fleet', fleet, '--against', 'HEAD');
    expect(fine.exitCode).toBe(0);
    expect(fine.err).toContain('to take down what is retired, in the earlier revision and in this order:');
    // Another file than fleet.yaml is named: a command that is pasted must not synthesise another fleet.
    expect(fine.err).toContain(`  npx patchfleet synth --only 222222222222-global --fleet ${fleet}\n`);
    expect(fine.err).toContain('  npx cdktf destroy 222222222222-global --skip-synth');
    writeFileSync(fleet, without);
    const { exitCode, out } = await patchfleet('validate', '--fleet', fleet, '--against', 'HEAD');
    expect(exitCode).toBe(1);
    expect(out.match(/\[fleet\/vanished\]/g)).toHaveLength(3);
  });

  it('finds what vanished since a directory', async () => {
    mkdirSync(join(directory, 'before'));
    writeFileSync(join(directory, 'before', 'fleet.yaml'), full);
    const { exitCode, out } = await patchfleet('validate', '--fleet', fleet, '--against', join(directory, 'before'));
    expect(exitCode).toBe(1);
    expect(out).toContain('stack 222222222222-eu-west-1 was deployed and is gone from the file');
  });

  it('cannot run where there is no such revision', async () => {
    const { exitCode, err, out } = await patchfleet('validate', '--fleet', fleet, '--against', '--output=x');
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
    expect(err).toMatch(/^patchfleet: --against --output=x is no file, directory or git revision with fleet.yaml: /);
  });

  it('cannot run where the earlier fleet was not sound', async () => {
    writeFileSync(join(directory, 'old.yaml'), 'version: 1\n');
    const { exitCode, err } = await patchfleet('validate', '--fleet', fleet, '--against', join(directory, 'old.yaml'));
    expect(exitCode).toBe(2);
    expect(err).toContain('is not sound: [');
  });
});
