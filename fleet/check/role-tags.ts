import { checkRoleTagKeys, sameButForCase } from '../../modules/iam/checks.ts';
import { at, type FileViolation } from '../file-violation.ts';
import type { AccountPlaces } from '../places.ts';
import { instanceRole, windowRole } from '../roles.ts';
import type { FleetFacts } from './facts.ts';
import { originOf } from './tag-origin.ts';

/** The tags that the roles of an account get: each pair of keys that IAM takes as one, told once where it comes from. */
export function checkTagsOfRoles(facts: FleetFacts): FileViolation[] {
  const { fleet, single } = facts;
  const violations = facts.accounts
    .filter((account) => makesRole(facts, account))
    .flatMap((account) => {
      // The only stack of a fleet makes its roles in its region; others are made for the whole account.
      const place = single ? account.places[0] : undefined;
      return sameButForCase((place ?? account).tags).flatMap((keys) =>
        at(originOf(keys, fleet, account, place), checkRoleTagKeys(Object.fromEntries(keys.map((key) => [key, ''])))),
      );
    });
  return [
    ...new Map(violations.map((violation) => [[violation.message, ...violation.at].join(' '), violation])).values(),
  ];
}

/** Where all of its roles exist already, no role gets its tags. */
function makesRole({ fleet, single }: FleetFacts, { account, places }: AccountPlaces): boolean {
  const where = { fleet, account, region: places[0]?.region ?? '' };
  const maker = single ? 'here' : 'global';
  const needsInstances = places.some(
    ({ instances, autoScalingGroups }) => Object.keys({ ...instances?.value, ...autoScalingGroups?.value }).length > 0,
  );
  return windowRole(where, maker).kind === 'made' || (needsInstances && instanceRole(where, maker).kind === 'made');
}
