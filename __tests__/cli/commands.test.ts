import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { filesBelow, node, root, temporaryDirectory } from '../support/command.ts';

/* The files that users run, as processes. */

describe('the commands of a checkout', () => {
  let directory: string;
  let outdir: string;

  beforeEach(() => {
    directory = temporaryDirectory();
    outdir = join(directory, 'cdktf.out');
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it('give the same bytes by patchfleet synth and by main.ts, which prints nothing', () => {
    const synth = node(['bin/patchfleet.mjs', 'synth'], { CDKTF_OUTDIR: outdir });
    expect(synth.status).toBe(0);
    const other = join(directory, 'other.out');
    expect(node(['bin/run.mjs', 'main.ts'], { CDKTF_OUTDIR: other })).toMatchObject({
      status: 0,
      stdout: '',
      stderr: '',
    });
    expect(filesBelow(other)).toEqual(filesBelow(outdir));
  });

  it('name no directory of this machine in what they write', () => {
    node(['bin/run.mjs', 'main.ts'], { CDKTF_OUTDIR: outdir });
    const written = Object.values(filesBelow(outdir)).join();
    expect(written).toContain('"path": "../../../terraform.patch-manager-demo.tfstate"');
    expect(written).not.toContain(root);
    expect(written).not.toContain(directory);
  });

  it('see an edit of the sources at the next run', () => {
    const entry = join(directory, 'entry.ts');
    writeFileSync(entry, "process.stdout.write('first' satisfies string);");
    expect(node(['bin/run.mjs', entry]).stdout).toBe('first');
    writeFileSync(entry, "process.stdout.write('second' satisfies string);");
    expect(node(['bin/run.mjs', entry]).stdout).toBe('second');
  });

  it('refuse a stack with errors in every program, all at once, without a stack trace, and write nothing', () => {
    const entry = join(directory, 'entry.ts');
    const sources = (name: string) => JSON.stringify(join(root, name));
    writeFileSync(
      entry,
      `import { ProblemError } from ${sources('core/problem.ts')};
import { PatchfleetApp } from ${sources('modules/tf/app.ts')};
import { PatchManagerStack, walkthrough } from ${sources('stacks/index.ts')};
const app = new PatchfleetApp();
const install = { ...walkthrough.windows.install!, cutoff: 1, windowName: 'x' };
new PatchManagerStack(app, { ...walkthrough, windows: { install } });
new PatchManagerStack(app, { ...walkthrough, stackId: 'second', region: 'eu-central-1', roles: { ...walkthrough.roles, instance: { roleName: '' } } });
try {
  app.synth();
} catch (failure) {
  if (!(failure instanceof ProblemError)) throw failure;
  process.stderr.write(failure.message);
  process.exitCode = 1;
}
`,
    );
    const { status, stdout, stderr } = node(['bin/run.mjs', entry], { CDKTF_OUTDIR: outdir });
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr.split('\n')).toEqual([
      '[patch-manager-demo/Windows/install] cutoff must be below duration (1), got 1; lower cutoff to 0 or lengthen the window [maintenance-window/cutoff-below-duration]',
      '[patch-manager-demo/Windows/install] windowName must be 3 to 128 characters of letters, digits, _ - ., got "x"; change windowName [maintenance-window/name]',
      '[second/InstanceRole] roleName must be 1 to 64 characters of letters, digits, + = , . @ _ -, got ""; change roleName [iam/role-name]',
      '3 errors',
    ]);
    expect(existsSync(outdir)).toBe(false);
  });

  it('say in one line what is wrong with the output directory', () => {
    writeFileSync(outdir, 'a file');
    const { status, stdout, stderr } = node(['bin/patchfleet.mjs', 'synth'], { CDKTF_OUTDIR: outdir });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^patchfleet: E[A-Z]+: .*cdktf\.out.*\n$/);
  });

  it('leave what an earlier run wrote when the next one fails', () => {
    mkdirSync(join(outdir, 'stacks'), { recursive: true });
    writeFileSync(join(outdir, 'manifest.json'), '{}');
    const entry = join(directory, 'entry.ts');
    writeFileSync(
      entry,
      `import { PatchfleetApp } from ${JSON.stringify(join(root, 'modules/tf/app.ts'))};
import { PatchManagerStack, walkthrough } from ${JSON.stringify(join(root, 'stacks/index.ts'))};
const app = new PatchfleetApp();
new PatchManagerStack(app, { ...walkthrough, roles: { ...walkthrough.roles, window: { roleName: 'a b' } } });
try { app.synth(); } catch { process.exitCode = 1; }
`,
    );
    expect(node(['bin/run.mjs', entry], { CDKTF_OUTDIR: outdir }).status).toBe(1);
    expect(filesBelow(outdir)).toEqual({ 'manifest.json': '{}' });
    expect(existsSync(join(outdir, 'stacks'))).toBe(true);
  });

  it('show where a source has an error, without a stack trace', () => {
    const entry = join(directory, 'entry.ts');
    writeFileSync(entry, 'const = 1;');
    const { status, stdout, stderr } = node(['bin/run.mjs', entry]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('entry.ts:1:6');
    expect(stderr).not.toContain('    at ');
  });

  it('tell how the launcher is used', () => {
    expect(node(['bin/run.mjs'])).toMatchObject({ status: 2, stderr: 'usage: node bin/run.mjs FILE.ts [arguments]\n' });
  });
});
