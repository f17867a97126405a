import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from '@jest/globals';
import { inParallel } from '../../cli/plan/parallel.ts';
import { expand } from '../../fleet/expand.ts';
import { temporaryDirectory } from '../support/command.ts';
import { describeWithTerraform } from '../support/terraform.ts';
import { fleetOf, synthesisedStacks } from '../support/walkthrough.ts';

/** Everything `terraform …` prints in a directory, where it fails. */
async function failureOf(directory: string, ...args: string[]): Promise<string | undefined> {
  const child = spawn('terraform', [`-chdir=${directory}`, ...args, '-no-color'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data) => {
      printed += data;
    });
  }
  const [code] = await once(child, 'close');
  return code === 0 ? undefined : printed;
}

describeWithTerraform('the large example on the Terraform engine', () => {
  const root = temporaryDirectory();
  let stacks: Record<string, string>;

  beforeAll(() => {
    // Its states are in a bucket, which nobody reaches from here.
    stacks = synthesisedStacks(expand({ ...fleetOf('examples/fleet.large.yaml'), backend: { local: {} } }));
  });

  it('is two hundred stacks: forty accounts in four regions, and the roles of each', () => {
    expect(Object.keys(stacks)).toHaveLength(200);
    expect(Object.keys(stacks).filter((id) => id.endsWith('-global'))).toHaveLength(40);
  });

  it('validates, every stack', async () => {
    const directories = Object.entries(stacks).map(([id, text]) => {
      const directory = join(root, id);
      mkdirSync(directory);
      writeFileSync(join(directory, 'cdk.tf.json'), text);
      return directory;
    });
    const [first = '', ...others] = directories;
    expect(await failureOf(first, 'init', '-input=false')).toBeUndefined();
    // They need the same provider: what one of them has initialised serves all.
    for (const directory of others) {
      mkdirSync(join(directory, '.terraform'));
      symlinkSync(join(first, '.terraform', 'providers'), join(directory, '.terraform', 'providers'));
      copyFileSync(join(first, '.terraform.lock.hcl'), join(directory, '.terraform.lock.hcl'));
    }
    const failures: string[] = [];
    await inParallel(2, directories, async (directory) => {
      const failure = await failureOf(directory, 'validate');
      if (failure !== undefined) failures.push(`${directory}: ${failure}`);
    });
    expect(failures).toEqual([]);
  });

  it('would not validate with a wrong argument', async () => {
    const directory = join(root, '100000000001-global');
    const document = JSON.parse(stacks['100000000001-global'] ?? '');
    const [role] = Object.values(document.resource.aws_iam_role) as Record<string, unknown>[];
    Object.assign(role ?? {}, { nmae: 'x' });
    writeFileSync(join(directory, 'cdk.tf.json'), JSON.stringify(document));
    expect(await failureOf(directory, 'validate')).toContain('No argument or block type is named "nmae"');
  });
});
