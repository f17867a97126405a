import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { describe } from '@jest/globals';
import { root, temporaryDirectory } from '../support/command.ts';
import { describeSkipped } from '../support/skipped.ts';

const cdktf = join(root, 'node_modules', '.bin', 'cdktf');

/** cdktf-cli is an optional dependency: its native part needs a compiler on newer Node versions. */
export function describeWithCdktf(name: string, tests: () => void): void {
  if (existsSync(cdktf)) describe(name, tests);
  else describeSkipped(name, 'cdktf-cli could not be installed here', tests);
}

/** A checkout of its own, so that the state and the output of the real one stay untouched. */
export function checkout(): string {
  const directory = temporaryDirectory();
  const ignored = ['.git', 'cdktf.out', 'cdktf.json', 'dist'];
  for (const name of readdirSync(root).filter((entry) => !ignored.includes(entry) && !entry.includes('.tfstate'))) {
    symlinkSync(join(root, name), join(directory, name));
  }
  copyFileSync(join(root, 'cdktf.json'), join(directory, 'cdktf.json'));
  return directory;
}

/**
 * Runs `cdktf …` in a checkout. The last lines of what Terraform prints under it get lost at times: what it did is
 * better read from the state.
 */
export function runCdktf(directory: string, command: string, ...args: string[]) {
  // It locks providers from the registry alone, even where Terraform itself takes them from a mirror.
  const offline = command === 'synth' ? [] : ['--skip-provider-lock'];
  const result = spawnSync(cdktf, [command, ...args, ...offline], {
    cwd: directory,
    encoding: 'utf8',
    env: { ...process.env, CI: 'true' },
  });
  return { status: result.status, text: stripVTControlCharacters(result.stdout + result.stderr) };
}

/** What the state of a stack holds: how many resources, data sources left out, and the outputs. */
export function stateIn(directory: string, stack: string) {
  const { resources, outputs } = JSON.parse(readFileSync(join(directory, `terraform.${stack}.tfstate`), 'utf8')) as {
    readonly resources: readonly { readonly mode: string }[];
    readonly outputs: Readonly<Record<string, { readonly value: unknown }>>;
  };
  return { resources: resources.filter(({ mode }) => mode === 'managed').length, outputs };
}
