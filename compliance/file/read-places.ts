import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { type Problem, ProblemError } from '../../core/problem.ts';
import type { PlaceFacts } from '../facts.ts';
import { type SnapshotFile, snapshotProblem } from './manifest.ts';
import { readPlace } from './read-place.ts';

/**
 * Reads file by file, and one with very many instances in parts. Files that are damaged are told together, once all
 * others have been read.
 *
 * @throws ProblemError
 */
export async function* readPlaces(directory: string, files: Iterable<SnapshotFile>): AsyncGenerator<PlaceFacts> {
  const problems: Problem[] = [];
  for (const file of files) {
    const path = join(directory, file.file);
    for await (const part of readPlace(path, file))
      if ('facts' in part) yield part.facts;
      else problems.push(snapshotProblem(path, part));
    // Whatever else waits has its turn between files.
    await setImmediate();
  }
  if (problems.length > 0) throw new ProblemError(problems);
}
