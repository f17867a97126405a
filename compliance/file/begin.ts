import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import type { Place } from '../facts.ts';
import type { HeldPlaces } from './held-places.ts';
import { type Manifest, manifestPath, readManifest } from './manifest.ts';
import { heldOf, placesInWords } from './plan.ts';
import { refuse, writing } from './writing.ts';

const elsewhere = 'name another directory with --out';

/** The manifest of an earlier run with the same options, or of a new one. */
export async function begin(out: string, fresh: Manifest): Promise<Manifest> {
  const others = (await entriesOf(out)).filter((entry) => !/\.part$|^manifest\.json\.\d+$/.test(entry));
  if (!existsSync(manifestPath(out))) {
    if (others.length > 0)
      refuse(out, '--out must be empty or hold a snapshot to go on with, got other files', elsewhere);
    return fresh;
  }
  const { manifest } = readManifest(out);
  // What never had a place binds nobody: its run may have been refused before it read anything.
  if (manifest.to === undefined && manifest.files.length === 0) return fresh;
  const same = (['details', 'anonymisedBy', 'toolVersion'] as const).every((part) => manifest[part] === fresh[part]);
  if (same) return manifest;
  // Nobody has to repeat options for what cannot be gone on with.
  if (manifest.to !== undefined && manifest.files.every(({ gaps }) => gaps === 0)) refuseWhole(out);
  return refuse(
    out,
    '--out must hold a snapshot of the same options and version, got another',
    'repeat the options (with the key of --anonymise), or name another directory',
  );
}

/** Refuses where a run has nothing to read. */
export function refuseNothingLeft(
  out: string,
  begun: Manifest,
  held: HeldPlaces,
  { planned, meant }: { readonly planned: readonly Place[]; readonly meant: readonly Place[] },
): void {
  const isLeft = (place: Place) => heldOf(place, held)?.gaps.length !== 0;
  if (planned.some(isLeft)) return;
  const others = meant.filter(isLeft);
  if (others.length > 0)
    refuse(
      out,
      `--out must lack something of the chosen places, got a snapshot that lacks something of others: ${placesInWords(others)}`,
      `choose them, too, or ${elsewhere}`,
    );
  // A run may have ended after its last place, and before it could say so.
  if (begun.to !== undefined) refuseWhole(out);
}

function refuseWhole(out: string): never {
  return refuse(out, '--out must not hold a snapshot in which nothing is missing, got one', elsewhere);
}

/** What is in a directory, which is made where it does not exist. */
function entriesOf(out: string): Promise<string[]> {
  return writing(out, () => {
    mkdirSync(out, { recursive: true });
    return readdirSync(out);
  });
}
