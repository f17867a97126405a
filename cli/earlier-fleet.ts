import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { formatProblem } from '../core/problem.ts';
import { type LoadedFleet, type LoadOptions, loadFleet, loadText } from '../fleet/load/index.ts';
import { checkLoaded } from '../fleet/read.ts';
import type { Fleet } from '../fleet/schema/index.ts';

/** The fleet as it was: in a directory, in another file, or in a git revision of the same file. */
export function earlierFleet(
  path: string,
  against: string,
  limits: LoadOptions,
): { readonly fleet: Fleet } | { readonly refusal: string } {
  const loaded = existsSync(against)
    ? loadFleet(statSync(against).isDirectory() ? join(against, basename(path)) : against, limits)
    : fromGit(path, against, limits);
  if (typeof loaded === 'string') return { refusal: loaded };
  const { fleet, problems } = checkLoaded(loaded);
  if (fleet !== undefined) return { fleet };
  const [first] = problems.filter(({ severity }) => severity === 'error');
  return {
    refusal: `the fleet of --against ${against} is not sound${first === undefined ? '' : `: ${formatProblem(first)}`}`,
  };
}

function fromGit(path: string, revision: string, { maxBytes }: LoadOptions): LoadedFleet | string {
  // A revision that looks like an option would be one to git.
  const args = ['show', '--end-of-options', `${revision}:./${basename(path)}`];
  const { status, stdout, stderr, error } = spawnSync('git', args, {
    cwd: dirname(path),
    encoding: 'utf8',
    maxBuffer: 128 * 1024 * 1024,
  });
  if (error !== undefined)
    return `--against ${revision} is no file or directory, and git is not here to look for a revision`;
  if (status !== 0)
    return `--against ${revision} is no file, directory or git revision with ${basename(path)}: ${stderr.trim().split('\n')[0]}`;
  return loadText(`${revision}:${basename(path)}`, stdout, maxBytes);
}
