import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { error, type Problem, ProblemError } from '../../core/problem.ts';
import type { Place, PlaceFacts } from '../facts.ts';
import { placeKey } from '../place-index.ts';
import type { PatchStateSource, ReadRequest, SourceEvidence } from '../source.ts';
import { type Manifest, readManifest, type SnapshotFile, snapshotProblem } from './manifest.ts';
import { PlaceReader } from './records.ts';
import { linesOfZipped } from './zipped-lines.ts';

/** What `npx patchfleet snapshot` has written, as a source. */
export class FileSource implements PatchStateSource {
  private readonly path: string;
  private readonly directory: string;
  private readonly manifest: Manifest;

  /** @throws ProblemError where the path is no finished snapshot that this version reads. */
  constructor(
    path: string,
    /** Whether a place is one to read. @default all are */
    private readonly has: (place: Place) => boolean = () => true,
  ) {
    const { directory, manifest } = readManifest(path);
    if (manifest.to === undefined) {
      const message = `a snapshot must be finished, got one that was interrupted after ${manifest.files.length} places`;
      const fix = 'finish it: run npx patchfleet snapshot with the same --out again';
      throw new ProblemError([snapshotProblem(path, error('compliance/snapshot-finished', message, fix))]);
    }
    this.path = path;
    this.directory = directory;
    this.manifest = manifest;
  }

  /**
   * Reads place by place, and one with very many instances in parts. Files that are damaged are told together, once all
   * others have been read.
   */
  async *places({ except = [] }: Pick<ReadRequest, 'except'> = {}): AsyncGenerator<PlaceFacts> {
    const left = new Set(except.map(placeKey));
    const problems: Problem[] = [];
    for (const file of this.manifest.files) {
      if (!this.has(file) || left.has(placeKey(file))) continue;
      const path = join(this.directory, file.file);
      for await (const part of readPlace(path, file))
        if ('facts' in part) yield part.facts;
        else problems.push(snapshotProblem(path, part));
      // Whatever else waits has its turn between files.
      await setImmediate();
    }
    if (problems.length > 0) throw new ProblemError(problems);
  }

  evidence(): SourceEvidence {
    const { from, to = from, toolVersion, details, anonymisedBy, files } = this.manifest;
    return {
      kind: 'file',
      name: this.path,
      from,
      to,
      toolVersion,
      details,
      anonymised: anonymisedBy !== undefined,
      ...(anonymisedBy !== undefined && { anonymisedBy }),
      files: files.map(({ file, sha256 }) => ({ file, sha256 })),
    };
  }
}

/** Instances of a place come together until their lines are so long, in characters: some thousand that lack little. */
const partSize = 8 * 1024 * 1024;

type Read = { readonly facts: PlaceFacts } | ReturnType<typeof error>;

/** The facts of a place's file, part by part, or what is wrong with it. */
async function* readPlace(path: string, { sha256, account, region }: SnapshotFile): AsyncGenerator<Read> {
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
    const { code } = failure as NodeJS.ErrnoException;
    yield code === 'ENOENT' || code === 'EACCES' || code === 'EPERM' || code === 'EISDIR'
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
