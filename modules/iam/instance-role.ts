import { IamInstanceProfile } from '@cdktf/provider-aws/lib/iam-instance-profile/index.js';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy/index.js';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment/index.js';
import { Fn, type ITerraformDependable } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { listOf } from '../../core/value-checks.ts';
import { AwsEnvironment } from '../tf/aws-environment.ts';
import { addCheck } from '../tf/construct-checks.ts';
import { isUnresolved, known } from '../tf/tokens.ts';
import { checkInstanceProfileName, checkInstanceRole, managedPolicyName } from './checks.ts';
import { ImportedRole } from './imported-role.ts';
import { type CommandOutputBucket, instanceStatements } from './instance-permissions.ts';
import { type PolicyStatement, permissionPolicy, trustPolicy } from './policy-document.ts';
import { checkPolicy, createServiceRole, type RoleOptions } from './service-role.ts';

/** The identity of managed instances: what the Systems Manager agent may do. */
export interface IInstanceRole extends IConstruct {
  readonly roleArn: string;
  readonly instanceProfileName: string;
  /** What must exist before an instance starts: an agent that finds no permissions retries only after half an hour. */
  readonly dependencies: readonly ITerraformDependable[];
}

export interface InstanceRoleProps extends RoleOptions {
  /** @default - the role's name */
  readonly instanceProfileName?: string;
  /**
   * Names of managed policies of AWS to attach beside `AmazonSSMManagedInstanceCore`, with their path where they have
   * one: `service-role/…`. @default - none
   */
  readonly awsManagedPolicyNames?: readonly string[];
  /** Buckets that receive the output of commands. @default - none: the first 48,000 characters stay in Systems Manager */
  readonly commandOutputBuckets?: readonly CommandOutputBucket[];
  /** Names of the CloudWatch log groups that receive the output of commands. @default - none */
  readonly commandOutputLogGroups?: readonly string[];
  /**
   * Region whose patch buckets the role may read. Nodes that reach S3 through a gateway endpoint need it; nodes with a
   * route to the internet don't. Written out, since the names come from a table. @default - none
   * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-operations-s3-buckets.html
   */
  readonly patchBucketsOfRegion?: string;
  /** Anything else the role may do. @default - nothing */
  readonly statements?: readonly PolicyStatement[];
}

/**
 * Role and instance profile of managed instances: trusts EC2, attaches `AmazonSSMManagedInstanceCore`, and grants what
 * the props ask for in one inline policy.
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-instance-permissions.html
 */
export class InstanceRole extends Construct implements IInstanceRole {
  /** A role that exists. Its instance profile carries the role's name unless another is given. */
  static fromRoleArn(scope: Construct, id: string, roleArn: string, instanceProfileName?: string): IInstanceRole {
    return new ImportedInstanceRole(scope, id, roleArn, instanceProfileName);
  }

  readonly roleArn: string;
  readonly instanceProfileName: string;
  readonly dependencies: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: InstanceRoleProps) {
    super(scope, id);
    const environment = AwsEnvironment.of(this);
    const role = createServiceRole(
      this,
      { ...props, description: props.description ?? 'Managed instances of Systems Manager' },
      trustPolicy(`ec2.${environment.dnsSuffix}`),
    );
    const managedPolicies = new Construct(this, 'ManagedPolicies');
    const attachments = managedPolicyNames(props).map(
      (name) =>
        new IamRolePolicyAttachment(managedPolicies, name, {
          role: role.name,
          policyArn: `arn:${environment.partition}:iam::aws:policy/${name}`,
        }),
    );
    const ownStatements = instanceStatements(props, environment);
    const policies =
      ownStatements.length + listOf(props.statements).length === 0
        ? []
        : [
            new IamRolePolicy(this, 'Policy', {
              name: 'patching',
              role: role.name,
              policy: permissionPolicy(() => ownStatements, props.statements),
            }),
          ];
    const profile = new IamInstanceProfile(this, 'Profile', {
      name: props.instanceProfileName ?? props.roleName,
      role: role.name,
      path: props.path ?? '/',
      ...(props.tags !== undefined && { tags: { ...props.tags } }),
    });
    this.roleArn = role.arn;
    this.instanceProfileName = profile.name;
    this.dependencies = [...attachments, ...policies];
    addCheck(this, () => [
      ...checkInstanceRole(known({ ...props }) ?? {}),
      ...checkPolicy(ownStatements, props.statements),
    ]);
  }
}

/** What is no name, such as a reference, cannot become a resource: the checks refuse it. */
function managedPolicyNames(props: InstanceRoleProps): string[] {
  const names = listOf(props.awsManagedPolicyNames).filter(
    (name) => typeof name === 'string' && managedPolicyName.test(name),
  );
  return [...new Set(['AmazonSSMManagedInstanceCore', ...names])].sort();
}

class ImportedInstanceRole extends ImportedRole implements IInstanceRole {
  readonly instanceProfileName: string;

  constructor(scope: Construct, id: string, roleArn: string, instanceProfileName?: string) {
    super(scope, id, roleArn);
    // A path is part of the ARN but not of the name.
    const roleName = isUnresolved(roleArn) ? Fn.basename(roleArn) : `${roleArn}`.replace(/^.*\//, '');
    this.instanceProfileName = instanceProfileName ?? roleName;
    addCheck(this, () => checkInstanceProfileName(known(instanceProfileName)));
  }
}
