import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { error, type Problem, ProblemError, quoted, type Violation } from '../../core/problem.ts';
import type { Place } from '../facts.ts';
import { placeKey } from '../place-index.ts';
import type { Details } from '../source-evidence.ts';
import { instant } from './shapes.ts';

/** What a snapshot says about itself, as `manifest.json`. */
export interface Manifest {
  readonly format: 'patchfleet-snapshot';
  /** Changes when a reader would have to. */
  readonly version: 1;
  readonly toolVersion: string;
  /** Instants between which AWS was asked; `to` is absent while it is not finished. */
  readonly from: string;
  readonly to?: string;
  readonly details: Details;
  /** Present where accounts and instances have other names; tells keys apart, and not what the key is. */
  readonly anonymisedBy?: string;
  /** One for each place, sorted. */
  readonly files: readonly SnapshotFile[];
  /** Places that were meant and have no file yet, sorted; absent where there are none, as in every finished snapshot. */
  readonly missing?: readonly Place[];
}

export interface SnapshotFile {
  /** In the directory of the manifest: `111111111111-eu-central-1.jsonl.gz`. */
  readonly file: string;
  readonly account: string;
  readonly region: string;
  /** Of the file as it is, compressed. */
  readonly sha256: string;
  readonly instances: number;
  /** How many things could not be read. */
  readonly gaps: number;
}

const name = 'manifest.json';

export function manifestPath(directory: string): string {
  return join(directory, name);
}

/** Replaces the manifest as a whole. */
export function writeManifest(directory: string, manifest: Manifest): void {
  writeFileAtomic.sync(manifestPath(directory), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** A problem with a snapshot, that stops the command. */
export function snapshotProblem(path: string, violation: Violation): Problem {
  return { path, ...violation };
}

/** The directory of a snapshot that was named by itself or by its manifest, and what the manifest says. */
export function readManifest(path: string): { readonly directory: string; readonly manifest: Manifest } {
  const file = isDirectory(path) ? manifestPath(path) : path;
  const refuse = (violation: Violation): never => {
    throw new ProblemError([snapshotProblem(path, violation)]);
  };
  let text = '';
  try {
    text = readFileSync(file, 'utf8');
  } catch (failure) {
    refuse(unreadable(path, failure as NodeJS.ErrnoException));
  }
  const violation = refusal(text, path);
  if (violation !== undefined) refuse(violation);
  return { directory: dirname(file), manifest: JSON.parse(text) as Manifest };
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

const snapshotFix = 'name a directory that npx patchfleet snapshot --out has written';

function unreadable(path: string, { code }: NodeJS.ErrnoException): Violation {
  const rule = 'compliance/snapshot-readable';
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    if (!isDirectory(path))
      return error(rule, 'a snapshot must exist, got no file or directory of this name', snapshotFix);
    const inside = snapshotsIn(path);
    const fix = inside === undefined ? snapshotFix : `did you mean ${quoted(inside)}?`;
    return error(rule, `a snapshot must have a ${name}, got a directory without`, fix);
  }
  return error(rule, `a snapshot must be readable, got ${code ?? 'an unknown error'}`, 'allow yourself to read it');
}

/** The newest by name of the snapshots in a directory. */
function snapshotsIn(directory: string): string | undefined {
  return readdirSync(directory)
    .sort()
    .reverse()
    .map((entry) => join(directory, entry))
    .find((entry) => existsSync(manifestPath(entry)));
}

function refusal(text: string, path: string): Violation | undefined {
  const value = parsed(text);
  const format = 'compliance/snapshot-format';
  if (value === undefined) return error(format, `${name} must be JSON, got other text`, 'take the snapshot anew');
  if (!isRecord(value) || value.format !== 'patchfleet-snapshot')
    return error(format, `${basename(path)} must be a snapshot of patchfleet, got another file`, snapshotFix);
  if (value.version !== 1) {
    const message = `a snapshot must be of version 1, got ${quoted(value.version)}`;
    return error(
      'compliance/snapshot-version',
      message,
      'read it with the version of patchfleet that wrote it, or a newer one',
    );
  }
  if (!isManifest(value))
    return error(format, `${name} must say what it holds, got a part of it`, 'take the snapshot anew');
  return undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isManifest(value: Readonly<Record<string, unknown>>): boolean {
  const { toolVersion, from, to, details, anonymisedBy, files, missing } = value;
  return (
    typeof toolVersion === 'string' &&
    instant(from) &&
    (to === undefined || instant(to)) &&
    (details === 'none' || details === 'noncompliant' || details === 'all') &&
    (anonymisedBy === undefined || typeof anonymisedBy === 'string') &&
    Array.isArray(files) &&
    files.every(isSnapshotFile) &&
    new Set(files.map(({ file }) => file)).size === files.length &&
    new Set(files.map(placeKey)).size === files.length &&
    (missing === undefined || (Array.isArray(missing) && missing.every(isPlace)))
  );
}

function isPlace(value: unknown): boolean {
  return isRecord(value) && typeof value.account === 'string' && typeof value.region === 'string';
}

/** A name becomes a path: one that leads elsewhere is none of ours. */
function isSnapshotFile(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { file, sha256 } = value;
  return typeof file === 'string' && /^[\w-]+\.jsonl\.gz$/.test(file) && isPlace(value) && typeof sha256 === 'string';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
