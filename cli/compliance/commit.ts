import { spawnSync } from 'node:child_process';
import { basename, dirname, resolve } from 'node:path';

/**
 * The commit that changed a file last; with `-dirty` where the file is not as it was committed. Nothing outside a
 * checkout, or without git.
 */
export function commitOf(path: string): string | undefined {
  const git = (...args: readonly string[]) =>
    spawnSync('git', ['--literal-pathspecs', ...args, '--', basename(path)], {
      cwd: dirname(resolve(path)),
      encoding: 'utf8',
      timeout: 10_000,
    });
  const log = git('log', '-1', '--format=%H', '--no-show-signature');
  const commit = log.status === 0 ? log.stdout.trim() : '';
  if (commit === '') return undefined;
  const isAsCommitted = git('diff', '--quiet', '--no-ext-diff', '--no-textconv', 'HEAD').status === 0;
  return isAsCommitted ? commit : `${commit}-dirty`;
}
