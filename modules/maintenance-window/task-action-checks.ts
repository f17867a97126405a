import { error, quoted, type Violation, warning } from '../../core/problem.ts';
import { checkArn } from '../../core/resource-checks.ts';
import { checkOneOf, checkText, checkWholeNumber } from '../../core/value-checks.ts';
import type {
  AutomationActionProps,
  LambdaActionProps,
  Notification,
  RunCommandActionProps,
  StepFunctionsActionProps,
} from './task-action.ts';

/** What a task does, as plain data: one of the four. */
export interface TaskActionFacts {
  readonly runCommand?:
    | (Facts<Omit<RunCommandActionProps, 'notification'>> & {
        readonly notification?: Facts<Omit<Notification, 'role'>> | undefined;
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

export function checkTaskAction(action: TaskActionFacts): Violation[] {
  return [
    ...(action.runCommand === undefined ? [] : checkRunCommand(action.runCommand)),
    ...(action.automation === undefined ? [] : checkDocument(action.automation)),
    ...(action.lambda === undefined ? [] : checkLambda(action.lambda)),
    ...(action.stepFunctions === undefined ? [] : checkStepFunctions(action.stepFunctions)),
  ];
}

/** @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_MaintenanceWindowRunCommandParameters.html */
function checkRunCommand(command: NonNullable<TaskActionFacts['runCommand']>): Violation[] {
  const deliveryTimeout = { rule: 'maintenance-window/delivery-timeout', min: 30, max: 2_592_000, unit: 'seconds' };
  return [
    ...checkDocument(command),
    ...checkText('comment', command.comment, { rule: 'maintenance-window/comment-length', min: 0, max: 100 }),
    ...checkDocumentHash(command.documentHash, command.documentHashType),
    ...checkWholeNumber('deliveryTimeoutSeconds', command.deliveryTimeoutSeconds, deliveryTimeout),
    ...checkText('outputS3BucketName', command.outputS3BucketName, {
      rule: 'maintenance-window/output-bucket',
      min: 3,
      max: 63,
      pattern: /^[a-z0-9][a-z0-9.-]*[a-z0-9]$/,
      allowed: 'lower-case letters, digits, - .',
    }),
    ...checkText('outputS3KeyPrefix', command.outputS3KeyPrefix, {
      rule: 'maintenance-window/output-prefix',
      min: 0,
      max: 500,
    }),
    ...('outputS3KeyPrefix' in command && !('outputS3BucketName' in command)
      ? [
          error(
            'maintenance-window/output-prefix',
            'outputS3KeyPrefix must come with outputS3BucketName',
            'name the bucket',
          ),
        ]
      : []),
    ...checkText('cloudWatchLogGroupName', command.cloudWatchLogGroupName, {
      rule: 'maintenance-window/log-group',
      min: 1,
      max: 512,
      pattern: /^[\w.\-/#]+$/,
      allowed: 'letters, digits, _ - / # .',
    }),
    ...(command.notification === undefined ? [] : checkNotification(command.notification)),
  ];
}

function checkDocument(document: {
  readonly documentName?: string | undefined;
  readonly documentVersion?: string | undefined;
}): Violation[] {
  const { documentName, documentVersion: version } = document;
  const versionFits = version === undefined || /^(\$DEFAULT|\$LATEST|[1-9]\d*)$/.test(version);
  return [
    ...checkDocumentName('documentName', documentName),
    ...(versionFits
      ? []
      : [
          error(
            'maintenance-window/document-version',
            `documentVersion must be $DEFAULT, $LATEST or a number, got ${quoted(version)}`,
            'use one of them',
          ),
        ]),
  ];
}

/** A document's name, or its ARN where another account shares it. */
export function checkDocumentName(field: string, name: string | undefined): Violation[] {
  const rule = 'maintenance-window/document-name';
  if (name?.startsWith('arn:') === true) return checkArn(field, name, rule, 'ssm');
  return checkText(field, name, { rule, min: 3, max: 128, pattern: /^[\w.-]+$/, allowed: 'letters, digits, _ - .' });
}

function checkDocumentHash(hash: string | undefined, type: string | undefined): Violation[] {
  const digits = type === 'Sha1' ? 40 : 64;
  const rule = 'maintenance-window/document-hash';
  return [
    ...checkOneOf('documentHashType', type, ['Sha256', 'Sha1'], rule),
    ...(type === 'Sha1'
      ? [warning('maintenance-window/document-hash-sha1', 'documentHashType Sha1 is deprecated', 'use Sha256')]
      : []),
    ...(hash === undefined || new RegExp(`^[0-9a-fA-F]{${digits}}$`).test(hash)
      ? []
      : [
          error(
            rule,
            `documentHash must be ${digits} hexadecimal digits, got ${quoted(hash)}`,
            'copy it from aws ssm describe-document',
          ),
        ]),
  ];
}

function checkNotification(
  notification: NonNullable<NonNullable<TaskActionFacts['runCommand']>['notification']>,
): Violation[] {
  const { topicArn, events, type } = notification;
  const allowed = ['All', 'InProgress', 'Success', 'TimedOut', 'Cancelled', 'Failed'];
  const rule = 'maintenance-window/notification-events';
  return [
    ...(topicArn?.endsWith('.fifo') === true
      ? [
          error(
            'maintenance-window/notification-topic',
            `notification.topicArn must be a standard topic, got the FIFO topic ${quoted(topicArn)}`,
            'publish to a standard topic',
          ),
        ]
      : checkArn('notification.topicArn', topicArn, 'maintenance-window/notification-topic', 'sns')),
    ...(events?.length === 0
      ? [error(rule, 'notification.events must name at least one event, got none', 'add Failed')]
      : []),
    ...(events ?? []).flatMap((event) => checkOneOf('notification.events', event, allowed, rule)),
    ...checkOneOf('notification.type', type, ['Command', 'Invocation'], 'maintenance-window/notification-type'),
  ];
}

function checkLambda(lambda: NonNullable<TaskActionFacts['lambda']>): Violation[] {
  const bytes = lambda.payload === undefined ? 0 : new TextEncoder().encode(lambda.payload).length;
  return [
    ...checkArn('functionArn', lambda.functionArn, 'maintenance-window/function-arn', 'lambda'),
    ...(bytes > 4096
      ? [
          error(
            'maintenance-window/lambda-payload',
            `payload must be at most 4096 bytes, got ${bytes}`,
            'pass a reference to the data instead',
          ),
        ]
      : []),
    ...checkText('clientContext', lambda.clientContext, {
      rule: 'maintenance-window/lambda-client-context',
      min: 1,
      max: 8000,
      pattern: /^[A-Za-z0-9+/]+=*$/,
      allowed: 'Base64',
    }),
    ...checkText('qualifier', lambda.qualifier, { rule: 'maintenance-window/lambda-qualifier', min: 1, max: 128 }),
  ];
}

function checkStepFunctions(execution: NonNullable<TaskActionFacts['stepFunctions']>): Violation[] {
  return [
    ...checkArn('stateMachineArn', execution.stateMachineArn, 'maintenance-window/state-machine-arn', 'states'),
    ...checkText('input', execution.input, { rule: 'maintenance-window/step-functions-input', min: 0, max: 4096 }),
    ...checkText('executionName', execution.executionName, {
      rule: 'maintenance-window/step-functions-name',
      min: 1,
      max: 80,
    }),
  ];
}
