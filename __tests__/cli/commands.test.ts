import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { filesBelow, node, root, temporaryDirectory } from '../support/command.ts';

/* The files that users run, as processes. */

/** A program like main.ts whose statements make `app` of `fleet`. */
function program(statements: string): string {
  const from = (name: string) => JSON.stringify(join(root, name));
  return `import { ProblemError } from ${from('core/problem.ts')};
import { expand } from ${from('fleet/expand.ts')};
import { readFleet } from ${from('fleet/read.ts')};
import { createApp } from ${from('stacks/index.ts')};
const { fleet } = readFleet('fleet.yaml');
${statements}
try {
  app.synth();
} catch (failure) {
  if (!(failure instanceof ProblemError)) throw failure;
  process.stderr.write(failure.message);
  process.exitCode = 1;
}
`;
}

describe('the commands of a checkout', () => {
  let directory: string;
  let outdir: string;

  beforeEach(() => {
    directory = temporaryDirectory();
    outdir = join(directory, 'cdktf.out');
  });

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

  it('edit a fleet file, which takes the place of the old one as a whole', () => {
    const path = join(directory, 'fleet.yaml');
    const before = readFileSync(join(root, 'examples/fleet.full.yaml'), 'utf8');
    writeFileSync(path, before);
    const args = ['promote', '--from', 'dev', '--to', 'prod', '--as-of', '2026-12-01', '--fleet', path];
    const edit = node(['bin/patchfleet.mjs', ...args]);
    expect(edit.stderr).toContain('fleet.yaml: changed; review, commit and deploy it');
    expect(edit.status).toBe(0);
    expect(edit.stdout).toContain('\n+      windows: ["2026-12-01"]\n');
    expect(readFileSync(path, 'utf8')).toContain('    approveUntilDates:\n');
    expect(readdirSync(directory)).toEqual(['fleet.yaml']);
  });

  it('name no directory of this machine in what they write', () => {
    node(['bin/run.mjs', 'main.ts'], { CDKTF_OUTDIR: outdir });
    const written = Object.values(filesBelow(outdir)).join();
    expect(written).toContain('"path": "../../../terraform.patch-manager-demo.tfstate"');
    expect(written).not.toContain(root);
    expect(written).not.toContain(directory);
  });

  it('see an edit of any source at the next run, even one of the same size and time, and reuse a bundle only until then', () => {
    const inside = mkdtempSync(join(root, 'cdktf.out-test-'));
    try {
      const entry = join(inside, 'entry.ts');
      const part = join(inside, 'part.ts');
      writeFileSync(entry, "import { word } from './part.ts'; process.stdout.write(word + import.meta.url);");
      writeFileSync(part, "export const word: string = 'first ';");
      const [first, again] = [node(['bin/run.mjs', entry]).stdout, node(['bin/run.mjs', entry]).stdout];
      expect(first).toMatch(/^first file:/);
      expect(again).toBe(first);
      writeFileSync(part, "export const word: string = 'second ';");
      expect(node(['bin/run.mjs', entry]).stdout).toMatch(/^second file:/);
      const { atime, mtime } = statSync(part);
      writeFileSync(part, "export const word: string = 'third! ';");
      utimesSync(part, atime, mtime);
      expect(node(['bin/run.mjs', entry]).stdout).toMatch(/^third! file:/);
    } finally {
      rmSync(inside, { recursive: true });
    }
  });

  it('see an edit of a file outside the checkout too', () => {
    const entry = join(directory, 'entry.ts');
    writeFileSync(entry, "process.stdout.write('first' satisfies string);");
    expect(node(['bin/run.mjs', entry]).stdout).toBe('first');
    writeFileSync(entry, "process.stdout.write('second' satisfies string);");
    expect(node(['bin/run.mjs', entry]).stdout).toBe('second');
  });

  it('refuse a stack with errors in every program, all at once, without a stack trace, and write nothing', () => {
    const entry = join(directory, 'entry.ts');
    writeFileSync(
      entry,
      program(`const [demo] = expand(fleet);
const { install } = demo.windows;
const broken = { ...install, windowName: 'x', window: { ...install.window, cutoff: 1 } };
const app = createApp([
  { ...demo, windows: { install: broken } },
  { ...demo, stackId: 'second', roles: { ...demo.roles, instance: { kind: 'made', roleName: '' } } },
]);`),
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
    expect(stderr.trimEnd().split('\n').at(-1)).toBe(
      `[${outdir}/stacks] it must be a directory that is there or can be made, got a file in the place of a directory (ENOTDIR); move the file away, or name another path [file/usable]`,
    );
    expect(stderr).not.toContain('    at ');
  });

  it('leave what an earlier run wrote when the next one fails', () => {
    mkdirSync(join(outdir, 'stacks'), { recursive: true });
    writeFileSync(join(outdir, 'manifest.json'), '{}');
    const entry = join(directory, 'entry.ts');
    writeFileSync(
      entry,
      program(`const [demo] = expand(fleet);
const app = createApp([{ ...demo, roles: { ...demo.roles, window: { kind: 'made', roleName: 'a b' } } }]);`),
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
