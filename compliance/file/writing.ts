import { basename } from 'node:path';
import { error, ProblemError, type Violation } from '../../core/problem.ts';
import { snapshotProblem } from './manifest.ts';

const rule = 'compliance/snapshot-out';

/** Does work that writes: what the disk refuses is a problem of the directory that was named. */
export async function writing<Result>(out: string, work: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (failure) {
    throw new ProblemError([snapshotProblem(out, unwritable(failure as Refusal))]);
  }
}

/** What --out holds is nothing to write into. */
export function refuse(out: string, message: string, fix: string): never {
  throw new ProblemError([snapshotProblem(out, error(rule, message, fix))]);
}

/** Node knows a second path where something is renamed. */
type Refusal = NodeJS.ErrnoException & { readonly dest?: string };

function unwritable({ code = 'an unknown error', path, dest = path }: Refusal): Violation {
  if (code === 'EISDIR' && dest !== undefined) {
    const message = `--out must have room for the file ${basename(dest)}, got a directory of that name`;
    return error(rule, message, 'move it away, and run it again');
  }
  const message = `--out must be a directory that can be written, got ${code}`;
  return error(rule, message, 'make room or allow yourself to write it, and run it again');
}
