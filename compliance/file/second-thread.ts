import { isMainThread, type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { type Problem, ProblemError } from '../../core/problem.ts';
import type { JudgedPlace } from '../judge.ts';
import { type JudgedPlaces, type Judging, judgePlaces } from '../judging.ts';
import { PatchCatalog } from '../patch-catalog.ts';
import type { PatchReport } from '../report.ts';
import type { SnapshotFile } from './manifest.ts';
import { readPlaces } from './read-places.ts';

/** What two threads judge together. */
export interface ThreadTask {
  readonly mark: typeof threadMark;
  readonly directory: string;
  readonly files: readonly SnapshotFile[];
  /** Shared: for each file 1, once one of them has taken it. */
  readonly taken: Int32Array;
  readonly judging: Judging;
}

/** What the second thread tells: each place once it is judged, and the rest in the end. */
export type FromThread = { readonly place: JudgedPlace } | Rest;

export interface Rest {
  /** What the instances of its places lack. */
  readonly patches: readonly PatchReport[];
  /** What is wrong with its files. */
  readonly problems: readonly Problem[];
}

/** Marks a worker as this one; the program around may have others. */
export const threadMark = 'patchfleet/second-thread';

/** This file as it runs, compiled or bundled, is what the thread runs. Sources that run as they are can have none. */
export const threadUrl = import.meta.url.endsWith('.ts') ? undefined : new URL(import.meta.url);

/** Judges the files that nobody has taken yet, and returns what is wrong with some. */
export async function judgeUntaken(
  { directory, files, taken, judging }: ThreadTask,
  judged: JudgedPlaces,
): Promise<readonly Problem[]> {
  try {
    await judgePlaces(readPlaces(directory, untaken(files, taken)), judging, judged);
    return [];
  } catch (failure) {
    if (failure instanceof ProblemError) return failure.problems;
    throw failure;
  }
}

function* untaken(files: readonly SnapshotFile[], taken: Int32Array): Generator<SnapshotFile> {
  for (const [place, file] of files.entries()) if (Atomics.exchange(taken, place, 1) === 0) yield file;
}

async function work(port: MessagePort, task: ThreadTask): Promise<void> {
  const catalog = new PatchCatalog();
  const take = (place: JudgedPlace) => port.postMessage({ place } satisfies FromThread);
  const problems = await judgeUntaken(task, { catalog, take });
  port.postMessage({ patches: catalog.sorted(), problems } satisfies Rest);
}

if (!isMainThread && workerData?.mark === threadMark && parentPort !== null) void work(parentPort, workerData);
