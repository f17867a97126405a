import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { error, ProblemError } from '../../core/problem.ts';
import type { Place, PlaceFacts } from '../facts.ts';
import { placeKey } from '../place-index.ts';
import type { Details, PatchStateSource } from '../source.ts';
import { anonymiser, fingerprintOf } from './anonymise.ts';
import {
  type Manifest,
  manifestPath,
  readManifest,
  type SnapshotFile,
  snapshotProblem,
  writeManifest,
} from './manifest.ts';
import { linesOf } from './records.ts';

export interface SnapshotOptions {
  /** Receives the snapshot; made where it does not exist. */
  readonly out: string;
  readonly details: Details;
  readonly toolVersion: string;
  readonly now: () => Date;
  /** Gives accounts and instances other names. Without a key one is made, and the snapshot can be compared with no other. */
  readonly anonymise?: { readonly key?: string };
  /** Once aborted, the snapshot stays unfinished, to be continued. @default it is never */
  readonly signal?: AbortSignal;
  /** Called for each place that was written. @default nobody is told */
  readonly onPlace?: (file: SnapshotFile) => void;
}

export interface SnapshotResult {
  readonly files: readonly SnapshotFile[];
  /** How many of them an interrupted run has left. */
  readonly kept: number;
  /** False: it was interrupted, and the next run continues it. */
  readonly finished: boolean;
}

/**
 * Saves what a source tells. Each place is a file that appears when it is whole, and the manifest names what is there: a
 * run that is interrupted is continued by the next one with the same options, which reads the missing places, and again
 * those of which something could not be read.
 *
 * @throws ProblemError where the directory holds anything else.
 */
export async function writeSnapshot(source: PatchStateSource, options: SnapshotOptions): Promise<SnapshotResult> {
  const { out, details, toolVersion, now, anonymise } = options;
  const key = anonymise && (anonymise.key ?? randomBytes(32).toString('hex'));
  const disguise = key === undefined ? (facts: PlaceFacts) => facts : anonymiser(key);
  const begun = begin(out, {
    format: 'patchfleet-snapshot',
    version: 1,
    toolVersion,
    from: now().toISOString(),
    details,
    ...(key !== undefined && { anonymisedBy: fingerprintOf(key) }),
    files: [],
  });
  const kept = await intact(out, begun.files);
  const files = new Map(kept.map((file) => [placeKey(file), file]));
  const save = (end?: string) => {
    const manifest: Manifest = {
      ...begun,
      ...(end !== undefined && { to: end }),
      files: [...files.values()].sort((a, b) => (a.file < b.file ? -1 : 1)),
    };
    writeManifest(out, manifest);
    return manifest.files;
  };
  save();
  // A disguised place is not known by its own name: those that are there are asked for again, and written again.
  const except: readonly Place[] = key === undefined ? kept : [];
  for await (const facts of source.places({ details, except })) {
    if (options.signal?.aborted) break;
    const file = await writePlace(out, disguise(facts));
    files.set(placeKey(file), file);
    save();
    options.onPlace?.(file);
  }
  const finished = !(options.signal?.aborted ?? false);
  return { files: save(finished ? now().toISOString() : undefined), kept: except.length, finished };
}

/** The manifest of an interrupted run with the same options, or of a new one. */
function begin(out: string, fresh: Manifest): Manifest {
  mkdirSync(out, { recursive: true });
  const refuse = (message: string, fix: string): never => {
    throw new ProblemError([snapshotProblem(out, error('compliance/snapshot-out', message, fix))]);
  };
  const elsewhere = 'name another directory with --out';
  if (!existsSync(manifestPath(out))) {
    const others = readdirSync(out).filter((entry) => !/\.part$|^manifest\.json\.\d+$/.test(entry));
    if (others.length > 0) refuse('--out must be empty or hold an interrupted snapshot, got other files', elsewhere);
    return fresh;
  }
  const { manifest } = readManifest(out);
  if (manifest.to !== undefined) refuse('--out must not hold a snapshot that is finished, got one', elsewhere);
  const same = (['details', 'anonymisedBy', 'toolVersion'] as const).every((part) => manifest[part] === fresh[part]);
  if (!same)
    refuse(
      '--out must hold an interrupted snapshot of the same options and version, got another',
      'repeat the options (with the key of --anonymise), or name another directory',
    );
  return manifest;
}

/** Files that are as they were written, and of which nothing is missing. */
async function intact(out: string, files: readonly SnapshotFile[]): Promise<SnapshotFile[]> {
  const kept: SnapshotFile[] = [];
  for (const file of files) {
    const path = join(out, file.file);
    if (file.gaps === 0 && existsSync(path) && (await hashOf(path)) === file.sha256) kept.push(file);
  }
  return kept;
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const bytes of createReadStream(path)) hash.update(bytes as Buffer);
  return hash.digest('hex');
}

async function writePlace(out: string, facts: PlaceFacts): Promise<SnapshotFile> {
  const { account, region } = facts.place;
  const file = `${account}-${region}.jsonl.gz`;
  const path = join(out, file);
  const hash = createHash('sha256');
  const hashing = new Transform({
    transform(bytes, _, done) {
      hash.update(bytes);
      done(null, bytes);
    },
  });
  try {
    await pipeline(Readable.from(chunks(facts)), createGzip({ level: 9 }), hashing, createWriteStream(`${path}.part`));
  } catch (failure) {
    rmSync(`${path}.part`, { force: true });
    throw failure;
  }
  renameSync(`${path}.part`, path);
  const { instances, gaps } = facts;
  return { file, account, region, sha256: hash.digest('hex'), instances: instances.length, gaps: gaps.length };
}

const chunkCharacters = 64 * 1024;

/** Lines in pieces of some size: a stream costs the more the smaller its pieces are. */
function* chunks(facts: PlaceFacts): Generator<string> {
  let chunk = '';
  for (const line of linesOf(facts)) {
    chunk += `${line}\n`;
    if (chunk.length < chunkCharacters) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}
