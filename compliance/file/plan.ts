import type { Place, PlaceFacts } from '../facts.ts';
import type { PlaceContext } from '../fleet-context.ts';
import { placeKey } from '../place-index.ts';
import { type Declared, declaredAmong, type HeldPlace, type HeldPlaces } from './held-places.ts';

/** A place that a run is to read, with the ids of the instances that are declared there. */
export type PlannedPlace = Pick<PlaceContext, 'account' | 'region' | 'declared'>;

/** A place that is to be in the snapshot, as its file names it, with what it is to have at the least. */
export interface PlaceInPlan {
  readonly place: Place;
  readonly declared: Declared;
}

/** A planned place under the names that its file will have. */
export function namedAsFiles(planned: PlannedPlace, disguise: (facts: PlaceFacts) => PlaceFacts): PlaceInPlan {
  const { account, region, declared } = planned;
  const keys = new Map(Object.entries(declared).map(([key, id]) => [id, key]));
  const instances = [...keys].map(([instanceId, declaredAs]) => ({ instanceId, declaredAs }));
  const lists = { permissions: [], baselines: [], patchGroups: [], availablePatches: [], windows: [], gaps: [] };
  const disguised = disguise({ place: { account, region }, observedAt: '', instances, ...lists });
  return { place: disguised.place, declared: declaredAmong(disguised.instances) };
}

/** A place that is to have what it has, as nobody says more. */
export function asHeld(place: Place, held: HeldPlaces): PlaceInPlan {
  return { place, declared: heldOf(place, held)?.declared ?? new Set() };
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

/** Whether the snapshot has all of a place: nothing that could not be read, and nothing that was not yet known to be there. */
export function isWhole({ place, declared }: PlaceInPlan, held: HeldPlaces): boolean {
  const there = heldOf(place, held);
  return there?.gaps.length === 0 && [...declared].every((one) => there.declared.has(one));
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
