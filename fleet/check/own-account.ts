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
  const [, partition, owner] = /^arn:([a-z-]+):iam::(?:(\d{12}):)?/.exec(arn ?? '') ?? [];
  if (partition === undefined) return [];
  const all = new Set(users.map(({ region }) => partitionOf(region).name));
  // Accounts of a partition have roles and policies of that partition alone, whatever their number.
  const otherPartitions = [...all].filter((name) => name !== partition);
  const must = `${at.at(-1)} must be ${what} of the account that uses it, got ${quoted(arn)} in`;
  if (otherPartitions.length > 0) {
    const fix =
      all.size === 1 ? `begin it with arn:${otherPartitions[0]}:` : 'write a fleet file for each partition of AWS';
    return [{ ...error('fleet/own-account', `${must} accounts of ${listed(otherPartitions)}`, fix), at }];
  }
  if (owner === undefined) return [];
  const others = new Set(users.map(({ account }) => account.account));
  others.delete(owner);
  others.delete('current');
  if (others.size === 0) return [];
  return [
    { ...error('fleet/own-account', `${must} ${listed(others)}`, 'write {account} in the place of the number'), at },
  ];
}
