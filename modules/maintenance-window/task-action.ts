import type { SsmMaintenanceWindowTaskTaskInvocationParameters } from '@cdktf/provider-aws/lib/ssm-maintenance-window-task/index.js';
import { Fn } from 'cdktf';
import type { INotificationRole, WindowPermission } from '../iam/index.ts';
import { isUnresolved, sortedTexts } from '../tf/tokens.ts';
import type { TaskActionFacts } from './task-action-checks.ts';

export type TaskType = 'RUN_COMMAND' | 'AUTOMATION' | 'LAMBDA' | 'STEP_FUNCTIONS';

/** Parameters of a document: each name with its values. */
export type DocumentParameters = Readonly<Record<string, readonly string[]>>;

export interface Notification {
  /** ARN of a standard SNS topic. */
  readonly topicArn: string;
  /** The role that publishes; not the role that runs the task. */
  readonly role: INotificationRole;
  /** @default TimedOut, Cancelled and Failed */
  readonly events?: readonly ('All' | 'InProgress' | 'Success' | 'TimedOut' | 'Cancelled' | 'Failed')[];
  /** One message for the whole command, or one for each node. @default Command */
  readonly type?: 'Command' | 'Invocation';
}

/** How a command is sent, whatever document it runs. */
export interface RunCommandOptions {
  /** Shown with the command, at most 100 characters. @default - none */
  readonly comment?: string;
  /** `$DEFAULT`, `$LATEST` or a number. @default - the document's default version */
  readonly documentVersion?: string;
  /** Hash of the document; a document that differs is not run. @default - not compared */
  readonly documentHash?: string;
  /** Sha1 is deprecated. @default Sha256 */
  readonly documentHashType?: 'Sha256' | 'Sha1';
  /** Seconds until a command that has not started on a node is given up, 30 to 2592000. @default - AWS's: one hour */
  readonly deliveryTimeoutSeconds?: number;
  /** Bucket for the output. @default - none: the first 48,000 characters stay in Systems Manager */
  readonly outputS3BucketName?: string;
  /** At most 500 characters. @default - none; patch tasks: `patch-manager/scan` or `patch-manager/install` */
  readonly outputS3KeyPrefix?: string;
  /** Log group for the output. @default - none: no output to CloudWatch */
  readonly cloudWatchLogGroupName?: string;
  /** @default - none */
  readonly notification?: Notification;
}

export interface RunCommandActionProps extends RunCommandOptions {
  /** Name of the document, or its ARN where another account shares it. */
  readonly documentName: string;
  /** @default - none */
  readonly parameters?: DocumentParameters;
}

export interface AutomationActionProps {
  readonly documentName: string;
  /** @default - the document's default version */
  readonly documentVersion?: string;
  /** @default - none */
  readonly parameters?: DocumentParameters;
}

export interface LambdaActionProps {
  readonly functionArn: string;
  /** JSON, at most 4096 bytes. Terraform hides it. @default - none */
  readonly payload?: string;
  /** Base64, at most 8000 characters. @default - none */
  readonly clientContext?: string;
  /** Version or alias. @default - the latest version */
  readonly qualifier?: string;
}

export interface StepFunctionsActionProps {
  readonly stateMachineArn: string;
  /** JSON, at most 4096 characters. Terraform hides it. @default - none */
  readonly input?: string;
  /** Name of the execution, 1 to 80 characters. @default - made up by AWS */
  readonly executionName?: string;
}

/**
 * What a maintenance-window task does.
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-maintenance-assign-tasks.html
 */
export class TaskAction {
  /** Runs a Command document on the targets. */
  static runCommand(props: RunCommandActionProps): TaskAction {
    const { documentName, notification } = props;
    const permissions: WindowPermission[] = [{ kind: 'run-command', documentName }];
    if (notification !== undefined) permissions.push({ kind: 'pass-role', roleArn: notification.role.roleArn });
    const parameters = { runCommandParameters: renderRunCommand(props) };
    return new TaskAction(
      'RUN_COMMAND',
      documentName,
      parameters,
      permissions,
      { runCommand: withoutRole(props) },
      notification?.role,
    );
  }

