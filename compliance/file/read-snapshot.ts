import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { error, type Problem, ProblemError } from '../../core/problem.ts';
import type { Place, PlaceFacts } from '../facts.ts';
import { placeKey } from '../place-index.ts';
import type { PatchStateSource, ReadRequest, SourceEvidence } from '../source.ts';
import { type Manifest, readManifest, snapshotProblem } from './manifest.ts';
import { readPlace } from './read-place.ts';

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
      const { files, missing = [] } = manifest;
      const of = missing.length === 0 ? '' : ` of ${files.length + missing.length}`;
      const message = `a snapshot must be finished, got one that was interrupted after ${files.length}${of} places`;
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
