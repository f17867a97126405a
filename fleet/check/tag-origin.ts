import type { FilePath } from '../file-violation.ts';
import type { AccountPlaces, Place } from '../places.ts';
import type { Fleet } from '../schema/index.ts';

/**
 * Where the tags of an account, or of one of its places, get some keys from: the tags that have all of them; where no
 * level has all, the account or place itself.
 */
export function originOf(
  keys: readonly string[],
  fleet: Fleet,
  account: AccountPlaces,
  place?: Pick<Place, 'path' | 'region'>,
): FilePath {
  const hasAll = (tags: object = {}) => keys.every((key) => Object.hasOwn(tags, key));
  const levels = [
    { path: account.path, level: account.account },
    ...account.patterns.map((level) => ({ path: ['patterns', (fleet.patterns ?? []).indexOf(level)], level })),
    { path: ['defaults'], level: fleet.defaults },
  ];
  for (const { path, level } of levels) {
    const { regions, tags } = level ?? {};
    const ofRegion = Array.isArray(regions) || place === undefined ? undefined : regions?.[place.region];
    if (place !== undefined && hasAll(ofRegion?.tags)) return [...path, 'regions', place.region, 'tags'];
    if (hasAll(tags)) return [...path, 'tags'];
  }
  return place?.path ?? account.path;
}
