import { grouped } from '../../core/grouped.ts';
import { error, quoted, type Violation, warning } from '../../core/problem.ts';
import { checkArn, checkTags } from '../../core/resource-checks.ts';
import { checkCount, checkGiven, checkText, checkWholeNumber, listOf } from '../../core/value-checks.ts';
import { patchBucketNames, patchBucketRegions } from './patch-buckets.ts';

type Tags = Readonly<Record<string, unknown>>;
type Texts = readonly (string | undefined)[];

/**
 * A role as plain data. A key that is absent is not given; one without a value is known only when Terraform applies.
 */
export interface RoleFacts {
  readonly roleName?: string | undefined;
  readonly description?: string | undefined;
  readonly path?: string | undefined;
  readonly permissionsBoundary?: string | undefined;
  readonly maxSessionDurationSeconds?: number | undefined;
  readonly tags?: Tags | undefined;
}

/** What an instance role adds to a role. */
export interface InstanceRoleFacts {
  readonly instanceProfileName?: string | undefined;
  readonly awsManagedPolicyNames?: Texts | undefined;
  readonly commandOutputBuckets?: readonly OutputBucketFacts[] | undefined;
  readonly commandOutputLogGroups?: Texts | undefined;
  readonly patchBucketsOfRegion?: string | undefined;
}

export interface OutputBucketFacts {
  readonly bucketName?: string | undefined;
  readonly keyPrefix?: string | undefined;
  readonly encryptionKeyArn?: string | undefined;
}

/** A managed policy of AWS, with the path that some have. */
export const managedPolicyName = /^([\w-]+\/)*[\w+=,.@-]+$/;

const name = { pattern: /^[\w+=,.@-]*$/, allowed: 'letters, digits, + = , . @ _ -' };

/**
 * `defaultTags` are those that the provider gives it beside its own.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
 */
export function checkRole(role: RoleFacts, defaultTags: Tags = {}): Violation[] {
  return [
    ...checkGiven(role, 'roleName', 'iam/role-name'),
    ...checkText('roleName', role.roleName, { rule: 'iam/role-name', min: 1, max: 64, ...name }),
    ...checkText('description', role.description, {
      rule: 'iam/role-description',
      min: 0,
      max: 1000,
      pattern: /^[\t\n\r\x20-\x7e\xa1-\xff]*$/,
      allowed: 'Latin letters, digits, punctuation',
    }),
    ...checkPath(role.path),
    ...checkPermissionsBoundary(role.permissionsBoundary),
    ...checkWholeNumber('maxSessionDurationSeconds', role.maxSessionDurationSeconds, {
      rule: 'iam/session-duration',
      min: 3600,
      max: 43_200,
      unit: 'seconds',
    }),
    ...checkTags(role.tags),
    ...checkRoleTagKeys({ ...defaultTags, ...role.tags }),
  ];
}

/**
 * To IAM such keys are one, on roles alone: it refuses to make a role with both, and lets the later one replace the other.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html
 */
export function checkRoleTagKeys(tags: Tags): Violation[] {
  return sameButForCase(tags).map((keys) => {
    const message = `tags of a role must have no keys that differ only in case, got ${keys.map(quoted).join(', ')}`;
    return error('iam/role-tag-keys', message, 'keep one of them: to IAM they are one');
  });
}

