import { hidesInstances } from './gaps.ts';
import { instanceKey, placeKey } from './place-index.ts';
import type { ComplianceReport } from './report.ts';
import { type EarlierInstance, type EarlierState, lacksOf } from './trend.ts';

/** What is kept of a report. */
export function earlierStateOf(
  name: string,
  { evidence, totals, groups, instances, places, complete }: ComplianceReport,
): EarlierState {
  const observed = new Map(places.map((place) => [placeKey(place), place.observedAt]));
  const missing = new Map<string, string>();
  const kept = new Map<string, EarlierInstance>();
  for (const instance of instances) {
    const { account, region, instanceId, bucket, unlisted, installOfList } = instance;
    const { ring, patchGroup, operatingSystem } = instance;
    const lacks = lacksOf(instance);
    kept.set(instanceKey(instance, instanceId), {
      account,
      region,
      instanceId,
      bucket,
      ...(lacks !== undefined && { lacks }),
      ...(unlisted !== undefined && { unlisted }),
      ...(installOfList && { installOfList }),
      ...(ring !== undefined && { ring }),
      ...(patchGroup !== undefined && { patchGroup }),
      ...(operatingSystem !== undefined && { operatingSystem }),
    });
    const at = observed.get(placeKey(instance)) ?? evidence.asOf;
    for (const patch of lacks ?? []) {
      const known = missing.get(patch);
      if (known === undefined || at < known) missing.set(patch, at);
    }
  }
  const unread = new Set(places.filter(({ gaps }) => gaps.some(hidesInstances)).map(placeKey));
  return {
    name,
    sources: evidence.sources,
    complete,
    asOf: evidence.asOf,
    totals,
    byRing: groups.ring ?? [],
    instances: kept,
    places: new Set(observed.keys()),
    unread,
    missing,
  };
}
