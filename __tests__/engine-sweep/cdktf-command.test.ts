import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { filesBelow, node, root } from '../support/command.ts';
import { describeWithStandIn } from '../support/terraform.ts';
import { checkout, describeWithCdktf, runCdktf, stateIn } from './cdktf.ts';

describeWithCdktf('the CDKTF command line', () => {
  let directory: string;
  const run = (command: string, ...args: string[]) => runCdktf(directory, command, ...args);

  beforeAll(() => {
    directory = checkout();
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it('synthesises the bytes of npm start, and does not edit cdktf.json', () => {
    const { status, text } = run('synth');
    expect(text).toContain('Generated Terraform code for the stacks: patch-manager-demo');
    expect(status).toBe(0);
    const outdir = join(directory, 'npm-start.out');
    expect(node(['bin/patchfleet.mjs', 'synth'], { CDKTF_OUTDIR: outdir }).status).toBe(0);
    expect(filesBelow(join(directory, 'cdktf.out'))).toEqual(filesBelow(outdir));
    expect(readFileSync(join(directory, 'cdktf.json'), 'utf8')).toBe(readFileSync(join(root, 'cdktf.json'), 'utf8'));
  });

  describeWithStandIn('with Terraform', () => {
    it('shows, deploys and destroys the only stack without naming it', () => {
      expect(run('diff').status).toBe(0);
      const plan = ['-chdir=cdktf.out/stacks/patch-manager-demo', 'show', '-no-color', 'plan'];
      const { stdout } = spawnSync('terraform', plan, { cwd: directory, encoding: 'utf8' });
      expect(stdout).toContain('Plan: 24 to add, 0 to change, 0 to destroy.');
      expect(run('deploy', '--auto-approve').status).toBe(0);
      const { resources, outputs } = stateIn(directory, 'patch-manager-demo');
      expect(resources).toBe(24);
      expect(outputs.maintenance_window_id?.value).toMatch(/^mw-[0-9a-f]{17}$/);
      expect(run('destroy', '--auto-approve').status).toBe(0);
      expect(stateIn(directory, 'patch-manager-demo')).toEqual({ resources: 0, outputs: {} });
    });
  });
});
