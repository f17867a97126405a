import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy/index.js';
import type { ITerraformDependable } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { checkBoolean } from '../../core/value-checks.ts';
import { AwsEnvironment } from '../tf/aws-environment.ts';
import { addCheck } from '../tf/construct-checks.ts';
import { ImportedRole } from './imported-role.ts';
import { type PolicyStatement, permissionPolicy, trustPolicy } from './policy-document.ts';
import { checkPolicy, createServiceRole, type RoleOptions } from './service-role.ts';
import { type WindowPermission, windowStatements } from './window-permissions.ts';

/** The role with which a maintenance window runs its tasks. */
export interface IWindowRole extends IConstruct {
  readonly roleArn: string;
  /** What must exist before a task does: a rate window opens within minutes. */
  readonly dependencies: readonly ITerraformDependable[];
  /** Allows what a task needs. Does nothing on a role that patchfleet did not make. */
  grant(permission: WindowPermission): void;
}

export interface WindowRoleProps extends RoleOptions {
  /** Region of windows that name none themselves, part of ARNs in the policy. @default - the region of the stack's provider */
  readonly region?: string;
  /**
   * Lets Systems Manager assume the role on behalf of this account only (`aws:SourceAccount`). AWS does not say whether
   * maintenance windows send that key, so a window may stop working. @default false
   */
  readonly trustOnlySourceAccount?: boolean;
  /** Anything else the tasks need, such as what the steps of an automation do. @default - nothing */
  readonly statements?: readonly PolicyStatement[];
}

/**
 * A maintenance-window role that may do what its tasks need and no more: tasks add their permissions to it.
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-maintenance-perm-console.html
 */
export class WindowRole extends Construct implements IWindowRole {
  /** A role that exists; see to its permissions yourself. */
  static fromRoleArn(scope: Construct, id: string, roleArn: string): IWindowRole {
    return new ImportedWindowRole(scope, id, roleArn);
  }

  /** `AWSServiceRoleForAmazonSSM`, which AWS makes on demand. AWS recommends a role of your own instead. */
  static serviceLinked(scope: Construct): IWindowRole {
    const existing = scope.node.tryFindChild('ServiceLinkedRole') as ImportedWindowRole | undefined;
    if (existing !== undefined) return existing;
    const { partition, accountId } = AwsEnvironment.of(scope);
    const path = 'aws-service-role/ssm.amazonaws.com/AWSServiceRoleForAmazonSSM';
    return new ImportedWindowRole(scope, 'ServiceLinkedRole', `arn:${partition}:iam::${accountId}:role/${path}`);
  }

  readonly roleArn: string;
  readonly dependencies: readonly ITerraformDependable[];
  private readonly permissions: WindowPermission[] = [];

  constructor(scope: Construct, id: string, props: WindowRoleProps) {
    super(scope, id);
    const environment = AwsEnvironment.of(this);
    const { partition, accountId } = environment;
    const region = props.region ?? environment.region;
    const sourceAccount = { StringEquals: { 'aws:SourceAccount': accountId } };
    const role = createServiceRole(
      this,
      { ...props, description: props.description ?? 'Runs the tasks of patching maintenance windows' },
      trustPolicy('ssm.amazonaws.com', props.trustOnlySourceAccount === true ? sourceAccount : undefined),
    );
    const own = () => windowStatements(this.permissions, { partition, accountId, region });
    const policy = new IamRolePolicy(this, 'Policy', {
      name: 'maintenance-window',
      role: role.name,
      policy: permissionPolicy(own, props.statements),
    });
    this.roleArn = role.arn;
    this.dependencies = [policy];
    const { trustOnlySourceAccount } = props;
    addCheck(this, () => [
      ...checkBoolean('trustOnlySourceAccount', trustOnlySourceAccount, 'iam/true-or-false'),
      ...checkPolicy(own(), props.statements),
    ]);
  }

  grant(permission: WindowPermission): void {
    this.permissions.push(permission);
  }
}

class ImportedWindowRole extends ImportedRole implements IWindowRole {
  grant(): void {
    // Its owner grants.
  }
}
