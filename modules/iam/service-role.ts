import { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
import type { Construct } from 'constructs';
import type { Violation } from '../../core/problem.ts';
import { listOf } from '../../core/value-checks.ts';
import { addCheck } from '../tf/construct-checks.ts';
import { defaultTagsOf } from '../tf/default-tags.ts';
import { known } from '../tf/tokens.ts';
import { checkRole } from './checks.ts';
import { checkPolicySize, checkStatements } from './policy-checks.ts';
import { type PolicyStatement, policyText } from './policy-document.ts';

/** What every role of patchfleet can be given. */
export interface RoleOptions {
  /** Name of the role, 1 to 64 characters, unique in the account: put the region in it, IAM is global. */
  readonly roleName: string;
  /** @default - what the role is for */
  readonly description?: string;
  /** IAM path, beginning and ending with a slash. @default "/" */
  readonly path?: string;
  /** ARN of the policy that bounds what the role can ever do. @default - none */
  readonly permissionsBoundary?: string;
  /** Longest session in seconds, 3600 to 43200. @default 3600 */
  readonly maxSessionDurationSeconds?: number;
  /** @default - none but the provider's default tags */
  readonly tags?: Readonly<Record<string, string>>;
}

/** The IAM role under a role construct, with its checks. The child is `Resource`, its `node.defaultChild`. */
export function createServiceRole(
  scope: Construct,
  options: RoleOptions & { readonly description: string },
  assumeRolePolicy: string,
): IamRole {
  const role = new IamRole(scope, 'Resource', {
    name: options.roleName,
    description: options.description,
    assumeRolePolicy,
    path: options.path ?? '/',
    maxSessionDuration: options.maxSessionDurationSeconds ?? 3600,
    ...(options.permissionsBoundary !== undefined && { permissionsBoundary: options.permissionsBoundary }),
    ...(options.tags !== undefined && { tags: { ...options.tags } }),
  });
  addCheck(scope, () => checkRole(known({ ...options }) ?? {}, defaultTagsOf(role)));
  return role;
}

/** What is wrong with a role's inline policy: the statements it needs, and those it is given besides. */
export function checkPolicy(
  own: readonly PolicyStatement[],
  given: readonly PolicyStatement[] | undefined,
): readonly Violation[] {
  const ownSids = own.map((statement) => statement.sid);
  const violations = checkStatements(known(given), ownSids);
  return violations.length > 0 ? violations : checkPolicySize(policyText([...own, ...listOf(given)]));
}
