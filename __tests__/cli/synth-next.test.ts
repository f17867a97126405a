import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { root } from '../support/command.ts';
import { inFleetDirectory } from '../support/in-fleet-directory.ts';
import { patchfleet } from '../support/run-command.ts';

const full = join(root, 'examples/fleet.full.yaml');
const walkthrough = join(root, 'fleet.yaml');

describe('what patchfleet synth says comes next', () => {
  inFleetDirectory();
  const outdir = process.env.CDKTF_OUTDIR;

  beforeEach(() => {
    delete process.env.CDKTF_OUTDIR;
    writeFileSync('cdktf.json', '{}');
  });
  afterEach(() => {
    if (outdir === undefined) delete process.env.CDKTF_OUTDIR;
    else process.env.CDKTF_OUTDIR = outdir;
  });

  async function next(...args: string[]): Promise<string> {
    const { out } = await patchfleet('synth', ...args);
    return out.slice(out.indexOf('Next\n'));
  }

  it('is cdktf without a synthesis of its own, where it would synthesise another fleet', async () => {
    expect(await next('--fleet', full, '--only', '111111111111-*')).toBe(`Next
  plan     npx cdktf diff 111111111111-eu-central-1 --skip-synth
           npx cdktf diff 111111111111-global --skip-synth
  deploy   npx cdktf deploy 111111111111-eu-central-1 111111111111-global --skip-synth
  look up  terraform -chdir=cdktf.out/stacks/STACK output
  destroy  npx cdktf destroy 111111111111-eu-central-1 111111111111-global --skip-synth`);
  });

  it('names no stack of more than three', async () => {
    expect(await next('--fleet', full)).toBe(`Next
  plan     npx cdktf diff STACK --skip-synth
  deploy   npx cdktf deploy STACK --skip-synth
  look up  terraform -chdir=cdktf.out/stacks/STACK output
  destroy  npx cdktf destroy STACK --skip-synth`);
  });

  it('names another output directory', async () => {
    process.env.CDKTF_OUTDIR = 'other.out';
    expect(await next('--fleet', full, '--only', '111111111111-global')).toBe(`Next
  plan     npx cdktf diff 111111111111-global --skip-synth --output other.out
  deploy   npx cdktf deploy 111111111111-global --skip-synth --output other.out
  look up  terraform -chdir=other.out/stacks/111111111111-global output
  destroy  npx cdktf destroy 111111111111-global --skip-synth --output other.out`);
  });

  it('can be pasted where the output directory has a name that a shell would take apart', async () => {
    process.env.CDKTF_OUTDIR = "our team's out";
    expect(await next('--fleet', full, '--only', '111111111111-global')).toBe(`Next
  plan     npx cdktf diff 111111111111-global --skip-synth --output 'our team'\\''s out'
  deploy   npx cdktf deploy 111111111111-global --skip-synth --output 'our team'\\''s out'
  look up  terraform -chdir='our team'\\''s out/stacks/111111111111-global' output
  destroy  npx cdktf destroy 111111111111-global --skip-synth --output 'our team'\\''s out'`);
  });

  it('is Terraform itself, where there is no cdktf.json', async () => {
    rmSync('cdktf.json');
    expect(await next('--fleet', walkthrough)).toBe(`Next
  init     terraform -chdir=cdktf.out/stacks/patch-manager-demo init
  plan     terraform -chdir=cdktf.out/stacks/patch-manager-demo plan
  deploy   terraform -chdir=cdktf.out/stacks/patch-manager-demo apply
  look up  terraform -chdir=cdktf.out/stacks/patch-manager-demo output, then "Verify" in README.md
  destroy  terraform -chdir=cdktf.out/stacks/patch-manager-demo destroy`);
  });

  it('leaves no directory of a stack that an earlier run wrote, but for one with a state, and for what is no stack', async () => {
    await patchfleet('synth', '--fleet', full);
    const stacks = join('cdktf.out', 'stacks');
    writeFileSync(join(stacks, '222222222222-global', 'terraform.tfstate'), '{}');
    mkdirSync(join(stacks, '222222222222-eu-west-1', 'terraform.tfstate.d'));
    mkdirSync(join(stacks, '222222222222-eu-central-1', '.terraform'));
    mkdirSync(join(stacks, 'mine'));
    const { exitCode, err } = await patchfleet('synth', '--fleet', full, '--only', '[13]*');
    const kept =
      'the directory of a stack that this synthesis did not write must hold no Terraform state, so it is kept; destroy the stack by terraform -chdir, or move its state, then delete the directory [stack/left-with-state]';
    expect(exitCode).toBe(0);
    expect(err.split('\n').filter((line) => line.includes('222222222222'))).toEqual([
      `removed what this synthesis did not write: 222222222222-eu-central-1 in ${stacks}`,
      `warning [${stacks}/222222222222-eu-west-1] ${kept}`,
      `warning [${stacks}/222222222222-global] ${kept}`,
    ]);
    const left = [
      '222222222222-eu-central-1',
      '222222222222-eu-west-1',
      '222222222222-global',
      'mine',
      '333333333333-global',
    ];
    expect(left.map((name) => existsSync(join(stacks, name)))).toEqual([false, true, true, true, true]);
  });
});
