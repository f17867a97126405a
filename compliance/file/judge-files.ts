import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { ProblemError } from '../../core/problem.ts';
import { type JudgedPlaces, type Judging, judgePlaces } from '../judging.ts';
import type { SnapshotFile } from './manifest.ts';
import { readPlaces } from './read-places.ts';
import { type FromThread, judgeUntaken, type Rest, type ThreadTask, threadMark, threadUrl } from './second-thread.ts';

/** A second thread takes as long to start as some thousand instances take. */
const fewestForThread = 10_000;

/**
 * Judges the files of a snapshot; where they have many instances and there is a second core, by two threads at once.
 *
 * To be imported late, by `import()`: the second thread runs the file that this is in, which must not be the program itself.
 *
 * @throws ProblemError with every file that is damaged
 */
export async function judgeFiles(
  directory: string,
  files: readonly SnapshotFile[],
  judging: Judging,
  judged: JudgedPlaces,
): Promise<void> {
  const instances = files.reduce((sum, file) => sum + file.instances, 0);
  if (threadUrl === undefined || instances < fewestForThread || files.length < 2 || availableParallelism() < 2)
    return judgePlaces(readPlaces(directory, files), judging, judged);
  const taken = new Int32Array(new SharedArrayBuffer(files.length * Int32Array.BYTES_PER_ELEMENT));
  await judgeInTwo(threadUrl, { mark: threadMark, directory, files, taken, judging }, judged);
}

async function judgeInTwo(file: URL, task: ThreadTask, judged: JudgedPlaces): Promise<void> {
  const thread = new Worker(file, { workerData: task });
  const rest = new Promise<Rest>((resolve, reject) => {
    thread.on('message', (message: FromThread) => {
      if ('place' in message) judged.take(message.place);
      else resolve(message);
    });
    thread.once('error', reject);
    thread.once('exit', () => reject(new Error('a thread ended before it was done')));
  });
  const [own, { patches, problems }] = await Promise.all([judgeUntaken(task, judged), rest]);
  judged.catalog.addAll(patches);
  const all = [...own, ...problems];
  if (all.length > 0) throw new ProblemError(all);
}
