import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { filesBelow, root } from '../../support/command.ts';
import { patchfleet } from '../../support/run-command.ts';
import { describeWithStandIn } from '../../support/terraform.ts';
import { Fake, isRunning, until } from './fake.ts';

const bin = join(root, 'bin', 'patchfleet.mjs');

const window = { schedule: 'cron(0 3 ? * SAT *)', maxConcurrency: '10%', maxErrors: '5%' };

/** One account in two regions: three stacks, their states beside them. */
const fleet = {
  version: 1,
  fleet: 'acme',
  baselines: { linux: { operatingSystem: 'AMAZON_LINUX_2023', preset: 'aws-default' } },
  patchGroups: { web: { name: 'web', baselines: ['linux'] } },
  rings: [{ name: 'all', install: window }],
  accounts: [
    {
      account: '111111111111',
      regions: ['eu-central-1', 'us-east-1'],
      assignments: { default: { ring: 'all', patchGroups: ['web'] } },
    },
  ],
};

let fake: Fake;

beforeEach(() => {
  fake = new Fake();
  writeFileSync(join(fake.directory, 'fleet.yaml'), JSON.stringify(fleet));
});
afterEach(() => rmSync(fake.directory, { recursive: true, force: true }));

/** Runs `patchfleet plan` in the directory of the fleet file, as a user would. */
function plan(args: readonly string[], environment: Readonly<Record<string, string | undefined>> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, 'plan', ...args], {
    cwd: fake.directory,
    encoding: 'utf8',
    env: fake.environment(environment),
  });
  return { exitCode: status, out: stdout, err: stderr };
}

describe('patchfleet plan', () => {
  it('synthesises the chosen stacks and plans these alone', () => {
    const { exitCode, out, err } = plan(['--only', '*-us-east-1', '--out', 'plans', '--engine', fake.engine]);
    expect(exitCode).toBe(0);
    expect(out).toBe(`  STACK                   PLAN
  111111111111-us-east-1  2 to create, 1 to replace

1 planned, 0 not; plans are in plans
`);
    expect(err).toMatch(/^\[1\/1\] 111111111111-us-east-1 2 to create, 1 to replace \(\d+\.\d s\)\n$/);
    expect(readdirSync(join(fake.directory, 'cdktf.out')).sort()).toEqual(['.plugin-cache', 'manifest.json', 'stacks']);
    expect(readdirSync(join(fake.directory, 'cdktf.out', 'stacks'))).toEqual(['111111111111-us-east-1']);
  });

  it('plans nothing of a fleet with errors', () => {
    writeFileSync(join(fake.directory, 'fleet.yaml'), JSON.stringify({ ...fleet, rings: [] }));
    const { exitCode, out, err } = plan(['--out', 'plans', '--engine', fake.engine]);
    expect(exitCode).toBe(2);
    expect(out).toBe('');
    expect(err).toContain('rings');
    expect(readdirSync(fake.directory).sort()).toEqual(['fake-engine', 'fleet.yaml', 'plan.json']);
  });

  it.each([
    ['no-such-engine', 'no-such-engine is not installed here; install it, or name another with --engine'],
    ['', '--engine must name a command'],
    ['./fleet.yaml', './fleet.yaml cannot be run: spawnSync ./fleet.yaml EACCES'],
  ])('refuses the engine %p before it writes anything', (engine, message) => {
    const { exitCode, out, err } = plan(['--out', 'plans', '--engine', engine]);
    expect({ exitCode, out, err }).toEqual({ exitCode: 2, out: '', err: `patchfleet: ${message}\n` });
    expect(existsSync(join(fake.directory, 'cdktf.out'))).toBe(false);
  });

  it('tells how an engine fails that is installed', () => {
    const { exitCode, err } = plan(['--out', 'plans', '--engine', fake.engine], { VERSION_FAILS: '1' });
    expect(exitCode).toBe(2);
    expect(err).toBe(`patchfleet: ${fake.engine} version fails: cannot execute: wrong architecture\n`);
  });

  it('runs OpenTofu by its name, wherever PATH has it', () => {
    const path = join(fake.directory, 'path');
    mkdirSync(path);
    writeFileSync(join(path, 'tofu'), `#!/bin/sh\nexec ${fake.engine} "$@"\n`);
    chmodSync(join(path, 'tofu'), 0o755);
    const PATH = `${path}:${process.env.PATH}`;
    const args = ['--only', '*-global', '--out', 'plans', '--engine', 'tofu'];
    const { exitCode, out } = plan(args, { PATH, FAIL: '111111111111-global:init' });
    expect(exitCode).toBe(2);
    expect(out).toContain('111111111111-global  failed in tofu init: init is not possible');
  });

  it('refuses a directory below a file', () => {
    const { exitCode, out, err } = plan(['--out', 'fleet.yaml/plans', '--engine', fake.engine]);
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
    expect(err).toMatch(
      /^\[.*fleet\.yaml\/plans\] it must be a directory that is there or can be made, got a file in the place of a directory \(ENOTDIR\); move the file away, or name another path \[file\/usable\]\n$/,
    );
  });

  it('refuses a file where the directory should be', () => {
    const { exitCode, err } = plan(['--out', 'fleet.yaml', '--engine', fake.engine]);
    expect(exitCode).toBe(2);
    expect(err).toMatch(
      /^\[.*fleet\.yaml\] it must be a directory that is there or can be made, got a file in the place of a directory \(EEXIST\); move the file away, or name another path \[file\/usable\]\n$/,
    );
  });

  it('refuses a directory without a name', () => {
    const { exitCode, err } = plan(['--out', '', '--engine', fake.engine]);
    expect(exitCode).toBe(2);
    expect(err).toBe('patchfleet: --out must name a directory\n');
  });

  it.each([
    ['{"total":{"lines":', 'is no summary of plans; name another directory with --out, or delete the file'],
    ['{"total":{"lines":1}}', 'is no summary of plans; name another directory with --out, or delete the file'],
    ['null', 'is no summary of plans; name another directory with --out, or delete the file'],
    [
      '{"version":1,"stacks":[{"stack":"../../etc/passwd","status":"planned"}]}',
      'is no summary of plans; name another directory with --out, or delete the file',
    ],
    ['{"version":2,"stacks":[]}', 'is of version 2, and this patchfleet knows 1; name another directory with --out'],
  ])('leaves a summary.json alone that it did not write: %s', async (text, message) => {
    mkdirSync(fake.out);
    writeFileSync(join(fake.out, 'summary.json'), text);
    const result = await patchfleet('plan', '--out', fake.out, '--engine', fake.engine);
    expect(result).toEqual({ exitCode: 2, out: '', err: `patchfleet: ${fake.out}/summary.json ${message}` });
    expect(filesBelow(fake.out)).toEqual({ 'summary.json': text });
  });

  it.each(['0', '65', 'all', '1.5', '-1'])('refuses to plan %p stacks at a time', async (parallel) => {
    const { exitCode, err } = await patchfleet('plan', '--out', fake.out, '--parallel', parallel);
    expect(exitCode).toBe(2);
    expect(err).toContain('It must be a whole number from 1 to 64.');
  });
});

