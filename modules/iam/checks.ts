import { error, quoted, type Violation } from '../../core/problem.ts';
import { checkArn, checkTags } from '../../core/resource-checks.ts';
import { checkText, checkWholeNumber } from '../../core/value-checks.ts';
import { patchBucketNames, patchBucketRegions } from './patch-buckets.ts';

export interface RoleFacts {
  readonly roleName?: string | undefined;
  readonly description?: string | undefined;
  readonly path?: string | undefined;
  readonly permissionsBoundary?: string | undefined;
  readonly maxSessionDurationSeconds?: number | undefined;
  readonly tags?: Readonly<Record<string, unknown>> | undefined;
}

const nameCharacters = { pattern: /^[\w+=,.@-]*$/, allowed: 'letters, digits, + = , . @ _ -' };

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
export function checkRole(role: RoleFacts): Violation[] {
  return [
    ...checkText('roleName', role.roleName, { rule: 'iam/role-name', min: 1, max: 64, ...nameCharacters }),
    ...checkText('description', role.description, { rule: 'iam/role-description', min: 0, max: 1000 }),
    ...checkPath(role.path),
    ...checkArn('permissionsBoundary', role.permissionsBoundary, 'iam/permissions-boundary', 'iam'),
    ...checkWholeNumber('maxSessionDurationSeconds', role.maxSessionDurationSeconds, {
      rule: 'iam/session-duration',
      min: 3600,
      max: 43_200,
      unit: 'seconds',
    }),
    ...checkTags(role.tags),
  ];
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateInstanceProfile.html */
export function checkInstanceProfileName(name: string | undefined): Violation[] {
  return checkText('instanceProfileName', name, {
    rule: 'iam/instance-profile-name',
    min: 1,
    max: 128,
    ...nameCharacters,
  });
}

/** The ARN of a role that exists already. */
export function checkRoleArn(arn: string | undefined): Violation[] {
  if (arn === undefined || /^arn:aws[a-z-]*:iam::\d{12}:role\/\S+$/.test(arn)) return [];
  const message = `roleArn must be the ARN of an IAM role, got ${quoted(arn)}`;
  return [error('iam/role-arn', message, 'write it like "arn:aws:iam::111111111111:role/patching"')];
}

/** A path begins and ends with a slash; AWS's own roles live under `/aws-service-role/`. */
function checkPath(path: unknown): Violation[] {
  if (path === undefined) return [];
  const fits = typeof path === 'string' && path.length <= 512 && /^\/([\x21-\x7e]+\/)?$/.test(path);
  if (fits) return [];
  const message = `path must begin and end with "/" and hold at most 512 printable characters, got ${quoted(path)}`;
  return [error('iam/role-path', message, `write it like "/patching/"`)];
}

/** The region whose patch buckets are granted must be one whose bucket names AWS publishes. */
export function checkPatchBucketRegion(region: string | undefined): Violation[] {
  if (region === undefined || patchBucketNames(region) !== undefined) return [];
  const message = `patchBucketsOfRegion must be a region whose patch buckets AWS lists (${patchBucketRegions.join(', ')}), got ${quoted(region)}`;
  const fix = 'leave it out, and allow s3:GetObject on the buckets you know with `statements`';
  return [error('iam/patch-buckets-known-region', message, fix)];
}

/** Notifications can't be sent to a FIFO topic. @see facts: Run Command notifications take standard topics only */
export function checkTopicArn(arn: string | undefined): Violation[] {
  if (arn?.endsWith('.fifo') === true) {
    const message = `topicArns must be standard topics, got the FIFO topic ${quoted(arn)}`;
    return [error('iam/notification-topic-not-fifo', message, 'publish to a standard topic')];
  }
  return checkArn('topicArns', arn, 'iam/notification-topic-arn', 'sns');
}
