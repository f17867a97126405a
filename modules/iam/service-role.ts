import { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
import type { Construct } from 'constructs';
import { addCheck } from '../tf/construct-checks.ts';
import { known } from '../tf/tokens.ts';
import { checkRole } from './checks.ts';

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
  addCheck(scope, () => checkRole(known(options) ?? {}));
  return role;
}