describe('patchfleet plan with Ctrl-C', () => {
  /** Starts it in a process group of its own, as a shell does, and waits until the engine plans. */
  async function started(environment: Readonly<Record<string, string>>) {
    const child = spawn(process.execPath, [bin, 'plan', '--out', 'plans', '--engine', fake.engine], {
      cwd: fake.directory,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: fake.environment({ HANG: 'plan', ...environment }),
    });
    const printed = { out: '', err: '' };
    child.stdout.on('data', (data) => {
      printed.out += data;
    });
    child.stderr.on('data', (data) => {
      printed.err += data;
    });
    const ended = once(child, 'close').then(([exitCode, signal]) => ({ exitCode, signal, ...printed }));
    await until(() => fake.told('start').filter((call) => call.startsWith('start plan')).length === 3);
    return { pid: child.pid as number, printed, ended };
  }

  /** What the terminal does, and npx after it. */
  function press(pid: number): void {
    process.kill(-pid, 'SIGINT');
    process.kill(pid, 'SIGINT');
  }

  it('ends in order, with 2, no process left and every lock given back', async () => {
    const { pid, ended } = await started({});
    press(pid);
    const { exitCode, out, err } = await ended;
    expect(exitCode).toBe(2);
    expect(err).toContain(
      'interrupted: waiting for 3 fake-engine to release their locks; Ctrl-C again ends them at once\n',
    );
    expect(out).toContain('0 planned, 3 not; plans are in plans\nrun it again with --resume for these alone\n');
    expect(fake.told('interrupted')).toHaveLength(3);
    expect(fake.told('released')).toHaveLength(3);
    expect(fake.events().filter((event) => isRunning(event.pid))).toEqual([]);
    expect(fake.statuses()).toEqual([
      '111111111111-eu-central-1 interrupted',
      '111111111111-global interrupted',
      '111111111111-us-east-1 interrupted',
    ]);
  });

  it('ends in order when it is asked to from outside', async () => {
    const { pid, ended } = await started({});
    process.kill(pid, 'SIGTERM');
    expect((await ended).exitCode).toBe(2);
    expect(fake.told('released')).toHaveLength(3);
  });

  it('ends at once when it is pressed again, engines and their providers with it', async () => {
    const { pid, printed, ended } = await started({ STUBBORN: '1' });
    press(pid);
    await until(() => printed.err.includes('interrupted') && fake.told('interrupted').length === 3);
    // Sooner, it is taken for the same key press.
    await new Promise((resolve) => setTimeout(resolve, 600));
    press(pid);
    const { exitCode, signal, err } = await ended;
    expect({ exitCode, signal }).toEqual({ exitCode: 2, signal: null });
    expect(err).toContain(
      'ended 3 fake-engine at once; where a state stays locked, the next plan tells the id for fake-engine force-unlock\n',
    );
    await until(() => fake.events().every((event) => !isRunning(event.pid)));
    expect(fake.told('provider')).toHaveLength(3);
  });

  it('leaves a summary behind that the next run resumes', async () => {
    const { pid, ended } = await started({});
    press(pid);
    await ended;
    const { exitCode, out } = plan(['--out', 'plans', '--engine', fake.engine, '--resume']);
    expect(exitCode).toBe(0);
    expect(out).toContain('3 planned, 0 not');
  });
});

