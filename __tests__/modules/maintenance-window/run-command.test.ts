import { describe, expect, it } from '@jest/globals';
import { type RunCommandActionProps, TaskAction } from '../../../modules/maintenance-window/index.ts';
import { known } from '../../../modules/tf/tokens.ts';
import { actionProblems, emittedAction, invocation, synthTask } from './windows.ts';

const command = (props: Partial<RunCommandActionProps>) =>
  actionProblems(known(TaskAction.runCommand({ documentName: 'AWS-RunShellScript', ...props }).facts));

describe('TaskAction.runCommand', () => {
  it('emits a document alone without a block, which would be a change forever', () => {
    expect(emittedAction(TaskAction.runCommand({ documentName: 'Own-Document' }))).toEqual({
      task_type: 'RUN_COMMAND',
      task_arn: 'Own-Document',
    });
  });

  it('emits every prop', () => {
    const action = TaskAction.runCommand({
      documentName: 'AWS-RunShellScript',
      documentVersion: '3',
      documentHash: 'ab'.repeat(32),
      comment: 'Says how long',
      deliveryTimeoutSeconds: 600,
      outputS3BucketName: 'patching-output',
      outputS3KeyPrefix: 'uptime',
      cloudWatchLogGroupName: '/patching',
      parameters: { workingDirectory: [''], commands: ['uptime', 'date'] },
    });
    expect(emittedAction(action)).toEqual({
      task_type: 'RUN_COMMAND',
      task_arn: 'AWS-RunShellScript',
      run_command_parameters: {
        document_version: '3',
        document_hash: 'ab'.repeat(32),
        document_hash_type: 'Sha256',
        comment: 'Says how long',
        timeout_seconds: 600,
        output_s3_bucket: 'patching-output',
        output_s3_key_prefix: 'uptime',
        cloudwatch_config: { cloudwatch_log_group_name: '/patching', cloudwatch_output_enabled: true },
        parameter: [
          { name: 'commands', values: ['uptime', 'date'] },
          { name: 'workingDirectory', values: [''] },
        ],
      },
    });
  });

  it('emits Sha1 where it is asked for, with a warning', () => {
    const action = TaskAction.runCommand({
      documentName: 'AWS-RunShellScript',
      documentHash: 'ab'.repeat(20),
      documentHashType: 'Sha1',
    });
    expect(invocation(synthTask(action)).run_command_parameters).toMatchObject({ document_hash_type: 'Sha1' });
    expect(synthTask(action).problems()).toEqual([
      '[Test/Window/Tasks/Task] documentHashType Sha1 is deprecated; use Sha256 [maintenance-window/document-hash-sha1]',
    ]);
  });

  it.each<Partial<RunCommandActionProps>>([
    { documentName: 'abc' },
    { documentName: 'x'.repeat(128) },
    { documentName: 'arn:aws:ssm:us-east-1:111111111111:document/Shared' },
    { documentVersion: '$DEFAULT' },
    { documentVersion: '$LATEST' },
    { documentVersion: '10' },
    { comment: '' },
    { comment: 'x'.repeat(100) },
    { deliveryTimeoutSeconds: 30 },
    { deliveryTimeoutSeconds: 2_592_000 },
    { cloudWatchLogGroupName: 'x'.repeat(512) },
    { parameters: {} },
    { parameters: { commands: ['echo {{WINDOW_ID}}'] } },
    { outputS3KeyPrefix: undefined as never },
  ])('accepts %j', (props) => {
    expect(command(props)).toEqual([]);
  });

  it.each<[Partial<RunCommandActionProps>, string]>([
    [
      { documentName: 'ab' },
      'documentName must be 3 to 128 characters of letters, digits, _ - ., got "ab"; change documentName [maintenance-window/document-name]',
    ],
    [
      { documentName: 'arn:aws:s3:::document' },
      'documentName must be a document\'s name or ARN, got "arn:aws:s3:::document"; write it like "arn:aws:ssm:us-east-1:111111111111:document/Name" [maintenance-window/document-name]',
    ],
    [
      { documentName: undefined as never },
      'documentName must be given; set documentName [maintenance-window/document-name]',
    ],
    [
      { documentVersion: '0' },
      'documentVersion must be $DEFAULT, $LATEST or a number, got "0"; use one of them [maintenance-window/document-version]',
    ],
    [
      { documentHash: 'ab'.repeat(20) },
      `documentHash must be 64 hexadecimal digits, got "${'ab'.repeat(20)}"; copy it from aws ssm describe-document [maintenance-window/document-hash]`,
    ],
    [
      { documentHash: 'ab'.repeat(32), documentHashType: 'MD5' as never },
      'documentHashType must be one of Sha256, Sha1, got "MD5"; use one of them [maintenance-window/document-hash]',
    ],
    [
      { documentHashType: 'Sha256' },
      'documentHashType must come with documentHash; give the hash [maintenance-window/document-hash]',
    ],
    [
      { comment: 'x'.repeat(101) },
      `comment must be 0 to 100 characters, got 101 characters: "${'x'.repeat(76)}...; change comment [maintenance-window/comment-length]`,
    ],
    [
      { deliveryTimeoutSeconds: 29 },
      'deliveryTimeoutSeconds must be a whole number of seconds from 30 to 2592000, got 29; set deliveryTimeoutSeconds within the range [maintenance-window/delivery-timeout]',
    ],
    [
      { deliveryTimeoutSeconds: 2_592_001 },
      'deliveryTimeoutSeconds must be a whole number of seconds from 30 to 2592000, got 2592001; set deliveryTimeoutSeconds within the range [maintenance-window/delivery-timeout]',
    ],
    [
      { outputS3BucketName: 'Output' },
      'outputS3BucketName must be 3 to 63 characters of lower-case letters, digits, - . (no dot beside a dot, letters or digits at both ends, no IP address), got "Output"; change outputS3BucketName [maintenance-window/output-bucket]',
    ],
    [
      { outputS3BucketName: 'output', outputS3KeyPrefix: 'a/' },
      'outputS3KeyPrefix must not begin or end with a slash, got "a/"; remove the slash [maintenance-window/output-prefix]',
    ],
    [
      { outputS3KeyPrefix: 'a' },
      'outputS3KeyPrefix must come with outputS3BucketName; name the bucket [maintenance-window/output-prefix]',
    ],
    [
      { cloudWatchLogGroupName: 'a b' },
      'cloudWatchLogGroupName must be 1 to 512 characters of letters, digits, _ - / . #, got "a b"; change cloudWatchLogGroupName [maintenance-window/log-group]',
    ],
    [
      { parameters: { commands: 'uptime' as never } },
      'parameters.commands must be a list, got "uptime"; write a list [maintenance-window/document-parameters]',
    ],
    [
      { parameters: { commands: [5 as never] } },
      'parameters.commands must be 0 to 100000 characters, got 5; change parameters.commands [maintenance-window/document-parameters]',
    ],
    [
      { parameters: { commands: ['echo {{ TARGET_ID }}'] } },
      'parameters.commands must not use {{TARGET_ID}} or {{RESOURCE_ID}} in a command, got "echo {{ TARGET_ID }}"; the document runs on the node itself: look its id up there [maintenance-window/pseudo-parameter]',
    ],
  ])('refuses %j', (props, message) => {
    expect(command(props)).toEqual([`[error] ${message}`]);
  });
});
