import type { INotificationRole } from '../iam/index.ts';

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
  /**
   * At most 500 characters, without a slash at either end. Patch tasks put `/scan` or `/install` behind it, which
   * count too, so that their output never mixes. @default - none; patch tasks: `patch-manager`
   */
  readonly outputS3KeyPrefix?: string;
  /** Log group for the output; AWS's own choice would be `/aws/ssm/<document>`. @default - none: no output to CloudWatch */
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
  /**
   * Name of the execution, 1 to 80 characters. A state machine refuses a name it had in the last 90 days: let the window
   * fill it in, `{{INVOCATION_ID}}`. @default - made up by AWS
   */
  readonly executionName?: string;
}

/** What a task does, as plain data: one of the four. */
export interface TaskActionFacts {
  readonly runCommand?:
    | (Facts<Omit<RunCommandActionProps, 'notification'>> & {
        readonly notification?: Facts<Omit<Notification, 'role'>> | undefined;
        /** What is put behind `outputS3KeyPrefix`, which is then shorter by it. */
        readonly outputS3KeyEnd?: string | undefined;
      })
    | undefined;
  readonly automation?: Facts<AutomationActionProps> | undefined;
  readonly lambda?: Facts<LambdaActionProps> | undefined;
  readonly stepFunctions?: Facts<StepFunctionsActionProps> | undefined;
}

/** Each property may be absent: not given, or known only when Terraform applies. */
type Facts<Props> = { readonly [Key in keyof Props]?: Loose<Props[Key]> | undefined };
type Loose<Value> = Value extends readonly unknown[]
  ? readonly (string | undefined)[]
  : Value extends string
    ? string
    : Value extends Readonly<Record<string, readonly string[]>>
      ? Readonly<Record<string, readonly (string | undefined)[] | undefined>>
      : Value;
