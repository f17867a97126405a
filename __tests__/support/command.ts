import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';

/** The checkout. */
export const root = join(__dirname, '..', '..');

/** Runs `node …` in the checkout, as a user would. */
export function node(args: readonly string[], environment: NodeJS.ProcessEnv = {}): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', env: { ...process.env, ...environment } });
}

const temporaryDirectories: string[] = [];

/** A directory that is removed after the last test of the file. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'patchfleet-'));
  temporaryDirectories.push(directory);
  return directory;
}

afterAll(() => {
  for (const directory of temporaryDirectories) rmSync(directory, { recursive: true, force: true });
});

/** Every file below a directory, by its path within it. */
export function filesBelow(directory: string, prefix = ''): Record<string, string> {
  return Object.assign(
    {},
    ...readdirSync(join(directory, prefix)).map((name) => {
      const path = join(prefix, name);
      const isDirectory = statSync(join(directory, path)).isDirectory();
      return isDirectory ? filesBelow(directory, path) : { [path]: readFileSync(join(directory, path), 'utf8') };
    }),
  );
}
