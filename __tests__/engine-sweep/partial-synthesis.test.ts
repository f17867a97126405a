import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeWithStandIn } from '../support/terraform.ts';
import { fleetOf } from '../support/walkthrough.ts';
import { checkout, describeWithCdktf, runCdktf, stateIn } from './cdktf.ts';

describeWithCdktf('some stacks of a fleet, synthesised by patchfleet', () => {
  let directory: string;
  /** Deploys what is synthesised already. */
  const run = (command: string, ...args: string[]) => runCdktf(directory, command, ...args, '--skip-synth');

  function synthesise(...only: string[]): void {
    const args = ['bin/patchfleet.mjs', 'synth', '--fleet', 'large.json', '--only', ...only];
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: directory, encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
  }

  beforeAll(() => {
    directory = checkout();
    const fleet = { ...fleetOf('examples/fleet.large.yaml'), backend: { local: {} } };
    writeFileSync(join(directory, 'large.json'), JSON.stringify(fleet));
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  describeWithStandIn('are understood by the CDKTF command line', () => {
    it('which deploys an account from them, and knows no other stack', () => {
      synthesise('100000000001-global', '100000000001-us-east-1');
      expect(run('deploy', '100000000001-*', '--auto-approve').status).toBe(0);
      expect(stateIn(directory, '100000000001-global').resources).toBe(2);
      expect(stateIn(directory, '100000000001-us-east-1').resources).toBe(25);
      expect(readdirSync(directory).filter((name) => name.endsWith('.tfstate'))).toEqual([
        'terraform.100000000001-global.tfstate',
        'terraform.100000000001-us-east-1.tfstate',
      ]);
    });

    it('which shows and destroys one region without the stack of its roles', () => {
      synthesise('100000000001-us-east-1');
      const manifest = JSON.parse(readFileSync(join(directory, 'cdktf.out', 'manifest.json'), 'utf8'));
      expect(Object.keys(manifest.stacks)).toEqual(['100000000001-us-east-1']);
      expect(manifest.stacks['100000000001-us-east-1'].dependencies).toEqual([]);
      expect(run('diff', '100000000001-us-east-1').status).toBe(0);
      const plan = ['-chdir=cdktf.out/stacks/100000000001-us-east-1', 'show', '-no-color', 'plan'];
      const { stdout } = spawnSync('terraform', plan, { cwd: directory, encoding: 'utf8' });
      expect(stdout).toContain('No changes.');
      expect(run('destroy', '100000000001-us-east-1', '--auto-approve').status).toBe(0);
      expect(stateIn(directory, '100000000001-us-east-1').resources).toBe(0);
    });
  });
});