/** Keys that differ only in case, together. */
export function sameButForCase(tags: Tags): string[][] {
  const groups = grouped(Object.keys(tags), (key) => key.toLowerCase());
  return [...groups.values()].filter((keys) => keys.length > 1).map((keys) => keys.sort());
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateInstanceProfile.html */
export function checkInstanceRole(role: InstanceRoleFacts): Violation[] {
  const { awsManagedPolicyNames, commandOutputBuckets, commandOutputLogGroups } = role;
  return [
    ...checkInstanceProfileName(role.instanceProfileName),
    ...checkManagedPolicyNames('awsManagedPolicyNames' in role, awsManagedPolicyNames),
    ...checkCount('commandOutputBuckets', commandOutputBuckets, { rule: 'iam/output-bucket', max: 100 }),
    ...listOf(commandOutputBuckets).flatMap((bucket, index) =>
      checkOutputBucket(`commandOutputBuckets[${index}]`, { ...bucket }),
    ),
    ...checkCount('commandOutputLogGroups', commandOutputLogGroups, { rule: 'iam/log-group', max: 100 }),
    ...listOf(commandOutputLogGroups).flatMap((group) =>
      checkLogGroupName('commandOutputLogGroups', group, 'iam/log-group'),
    ),
    ...checkPatchBucketRegion('patchBucketsOfRegion' in role, role.patchBucketsOfRegion),
  ];
}

export function checkInstanceProfileName(profile: string | undefined): Violation[] {
  return checkText('instanceProfileName', profile, { rule: 'iam/instance-profile-name', min: 1, max: 128, ...name });
}

/** The ARN of a role that exists already. */
export function checkRoleArn(arn: string | undefined): Violation[] {
  if (arn === undefined || /^arn:aws[a-z-]*:iam::\d{12}:role\/\S+$/.test(arn)) return [];
  const message = `roleArn must be the ARN of an IAM role, got ${quoted(arn)}`;
  return [error('iam/role-arn', message, 'write it like "arn:aws:iam::111111111111:role/patching"')];
}

/** A path begins and ends with a slash. */
function checkPath(path: unknown): Violation[] {
  if (path === undefined) return [];
  const fits = typeof path === 'string' && path.length <= 512 && /^\/([\x21-\x7e]+\/)?$/.test(path);
  if (fits) return [];
  const message = `path must begin and end with "/" and hold at most 512 printable characters, got ${quoted(path)}`;
  return [error('iam/role-path', message, 'write it like "/patching/"')];
}

function checkPermissionsBoundary(arn: string | undefined): Violation[] {
  if (arn === undefined || /^arn:aws[a-z-]*:iam::(\d{12}|aws):policy\/\S+$/.test(arn)) return [];
  const message = `permissionsBoundary must be the ARN of an IAM policy, got ${quoted(arn)}`;
  return [error('iam/permissions-boundary', message, 'write it like "arn:aws:iam::111111111111:policy/boundary"')];
}

/** Each name becomes a resource, so it must be known now; a role takes 10 managed policies unless AWS raised the quota. */
function checkManagedPolicyNames(given: boolean, names: Texts | undefined): Violation[] {
  const rule = 'iam/managed-policy-name';
  const unknown = given && (names === undefined || listOf(names).includes(undefined));
  const attached = new Set(['AmazonSSMManagedInstanceCore', ...listOf(names)]).size;
  return [
    ...(unknown
      ? [
          error(
            rule,
            'awsManagedPolicyNames must be known now, got a value that Terraform decides',
            'write the names out',
          ),
        ]
      : checkCount('awsManagedPolicyNames', names, { rule, max: 100 })),
    ...listOf(names).flatMap((policy) =>
      checkText('awsManagedPolicyNames', policy, {
        rule,
        min: 1,
        max: 256,
        pattern: managedPolicyName,
        allowed: 'letters, digits, + = , . @ _ -, with a path such as service-role/ before them',
      }),
    ),
    ...(attached > 10
      ? [
          warning(
            'iam/managed-policy-count',
            `a role takes 10 managed policies unless AWS raised the quota, got ${attached} with AmazonSSMManagedInstanceCore`,
            'grant some of it by statements',
          ),
        ]
      : []),
  ];
}

function checkOutputBucket(field: string, bucket: OutputBucketFacts): Violation[] {
  return [
    ...('bucketName' in bucket
      ? []
      : [error('iam/output-bucket', `${field}.bucketName must be given`, 'name the bucket')]),
    ...checkBucketName(`${field}.bucketName`, bucket.bucketName, 'iam/output-bucket'),
    ...checkKeyPrefix(`${field}.keyPrefix`, bucket.keyPrefix, 'iam/output-prefix'),
    ...checkKeyArn(`${field}.encryptionKeyArn`, bucket.encryptionKeyArn),
  ];
}

/** The region whose patch buckets are granted must be one whose bucket names AWS publishes. */
function checkPatchBucketRegion(given: boolean, region: string | undefined): Violation[] {
  const rule = 'iam/patch-buckets-known-region';
  if (!given) return [];
  if (region === undefined) {
    const message = 'patchBucketsOfRegion must be known now, got a value that Terraform decides';
    return [error(rule, message, 'write the region out: its bucket names come from a table')];
  }
  if (patchBucketNames(region) !== undefined) return [];
  const message = `patchBucketsOfRegion must be a region whose patch buckets AWS lists (${patchBucketRegions.join(', ')}), got ${quoted(region)}`;
  const fix = 'leave it out, and allow s3:GetObject on the buckets you know with statements';
  return [error(rule, message, fix)];
}

/** What a notification role adds to a role. */
export interface NotificationRoleFacts {
  readonly topicArns?: Texts | undefined;
  readonly encryptionKeyArns?: Texts | undefined;
}

export function checkNotificationRole(role: NotificationRoleFacts): Violation[] {
  const rule = 'iam/notification-topic';
  return [
    ...checkGiven(role, 'topicArns', rule),
    ...checkCount('topicArns', role.topicArns, { rule, min: 1, max: 100 }),
    ...listOf(role.topicArns).flatMap((arn) => checkTopicArn('topicArns', arn, rule)),
    ...checkCount('encryptionKeyArns', role.encryptionKeyArns, { rule: 'iam/encryption-key', max: 100 }),
    ...listOf(role.encryptionKeyArns).flatMap((arn) => checkKeyArn('encryptionKeyArns', arn)),
  ];
}

/** Run Command notifies standard topics only.
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/monitoring-sns-notifications.html */
export function checkTopicArn(field: string, arn: string | undefined, rule: string): Violation[] {
  if (typeof arn !== 'string' || !arn.endsWith('.fifo')) return checkArn(field, arn, rule, 'sns');
  const message = `${field} must be a standard topic, got the FIFO topic ${quoted(arn)}`;
  return [error(rule, message, 'publish to a standard topic')];
}

/** In a policy an alias stands for no key. */
export function checkKeyArn(field: string, arn: string | undefined): Violation[] {
  if (arn === undefined || /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/.test(arn)) return [];
  const message = `${field} must be the ARN of a KMS key, not of an alias, got ${quoted(arn)}`;
  return [error('iam/encryption-key', message, 'write it like "arn:aws:kms:us-east-1:111111111111:key/…"')];
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export function checkBucketName(field: string, bucket: string | undefined, rule: string): Violation[] {
  return checkText(field, bucket, {
    rule,
    min: 3,
    max: 63,
    pattern: /^(?!\d+\.\d+\.\d+\.\d+$)(?!.*\.\.)[a-z0-9][a-z0-9.-]*[a-z0-9]$/,
    allowed: 'lower-case letters, digits, - . (no dot beside a dot, letters or digits at both ends, no IP address)',
  });
}

/** A slash at an end would make keys that the grant on the prefix does not cover. `end` is what is put behind it. */
export function checkKeyPrefix(field: string, prefix: string | undefined, rule: string, end = ''): Violation[] {
  const length = checkText(field, prefix, { rule, min: 0, max: 500 - end.length }).map((violation) =>
    end === '' ? violation : { ...violation, fix: `shorten ${field}: ${end} is put behind it, and 500 is the most` },
  );
  if (length.length > 0 || prefix === undefined || !/^\/|\/$/.test(prefix)) return length;
  return [error(rule, `${field} must not begin or end with a slash, got ${quoted(prefix)}`, 'remove the slash')];
}

/** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html */
export function checkLogGroupName(field: string, group: string | undefined, rule: string): Violation[] {
  const allowed = 'letters, digits, _ - / . #';
  return checkText(field, group, { rule, min: 1, max: 512, pattern: /^[\w\-/.#]+$/, allowed });
}
