import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { peakMegabytes, type SynthesizedStack } from './figures.ts';

/** A way to synthesise: a shell line, as `cdktf` would run it, that writes to `CDKTF_OUTDIR`. */
export interface Side {
  readonly name: string;
  readonly command: string;
  readonly directory: string;
  /** Directory that is removed before each run, outside the time that is measured. */
  readonly removeBefore?: string;
  /** Not counted more often, however many runs are asked for: for what takes a minute. */
  readonly mostRuns?: number;
}

export interface Sample {
  readonly seconds: number;
  /** The largest process of the tree; `undefined` where the system has no `/usr/bin/time`. */
  readonly megabytes: number | undefined;
}

export interface Files {
  readonly [path: string]: string;
}

/** The command failed: its output is the message. */
export class RunFailed extends Error {}

const timeArguments: Partial<Record<NodeJS.Platform, readonly string[]>> = { linux: ['-f', '%M'], darwin: ['-l'] };

/** Runs a side once, as whole processes, into a fresh output directory. */
export function runOnce(side: Side, scratch: string): Sample {
  const outdir = join(scratch, 'out');
  const report = join(scratch, 'time.txt');
  rmSync(outdir, { recursive: true, force: true });
  rmSync(report, { force: true });
  mkdirSync(outdir);
  if (side.removeBefore !== undefined) rmSync(side.removeBefore, { recursive: true, force: true });

  const shell = { file: '/bin/sh', arguments: ['-c', side.command] };
  const flags = existsSync('/usr/bin/time') ? timeArguments[process.platform] : undefined;
  const options = {
    cwd: side.directory,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    // ts-node reads its configuration with the compiler's own API, which TypeScript 7 no longer has.
    env: {
      ...process.env,
      CDKTF_OUTDIR: outdir,
      TS_NODE_COMPILER: 'typescript-5',
      npm_config_update_notifier: 'false',
    },
  } as const;

  const start = performance.now();
  const result =
    process.platform === 'win32'
      ? spawnSync(side.command, { ...options, shell: true })
      : flags === undefined
        ? spawnSync(shell.file, shell.arguments, options)
        : spawnSync('/usr/bin/time', [...flags, '-o', report, shell.file, ...shell.arguments], options);
  const seconds = (performance.now() - start) / 1000;

  if (result.error !== undefined || result.status !== 0) {
    const reason = result.error?.message ?? `exit code ${result.status ?? result.signal}`;
    throw new RunFailed(`${side.name}: \`${side.command}\` failed: ${reason}\n${result.stdout}${result.stderr}`);
  }
  return { seconds, megabytes: existsSync(report) ? peakMegabytes(readFileSync(report, 'utf8')) : undefined };
}

/** Every file of the last run, by its path inside the output directory. */
export function filesOf(scratch: string): Files {
  const outdir = join(scratch, 'out');
  const paths = readdirSync(outdir, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(outdir, path)).isFile())
    .sort();
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(outdir, path), 'utf8')]));
}

export function stacksOf(files: Files): SynthesizedStack[] {
  return Object.entries(files)
    .filter(([path]) => path.endsWith('cdk.tf.json'))
    .map(([, text]) => JSON.parse(text) as SynthesizedStack);
}

export function bytesOf(files: Files): number {
  return Object.values(files).reduce((total, text) => total + Buffer.byteLength(text), 0);
}

/** A CommonJS script that writes these files and does nothing else: what no synthesiser on Node can be faster than. */
export function floorScript(files: Files): string {
  return [
    `const { mkdirSync, writeFileSync } = require('node:fs');`,
    `const { dirname, join } = require('node:path');`,
    `for (const [path, text] of Object.entries(${JSON.stringify(files)})) {`,
    `  const target = join(process.env.CDKTF_OUTDIR, path);`,
    `  mkdirSync(dirname(target), { recursive: true });`,
    `  writeFileSync(target, text);`,
    `}`,
    '',
  ].join('\n');
}
