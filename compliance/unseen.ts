import type { InstanceFacts, Place, PlaceFacts } from './facts.ts';
import type { FleetContext, PlaceContext } from './fleet-context.ts';
import { contextOf, placeKey } from './place-index.ts';
import type { EarlierInstance, EarlierState } from './trend.ts';

/* What nothing was told about, and is counted all the same. */

/** Places of the fleet that a source says nothing about: what is declared there is unknown. */
export function untoldPlaces(fleet: FleetContext, told: readonly Place[], asOf: string): PlaceFacts[] {
  const seen = new Set(told.map((place) => contextOf(place, fleet)));
  return fleet.places.filter((context) => !seen.has(context)).map((context) => untold(context, asOf));
}

function untold(context: PlaceContext, asOf: string): PlaceFacts {
  const { account, region } = context;
  return {
    place: { account, region },
    observedAt: asOf,
    permissions: [],
    instances: declaredOf(context),
    baselines: [],
    patchGroups: [],
    availablePatches: [],
    windows: [],
    gaps: [{ area: 'place', reason: 'failed', message: 'the source says nothing about this place' }],
  };
}

/** Instances that outputs declare in a place, of whom its facts may say nothing. */
export function declaredIn(place: Place, fleet: FleetContext): InstanceFacts[] {
  const context = contextOf(place, fleet);
  return context === undefined ? [] : declaredOf(context);
}

function declaredOf({ declared }: PlaceContext): InstanceFacts[] {
  return Object.entries(declared).map(([declaredAs, instanceId]) => ({ instanceId, declaredAs }));
}

/**
 * Instances of an earlier snapshot in places where not every instance could be read: nobody can say whether they are
 * there, so they are unknown, and not gone. `unread` tells why, by the keys of such places; `known` are keys of instances.
 */
export function hiddenInstances(
  since: EarlierState,
  unread: ReadonlyMap<string, string>,
  known: ReadonlySet<string>,
): (EarlierInstance & { readonly why: string })[] {
  return [...since.instances].flatMap(([key, instance]) => {
    const message = unread.get(placeKey(instance));
    if (message === undefined || known.has(key)) return [];
    return [{ ...instance, why: `it was there at ${since.asOf}, and its place could not be read now: ${message}` }];
  });
}
