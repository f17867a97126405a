import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { error, ProblemError } from '../../core/problem.ts';
import { type Manifest, manifestPath, readManifest, snapshotProblem } from './manifest.ts';
import { writing } from './writing.ts';

/** The manifest of an earlier run with the same options that has something missing, or of a new one. */
export async function begin(out: string, fresh: Manifest): Promise<Manifest> {
  const refuse = (message: string, fix: string): never => {
    throw new ProblemError([snapshotProblem(out, error('compliance/snapshot-out', message, fix))]);
  };
  const elsewhere = 'name another directory with --out';
  const others = (await entriesOf(out)).filter((entry) => !/\.part$|^manifest\.json\.\d+$/.test(entry));
  if (!existsSync(manifestPath(out))) {
    if (others.length > 0) refuse('--out must be empty or hold a snapshot to go on with, got other files', elsewhere);
    return fresh;
  }
  const { manifest } = readManifest(out);
  // What never had a place binds nobody: its run may have been refused before it read anything.
  if (manifest.to === undefined && manifest.files.length === 0) return fresh;
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
function entriesOf(out: string): Promise<string[]> {
  return writing(out, () => {
    mkdirSync(out, { recursive: true });
    return readdirSync(out);
  });
}
