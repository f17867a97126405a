import { error } from '../../core/problem.ts';
import { checkRole, checkRoleArn } from '../../modules/iam/checks.ts';
import type { FileViolation } from '../file-violation.ts';
import type { FleetFacts, Place } from './facts.ts';
import { given, inFile } from './in-file.ts';
import { checkOwnAccount } from './own-account.ts';
import { checkPlaceholders, type Fill } from './placeholders.ts';

/** The roles of windows and instances, by the rules of the modules. */
export function checkRoles({ fleet, places, single, current }: FleetFacts, fill: Fill): FileViolation[] {
  return (['window', 'instance'] as const).flatMap((purpose) => {
    const path = ['roles', purpose];
    const role = fleet.roles?.[purpose];
    if (role === 'service-linked') return [];
    const users = purpose === 'window' ? places : places.filter(makesInstances);
    if (role !== undefined && 'arn' in role) {
      return [
        ...checkPlaceholders([...path, 'arn'], role.arn, ['account'], current),
        ...inFile(path, role, checkRoleArn(fill(role.arn)), { roleArn: 'arn' }),
        ...checkOwnAccount([...path, 'arn'], 'a role', role.arn, users),
      ];
    }
    const boundary = role?.permissionsBoundary;
    const permissionsBoundary = boundary === undefined ? undefined : fill(boundary);
    const region = places[0]?.region;
    // A fleet of one stack makes its roles there: IAM is global, so the region is part of their names.
    const roleName =
      single && region !== undefined ? `${fleet.fleet}-${region}-${purpose}` : `${fleet.fleet}-${purpose}`;
    return [
      ...checkPlaceholders([...path, 'permissionsBoundary'], boundary, ['account'], current),
      ...checkOwnAccount([...path, 'permissionsBoundary'], 'a policy', boundary, users),
      ...inFile(path, role, checkRole(given({ roleName: 'role', path: role?.path, permissionsBoundary }))),
      ...checkRole({ roleName }).map(() => ({
        ...error(
          'fleet/name-length',
          `the name of the ${purpose} role must be at most 64 characters, got ${roleName.length}: "${roleName}"`,
          'shorten the name of the fleet, or bring a role by its ARN',
        ),
        at: ['fleet'],
      })),
    ];
  });
}

/** Only there is the role of instances used. */
function makesInstances({ instances, autoScalingGroups }: Place): boolean {
  return Object.keys({ ...instances?.value, ...autoScalingGroups?.value }).length > 0;
}