  /** Runs an Automation runbook. What its steps do, the task's role must be allowed to do as well. */
  static automation(props: AutomationActionProps): TaskAction {
    const { documentName, documentVersion, parameters } = props;
    const rendered = {
      ...(documentVersion !== undefined && { documentVersion }),
      parameter: renderParameters(parameters ?? {}),
    };
    return new TaskAction(
      'AUTOMATION',
      documentName,
      { automationParameters: rendered },
      [{ kind: 'automation', documentName }],
      {
        automation: props,
      },
    );
  }

  static lambda({ functionArn, ...parameters }: LambdaActionProps): TaskAction {
    return new TaskAction('LAMBDA', functionArn, { lambdaParameters: parameters }, [{ kind: 'lambda', functionArn }], {
      lambda: { functionArn, ...parameters },
    });
  }

  static stepFunctions({ stateMachineArn, input, executionName }: StepFunctionsActionProps): TaskAction {
    const parameters = {
      ...(input !== undefined && { input }),
      ...(executionName !== undefined && { name: executionName }),
    };
    return new TaskAction(
      'STEP_FUNCTIONS',
      stateMachineArn,
      { stepFunctionsParameters: parameters },
      [{ kind: 'step-functions', stateMachineArn, executionArns: executionsOf(stateMachineArn) }],
      {
        stepFunctions: {
          stateMachineArn,
          ...(input !== undefined && { input }),
          ...(executionName !== undefined && { executionName }),
        },
      },
    );
  }

  private constructor(
    readonly taskType: TaskType,
    readonly taskArn: string,
    readonly invocationParameters: SsmMaintenanceWindowTaskTaskInvocationParameters,
    /** What the task's role must be allowed. */
    readonly permissions: readonly WindowPermission[],
    readonly facts: TaskActionFacts,
    readonly notificationRole?: INotificationRole,
  ) {}
}

function renderRunCommand(props: RunCommandActionProps) {
  const { notification, cloudWatchLogGroupName } = props;
  return {
    ...(props.comment !== undefined && { comment: props.comment }),
    ...(props.documentVersion !== undefined && { documentVersion: props.documentVersion }),
    ...(props.documentHash !== undefined && {
      documentHash: props.documentHash,
      documentHashType: props.documentHashType ?? 'Sha256',
    }),
    ...(props.deliveryTimeoutSeconds !== undefined && { timeoutSeconds: props.deliveryTimeoutSeconds }),
    ...(props.outputS3BucketName !== undefined && {
      outputS3Bucket: props.outputS3BucketName,
      ...(props.outputS3KeyPrefix !== undefined && { outputS3KeyPrefix: props.outputS3KeyPrefix }),
    }),
    ...(cloudWatchLogGroupName !== undefined && {
      cloudwatchConfig: { cloudwatchLogGroupName: cloudWatchLogGroupName, cloudwatchOutputEnabled: true },
    }),
    ...(notification !== undefined && {
      serviceRoleArn: notification.role.roleArn,
      notificationConfig: {
        notificationArn: notification.topicArn,
        notificationEvents: sortedTexts(notification.events ?? ['TimedOut', 'Cancelled', 'Failed']),
        notificationType: notification.type ?? 'Command',
      },
    }),
    parameter: renderParameters(props.parameters ?? {}),
  };
}

function renderParameters(parameters: DocumentParameters) {
  return Object.keys(parameters)
    .sort()
    .map((name) => ({ name, values: [...(parameters[name] ?? [])] }));
}

/** The ARNs of a state machine's executions, also where the ARN is known only when Terraform applies. */
function executionsOf(stateMachineArn: string): string {
  const executions = isUnresolved(stateMachineArn)
    ? Fn.replace(stateMachineArn, ':stateMachine:', ':execution:')
    : stateMachineArn.replace(':stateMachine:', ':execution:');
  return `${executions}:*`;
}

/** The role is a construct, and checks look at plain data. */
function withoutRole({ notification, ...props }: RunCommandActionProps) {
  if (notification === undefined) return props;
  const { role: _role, ...plain } = notification;
  return { ...props, notification: plain };
}
