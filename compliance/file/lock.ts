import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { error, ProblemError } from '../../core/problem.ts';
import { snapshotProblem } from './manifest.ts';
import { writing } from './writing.ts';

/** Tells that somebody writes into the directory; there for as long as that takes. */
export const lockName = 'snapshot.lock';

/** Who writes. */
interface Holder {
  /** Tells runs apart that have the same process id, one after the other or in one process. */
  readonly run: string;
  readonly pid: number;
  readonly host: string;
  readonly since: string;
}

/** Runs of this process that write. */
const running = new Set<string>();

/**
 * Does work that nobody else may do in this directory at the same time. Whoever was killed in the middle of it on this host
 * is in nobody's way.
 *
 * @throws ProblemError where somebody else does, or may do.
 */
export async function locked<Result>(out: string, since: Date, work: () => Promise<Result>): Promise<Result> {
  const path = join(out, lockName);
  const mine: Holder = { run: randomUUID(), pid: process.pid, host: hostname(), since: since.toISOString() };
  running.add(mine.run);
  const release = () => {
    running.delete(mine.run);
    if (holderOf(path)?.run === mine.run) rmSync(path, { force: true });
  };
  try {
    const holder = await writing(out, () => take(path, mine));
    if (holder !== undefined) throw new ProblemError([snapshotProblem(out, isHeld(holder))]);
    // A second Ctrl-C ends the process at once.
    process.once('exit', release);
    return await work();
  } finally {
    process.off('exit', release);
    release();
  }
}

type Unknown = Partial<Holder>;

/** Takes the lock, or tells who has it. */
function take(path: string, mine: Holder): Unknown | undefined {
  if (made(path, mine)) return undefined;
  const holder = holderOf(path) ?? {};
  if (!isOver(holder)) return holder;
  takeAway(path, holder, mine);
  return made(path, mine) ? undefined : (holderOf(path) ?? {});
}

function made(path: string, mine: Holder): boolean {
  try {
    writeFileSync(path, `${JSON.stringify(mine)}\n`, { flag: 'wx' });
    return true;
  } catch (failure) {
    if ((failure as NodeJS.ErrnoException).code === 'EEXIST') return false;
    // A full disk takes the name, and not what it says.
    rmSync(path, { force: true });
    throw failure;
  }
}

/** What a lock says; nothing where it cannot be read, or says nothing that we write. */
function holderOf(path: string): Holder | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof value !== 'object' || value === null) return undefined;
    const { run, pid, host, since } = value as Record<string, unknown>;
    const isOurs = typeof run === 'string' && Number.isSafeInteger(pid) && (pid as number) > 0;
    return isOurs && typeof host === 'string' && typeof since === 'string' ? (value as Holder) : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a run has surely ended. Of another host nobody can say so. */
function isOver({ run, pid, host }: Unknown): boolean {
  if (run === undefined || pid === undefined || host !== hostname()) return false;
  // Process ids come back, in containers most of all.
  if (pid === process.pid) return !running.has(run);
  try {
    process.kill(pid, 0);
    return false;
  } catch (failure) {
    return (failure as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

/** Moves a lock away and looks at it again: somebody else may have done so, and made another, since it was read. */
function takeAway(path: string, over: Unknown, mine: Holder): void {
  const aside = `${path}.${mine.run}.part`;
  try {
    renameSync(path, aside);
  } catch (failure) {
    if ((failure as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw failure;
  }
  if (holderOf(aside)?.run === over.run) rmSync(aside, { force: true });
  else renameSync(aside, path);
}

function isHeld({ pid, host, since }: Unknown) {
  const who = pid === undefined ? 'somebody that it does not name' : `process ${pid} on ${host} since ${since}`;
  return error(
    'compliance/snapshot-lock',
    `--out must be written by one command at a time, got ${lockName} of ${who}`,
    `wait until that has ended, or name another directory; if it runs no more, remove ${lockName}`,
  );
}
