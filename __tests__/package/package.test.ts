import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { isBuiltin } from 'node:module';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { validFleet } from '../fleet/support.ts';
import { filesBelow, root, temporaryDirectory } from '../support/command.ts';
import { codeBlocks } from '../support/markdown.ts';

/* The package as others install it: packed, unpacked beside the framework in an empty project, and used from there. */

const packageJson = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** What npm packs beside what is built. */
function packed(): string[] {
  const { stdout, stderr } = spawnSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (stdout === '') throw new Error(stderr);
  const [{ files }] = JSON.parse(stdout) as [{ files: readonly { path: string }[] }];
  return files.map(({ path }) => path).filter((path) => !path.startsWith('dist/'));
}

describe('the package', () => {
  let project: string;
  let paths: string[];
  const installed = () => join(project, 'node_modules', 'patchfleet');
  const run = (command: string, ...args: string[]) =>
    spawnSync(command, args, {
      cwd: project,
      encoding: 'utf8',
      env: { ...process.env, CDKTF_OUTDIR: join(project, 'cdktf.out') },
    });

  beforeAll(() => {
    project = temporaryDirectory();
    mkdirSync(installed(), { recursive: true });
    // Built and packed elsewhere than in dist/, which may be in use.
    const staging = join(project, 'staging');
    mkdirSync(staging);
    const build = spawnSync(
      process.execPath,
      [
        join(root, 'node_modules/typescript/lib/tsc.js'),
        '-p',
        join(root, 'tsconfig.build.json'),
        '--outDir',
        join(staging, 'dist'),
      ],
      { encoding: 'utf8' },
    );
    if (build.status !== 0) throw new Error(build.stdout);
    const bundle = spawnSync(
      process.execPath,
      [join(root, 'scripts/bundle-command.mjs'), join(staging, 'dist', 'command')],
      { encoding: 'utf8' },
    );
    if (bundle.status !== 0) throw new Error(bundle.stderr);
    cpSync(staging, installed(), { recursive: true });
    paths = packed();
    for (const path of paths) cpSync(join(root, path), join(installed(), path), { recursive: true });
    // Of a package with a scope, its scope.
    const dependencies = Object.keys(packageJson.dependencies).map((name) => name.split('/')[0] as string);
    const needed = new Set(['cdktf', 'constructs', '@cdktf', 'typescript', '@types', ...dependencies]);
    for (const name of needed) {
      symlinkSync(join(root, 'node_modules', name), join(project, 'node_modules', name));
    }
    writeFileSync(join(project, 'package.json'), JSON.stringify({ type: 'module' }));
    copyFileSync(join(root, 'fleet.yaml'), join(project, 'fleet.yaml'));
  });

  it('exports its modules with types, and the type of the output', () => {
    writeFileSync(
      join(project, 'main.ts'),
      `import { PatchfleetApp, type Problem, ProblemError } from 'patchfleet/modules/tf';
import { type PatchManagerOutput, RegionalStack } from 'patchfleet/stacks';
import { Schedule } from 'patchfleet/modules/maintenance-window';
import { nextRuns } from 'patchfleet/calendar';
import { expand, type FileProblem, ProblemError as FleetError, type RegionalDeployment, readFleet } from 'patchfleet/fleet';
const { fleet, problems } = readFleet('fleet.yaml');
if (fleet === undefined) throw new FleetError(problems);
const places: readonly FileProblem['place'][] = problems.map(({ place }) => place);
const [demo] = expand(fleet) as RegionalDeployment[];
if (demo === undefined) throw new Error('the fleet is empty');
const app = new PatchfleetApp();
const output: PatchManagerOutput = new RegionalStack(app, { ...demo, stackId: 'mine' }).output;
const schedule: string = Schedule.rate(1, 'days').expression;
app.synth();
new RegionalStack(app, { ...demo, stackId: 'refused', roles: { ...demo.roles, window: { kind: 'made', roleName: 'a b' } } });
let refused: readonly Problem[] = [];
try {
  app.synth();
} catch (failure) {
  if (!(failure instanceof FleetError && failure instanceof ProblemError)) throw failure;
  refused = failure.problems;
}
console.log(output.version, schedule, typeof nextRuns, places.length, refused[0]?.rule);
`,
    );
    const compilerOptions = {
      module: 'nodenext',
      target: 'es2022',
      strict: true,
      outDir: 'out',
      types: ['node'],
      skipLibCheck: false,
    };
    writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['main.ts'] }));
    const types = run(process.execPath, 'node_modules/typescript/lib/tsc.js', '-p', '.');
    expect({ stdout: types.stdout, status: types.status }).toEqual({ stdout: '', status: 0 });
    expect(run(process.execPath, 'out/main.js')).toMatchObject({
      status: 0,
      stdout: '1 rate(1 day) function 1 iam/role-name\n',
      stderr: '',
    });
    expect(Object.keys(filesBelow(join(project, 'cdktf.out')))).toEqual(['manifest.json', 'stacks/mine/cdk.tf.json']);
    rmSync(join(project, 'cdktf.out'), { recursive: true });
  });

  describe('in a repository as docs/own-repository.md says', () => {
    const page = readFileSync(join(root, 'docs/own-repository.md'), 'utf8');
    const [command, tsconfig, program] = codeBlocks(page, 'json').map((block) => JSON.parse(block));
    const npx = (app: string) => run('sh', '-c', app);
    const written = () => Object.keys(filesBelow(join(project, 'cdktf.out')));
    const minimal = ['manifest.json', 'stacks/111111111111-eu-central-1/cdk.tf.json'];

    beforeAll(() => {
      copyFileSync(join(root, 'examples/fleet.minimal.yaml'), join(project, 'fleet.yaml'));
      // As npm does: whatever the packages name as their commands.
      const commands = join(project, 'node_modules', '.bin');
      mkdirSync(commands);
      symlinkSync('../patchfleet/bin/patchfleet.mjs', join(commands, 'patchfleet'));
      symlinkSync('../typescript/bin/tsc', join(commands, 'tsc'));
      chmodSync(join(installed(), 'bin', 'patchfleet.mjs'), 0o755);
    });
    afterAll(() => copyFileSync(join(root, 'fleet.yaml'), join(project, 'fleet.yaml')));
    beforeEach(() => rmSync(join(project, 'cdktf.out'), { recursive: true, force: true }));

    it('is synthesised by the command', () => {
      const { status, stderr } = npx(command.app);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(written()).toEqual(minimal);
    });

    it('is synthesised by the program, which has right types', () => {
      writeFileSync(join(project, 'main.ts'), codeBlocks(page, 'ts').join(''));
      writeFileSync(join(project, 'tsconfig.json'), JSON.stringify(tsconfig));
      expect(npx(program.app)).toMatchObject({ status: 0, stdout: '', stderr: '' });
      expect(written()).toEqual(minimal);
    });

    it('has the versions that this one is tested with', () => {
      const versions = [...page.matchAll(/ ([@\w/-]+)@([\d.]+)/g)].map(([, name, version]) => [
        name as string,
        version,
      ]);
      const { devDependencies, optionalDependencies, name, version } = packageJson;
      const tested = {
        ...devDependencies,
        ...optionalDependencies,
        typescript: devDependencies['typescript-5'].replace(/.*@/, ''),
      };
      expect(versions.map(([name]) => name)).toEqual([
        'cdktf',
        'constructs',
        '@cdktf/provider-aws',
        'cdktf-cli',
        'typescript',
      ]);
      expect(versions).toEqual(versions.map(([name]) => [name, tested[name as string]]));
      expect(page).toContain(`${name}-${version}.tgz`);
    });
  });

  const patchfleet = (...args: string[]) => run(process.execPath, join(installed(), 'bin', 'patchfleet.mjs'), ...args);
  const command = () => join(installed(), 'dist', 'command');

  it.each([
    ['--help', /^Usage: patchfleet \[options\] \[command\]/],
    ['--version', /^0\.1\.0\n$/],
    ['validate --as-of 2026-01-01', /^fleet\.yaml: 1 warning \(1 account, 1 ring, 2 baselines\), as of 2026-01-01/m],
    ['synth --as-of 2026-01-01', /^Stack patch-manager-demo in us-east-1: 24 resources/m],
    ['calendar --as-of 2026-01-01 --format html', /^<!doctype html>/],
    ['exposure --as-of 2026-01-01 --format html', /^<!doctype html>.*<svg/s],
  ])('runs %s', (args, said) => {
    const { status, stdout, stderr } = patchfleet(...args.split(' '));
    expect(stdout).toMatch(said);
    expect(stderr).toMatch(/^(warning \[fleet\.yaml:42:7 .*\n)?$/);
    expect(status).toBe(0);
  });

  it('tells what is wrong with a fleet file', () => {
    writeFileSync(join(project, 'empty.yaml'), '');
    expect(patchfleet('validate', '--fleet', 'empty.yaml', '--as-of', '2026-01-01')).toMatchObject({
      status: 1,
      stdout: `error [empty.yaml:1:1] the file must describe a fleet, got nothing; begin with "version: 1" [fleet/empty]
empty.yaml: 1 error, as of 2026-01-01T00:00:00Z
`,
      stderr: '',
    });
  });

  it('runs with nothing of its dependencies but the framework', () => {
    const sources = readdirSync(command()).filter((name) => name.endsWith('.cjs'));
    const required = sources.flatMap((name) =>
      [...readFileSync(join(command(), name), 'utf8').matchAll(/\brequire\("([^"]+)"\)/g)].map(
        ([, path]) => path ?? '',
      ),
    );
    const others = required.filter((path) => !path.startsWith('./') && !isBuiltin(path));
    // A long line may be broken within a text.
    const packages = new Set(others.map((path) => /^(@[^/]+\/)?[^/]+/.exec(path.replace('\\\n', ''))?.[0]));
    expect([...packages].sort()).toEqual([
      // The SDK of AWS asks for it only where requests are signed for several regions at once.
      '@aws-sdk/signature-v4-crt',
      '@cdktf/provider-aws',
      'cdktf',
      'constructs',
    ]);
  });

  it('has the licences of what is in its command', () => {
    const licences = readFileSync(join(command(), 'LICENSES.txt'), 'utf8');
    expect(licences).toContain(`zod ${packageJson.dependencies.zod}, MIT\n\nMIT License`);
    expect(licences).not.toContain('cdktf');
  });

  it('uses all cores for a large fleet', () => {
    const { accounts, ...rest } = validFleet();
    const regions = ['eu-central-1', 'eu-west-1', 'us-east-1', 'us-west-2'];
    const many = Array.from({ length: 60 }, (_, index) => ({
      ...accounts[0],
      account: String(111_111_111_111 + index),
      regions,
    }));
    writeFileSync(join(project, 'large.json'), JSON.stringify({ ...rest, accounts: many }));
    const told = `data:text/javascript,process.on('worker', () => process.stderr.write('worker '))`;
    const { status, stdout, stderr } = run(
      process.execPath,
      '--import',
      told,
      join(installed(), 'bin', 'patchfleet.mjs'),
      'synth',
      '--fleet',
      'large.json',
    );
    expect(status).toBe(0);
    expect(stdout).toContain('300 stacks written');
    const workers = availableParallelism() > 1 ? 2 : 0;
    expect(stderr.split('worker ').length - 1).toBe(workers);
  });

  it('has every file that its pages lead to, and the schema of the fleet file', () => {
    const pages = paths.filter((path) => path.endsWith('.md'));
    expect(pages).toEqual(expect.arrayContaining(['README.md', 'docs/operations.md', 'modules/iam/README.md']));
    const links = pages.flatMap((page) =>
      [...readFileSync(join(installed(), page), 'utf8').matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link]) =>
        join(dirname(page), link as string),
      ),
    );
    expect(links.length).toBeGreaterThan(40);
    expect(links.filter((path) => !existsSync(join(installed(), path)))).toEqual([]);
    const resolved = run(process.execPath, '-p', "require.resolve('patchfleet/fleet.schema.json')");
    expect(resolved.stdout).toBe(`${join(installed(), 'fleet.schema.json')}\n`);
  });

  it('needs the framework as a peer, and nothing that only a checkout needs', () => {
    const { dependencies, peerDependencies } = packageJson;
    expect(Object.keys(peerDependencies).sort()).toEqual(['@cdktf/provider-aws', 'cdktf', 'constructs']);
    expect(Object.keys(dependencies)).not.toContain('esbuild');
    expect(Object.keys(dependencies)).not.toContain('cdktf-cli');
  });
});
