import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { filesBelow, node, root } from '../support/command.ts';
import { describeWithTerraform } from '../support/terraform.ts';
import { checkout, describeWithCdktf, runCdktf } from './cdktf.ts';

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

  describeWithTerraform('with Terraform', () => {
    it('shows, deploys and destroys the only stack without naming it', () => {
      const diff = run('diff');
      expect(diff.text).toContain('Plan: 24 to add, 0 to change, 0 to destroy.');
      expect(diff.status).toBe(0);
      const deploy = run('deploy', '--auto-approve');
      expect(deploy.text).toContain('Apply complete! Resources: 24 added, 0 changed, 0 destroyed.');
      expect(deploy.text).toMatch(/maintenance_window_id = mw-[0-9a-f]{17}/);
      expect(deploy.status).toBe(0);
      expect(existsSync(join(directory, 'terraform.patch-manager-demo.tfstate'))).toBe(true);
      const destroy = run('destroy', '--auto-approve');
      expect(destroy.text).toContain('Destroy complete! Resources: 24 destroyed.');
      expect(destroy.status).toBe(0);
    });
  });
});
