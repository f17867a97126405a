import type { Gap, Place, PlaceFacts } from '../facts.ts';
import { leavesMoreUnknown } from '../gaps.ts';
import { placeKey } from '../place-index.ts';
import type { HeldPlace } from './held-places.ts';

/** A place of which something is missing in a snapshot. */
export interface UnreadPlace {
  readonly place: Place;
  readonly gaps: readonly Gap[];
  /** When what stands in the snapshot was read, where reading it again brought less; absent otherwise. */
  readonly keptFrom?: string;
}

type KeptReading = Required<Omit<UnreadPlace, 'place'>>;

/** The reading that a snapshot has of a place, where it tells more than a new one. */
export function betterReading(held: HeldPlace | undefined, { gaps }: PlaceFacts): KeptReading | undefined {
  if (held === undefined || !leavesMoreUnknown(gaps, held.gaps)) return undefined;
  return { gaps: held.gaps, keptFrom: held.observedAt };
}

/** What is missing in the places of a snapshot, as far as it was read now with what AWS said. */
export function unreadIn(held: readonly HeldPlace[], read: ReadonlyMap<string, UnreadPlace>): UnreadPlace[] {
  return held
    .map(({ file, gaps }): UnreadPlace => {
      const { account, region } = file;
      return read.get(placeKey(file)) ?? { place: { account, region }, gaps };
    })
    .filter(({ gaps, keptFrom }) => gaps.length > 0 || keptFrom !== undefined);
}
