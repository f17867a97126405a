import { checkTags } from '../../core/resource-checks.ts';
import { at, type FileViolation } from '../file-violation.ts';
import type { Fleet } from '../schema/index.ts';
import type { FleetFacts, Place } from './facts.ts';

/** Tags where they are written, and whether together they are too many for a resource. */
export function checkTagsOf({ fleet, tagSets, places }: FleetFacts): FileViolation[] {
  const own = tagSets.flatMap(({ path, value }) => at(path, checkTags(value)));
  const most = tagSets.reduce((sum, { value }) => Math.max(sum, Object.keys(value).length), 0);
  // Three levels of tags at most come together.
  if (most * 3 <= 50 || own.some(({ rule }) => rule === 'tags/count')) return own;
  const together = places.flatMap((place) =>
    at(
      place.path,
      checkTags({ ...fleet.defaults?.tags, ...place.account.tags, ...tagsOfRegion(fleet, place) }).filter(
        ({ rule }) => rule === 'tags/count',
      ),
    ),
  );
  return [...own, ...new Map(together.map((violation) => [violation.at.join(' '), violation])).values()];
}

function tagsOfRegion(fleet: Fleet, { account, region }: Place): Readonly<Record<string, string>> {
  const regions = account.regions ?? fleet.defaults?.regions;
  return regions === undefined || Array.isArray(regions) ? {} : (regions[region]?.tags ?? {});
}
