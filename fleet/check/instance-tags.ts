import { mostTags } from '../../core/resource-checks.ts';
import { checkTagsTogether } from '../../modules/compute/tag-checks.ts';
import { patchGroupTagKeys } from '../../modules/patch-group/checks.ts';
import type { FileViolation } from '../file-violation.ts';
import type { AccountPlaces, Place } from '../places.ts';
import type { FleetAutoScalingGroup, FleetInstance } from '../schema/index.ts';
import type { FleetFacts } from './facts.ts';
import { originOf } from './tag-origin.ts';

/**
 * The tags of a place reach its instances too: together they may be too many, or name two patch groups. Each is told
 * once where it comes from, of the instance with the most tags of its own.
 */
export function checkInstanceTagsOf(facts: FleetFacts): FileViolation[] {
  const told = new Set<string>();
  return facts.accounts
    .flatMap((account) => account.places.flatMap((place) => violationsIn(facts, account, place)))
    .filter(({ rule, at }) => {
      const id = [rule, ...at].join(' ');
      return !told.has(id) && told.add(id);
    });
}

function violationsIn({ fleet, patchGroups }: FleetFacts, account: AccountPlaces, place: Place): FileViolation[] {
  // Too many for any resource: that is told already.
  if (Object.keys(place.tags).length > mostTags) return [];
  const tagKey = fleet.patchGroupTagKey ?? 'PatchGroup';
  const otherKeys = patchGroupTagKeys.filter((key) => key !== tagKey);
  return madeIn(place).flatMap(({ name, tags, patchGroup }) => {
    const group = patchGroups.get(patchGroup);
    const own = { tags, patchGroupTag: group && { [tagKey]: group.name } };
    const words = { own: `tags of ${name}`, others: 'the tags of the place' };
    return checkTagsTogether(own, place.tags, words).map((violation) => ({
      ...violation,
      at: violation.rule === 'tags/count' ? place.path : originOf(otherKeys, fleet, account, place),
    }));
  });
}

function madeIn({ instances, autoScalingGroups }: Place) {
  return Object.entries({ instances, autoScalingGroups })
    .flatMap(([kind, set]) =>
      Object.entries<FleetInstance | FleetAutoScalingGroup>(set?.value ?? {}).map(([key, made]) => {
        const { tags = {}, patchGroup } = made;
        return { name: `${kind}.${key}`, tags, patchGroup, count: Object.keys(tags).length };
      }),
    )
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
}
