import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { filesBelow, root, temporaryDirectory } from '../support/command.ts';
import { patchfleet } from '../support/run-command.ts';

describe('patchfleet synth', () => {
  let directory: string;
  const outdir = process.env.CDKTF_OUTDIR;

  beforeEach(() => {
    directory = temporaryDirectory();
    process.env.CDKTF_OUTDIR = join(directory, 'cdktf.out');
  });
  afterEach(() => {
    if (outdir === undefined) delete process.env.CDKTF_OUTDIR;
    else process.env.CDKTF_OUTDIR = outdir;
  });

  it('writes the stack and tells it, its window, its outputs and the commands that come next', async () => {
    const { exitCode, out } = await patchfleet('synth');
    expect(exitCode).toBe(0);
    expect(Object.keys(filesBelow(join(directory, 'cdktf.out')))).toEqual([
      'manifest.json',
      'stacks/patch-manager-demo/cdk.tf.json',
    ]);
    expect(out).toContain('Stack patch-manager-demo in us-east-1: 24 resources\n');
    expect(out).toMatch(
      /^ {2}task +patch-manager-demo-install-linux +AWS-RunPatchBaseline Install RebootIfNeeded, 100% at a time, no error stops it$/m,
    );
    expect(out).toContain('\nWindow patch-manager-demo-install runs every 5 minutes from creation\n');
    expect(out).toContain(`Outputs
  linux_baseline_id
  linux_instance_id
  maintenance_window_id
  patch_manager
  windows_baseline_id
  windows_instance_id
`);
    expect(out).toContain('as of 2026-11-23T12:00:00Z\n');
    expect(out).toMatch(
      /\nNext\n {2}plan +npx cdktf diff\n {2}deploy +npx cdktf deploy\n {2}look up +terraform -chdir=.*\n {2}destroy +npx cdktf destroy$/,
    );
  });

  it('warns on standard error about an operating system that leaves support', async () => {
    const { err } = await patchfleet('synth');
    expect(err).toContain(
      'warning [fleet.yaml:14:19 baselines.windows.approvalRules[0].product[0]] Windows Server 2016 leaves support on 2027-01-12, 50 days after 2026-11-23; plan its replacement [end-of-support/operating-system]',
    );
  });

  it('writes the same bytes whatever day it is told for', async () => {
    await patchfleet('synth', '--as-of', '2024-01-01');
    const before = filesBelow(directory);
    const { err } = await patchfleet('synth', '--as-of', '2027-02-01T00:00:00Z');
    expect(filesBelow(directory)).toEqual(before);
    expect(err).toContain('Windows Server 2016 left support on 2027-01-12, 20 days before 2027-02-01');
  });

  it.each([
    'tomorrow',
    '2026-02-30',
    '23/11/2026',
    '2026-11-23T12:00',
    '',
    // The calendar of AWS ends; years before 100 and after 9999 are written in other ways, too.
    '0050-01-01',
    '1969-12-31',
    '1970-01-01T00:00:00+00:01',
    '2200-01-01',
    '2199-12-31T23:59:59-00:01',
    '9999-12-31',
  ])('refuses the day %p', async (day) => {
    const { exitCode, err, out } = await patchfleet('synth', '--as-of', day);
    expect(exitCode).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(
      `option '--as-of <day>' argument '${day}' is invalid. It must be a date or an instant of 1970 to 2199, like 2026-12-01 or 2026-12-01T09:00:00Z.`,
    );
  });
});

describe('patchfleet', () => {
  it('tells a mistyped command what was meant, and exits with 2', async () => {
    const { exitCode, err } = await patchfleet('synht');
    expect(exitCode).toBe(2);
    expect(err).toContain("error: unknown command 'synht'\n(Did you mean synth?)");
  });

  it('refuses an unknown option with 2', async () => {
    const { exitCode, err } = await patchfleet('synth', '--as-off', '2026-01-01');
    expect(exitCode).toBe(2);
    expect(err).toContain("error: unknown option '--as-off'\n(Did you mean --as-of?)");
  });

  it('leads to the help of the command that was called wrongly, and to the whole one where there is none', async () => {
    expect(await patchfleet('promote', '--to', 'prod')).toEqual({
      exitCode: 2,
      out: '',
      err: "error: required option '--from <ring>' not specified\nsee patchfleet promote --help",
    });
    expect((await patchfleet('nothing')).err).toBe("error: unknown command 'nothing'\nsee patchfleet --help");
  });

  it.each([
    ['plan', '--out <directory>'],
    ['snapshot', '--out <directory>'],
    ['promote', '--from <ring>', '--to <ring>'],
    ['emergency', '--patches <ids>', '--rings <names>', '--at <time>'],
    ['validate'],
  ])('marks in the help of %s what it requires', async (command, ...required) => {
    const { out } = await patchfleet(command, '--help');
    const options = out.split(/\n {2}(?=-)/).slice(1);
    const marked = options.filter((option) => option.replaceAll(/\s+/g, ' ').includes('(required)'));
    expect(marked.map((option) => option.split(/ {2}/)[0])).toEqual(required);
  });

  it('tells the default of the fleet file and of the format of every command that has them', async () => {
    const { out: commands } = await patchfleet('--help');
    const names = [...commands.matchAll(/^ {2}(\w+) .*\[options\]/gm)].map(([, name]) => name as string);
    expect(names.length).toBeGreaterThan(10);
    for (const name of names) {
      const { out } = await patchfleet(name, '--help');
      const options = out.split(/\n {2}(?=-)/).filter((option) => /^--(fleet|format) /.test(option));
      expect(options.filter((option) => !/[(\s]default:/.test(option))).toEqual([]);
    }
  });

  it('refuses an argument too many with 2', async () => {
    const { exitCode, err } = await patchfleet('synth', 'everything');
    expect(exitCode).toBe(2);
    expect(err).toContain("error: too many arguments for 'synth'. Expected 0 arguments but got 1.");
  });

  it('shows its help and exits with 0', async () => {
    const { exitCode, out } = await patchfleet('--help');
    expect(exitCode).toBe(0);
    expect(out).toContain('synthesise to cdktf.out and tell what was made');
  });

  it('shows its help on standard error and exits with 2 without a command', async () => {
    const { exitCode, err } = await patchfleet();
    expect(exitCode).toBe(2);
    expect(err).toContain('Usage: patchfleet');
  });

  it('tells its version', async () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    expect(await patchfleet('--version')).toEqual({ exitCode: 0, out: version, err: '' });
  });
});
