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
  users: readonly Pick<Place, 'account'>[],
): FileViolation[] {
  const [, owner] = /^arn:[a-z-]+:iam::(\d{12}):/.exec(arn ?? '') ?? [];
  if (owner === undefined) return [];
  const others = new Set(users.map(({ account }) => account.account));
  others.delete(owner);
  others.delete('current');
  if (others.size === 0) return [];
  const message = `${at.at(-1)} must be ${what} of the account that uses it, got ${quoted(arn)} in ${listed(others)}`;
  return [{ ...error('fleet/own-account', message, 'write {account} in the place of the number'), at }];
}
