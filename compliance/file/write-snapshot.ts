import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Place, PlaceFacts } from '../facts.ts';
import { placeKey } from '../place-index.ts';
import type { PatchStateSource } from '../source.ts';
import type { Details } from '../source-evidence.ts';
import { anonymiser, fingerprintOf } from './anonymise.ts';
import { begin, refuseUnfit } from './begin.ts';
import { type HeldPlace, type HeldPlaces, heldFrom, heldIn } from './held-places.ts';
import { locked } from './lock.ts';
import { type SnapshotFile, writeManifest } from './manifest.ts';
import {
  asHeld,
  heldOf,
  isWhole,
  missingOf,
  namedAsFiles,
  type PlaceInPlan,
  type PlannedPlace,
  union,
} from './plan.ts';
import { betterReading, type UnreadPlace, unreadIn } from './unread.ts';
import { writePlace } from './write-place.ts';
import { writing } from './writing.ts';

export interface SnapshotOptions {
  /** Receives the snapshot; made where it does not exist. */
  readonly out: string;
  readonly details: Details;
  readonly toolVersion: string;
  /** What the source is asked for: the snapshot is finished when it has all of them. @default what the source tells */
  readonly places?: readonly PlannedPlace[];
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
  /** False: it was interrupted, or lacks places of an earlier run, and the next run continues it. */
  readonly finished: boolean;
  /** Places that this run or an earlier one was to read, and that are not in it, sorted. */
  readonly missing: readonly Place[];
  /** Places of which something is missing in it, sorted. */
  readonly unread: readonly UnreadPlace[];
}

/**
 * Saves what a source tells. Each place is a file that appears when it is whole, and the manifest names what is there and
 * what is missing. The next run with the same options reads the places that are missing, and again those of which something
 * could not be read: what it reads replaces what was there, unless less could be read than before. Where it is asked for
 * other places, the snapshot is to have those of all runs. One that was finished stays so while it is filled, unless it is
 * to have more places.
 *
 * @throws ProblemError where nothing is missing in what the directory holds of these places, where it holds anything else,
 *   where it cannot be written, and while somebody else writes it.
 */
export async function writeSnapshot(source: PatchStateSource, options: SnapshotOptions): Promise<SnapshotResult> {
  const { out, now } = options;
  await writing(out, () => mkdirSync(out, { recursive: true }));
  return locked(out, now(), () => fill(source, options));
}

async function fill(source: PatchStateSource, options: SnapshotOptions): Promise<SnapshotResult> {
  const { out, details, toolVersion, now, anonymise } = options;
  const key = anonymise && (anonymise.key ?? randomBytes(32).toString('hex'));
  const disguise = key === undefined ? (facts: PlaceFacts) => facts : anonymiser(key);
  const begun = await begin(out, {
    format: 'patchfleet-snapshot',
    version: 1,
    toolVersion,
    from: now().toISOString(),
    details,
    ...(key !== undefined && { anonymisedBy: fingerprintOf(key) }),
    files: [],
  });
  const held = await heldIn(out, begun.files);
  const earlier = union(begun.files, begun.missing ?? []);
  const planned =
    options.places?.map((place) => namedAsFiles(place, disguise)) ?? earlier.map((place) => asHeld(place, held));
  const meant = union(
    earlier,
    planned.map(({ place }) => place),
  );
  refuseUnfit(out, begun, held, { planned, meant });
  // Where a file is damaged, the rest must not be taken for the whole.
  const wasFinished = begun.to !== undefined && held.size === begun.files.length;
  const missing = () => missingOf(meant, held);
  const save = (isEnd: boolean) => {
    const { to: _, missing: __, ...rest } = begun;
    const left = missing();
    const end = left.length > 0 ? { missing: left } : isEnd ? { to: now().toISOString() } : {};
    const files = sorted(held).map(({ file }) => file);
    return writing(out, () => writeManifest(out, { ...rest, files, ...end }));
  };
  // What is there stays as it is until there is a place to add: the source may not let anybody in.
  if (begun.files.length === 0) await save(false);
  // A disguised place is not known by its own name: those that are there are asked for again, and written again.
  const except = key === undefined ? wholeFiles(held, planned) : [];
  const read = new Map<string, UnreadPlace>();
  let written = 0;
  for await (const facts of source.places({ details, except })) {
    if (options.signal?.aborted) break;
    const disguised = disguise(facts);
    const name = placeKey(disguised.place);
    const kept = betterReading(held.get(name), disguised);
    if (kept === undefined) {
      const file = await writing(out, () => writePlace(out, disguised));
      await writing(out, () => forgetCurrent(out, held, file));
      held.set(name, heldFrom(file, disguised));
      written += 1;
      await save(wasFinished);
    }
    const { place } = facts;
    read.set(name, kept === undefined ? { place, gaps: facts.gaps } : { place, ...kept });
    options.onPlace?.((held.get(name) as HeldPlace).file);
  }
  const interrupted = options.signal?.aborted ?? false;
  if (!interrupted && (written > 0 || !wasFinished)) await save(true);
  const saved = sorted(held);
  return {
    files: saved.map(({ file }) => file),
    kept: saved.length - written,
    finished: (wasFinished || !interrupted) && missing().length === 0,
    missing: missing(),
    unread: unreadIn(saved, read),
  };
}

/** Files of places that need not be read. */
function wholeFiles(held: HeldPlaces, planned: readonly PlaceInPlan[]): readonly SnapshotFile[] {
  const again = new Set(planned.flatMap((one) => (isWhole(one, held) ? [] : heldOf(one.place, held)?.file)));
  return sorted(held).flatMap(({ file, gaps }) => (gaps.length === 0 && !again.has(file) ? file : []));
}

/** Once its number is known, what stands for the current account is that account. */
function forgetCurrent(out: string, held: Map<string, HeldPlace>, { account, region }: SnapshotFile): void {
  const current = placeKey({ account: 'current', region });
  const unnamed = account === 'current' ? undefined : held.get(current);
  if (unnamed === undefined) return;
  held.delete(current);
  rmSync(join(out, unnamed.file.file), { force: true });
}

function sorted(held: HeldPlaces): readonly HeldPlace[] {
  return [...held.values()].sort((a, b) => (a.file.file < b.file.file ? -1 : 1));
}
