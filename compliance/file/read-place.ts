import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { error } from '../../core/problem.ts';
import type { PlaceFacts } from '../facts.ts';
import type { SnapshotFile } from './manifest.ts';
import { PlaceReader } from './records.ts';
import { linesOfZipped } from './zipped-lines.ts';

/** Instances of a place come together until their lines are so long, in characters: some thousand that lack little. */
const partSize = 8 * 1024 * 1024;

type Read = { readonly facts: PlaceFacts } | ReturnType<typeof error>;

/** The facts of a place's file, part by part, or what is wrong with it. */
export async function* readPlace(path: string, { sha256, account, region }: SnapshotFile): AsyncGenerator<Read> {
  const reader = new PlaceReader();
  const part = (): Read => {
    const facts = reader.part();
    return facts?.place.account === account && facts.place.region === region ? { facts } : foreign;
  };
  try {
    const zipped = readFileSync(path);
    if (createHash('sha256').update(zipped).digest('hex') !== sha256) return yield damaged;
    for await (const lines of linesOfZipped(zipped)) {
      for (const line of lines) {
        if (!reader.add(line)) return yield foreign;
        if (reader.size < partSize) continue;
        const read = part();
        yield read;
        if (!('facts' in read)) return;
      }
    }
    yield part();
  } catch (failure) {
    const { code = '' } = failure as NodeJS.ErrnoException;
    // What the file system says is a word, as ENOENT; what Node and zlib say has underscores.
    yield /^E[A-Z0-9]+$/.test(code)
      ? error(
          'compliance/snapshot-readable',
          `every file that manifest.json names must be readable, got ${code}`,
          'copy the snapshot whole, or take it anew',
        )
      : damaged;
  }
}

const damaged = error(
  'compliance/snapshot-intact',
  'every file must be as it was written, got one that is cut short or was changed',
  'copy the snapshot whole, or take it anew',
);

const foreign = error(
  'compliance/snapshot-format',
  'every file of a snapshot must hold the facts of its place, got other content',
  'take the snapshot anew',
);
