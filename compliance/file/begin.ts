import { existsSync, readdirSync } from 'node:fs';
import type { Place } from '../facts.ts';
import type { HeldPlaces } from './held-places.ts';
import { lockName } from './lock.ts';
import { type Manifest, manifestPath, readManifest } from './manifest.ts';
import { heldOf, isWhole, type PlaceInPlan, placesInWords } from './plan.ts';
import { refuse, writing } from './writing.ts';

const elsewhere = 'name another directory with --out';

/** The manifest of an earlier run with the same options, or of a new one. */
export async function begin(out: string, fresh: Manifest): Promise<Manifest> {
  const others = (await entriesOf(out)).filter(
    (entry) => entry !== lockName && !/\.part$|^manifest\.json\.\d+$/.test(entry),
  );
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

/** Refuses a run that has nothing to read, or whose places would lose what they had. */
export function refuseUnfit(
  out: string,
  begun: Manifest,
  held: HeldPlaces,
  { planned, meant }: { readonly planned: readonly PlaceInPlan[]; readonly meant: readonly Place[] },
): void {
  if (planned.some((one) => !isWhole(one, held))) refuseWithoutOutputs(out, held, planned);
  else refuseNothingLeft(out, begun, held, meant);
}

function refuseNothingLeft(out: string, begun: Manifest, held: HeldPlaces, meant: readonly Place[]): void {
  const others = meant.filter((place) => heldOf(place, held)?.gaps.length !== 0);
  if (others.length > 0)
    refuse(
      out,
      `--out must lack something of the chosen places, got a snapshot that lacks something of others: ${placesInWords(others)}`,
      `choose them, too, or ${elsewhere}`,
    );
  // A run may have ended after its last place, and before it could say so.
  if (begun.to !== undefined) refuseWhole(out);
}

/** Nobody would see that some places were read with what is declared there, and others without. */
function refuseWithoutOutputs(out: string, held: HeldPlaces, planned: readonly PlaceInPlan[]): void {
  const hadSome = planned.some(({ place }) => (heldOf(place, held)?.declared.size ?? 0) > 0);
  if (hadSome && planned.every(({ declared }) => declared.size === 0))
    refuse(
      out,
      'a snapshot that was begun with outputs must be gone on with outputs, got none',
      `repeat --outputs, or ${elsewhere}`,
    );
}

function refuseWhole(out: string): never {
  return refuse(out, '--out must not hold a snapshot in which nothing is missing, got one', elsewhere);
}

/** What is in a directory. */
function entriesOf(out: string): Promise<string[]> {
  return writing(out, () => readdirSync(out));
}
