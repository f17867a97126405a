import { placesOf } from './places.ts';
import type { Fleet, FleetAssignment } from './schema/index.ts';

/**
 * The assignments that some account and region has, whoever says them: by ring, and of those that approve alike one, since
 * a thousand accounts share few.
 */
export function assignmentsByRing(fleet: Fleet): ReadonlyMap<string, readonly FleetAssignment[]> {
  const places = placesOf(fleet).accounts.flatMap((account) => account.places);
  const sets = new Set(places.flatMap(({ assignments }) => assignments ?? []));
  const known = new Set<string>();
  const byRing = new Map<string, FleetAssignment[]>();
  for (const assignment of [...sets].flatMap(({ value }) => Object.values(value))) {
    const { ring, patchGroups, approveAfterDays } = assignment;
    const id = [ring, approveAfterDays, ...patchGroups].join(' ');
    if (known.has(id)) continue;
    known.add(id);
    byRing.set(ring, [...(byRing.get(ring) ?? []), assignment]);
  }
  return byRing;
}
