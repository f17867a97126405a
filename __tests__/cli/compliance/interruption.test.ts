import { spawn } from 'node:child_process';
import { expect, it } from '@jest/globals';
import { Endpoint } from '../../support/aws/endpoint.ts';
import type { Faults } from '../../support/aws/faults.ts';
import { environmentOf } from '../../support/aws/reading.ts';
import { simulateFleet } from '../../support/aws/simulate.ts';
import { root } from '../../support/command.ts';
import { acmeFleet, Snapshots } from './snapshots.ts';

/* The command as people run it, in a process of its own: Ctrl-C must end it, whatever it waits for. */

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
    const args = ['bin/patchfleet.mjs', 'compliance', '--fleet', fleet, '--format', 'json'];
    const command = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, ...environmentOf(endpoint) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const told = { out: '', err: '' };
    command.stdout.on('data', (text) => {
      told.out += text;
    });
    command.stderr.on('data', (text) => {
      told.err += text;
    });
    const ended = new Promise((resolve) => command.on('close', resolve));
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
