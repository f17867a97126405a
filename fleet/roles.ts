import { partitionOf } from '../core/partition.ts';
import type { RegionalDeployment, RoleConfiguration, WindowPermissionConfiguration } from './deployment.ts';
import { fill } from './fill.ts';
import type { Fleet, FleetAccount, FleetInstall, FleetScan } from './schema/index.ts';

interface Where {
  readonly fleet: Fleet;
  readonly account: FleetAccount;
  readonly region: string;
}

/**
 * `here`: made by the only stack of a fleet. `global`: made by the account's global stack. `elsewhere`: made by that one
 * and named by its ARN, which follows from account and name, so that no stack reads the state of another.
 */
type Maker = 'here' | 'global' | 'elsewhere';

export function windowRole(where: Where, maker: Maker): RoleConfiguration {
  const role = where.fleet.roles?.window;
  if (role === 'service-linked') return { kind: 'service-linked' };
  return roleOf(where, maker, 'window', role);
}

export function instanceRole(where: Where, maker: Maker): RoleConfiguration {
  return roleOf(where, maker, 'instance', where.fleet.roles?.instance);
}

function roleOf(
  { fleet, account, region }: Where,
  maker: Maker,
  purpose: 'window' | 'instance',
  role:
    | {
        readonly path?: string | undefined;
        readonly permissionsBoundary?: string | undefined;
        readonly managedInstances?: boolean | undefined;
      }
    | { readonly arn: string }
    | undefined,
): RoleConfiguration {
  if (role !== undefined && 'arn' in role)
    return { kind: 'existing', roleArn: fill(role.arn, { account: account.account }) };
  // IAM is global to an account: where a region makes the role itself, the region is part of its name.
  const roleName = maker === 'here' ? `${fleet.fleet}-${region}-${purpose}` : `${fleet.fleet}-${purpose}`;
  if (maker === 'elsewhere') {
    const path = role?.path ?? '/';
    return {
      kind: 'existing',
      roleArn: `arn:${partitionOf(region).name}:iam::${account.account}:role${path}${roleName}`,
    };
  }
  return {
    kind: 'made',
    roleName,
    ...(role?.path !== undefined && { path: role.path }),
    ...(role?.permissionsBoundary !== undefined && {
      permissionsBoundary: fill(role.permissionsBoundary, { account: account.account }),
    }),
    ...(role?.managedInstances && { managedInstances: true }),
  };
}

/** What the tasks of a region ask of a role that another stack makes. */
export function windowPermissions(
  deployment: RegionalDeployment,
  role: RoleConfiguration,
): WindowPermissionConfiguration[] {
  const { account, region } = deployment;
  const reachesAll = role.kind === 'made' && role.managedInstances === true;
  return Object.values(deployment.windows).map(({ window, operations, targets }) => {
    const groups = Object.values(targets).flatMap((target) => (target.kind === 'resource-group' ? target : []));
    return {
      region,
      documentNames: operations.map((operation) => documentOf(operation, window)),
      ...(window.notification !== undefined && {
        notificationRoleArn: fill(window.notification.roleArn, { account, region }),
      }),
      resourceGroups: groups.length > 0,
      managedInstances:
        reachesAll || groups.some(({ resourceTypes }) => resourceTypes.includes('AWS::SSM::ManagedInstance')),
    };
  });
}

/** Hooks go with an install. */
function documentOf(operation: 'Scan' | 'Install', window: FleetScan | FleetInstall): string {
  const hasHooks = operation === 'Install' && 'hooks' in window && window.hooks !== undefined;
  return hasHooks ? 'AWS-RunPatchBaselineWithHooks' : 'AWS-RunPatchBaseline';
}
