import { Fn, Token } from 'cdktf';
import { listOf } from '../../core/value-checks.ts';
import { patchBucketNames } from './patch-buckets.ts';
import type { Place, PolicyStatement } from './policy-document.ts';

/** A bucket that receives the output of commands. */
export interface CommandOutputBucket {
  readonly bucketName: string;
  /** Prefix of the keys, without a slash at either end. @default - the whole bucket */
  readonly keyPrefix?: string;
  /** ARN of the KMS key that encrypts the bucket. @default - none: the bucket is encrypted with a key of AWS */
  readonly encryptionKeyArn?: string;
}

export interface InstancePermissions {
  readonly commandOutputBuckets?: readonly CommandOutputBucket[];
  readonly commandOutputLogGroups?: readonly string[];
  readonly patchBucketsOfRegion?: string;
}

/** What instances may do beyond the managed policy, statement by statement. Reads of `place` become references. */
export function instanceStatements(permissions: InstancePermissions, place: Place): PolicyStatement[] {
  const buckets = listOf(permissions.commandOutputBuckets).map((bucket) => ({ ...bucket }));
  const logGroups = listOf(permissions.commandOutputLogGroups);
  const patchBuckets = patchBucketNames(permissions.patchBucketsOfRegion ?? '') ?? [];
  const keys = buckets.flatMap((bucket) => bucket.encryptionKeyArn ?? []);
  const statement = (sid: string, actions: string[], resources: readonly string[]) =>
    resources.length === 0 ? [] : [{ sid, actions, resources }];
  return [
    ...statement(
      'WriteCommandOutput',
      ['s3:PutObject', 's3:PutObjectAcl'],
      buckets.map((bucket) => objectsOf(bucket, place)),
    ),
    ...statement(
      'ReadBucketEncryption',
      ['s3:GetEncryptionConfiguration'],
      buckets.map((bucket) => `arn:${place.partition}:s3:::${bucket.bucketName}`),
    ),
    ...statement('EncryptCommandOutput', ['kms:Decrypt', 'kms:GenerateDataKey'], keys),
    ...statement(
      'WriteCommandLogs',
      ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
      logGroups.length === 0 ? [] : logGroupArns(logGroups, place),
    ),
    ...statement('FindLogGroups', ['logs:DescribeLogGroups'], logGroups.length === 0 ? [] : ['*']),
    ...statement(
      'ReadPatchBuckets',
      ['s3:GetObject'],
      patchBuckets.map((name) => `arn:${place.partition}:s3:::${name}/*`),
    ),
  ];
}

function objectsOf(bucket: CommandOutputBucket, place: Place): string {
  const prefix = bucket.keyPrefix === undefined || bucket.keyPrefix === '' ? '' : `${bucket.keyPrefix}/`;
  return `arn:${place.partition}:s3:::${bucket.bucketName}/${prefix}*`;
}

function logGroupArns(names: readonly string[], place: Place): readonly string[] {
  const { partition, region, accountId } = place;
  if (!Token.isUnresolved(names)) {
    return names.map((name) => `arn:${partition}:logs:${region}:${accountId}:log-group:${name}:*`);
  }
  const arn = 'arn:%s:logs:%s:%s:log-group:%s:*';
  return Token.asList(Fn.formatlist(arn, [partition, region, accountId, names]));
}
