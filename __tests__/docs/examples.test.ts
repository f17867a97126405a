import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { formatProblem } from '../../core/problem.ts';
import { readFleet } from '../../fleet/read.ts';
import { filesBelow, node, root, temporaryDirectory } from '../support/command.ts';
import { patchfleet } from '../support/run-command.ts';

/*
 * Every TypeScript block of a README, as a reader would use it: type-checked, and synthesised. A block is a whole
 * program, or statements on a given `stack`.
 */

const readmes = ['README.md', ...readdirSync(join(root, 'modules')).map((name) => `modules/${name}/README.md`)].filter(
  (path) => path !== 'modules/tf/README.md',
);

interface Example {
  readonly name: string;
  readonly file: string;
  readonly source: string;
}

const examples: Example[] = readmes.flatMap((path) =>
  blocksOf(path, 'ts').map((block, index) => ({
    name: `${path}, block ${index + 1}`,
    file: `${path.replaceAll(/\W/g, '-')}-${index + 1}.ts`,
    source: block.includes('.synth()') ? block : program(block),
  })),
);

function blocksOf(path: string, language: string): string[] {
  const text = readFileSync(join(root, path), 'utf8');
  return [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)]
    .filter(([, tag]) => tag === language)
    .map(([, , block]) => block as string);
}

function program(statements: string): string {
  const lines = statements.split('\n');
  const end = lines.findLastIndex((line) => /^(import .*|\} from '.*');?$/.test(line)) + 1;
  return `${lines.slice(0, end).join('\n')}
import { AwsProvider as GivenProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { TerraformStack as GivenStack } from 'cdktf';
import { PatchfleetApp as GivenApp } from 'patchfleet/modules/tf';
const app = new GivenApp();
const stack = new GivenStack(app, 'example');
new GivenProvider(stack, 'aws', { region: 'us-east-1' });
${lines.slice(end).join('\n')}
app.synth();
export {};
`;
}

describe('the examples of the READMEs', () => {
  let directory: string;

  beforeAll(() => {
    directory = temporaryDirectory();
    symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'));
    const compilerOptions = {
      paths: { 'patchfleet/stacks': [join(root, 'stacks/index.ts')], 'patchfleet/*': [join(root, '*/index.ts')] },
      typeRoots: [join(root, 'node_modules/@types')],
    };
    writeFileSync(
      join(directory, 'tsconfig.json'),
      JSON.stringify({ extends: join(root, 'tsconfig.json'), compilerOptions, include: ['*.ts'] }),
    );
    writeFileSync(join(directory, 'package.json'), JSON.stringify({ type: 'module' }));
    for (const { file, source } of examples) writeFileSync(join(directory, file), source);
  });

  it('are there: one for each module at least', () => {
    expect(new Set(examples.map(({ name }) => name.replace(/, block.*/, '')))).toEqual(new Set(readmes));
  });

  it('have right types', () => {
    const { stdout, status } = spawnSync(
      process.execPath,
      [join(root, 'node_modules/typescript/lib/tsc.js'), '-p', directory],
      { encoding: 'utf8' },
    );
    expect({ stdout, status }).toEqual({ stdout: '', status: 0 });
  });

  it.each(examples)('synthesise: $name', ({ file }) => {
    const outdir = join(directory, `${file}.out`);
    mkdirSync(outdir);
    const { status, stderr } = node(['bin/run.mjs', join(directory, file)], { CDKTF_OUTDIR: outdir });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(Object.keys(filesBelow(outdir))).toContain('manifest.json');
  });
});

describe('the README', () => {
  it('shows a fleet file without problems', () => {
    const directory = temporaryDirectory();
    const path = join(directory, 'fleet.yaml');
    writeFileSync(path, blocksOf('README.md', 'yaml').join('\n'));
    const { fleet, problems } = readFleet(path, { asOf: '2026-11-23' });
    expect(problems.map(formatProblem)).toEqual([]);
    expect(fleet?.fleet).toBe('web');
  });

  const commands = blocksOf('README.md', 'sh').flatMap((block) =>
    [...block.matchAll(/^npx patchfleet (.*)$/gm)].map(([, args]) => args as string),
  );

  it('shows commands', () => {
    expect(commands.length).toBeGreaterThan(2);
  });

  it.each(commands)('shows a command that works: npx patchfleet %s', async (args) => {
    const outdir = temporaryDirectory();
    process.env.CDKTF_OUTDIR = join(outdir, 'cdktf.out');
    const words = [...args.matchAll(/"([^"]*)"|(\S+)/g)].map(([, inQuotes, word]) => (inQuotes ?? word) as string);
    const { exitCode, out } = await patchfleet(...words);
    delete process.env.CDKTF_OUTDIR;
    expect(exitCode).toBe(0);
    expect(out).not.toBe('');
  });

  it('shows what exposure prints, but for what it leaves out', async () => {
    const [command = ''] = commands.filter((args) => args.startsWith('exposure '));
    const [shown = ''] = blocksOf('README.md', 'text').filter((block) => block.startsWith('Exposure of'));
    const { out } = await patchfleet(...command.split(' '));
    const parts = shown.split(/^ *…\n/m);
    expect(parts).toHaveLength(4);
    let from = 0;
    for (const part of parts) {
      expect(out.slice(from)).toContain(part);
      from = out.indexOf(part, from) + part.length;
    }
  });

  it('shows the messages of the checks as they are', () => {
    const [, messages = ''] =
      /Then nothing is written:\n\n```text\n(.*?)```/s.exec(readFileSync(join(root, 'README.md'), 'utf8')) ?? [];
    const directory = temporaryDirectory();
    const path = join(directory, 'fleet.yaml');
    const broken = readFileSync(join(root, 'fleet.yaml'), 'utf8')
      .replace('[WindowsServer2016]', '[All]')
      .replace('cutoff: 0', 'cutoff: 1');
    writeFileSync(path, broken);
    const errors = readFleet(path)
      .problems.filter(({ severity }) => severity === 'error')
      .map(formatProblem);
    expect(errors.map((message) => message.replace(`${directory}/`, ''))).toEqual(messages.trimEnd().split('\n'));
  });
});
