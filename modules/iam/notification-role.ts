import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy/index.js';
import type { ITerraformDependable } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { listOf } from '../../core/value-checks.ts';
import { addCheck } from '../tf/construct-checks.ts';
import { known } from '../tf/tokens.ts';
import { checkNotificationRole } from './checks.ts';
import { ImportedRole } from './imported-role.ts';
import { permissionPolicy, trustPolicy } from './policy-document.ts';
import { createServiceRole, type RoleOptions } from './service-role.ts';

/** The role with which Run Command publishes to SNS. It is not the role that runs the task. */
export interface INotificationRole extends IConstruct {
  readonly roleArn: string;
  /** The topics it may publish to; absent where patchfleet does not know. */
  readonly topicArns?: readonly string[];
  /** What must exist before a task uses the role. */
  readonly dependencies: readonly ITerraformDependable[];
}

export interface NotificationRoleProps extends RoleOptions {
  /** ARNs of the standard topics it may publish to; FIFO topics are not supported by Run Command. */
  readonly topicArns: readonly string[];
  /** ARNs of the KMS keys that encrypt the topics. @default - none: they are encrypted with a key of AWS, or not at all */
  readonly encryptionKeyArns?: readonly string[];
}

/**
 * Publishes the status of commands to SNS topics.
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/monitoring-sns-notifications.html
 */
export class NotificationRole extends Construct implements INotificationRole {
  /** A role that exists; see to its permissions yourself. */
  static fromRoleArn(scope: Construct, id: string, roleArn: string): INotificationRole {
    return new ImportedRole(scope, id, roleArn);
  }

  readonly roleArn: string;
  readonly topicArns: readonly string[];
  readonly dependencies: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: NotificationRoleProps) {
    super(scope, id);
    const role = createServiceRole(
      this,
      { ...props, description: props.description ?? 'Publishes the status of patching to SNS' },
      trustPolicy('ssm.amazonaws.com'),
    );
    const { topicArns, encryptionKeyArns } = props;
    const policy = new IamRolePolicy(this, 'Policy', {
      name: 'notifications',
      role: role.name,
      policy: permissionPolicy(
        () => [
          { sid: 'Publish', actions: ['sns:Publish'], resources: topicArns },
          ...(listOf(encryptionKeyArns).length === 0
            ? []
            : [
                {
                  sid: 'Encrypt',
                  actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
                  resources: listOf(encryptionKeyArns),
                },
              ]),
        ],
        [],
      ),
    });
    this.roleArn = role.arn;
    this.topicArns = topicArns;
    this.dependencies = [policy];
    addCheck(this, () => checkNotificationRole(known({ topicArns, encryptionKeyArns }) ?? {}));
  }
}
