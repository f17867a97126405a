import type { Place, PlaceFacts } from '../facts.ts';
import type { PlaceContext } from '../fleet-context.ts';
import { placeKey } from '../place-index.ts';
import type { HeldPlace, HeldPlaces } from './held-places.ts';

/** A place that a run is to read, with the ids of the instances that are declared there. */
export type PlannedPlace = Pick<PlaceContext, 'account' | 'region' | 'declared'>;

/** A planned place as its file will name it. */
export function namedAsFiles({ account, region }: Place, disguise: (facts: PlaceFacts) => PlaceFacts): Place {
  const lists = { permissions: [], instances: [], baselines: [], patchGroups: [], availablePatches: [], windows: [] };
  return disguise({ place: { account, region }, observedAt: '', gaps: [], ...lists }).place;
}

/** Places of several lists, each once, sorted. */
export function union(...lists: readonly (readonly Place[])[]): readonly Place[] {
  const byKey = new Map(
    lists.flat().map(({ account, region }) => [placeKey({ account, region }), { account, region }]),
  );
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, place]) => place);
}

/** What a snapshot has of a place. The current account is there by its number, once that is known. */
export function heldOf(place: Place, held: HeldPlaces): HeldPlace | undefined {
  const named = held.get(placeKey(place));
  if (named !== undefined || place.account !== 'current') return named;
  return [...held.values()].find(({ file }) => file.region === place.region);
}

/** Those that the snapshot has nothing of. */
export function missingOf(places: readonly Place[], held: HeldPlaces): readonly Place[] {
  return places.filter((place) => heldOf(place, held) === undefined);
}

/** Few of many. */
const mostNamed = 3;

/** `111111111111/eu-central-1, 222222222222/eu-central-1, 333333333333/eu-central-1 and 7 more`. */
export function placesInWords(places: readonly Place[]): string {
  const named = places.slice(0, mostNamed).map(placeKey).join(', ');
  return places.length > mostNamed ? `${named} and ${places.length - mostNamed} more` : named;
}
