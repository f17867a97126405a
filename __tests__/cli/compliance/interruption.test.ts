import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import type { ComplianceReport } from '../../../compliance/report.ts';
import { Endpoint } from '../../support/aws/endpoint.ts';
import type { Faults } from '../../support/aws/faults.ts';
import { environmentOf } from '../../support/aws/reading.ts';
import { simulateFleet } from '../../support/aws/simulate.ts';
import { root, temporaryDirectory } from '../../support/command.ts';
import { acmeFleet, Snapshots } from './snapshots.ts';

/* The command as people run it, in a process of its own: Ctrl-C must end it, whatever it waits for. */

/** Starts the command, and gathers what it tells. */
function start(args: readonly string[], environment: Readonly<Record<string, string>>) {
  const command = spawn(process.execPath, ['bin/patchfleet.mjs', 'compliance', ...args, '--format', 'json'], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const told = { out: '', err: '' };
  command.stdout.on('data', (text) => {
    told.out += text;
  });
  command.stderr.on('data', (text) => {
    told.err += text;
  });
  return { command, told, ended: new Promise((resolve) => command.on('close', resolve)) };
}

it('Ctrl-C ends a report on AWS that never comes, with what is known, exit code 2 and no stack trace', async () => {
  const files = new Snapshots();
  const fleet = files.file('fleet.yaml', acmeFleet);
  let asked: () => void = () => undefined;
  const waiting = new Promise<void>((resolve) => {
    asked = resolve;
  });
  const never: Faults = ({ service }) => {
    if (service === 'sts') return undefined;
    asked();
    return { kind: 'slow', ms: 600_000 };
  };
  const simulated = simulateFleet({ regions: ['eu-central-1'], instances: 3 });
  await Endpoint.during({ fleet: simulated, faults: never }, async (endpoint) => {
    const { command, told, ended } = start(['--fleet', fleet], environmentOf(endpoint));
    await waiting;
    const began = performance.now();
    command.kill('SIGINT');
    expect(await ended).toBe(2);
    // The answer comes after ten minutes.
    expect(performance.now() - began).toBeLessThan(60_000);
    const { complete, totals } = JSON.parse(told.out);
    expect({ complete, instances: totals.instances }).toEqual({ complete: false, instances: 0 });
    expect(told.err.split('\n').filter((line) => !line.startsWith('reading AWS: ') && line !== '')).toEqual([
      'patchfleet: incomplete: not everything could be read of 111111111111/eu-central-1',
      'patchfleet: interrupted: what was not read until then is unknown',
    ]);
  });
});

it.each([
  ['the deadline', ['--deadline', '1s'], 'no answer came in time: not read within 1 s'],
  ['Ctrl-C', [], 'it was interrupted: interrupted before it was read'],
])('%s ends it while a program that is to tell credentials still runs', async (_, args, message) => {
  const files = new Snapshots();
  const fleet = files.file('fleet.yaml', acmeFleet);
  const directory = temporaryDirectory();
  const started = join(directory, 'started');
  // It ends when the directory is removed, after the last test.
  const program = `touch ${started}; while [ -d ${directory} ]; do sleep 0.2; done`;
  const config = files.file('config', `[profile slow]\ncredential_process = ${program}\n`);
  const environment = { ...environmentOf({ url: 'http://127.0.0.1:9' }), AWS_CONFIG_FILE: config };
  const { command, told, ended } = start(['--fleet', fleet, '--profile', 'slow', ...args], environment);
  if (args.length === 0) {
    while (!existsSync(started)) await new Promise((resolve) => setTimeout(resolve, 50));
    command.kill('SIGINT');
  }
  expect(await ended).toBe(2);
  const { complete, places } = JSON.parse(told.out) as ComplianceReport;
  expect({ complete, messages: places.flatMap(({ gaps }) => gaps.map((gap) => gap.message)) }).toEqual({
    complete: false,
    messages: [message],
  });
});
