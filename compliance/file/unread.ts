import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Gap, Place, PlaceFacts } from '../facts.ts';
import { leavesMoreUnknown } from '../gaps.ts';
import { placeKey } from '../place-index.ts';
import type { SnapshotFile } from './manifest.ts';

/** A place of which something is missing in a snapshot. */
export interface UnreadPlace {
  readonly place: Place;
  readonly gaps: readonly Gap[];
  /** When what stands in the snapshot was read, where reading it again brought less; absent otherwise. */
  readonly keptFrom?: string;
}

type KeptReading = Required<Omit<UnreadPlace, 'place'>>;

/** The reading that a snapshot has of a place, where it tells more than a new one. */
export async function betterReading(
  directory: string,
  file: SnapshotFile | undefined,
  { gaps }: PlaceFacts,
): Promise<KeptReading | undefined> {
  if (file === undefined || gaps.length === 0) return undefined;
  const older = await readHead(join(directory, file.file));
  return leavesMoreUnknown(gaps, older.gaps) ? { gaps: older.gaps, keptFrom: older.observedAt } : undefined;
}

/** What is missing in the files of a snapshot, as far as it was read now with what AWS said. */
export async function unreadIn(
  directory: string,
  files: readonly SnapshotFile[],
  read: ReadonlyMap<string, UnreadPlace>,
): Promise<UnreadPlace[]> {
  const places: UnreadPlace[] = [];
  for (const file of files) {
    const { account, region } = file;
    const known = read.get(placeKey(file));
    if (known !== undefined) places.push(known);
    else if (file.gaps > 0) {
      const { gaps } = await readHead(join(directory, file.file));
      places.push({ place: { account, region }, gaps });
    }
  }
  return places.filter(({ gaps, keptFrom }) => gaps.length > 0 || keptFrom !== undefined);
}

/** What a place's file begins with: when its reading began, and what could not be read. The rest is not unzipped. */
async function readHead(path: string): Promise<Pick<PlaceFacts, 'observedAt' | 'gaps'>> {
  const bytes = createReadStream(path);
  const text = pipeline(bytes, createGunzip(), () => undefined);
  const lines = createInterface({ input: text });
  let observedAt = '';
  const gaps: Gap[] = [];
  try {
    for await (const line of lines) {
      const { place, gap } = JSON.parse(line) as {
        readonly place?: { readonly observedAt: string };
        readonly gap?: Gap;
      };
      if (place !== undefined) observedAt = place.observedAt;
      else if (gap !== undefined) gaps.push(gap);
      else break;
    }
  } finally {
    lines.close();
    bytes.destroy();
    text.destroy();
  }
  return { observedAt, gaps };
}
