import { checkTags } from '../../core/resource-checks.ts';
import { at, type FileViolation } from '../file-violation.ts';
import type { FleetFacts } from './facts.ts';

/** Tags where they are written, and whether together they are too many for a resource. */
export function checkTagsOf({ fleet, tagSets, places }: FleetFacts): FileViolation[] {
  const own = tagSets.flatMap(({ path, value }) => at(path, checkTags(value)));
  const most = tagSets.reduce((sum, { value }) => Math.max(sum, Object.keys(value).length), 0);
  // Defaults, an account, its region and patterns come together.
  const levels = 3 + (fleet.patterns ?? []).length;
  if (most * levels <= 50 || own.some(({ rule }) => rule === 'tags/count')) return own;
  const together = places.flatMap((place) =>
    at(
      place.path,
      checkTags(place.tags).filter(({ rule }) => rule === 'tags/count'),
    ),
  );
  return [...own, ...new Map(together.map((violation) => [violation.at.join(' '), violation])).values()];
}