describeWithStandIn('patchfleet plan with Terraform', () => {
  it('keeps plans that are whole, and fetches the provider once', () => {
    const args = ['--only', '*-global', '*-us-east-1', '--out', join(fake.directory, 'plans')];
    const { exitCode, out } = plan(args);
    expect(exitCode).toBe(0);
    expect(out).toContain(
      '  111111111111-global     2 to create\n  111111111111-us-east-1  5 to create\n\n2 planned, 0 not',
    );
    const json = JSON.parse(readFileSync(join(fake.out, '111111111111-us-east-1.plan.json'), 'utf8'));
    expect(json).toMatchObject({ format_version: expect.stringMatching(/^1\./), errored: false, complete: true });
    expect(json.resource_changes.map(({ type }: { type: string }) => type)).toEqual([
      'aws_ssm_maintenance_window',
      'aws_ssm_maintenance_window_target',
      'aws_ssm_maintenance_window_task',
      'aws_ssm_patch_baseline',
      'aws_ssm_patch_group',
    ]);
    const logs = ['global', 'us-east-1'].map((name) =>
      readFileSync(join(fake.out, `111111111111-${name}.log`), 'utf8'),
    );
    expect(logs[1]).toMatch(/Using hashicorp\/aws v[\d.]+ from the shared cache directory/);
    expect(logs[1]).toContain('Plan: 5 to add, 0 to change, 0 to destroy.');
    const directory = join(fake.directory, 'cdktf.out', 'stacks', '111111111111-us-east-1');
    const shown = spawnSync(
      'terraform',
      [`-chdir=${directory}`, 'show', '-no-color', `${fake.out}/111111111111-us-east-1.tfplan`],
      {
        encoding: 'utf8',
      },
    );
    expect(shown.stdout).toContain('Plan: 5 to add, 0 to change, 0 to destroy.');
    expect(plan([...args, '--resume']).err).toBe('2 of 2 stacks are planned already\n');
  });

  it('tells of a backend without credentials where the log is', () => {
    const backend = { s3: { bucket: 'acme-states', region: 'eu-central-1' } };
    writeFileSync(join(fake.directory, 'fleet.yaml'), JSON.stringify({ ...fleet, backend }));
    const credentials = Object.keys(process.env).filter((name) => name.startsWith('AWS_'));
    const { exitCode, out } = plan(['--only', '*-global', '--out', 'plans'], {
      ...Object.fromEntries(credentials.map((name) => [name, undefined])),
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    });
    expect(exitCode).toBe(2);
    expect(out).toBe(`  STACK                PLAN
  111111111111-global  failed in terraform init: No valid credential sources found

0 planned, 1 not; plans are in plans
what went wrong:
  plans/111111111111-global.log
run it again with --resume for these alone
`);
  });
});
