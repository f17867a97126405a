import { partitionOf } from '../../core/partition.ts';
import { error, quoted } from '../../core/problem.ts';
import type { FilePath, FileViolation } from '../file-violation.ts';
import type { Place } from './facts.ts';
import { listed } from './in-file.ts';

/**
 * An ARN of IAM that is used in some places: IAM knows its roles and policies by account, and iam:PassRole hands no role
 * to another one. A number is known of every account but the current one; where the ARN has none, others complain.
 */
export function checkOwnAccount(
  at: FilePath,
  what: 'a role' | 'a policy',
  arn: string | undefined,
  users: readonly Pick<Place, 'account' | 'region'>[],
): FileViolation[] {
  const [, owner] = /^arn:[a-z-]+:iam::(\d{12}):/.exec(arn ?? '') ?? [];
  const ofPartition = checkOwnPartition(at, what, arn, users);
  if (owner === undefined || ofPartition.length > 0) return ofPartition;
  const others = new Set(users.map(({ account }) => account.account));
  others.delete(owner);
  others.delete('current');
  if (others.size === 0) return [];
  const message = `${at.at(-1)} must be ${what} of the account that uses it, got ${quoted(arn)} in ${listed(others)}`;
  return [{ ...error('fleet/own-account', message, 'write {account} in the place of the number'), at }];
}

/** Accounts of a partition have roles and policies of that partition alone, whatever their number. */
function checkOwnPartition(
  at: FilePath,
  what: string,
  arn: string | undefined,
  users: readonly Pick<Place, 'region'>[],
): FileViolation[] {
  const [, partition] = /^arn:([a-z-]+):iam::/.exec(arn ?? '') ?? [];
  if (partition === undefined) return [];
  const all = new Set(users.map(({ region }) => partitionOf(region).name));
  const others = [...all].filter((name) => name !== partition);
  if (others.length === 0) return [];
  const message = `${at.at(-1)} must be ${what} of the account that uses it, got ${quoted(arn)} in accounts of ${listed(others)}`;
  const fix = all.size === 1 ? `begin it with arn:${others[0]}:` : 'write a fleet file for each partition of AWS';
  return [{ ...error('fleet/own-account', message, fix), at }];
}
