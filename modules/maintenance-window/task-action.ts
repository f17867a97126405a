import type { SsmMaintenanceWindowTaskTaskInvocationParameters } from '@cdktf/provider-aws/lib/ssm-maintenance-window-task/index.js';
import { Fn } from 'cdktf';
import { listOf } from '../../core/value-checks.ts';
import type { WindowPermission } from '../iam/index.ts';
import { isUnresolved, sortedTexts } from '../tf/tokens.ts';
import type {
  AutomationActionProps,
  DocumentParameters,
  LambdaActionProps,
  Notification,
  RunCommandActionProps,
  StepFunctionsActionProps,
  TaskActionFacts,
} from './task-action-props.ts';

/** The prefix of the output as an author wrote it, and what is put behind it. */
type WrittenOutput = Pick<NonNullable<TaskActionFacts['runCommand']>, 'outputS3KeyPrefix' | 'outputS3KeyEnd'>;

export type TaskType = 'RUN_COMMAND' | 'AUTOMATION' | 'LAMBDA' | 'STEP_FUNCTIONS';

/**
 * What a maintenance-window task does.
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-maintenance-assign-tasks.html
 */
export class TaskAction {
  /** Runs a Command document on the targets. `written` is what the checks look at where an author wrote something else. */
  static runCommand(props: RunCommandActionProps, written: WrittenOutput = {}): TaskAction {
    const { documentName, notification } = props;
    return new TaskAction({
      taskType: 'RUN_COMMAND',
      taskArn: documentName,
      invocationParameters: { runCommandParameters: renderRunCommand(props) },
      permissions: [
        { kind: 'run-command', documentName },
        ...(notification ? [{ kind: 'pass-role', roleArn: notification.role.roleArn } as const] : []),
      ],
      facts: { runCommand: { ...withoutRole(props), ...written } },
      ...(notification && { notification }),
    });
  }

  /** Runs an Automation runbook. What its steps do, the task's role must be allowed to do as well. */
  static automation(props: AutomationActionProps): TaskAction {
    const { documentName, documentVersion, parameters } = props;
    return new TaskAction({
      taskType: 'AUTOMATION',
      taskArn: documentName,
      invocationParameters: {
        automationParameters: {
          ...(documentVersion !== undefined && { documentVersion }),
          ...renderParameters(parameters),
        },
      },
      permissions: [{ kind: 'automation', documentName }],
      facts: { automation: { ...props } },
    });
  }

  /** Invokes a Lambda function. */
  static lambda(props: LambdaActionProps): TaskAction {
    const { functionArn, ...parameters } = props;
    return new TaskAction({
      taskType: 'LAMBDA',
      taskArn: functionArn,
      invocationParameters: { lambdaParameters: parameters },
      permissions: [{ kind: 'lambda', functionArn }],
      facts: { lambda: { ...props } },
    });
  }

  /** Starts a state machine. */
  static stepFunctions(props: StepFunctionsActionProps): TaskAction {
    const { stateMachineArn, input, executionName } = props;
    return new TaskAction({
      taskType: 'STEP_FUNCTIONS',
      taskArn: stateMachineArn,
      invocationParameters: {
        stepFunctionsParameters: {
          ...(input !== undefined && { input }),
          ...(executionName !== undefined && { name: executionName }),
        },
      },
      permissions: [{ kind: 'step-functions', stateMachineArn, executionArns: executionsOf(stateMachineArn) }],
      facts: { stepFunctions: { ...props } },
    });
  }

  readonly taskType: TaskType;
  readonly taskArn: string;
  /** Absent where the action takes none: Terraform would see an empty block as a change forever. */
  readonly invocationParameters?: SsmMaintenanceWindowTaskTaskInvocationParameters;
  /** What the task's role must be allowed. */
  readonly permissions: readonly WindowPermission[];
  /** What the checks look at. */
  readonly facts: TaskActionFacts;
  readonly notification?: Notification;

  private constructor(parts: {
    readonly taskType: TaskType;
    readonly taskArn: string;
    readonly invocationParameters: SsmMaintenanceWindowTaskTaskInvocationParameters;
    readonly permissions: readonly WindowPermission[];
    readonly facts: TaskActionFacts;
    readonly notification?: Notification;
  }) {
    this.taskType = parts.taskType;
    this.taskArn = parts.taskArn;
    this.permissions = parts.permissions;
    this.facts = parts.facts;
    if (parts.notification !== undefined) this.notification = parts.notification;
    const takesAny = Object.values(parts.invocationParameters).some((block) => Object.keys(block).length > 0);
    if (takesAny) this.invocationParameters = parts.invocationParameters;
  }
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
    ...(notification && {
      serviceRoleArn: notification.role.roleArn,
      notificationConfig: {
        notificationArn: notification.topicArn,
        notificationEvents: sortedTexts(listOf(notification.events ?? ['TimedOut', 'Cancelled', 'Failed'])),
        notificationType: notification.type ?? 'Command',
      },
    }),
    ...renderParameters(props.parameters),
  };
}

/** Sorted by name; the order of one parameter's values may mean something to the document. */
function renderParameters(parameters: DocumentParameters = {}) {
  const names = Object.keys({ ...parameters }).sort();
  const parameter = names.map((name) => ({ name, values: [...listOf(parameters[name])] }));
  return parameter.length === 0 ? {} : { parameter };
}

/** The ARNs of a state machine's executions; a version or alias at the end of its ARN is not part of theirs. */
function executionsOf(stateMachineArn: string): string {
  if (!isUnresolved(stateMachineArn)) {
    return [...`${stateMachineArn}`.replace(':stateMachine:', ':execution:').split(':').slice(0, 7), '*'].join(':');
  }
  const executions = Fn.replace(stateMachineArn, ':stateMachine:', ':execution:');
  return `${Fn.join(':', Fn.slice(Fn.split(':', executions), 0, 7))}:*`;
}

/** The role is a construct, and checks look at plain data. */
function withoutRole({ notification, ...props }: RunCommandActionProps) {
  if (notification === undefined || notification === null) return props;
  const { role: _role, ...plain } = notification;
  return { ...props, notification: plain };
}
