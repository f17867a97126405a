import { error, quoted, type Violation } from '../../core/problem.ts';
import { checkSystemsManagerName } from '../../core/resource-checks.ts';
import { checkCount, checkText, listOf } from '../../core/value-checks.ts';

/** A target as plain data. A key that is absent is not given; one without a value is known only when Terraform applies. */
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
    ...listOf(target.entries).flatMap((entry) => checkEntry({ ...entry })),
  ];
}

function checkEntry({ key, values }: SelectorEntryFacts): Violation[] {
  if (key === undefined) return [];
  const field = `selector ${quoted(key)}`;
  return [
    ...checkKey(key),
    // AWS takes an empty list and then runs on nothing; Terraform refuses it when it applies.
    ...checkCount(field, values, {
      rule: 'maintenance-window/selector-values',
      min: 1,
      max: key === 'tag-key' ? 5 : 50,
      fix: 'name what the target must match, in several targets if need be',
    }),
    ...listOf(values).flatMap((value) => checkValue(field, key, value)),
  ];
}

function checkKey(key: string): Violation[] {
  const rule = 'maintenance-window/selector-key';
  const allowed = 'letters, digits, spaces, _ . : / = - @';
  const pattern = /^[\p{L}\p{Z}\p{N}_.:/=\-@]*$/u;
  if (typeof key !== 'string' || !key.startsWith('tag:')) {
    return checkText('selector key', key, { rule, min: 1, max: 163, pattern, allowed });
  }
  return checkText('tag key', key.slice('tag:'.length), { rule, min: 1, max: 128, pattern, allowed });
}

function checkValue(field: string, key: string, value: string | undefined): Violation[] {
  if (key === 'InstanceIds') return checkInstanceId(field, value);
  if (key === 'resource-groups:Name') return checkGroupName(value);
  if (key === 'resource-groups:ResourceTypeFilters') return checkResourceType(value);
  // Values of tags may be empty, their keys may not.
  const min = key === 'tag-key' ? 1 : 0;
  return checkText(`value of ${field}`, value, { rule: 'maintenance-window/selector-value-length', min, max: 256 });
}

/** `i-` of EC2 with 8 or 17 hexadecimal digits, `mi-` of servers elsewhere with 17. */
export function checkInstanceId(field: string, id: string | undefined): Violation[] {
  if (id === undefined || /^(i-([0-9a-f]{8}|[0-9a-f]{17})|mi-[0-9a-f]{17})$/.test(id)) return [];
  const message = `${field} must hold instance ids (i-… or mi-…), got ${quoted(id)}`;
  return [error('maintenance-window/instance-id', message, 'use the id, not the name')];
}

/** @see https://docs.aws.amazon.com/ARG/latest/APIReference/API_CreateGroup.html */
function checkGroupName(name: string | undefined): Violation[] {
  const limits = { min: 1, max: 300, pattern: /^[\w.-]+$/, allowed: 'letters, digits, _ - .' };
  return checkText('resource group', name, { rule: 'maintenance-window/resource-group-name', ...limits });
}

function checkResourceType(type: string | undefined): Violation[] {
  if (type === undefined || /^AWS::(\w+::\w+|AllSupported)$/.test(type)) return [];
  const message = `resource types must be written like "AWS::EC2::Instance", got ${quoted(type)}`;
  return [error('maintenance-window/resource-type', message, 'use the name of the type in CloudFormation')];
}
