import { error, quoted, type Violation } from './problem.ts';
import { checkCount, checkText } from './value-checks.ts';

/** Names of patch baselines, maintenance windows, their targets and tasks: one pattern for all of them.
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreateMaintenanceWindow.html */
export function checkSystemsManagerName(field: string, name: unknown, rule: string): Violation[] {
  return checkText(field, name, { rule, min: 3, max: 128, pattern: /^[\w.-]+$/, allowed: 'letters, digits, _ - .' });
}

export const mostTags = 50;

/**
 * Tags of Systems Manager and IAM, which take fewer characters than EC2 does.
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_Tag.html
 */
export function checkTags(tags: Readonly<Record<string, unknown>> | undefined): Violation[] {
  const violations = checkEc2Tags(tags);
  if (violations.some(({ rule }) => rule === 'tags/map')) return violations;
  const allowed = 'hold only letters, digits, spaces and _ . : / = + - @';
  const isWrong = (text: unknown) => typeof text === 'string' && !/^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u.test(text);
  return [
    ...violations,
    ...Object.entries({ ...tags }).flatMap(([key, value]) => [
      ...(isWrong(key)
        ? [error('tags/characters', `tag key must ${allowed}, got ${quoted(key)}`, 'rename it: only EC2 takes others')]
        : []),
      ...(isWrong(value)
        ? [
            error(
              'tags/characters',
              `tag ${quoted(key)} must ${allowed}, got ${quoted(value)}`,
              'change its value: only EC2 takes others',
            ),
          ]
        : []),
    ]),
  ];
}

/** Tags of EC2, of any characters: at most 50, keys of 1 to 128 characters that do not begin with `aws:`, values up to 256.
 * @see https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
export function checkEc2Tags(tags: Readonly<Record<string, unknown>> | undefined): Violation[] {
  if (tags === undefined) return [];
  if (typeof tags !== 'object' || tags === null || Array.isArray(tags)) {
    return [error('tags/map', `tags must map keys to values, got ${quoted(tags)}`, 'write { Name: "value" }')];
  }
  const entries = Object.entries(tags);
  const reserved = entries.filter(([key]) => key.toLowerCase().startsWith('aws:'));
  return [
    ...checkCount('tags', entries, { rule: 'tags/count', max: mostTags }),
    ...entries.flatMap(([key, value]) => [
      ...checkText('tag key', key, { rule: 'tags/key-length', min: 1, max: 128 }),
      ...checkText(`tag ${quoted(key)}`, value, { rule: 'tags/value-length', min: 0, max: 256 }),
    ]),
    ...reserved.map(([key]) =>
      error('tags/reserved-key', `tag key ${quoted(key)} must not begin with aws:`, 'AWS keeps that prefix; rename it'),
    ),
  ];
}

/** An ARN of one service, or of any when `service` is left out. */
export function checkArn(field: string, arn: unknown, rule: string, service = '[a-z0-9-]+'): Violation[] {
  if (arn === undefined) return [];
  const pattern = new RegExp(`^arn:aws[a-z-]*:${service}:[a-z0-9-]*:(\\d{12}|aws)?:\\S+$`);
  if (typeof arn === 'string' && pattern.test(arn)) return [];
  const wanted = service.startsWith('[') ? 'an ARN' : `an ARN of ${service}`;
  return [error(rule, `${field} must be ${wanted}, got ${quoted(arn)}`, 'give the whole arn:partition:service:… text')];
}
