import { error, quoted, type Violation, warning } from '../../core/problem.ts';
import { checkCount, checkGiven, checkOneOf, checkText, checkWholeNumber, listOf } from '../../core/value-checks.ts';
import { checkBucketName, checkKeyPrefix, checkLogGroupName, checkTopicArn } from '../iam/checks.ts';
import { checkLambda, checkStepFunctions } from './invocation-checks.ts';
import type { TaskActionFacts } from './task-action-props.ts';

type Parameters = Readonly<Record<string, readonly (string | undefined)[] | undefined>> | undefined;

export function checkTaskAction(action: TaskActionFacts): Violation[] {
  return [
    ...(action.runCommand === undefined ? [] : checkRunCommand({ ...action.runCommand })),
    ...(action.automation === undefined ? [] : checkAutomation({ ...action.automation })),
    ...(action.lambda === undefined ? [] : checkLambda({ ...action.lambda })),
    ...(action.stepFunctions === undefined ? [] : checkStepFunctions({ ...action.stepFunctions })),
  ];
}

/** @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_MaintenanceWindowRunCommandParameters.html */
function checkRunCommand(command: NonNullable<TaskActionFacts['runCommand']>): Violation[] {
  const deliveryTimeout = { rule: 'maintenance-window/delivery-timeout', min: 30, max: 2_592_000, unit: 'seconds' };
  return [
    ...checkDocument(command),
    ...checkText('comment', command.comment, { rule: 'maintenance-window/comment-length', min: 0, max: 100 }),
    ...checkDocumentHash(command),
    ...checkWholeNumber('deliveryTimeoutSeconds', command.deliveryTimeoutSeconds, deliveryTimeout),
    ...checkBucketName('outputS3BucketName', command.outputS3BucketName, 'maintenance-window/output-bucket'),
    ...checkKeyPrefix(
      'outputS3KeyPrefix',
      command.outputS3KeyPrefix,
      'maintenance-window/output-prefix',
      command.outputS3KeyEnd,
    ),
    ...('outputS3KeyPrefix' in command && !('outputS3BucketName' in command)
      ? [
          error(
            'maintenance-window/output-prefix',
            'outputS3KeyPrefix must come with outputS3BucketName',
            'name the bucket',
          ),
        ]
      : []),
    ...checkLogGroupName('cloudWatchLogGroupName', command.cloudWatchLogGroupName, 'maintenance-window/log-group'),
    ...checkParameters(command.parameters),
    ...checkCommandPseudoParameters(command.parameters),
    ...(command.notification === undefined ? [] : checkNotification({ ...command.notification })),
  ];
}

/** @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_MaintenanceWindowAutomationParameters.html */
function checkAutomation(automation: NonNullable<TaskActionFacts['automation']>): Violation[] {
  const rule = 'maintenance-window/automation-parameters';
  const entries = Object.entries({ ...automation.parameters });
  return [
    ...checkDocument(automation),
    ...checkParameters(automation.parameters),
    ...checkCount('parameters', entries, { rule, max: 200 }),
    ...entries.flatMap(([name, values]) => [
      ...checkText('parameter name', name, { rule, min: 1, max: 50 }),
      ...(Array.isArray(values) ? checkCount(`parameters.${name}`, values, { rule, max: 50 }) : []),
      ...listOf(values).flatMap((value) => checkText(`parameters.${name}`, value, { rule, min: 1, max: 512 })),
    ]),
  ];
}

function checkDocument(document: {
  readonly documentName?: string | undefined;
  readonly documentVersion?: string | undefined;
}): Violation[] {
  const { documentName, documentVersion: version } = document;
  const versionFits = version === undefined || /^(\$DEFAULT|\$LATEST|[1-9]\d*)$/.test(version);
  return [
    ...checkGiven(document, 'documentName', 'maintenance-window/document-name'),
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
  if (typeof name !== 'string' || !name.startsWith('arn:')) {
    return checkText(field, name, { rule, min: 3, max: 128, pattern: /^[\w.-]+$/, allowed: 'letters, digits, _ - .' });
  }
  if (/^arn:aws[a-z-]*:ssm:[a-z0-9-]+:(\d{12})?:document\/[\w.-]{3,128}$/.test(name)) return [];
  const message = `${field} must be a document's name or ARN, got ${quoted(name)}`;
  return [error(rule, message, 'write it like "arn:aws:ssm:us-east-1:111111111111:document/Name"')];
}

/** Values of a document's parameters are lists, also where a document takes one value. */
function checkParameters(parameters: Parameters): Violation[] {
  const rule = 'maintenance-window/document-parameters';
  if (parameters === undefined) return [];
  if (typeof parameters !== 'object' || parameters === null || Array.isArray(parameters)) {
    return [error(rule, `parameters must map names to lists, got ${quoted(parameters)}`, 'write { Name: ["value"] }')];
  }
  return Object.entries(parameters).flatMap(([name, values]) => [
    ...checkCount(`parameters.${name}`, values, { rule, max: 1000 }),
    ...listOf(values).flatMap((value) => checkText(`parameters.${name}`, value, { rule, min: 0, max: 100_000 })),
  ]);
}

/** @see https://docs.aws.amazon.com/systems-manager/latest/userguide/maintenance-window-tasks-pseudo-parameters.html */
function checkCommandPseudoParameters(parameters: Parameters): Violation[] {
  const unsupported = /\{\{\s*(TARGET_ID|RESOURCE_ID)\s*\}\}/;
  return Object.entries({ ...parameters }).flatMap(([name, values]) =>
    listOf(values)
      .filter((value) => unsupported.test(`${value}`))
      .map((value) =>
        error(
          'maintenance-window/pseudo-parameter',
          `parameters.${name} must not use {{TARGET_ID}} or {{RESOURCE_ID}} in a command, got ${quoted(value)}`,
          'the document runs on the node itself: look its id up there',
        ),
      ),
  );
}

function checkDocumentHash(command: NonNullable<TaskActionFacts['runCommand']>): Violation[] {
  const { documentHash: hash, documentHashType: type } = command;
  const digits = type === 'Sha1' ? 40 : 64;
  const rule = 'maintenance-window/document-hash';
  return [
    ...checkOneOf('documentHashType', type, ['Sha256', 'Sha1'], rule),
    ...('documentHashType' in command && !('documentHash' in command)
      ? [error(rule, 'documentHashType must come with documentHash', 'give the hash')]
      : []),
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
    ...('topicArn' in notification
      ? []
      : [error('maintenance-window/notification-topic', 'notification.topicArn must be given', 'name the topic')]),
    ...checkTopicArn('notification.topicArn', topicArn, 'maintenance-window/notification-topic'),
    ...checkCount('notification.events', events, { rule, min: 1, max: allowed.length, fix: 'name each event once' }),
    ...listOf(events).flatMap((event) => checkOneOf('notification.events', event, allowed, rule)),
    ...checkOneOf('notification.type', type, ['Command', 'Invocation'], 'maintenance-window/notification-type'),
  ];
}

/** A role that may not publish to the topic notifies nobody, without a word. */
export function checkNotificationAllowed(
  topicArn: string | undefined,
  allowed: readonly (string | undefined)[] | undefined,
): Violation[] {
  if (topicArn === undefined || allowed === undefined) return [];
  if (listOf(allowed).includes(undefined) || listOf(allowed).includes(topicArn)) return [];
  const message = `notification.topicArn must be one of the topics of its role (${listOf(allowed).join(', ')}), got ${quoted(topicArn)}`;
  return [error('maintenance-window/notification-topic-allowed', message, "add it to the role's topicArns")];
}
