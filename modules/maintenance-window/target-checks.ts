import { error, quoted, type Violation } from '../../core/problem.ts';
import { checkSystemsManagerName } from '../../core/resource-checks.ts';
import { checkCount, checkText } from '../../core/value-checks.ts';

/** A target as plain data. */
export interface TargetFacts {
  readonly targetName?: string | undefined;
  readonly description?: string | undefined;
  readonly ownerInformation?: string | undefined;
  readonly entries?: readonly SelectorEntryFacts[] | undefined;
}

export interface SelectorEntryFacts {
  readonly key?: string | undefined;
  readonly values?: readonly (string | undefined)[] | undefined;
}

/**
 * Every rule of a target. The description's lower bound is Terraform's; AWS takes a single character.
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_RegisterTargetWithMaintenanceWindow.html
 */
export function checkTarget(target: TargetFacts): Violation[] {
  const owner = { rule: 'maintenance-window/owner-information-length', min: 1, max: 128 };
  const description = { rule: 'maintenance-window/target-description-length', min: 3, max: 128 };
  return [
    ...checkSystemsManagerName('targetName', target.targetName, 'maintenance-window/target-name'),
    ...checkText('description', target.description, description),
    ...checkText('ownerInformation', target.ownerInformation, owner),
    ...checkCount('selector', target.entries, { rule: 'maintenance-window/selector-count', min: 1, max: 5 }),
    ...(target.entries ?? []).flatMap(checkEntry),
  ];
}

function checkEntry({ key, values }: SelectorEntryFacts): Violation[] {
  if (key === undefined) return [];
  const field = `selector ${quoted(key)}`;
  return [
    ...checkText('selector key', key, {
      rule: 'maintenance-window/selector-key',
      min: 1,
      max: 163,
      pattern: /^[\p{L}\p{Z}\p{N}_.:/=\-@]*$/u,
      allowed: 'letters, digits, spaces, _ . : / = - @',
    }),
    // AWS takes an empty list and then runs on nothing; Terraform refuses it when it applies.
    ...checkCount(field, values, {
      rule: 'maintenance-window/selector-values',
      min: 1,
      max: key === 'tag-key' ? 5 : 50,
      fix: 'name what the target must match, in several targets if need be',
    }),
    ...(values ?? []).flatMap((value) => checkValue(field, key, value)),
  ];
}

function checkValue(field: string, key: string, value: string | undefined): Violation[] {
  if (key === 'InstanceIds') return checkInstanceId(field, value);
  return checkText(field, value, { rule: 'maintenance-window/selector-value-length', min: 1, max: 256 });
}

/** `i-` of EC2 with 8 or 17 hexadecimal digits, `mi-` of servers elsewhere with 17. */
export function checkInstanceId(field: string, id: string | undefined): Violation[] {
  if (id === undefined || /^(i-([0-9a-f]{8}|[0-9a-f]{17})|mi-[0-9a-f]{17})$/.test(id)) return [];
  const message = `${field} must hold instance ids (i-… or mi-…), got ${quoted(id)}`;
  return [error('maintenance-window/instance-id', message, 'use the id, not the name')];
}
