import { error, ProblemError } from '../../core/problem.ts';
import type { Place, PlaceFacts } from '../facts.ts';
import type { JudgedPlaces, Judging } from '../judging.ts';
import { placeKey } from '../place-index.ts';
import type { PatchStateSource, ReadRequest } from '../source.ts';
import type { SourceEvidence } from '../source-evidence.ts';
import { type Manifest, readManifest, type SnapshotFile, snapshotProblem } from './manifest.ts';
import { readPlaces } from './read-places.ts';

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

  /** Place by place, and one with very many instances in parts. */
  places({ except = [] }: Pick<ReadRequest, 'except'> = {}): AsyncGenerator<PlaceFacts> {
    return readPlaces(this.directory, this.files(except));
  }

  async judge({ except }: Pick<ReadRequest, 'except'>, judging: Judging, judged: JudgedPlaces): Promise<void> {
    const { judgeFiles } = await import('./judge-files.ts');
    await judgeFiles(this.directory, this.files(except), judging, judged);
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

  private files(except: readonly Place[] = []): SnapshotFile[] {
    const left = new Set(except.map(placeKey));
    return this.manifest.files.filter((file) => this.has(file) && !left.has(placeKey(file)));
  }
}
