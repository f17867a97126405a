import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { error, ProblemError, type Violation } from '../../core/problem.ts';
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
import { betterReading, type UnreadPlace, unreadIn } from './unread.ts';

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
  /** How many of them an earlier run has written. */
  readonly kept: number;
  /** False: it was interrupted, and the next run continues it. */
  readonly finished: boolean;
  /** Places of which something is missing in it, sorted. */
  readonly unread: readonly UnreadPlace[];
}

/**
 * Saves what a source tells. Each place is a file that appears when it is whole, and the manifest names what is there. The
 * next run with the same options reads the places that are missing, and again those of which something could not be read:
 * what it reads replaces what was there, unless less could be read than before. A snapshot that was finished stays so
 * while that is done.
 *
 * @throws ProblemError where nothing is missing in what the directory holds, where it holds anything else, and where it
 *   cannot be written.
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
  const there = await intact(out, begun.files);
  const files = new Map(there.map((file) => [placeKey(file), file]));
  // Where a file is damaged, the rest must not be taken for the whole.
  const wasFinished = begun.to !== undefined && there.length === begun.files.length;
  const save = (end: string | undefined) => {
    const { to: _, ...rest } = begun;
    const manifest = { ...rest, ...(end !== undefined && { to: end }), files: sorted(files) };
    return writing(out, async () => writeManifest(out, manifest));
  };
  const saveOnTheWay = () => save(wasFinished ? now().toISOString() : undefined);
  if (!wasFinished) await saveOnTheWay();
  // A disguised place is not known by its own name: those that are there are asked for again, and written again.
  const except: readonly Place[] = key === undefined ? there.filter(({ gaps }) => gaps === 0) : [];
  const read = new Map<string, UnreadPlace>();
  let written = 0;
  for await (const facts of source.places({ details, except })) {
    if (options.signal?.aborted) break;
    const disguised = disguise(facts);
    const name = placeKey(disguised.place);
    const kept = await betterReading(out, files.get(name), disguised);
    if (kept === undefined) {
      const file = await writing(out, () => writePlace(out, disguised));
      forgetCurrent(out, files, file);
      files.set(name, file);
      written += 1;
      await saveOnTheWay();
    }
    const { place } = facts;
    read.set(name, kept === undefined ? { place, gaps: facts.gaps } : { place, ...kept });
    options.onPlace?.(files.get(name) as SnapshotFile);
  }
  const interrupted = options.signal?.aborted ?? false;
  if (!interrupted && (written > 0 || !wasFinished)) await save(now().toISOString());
  const saved = sorted(files);
  return {
    files: saved,
    kept: saved.length - written,
    finished: wasFinished || !interrupted,
    unread: await unreadIn(out, saved, read),
  };
}

/** Does work that writes: what the disk refuses is a problem of the directory that was named. */
async function writing<Result>(out: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (failure) {
    throw new ProblemError([snapshotProblem(out, unwritable(failure as NodeJS.ErrnoException))]);
  }
}

function unwritable({ code = 'an unknown error' }: NodeJS.ErrnoException): Violation {
  const message = `--out must be a directory that can be written, got ${code}`;
  return error('compliance/snapshot-out', message, 'make room or allow yourself to write it, and run it again');
}

/** Once its number is known, what stands for the current account is that account. */
function forgetCurrent(out: string, files: Map<string, SnapshotFile>, { account, region }: SnapshotFile): void {
  const current = placeKey({ account: 'current', region });
  const file = account === 'current' ? undefined : files.get(current);
  if (file === undefined) return;
  files.delete(current);
  rmSync(join(out, file.file), { force: true });
}

function sorted(files: ReadonlyMap<string, SnapshotFile>): readonly SnapshotFile[] {
  return [...files.values()].sort((a, b) => (a.file < b.file ? -1 : 1));
}

/** The manifest of an earlier run with the same options that has something missing, or of a new one. */
function begin(out: string, fresh: Manifest): Manifest {
  const refuse = (message: string, fix: string): never => {
    throw new ProblemError([snapshotProblem(out, error('compliance/snapshot-out', message, fix))]);
  };
  const elsewhere = 'name another directory with --out';
  const others = entriesOf(out).filter((entry) => !/\.part$|^manifest\.json\.\d+$/.test(entry));
  if (!existsSync(manifestPath(out))) {
    if (others.length > 0) refuse('--out must be empty or hold a snapshot to go on with, got other files', elsewhere);
    return fresh;
  }
  const { manifest } = readManifest(out);
  if (manifest.to !== undefined && manifest.files.every(({ gaps }) => gaps === 0))
    refuse('--out must not hold a snapshot in which nothing is missing, got one', elsewhere);
  const same = (['details', 'anonymisedBy', 'toolVersion'] as const).every((part) => manifest[part] === fresh[part]);
  if (!same)
    refuse(
      '--out must hold a snapshot of the same options and version, got another',
      'repeat the options (with the key of --anonymise), or name another directory',
    );
  return manifest;
}

/** What is in a directory, which is made where it does not exist. */
function entriesOf(out: string): string[] {
  try {
    mkdirSync(out, { recursive: true });
    return readdirSync(out);
  } catch (failure) {
    throw new ProblemError([snapshotProblem(out, unwritable(failure as NodeJS.ErrnoException))]);
  }
}

/** Files that are as they were written. */
async function intact(out: string, files: readonly SnapshotFile[]): Promise<SnapshotFile[]> {
  const kept: SnapshotFile[] = [];
  for (const file of files) {
    const path = join(out, file.file);
    if (existsSync(path) && (await hashOf(path)) === file.sha256) kept.push(file);
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
    // What stopped it counts, and not that it cannot be tidied up either.
    await rm(`${path}.part`, { force: true }).catch(() => undefined);
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
