import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { PatchTaskOptions } from '../../../modules/maintenance-window/index.ts';
import type { Block } from '../../support/template.ts';
import { documentParameters, invocation, synthFilled } from './windows.ts';

const build = (overrides: Partial<PatchTaskOptions> = {}) =>
  synthFilled((window, target) => {
    const limits = { maxConcurrency: '10%', maxErrors: '1' };
    window.addPatchTask('Patch', { operation: 'Install', targets: [target], ...limits, ...overrides });
  });
const task = (overrides: Partial<PatchTaskOptions> = {}) => build(overrides).only('aws_ssm_maintenance_window_task');
const command = (overrides: Partial<PatchTaskOptions> = {}) =>
  invocation(build(overrides)).run_command_parameters as Block;
const errors = (overrides: Partial<PatchTaskOptions>) =>
  build(overrides)
    .errors()
    .map((text) => text.replace('[Test/Window/Tasks/Patch] ', ''));

describe('PatchTask', () => {
  it('installs with AWS-RunPatchBaseline and reboots if needed by default', () => {
    const { task_type, task_arn, max_concurrency, max_errors, task_invocation_parameters } = task();
    expect({ task_type, task_arn, max_concurrency, max_errors, task_invocation_parameters }).toEqual({
      task_type: 'RUN_COMMAND',
      task_arn: 'AWS-RunPatchBaseline',
      max_concurrency: '10%',
      max_errors: '1',
      task_invocation_parameters: {
        run_command_parameters: {
          parameter: [
            { name: 'Operation', values: ['Install'] },
            { name: 'RebootOption', values: ['RebootIfNeeded'] },
          ],
        },
      },
    });
  });

  it('scans by the same document', () => {
    const template = build({ operation: 'Scan', rebootOption: 'NoReboot' });
    expect(template.only('aws_ssm_maintenance_window_task').task_arn).toBe('AWS-RunPatchBaseline');
    expect(documentParameters(template)).toEqual({ Operation: ['Scan'], RebootOption: ['NoReboot'] });
  });

  it('names no snapshot, which the window supplies', () => {
    expect(Object.keys(documentParameters(build()))).not.toContain('SnapshotId');
  });

  it('runs hooks around patching, AWS-Noop where there is none', () => {
    const template = build({ hooks: { preInstall: 'Own-Drain', onExit: 'Own-Undrain' } });
    expect(template.only('aws_ssm_maintenance_window_task').task_arn).toBe('AWS-RunPatchBaselineWithHooks');
    expect(documentParameters(template)).toEqual({
      Operation: ['Install'],
      RebootOption: ['RebootIfNeeded'],
      PreInstallHookDocName: ['Own-Drain'],
      PostInstallHookDocName: ['AWS-Noop'],
      OnExitHookDocName: ['Own-Undrain'],
    });
    expect(documentParameters(build({ hooks: { postInstall: 'Own-Test' } }))).toMatchObject({
      PreInstallHookDocName: ['AWS-Noop'],
      PostInstallHookDocName: ['Own-Test'],
      OnExitHookDocName: ['AWS-Noop'],
    });
  });

  it('passes the override list and the step timeout to the document', () => {
    const list = 's3://patching-lists/emergency.yaml';
    expect(documentParameters(build({ installOverrideList: list, stepTimeoutSeconds: 36_000 }))).toEqual({
      InstallOverrideList: [list],
      Operation: ['Install'],
      RebootOption: ['RebootIfNeeded'],
      StepTimeoutSeconds: ['36000'],
    });
  });

  it('emits every prop of a command', () => {
    const parameters = command({
      comment: 'Monthly',
      documentVersion: '2',
      documentHash: 'ab'.repeat(32),
      documentHashType: 'Sha256',
      deliveryTimeoutSeconds: 3600,
      outputS3BucketName: 'patching-output',
      cloudWatchLogGroupName: '/patching',
    });
    expect(parameters).toMatchObject({
      comment: 'Monthly',
      document_version: '2',
      document_hash: 'ab'.repeat(32),
      document_hash_type: 'Sha256',
      timeout_seconds: 3600,
      output_s3_bucket: 'patching-output',
      cloudwatch_config: { cloudwatch_log_group_name: '/patching', cloudwatch_output_enabled: true },
    });
  });

  it('emits every prop of a task', () => {
    const props = { taskName: 'install', description: 'Installs', priority: 2, cutoffBehavior: 'CANCEL_TASK' } as const;
    expect(task(props)).toMatchObject({
      name: 'install',
      description: 'Installs',
      priority: 2,
      cutoff_behavior: 'CANCEL_TASK',
    });
  });
});

describe('output of patch tasks', () => {
  const prefix = (overrides: Partial<PatchTaskOptions>) =>
    command({ outputS3BucketName: 'patching-output', ...overrides }).output_s3_key_prefix;

  it('lies under the operation', () => {
    expect(prefix({ operation: 'Scan' })).toBe('patch-manager/scan');
    expect(prefix({ operation: 'Install' })).toBe('patch-manager/install');
  });

  it('lies under the operation within a prefix of its own', () => {
    expect(prefix({ operation: 'Install', outputS3KeyPrefix: 'team/linux' })).toBe('team/linux/install');
    expect(prefix({ operation: 'Install', outputS3KeyPrefix: '' })).toBe('patch-manager/install');
  });

  it('has no prefix without a bucket', () => {
    expect(Object.keys(command())).not.toContain('output_s3_key_prefix');
  });

  it('of scans and installs never mixes', () => {
    const some = fc.option(fc.stringMatching(/^[a-z]([a-z/]{0,20}[a-z])?$/), { nil: undefined });
    fc.assert(
      fc.property(some, (given) => {
        const of = (operation: 'Scan' | 'Install') =>
          `${prefix({ operation, ...(given !== undefined && { outputS3KeyPrefix: given }) })}/`;
        const [scan, install] = [of('Scan'), of('Install')];
        expect(scan.startsWith(install)).toBe(false);
        expect(install.startsWith(scan)).toBe(false);
      }),
      { numRuns: 10 },
    );
  });

  it('refuses a prefix that its operation makes longer than 500 characters', () => {
    const of = (length: number, operation: 'Scan' | 'Install' = 'Install') =>
      errors({ operation, outputS3BucketName: 'output', outputS3KeyPrefix: 'x'.repeat(length) });
    expect(of(492)).toEqual([]);
    expect(of(493)).toEqual([
      `outputS3KeyPrefix must be 0 to 492 characters, got 493 characters: "${'x'.repeat(76)}...; shorten outputS3KeyPrefix: /install is put behind it, and 500 is the most [maintenance-window/output-prefix]`,
    ]);
    expect(of(495, 'Scan')).toEqual([]);
    expect(of(496, 'Scan')).toEqual([
      `outputS3KeyPrefix must be 0 to 495 characters, got 496 characters: "${'x'.repeat(76)}...; shorten outputS3KeyPrefix: /scan is put behind it, and 500 is the most [maintenance-window/output-prefix]`,
    ]);
  });

  it('refuses a prefix that ends in a slash, though the operation follows', () => {
    expect(errors({ outputS3BucketName: 'output', outputS3KeyPrefix: 'team/' })).toEqual([
      'outputS3KeyPrefix must not begin or end with a slash, got "team/"; remove the slash [maintenance-window/output-prefix]',
    ]);
  });

  it('refuses a prefix without a bucket', () => {
    expect(errors({ outputS3KeyPrefix: 'team' })).toEqual([
      'outputS3KeyPrefix must come with outputS3BucketName; name the bucket [maintenance-window/output-prefix]',
    ]);
  });
});

describe('what a patch task refuses', () => {
  const list = 'maintenance-window/install-override-list';
  const hooks = 'maintenance-window/hooks';

  it.each<[Partial<PatchTaskOptions>, string]>([
    [
      { operation: 'install' as never },
      'operation must be one of Scan, Install, got "install"; did you mean "Install"? [maintenance-window/operation]',
    ],
    [{ operation: undefined as never }, 'operation must be given; set operation [maintenance-window/operation]'],
    [
      { rebootOption: 'Never' as never },
      'rebootOption must be one of RebootIfNeeded, NoReboot, got "Never"; use one of them [maintenance-window/reboot-option]',
    ],
    [
      { stepTimeoutSeconds: 0 },
      'stepTimeoutSeconds must be a whole number of seconds from 1 to 36000, got 0; set stepTimeoutSeconds within the range [maintenance-window/step-timeout]',
    ],
    [
      { stepTimeoutSeconds: 36_001 },
      'stepTimeoutSeconds must be a whole number of seconds from 1 to 36000, got 36001; set stepTimeoutSeconds within the range [maintenance-window/step-timeout]',
    ],
    [
      { operation: 'Scan', installOverrideList: 'https://example.com/list.yaml' },
      `installOverrideList must be left out of a Scan: it is ignored there; remove it [${list}]`,
    ],
    [
      { installOverrideList: '/tmp/list.yaml' },
      `installOverrideList must be https://… or s3://bucket/key, got "/tmp/list.yaml"; upload the list and give its address [${list}]`,
    ],
    [
      { installOverrideList: 's3://bucket' },
      `installOverrideList must be https://… or s3://bucket/key, got "s3://bucket"; upload the list and give its address [${list}]`,
    ],
    [
      { installOverrideList: "s3://bucket/o'clock.yaml" },
      `installOverrideList must not hold any of \` ' " $, got "s3://bucket/o'clock.yaml"; rename the file [${list}]`,
    ],
    [
      { installOverrideList: `s3://bucket/${'x'.repeat(245)}` },
      `installOverrideList must be 1 to 256 characters, got 257 characters: "s3://bucket/${'x'.repeat(64)}...; change installOverrideList [${list}]`,
    ],
    [{ hooks: {} }, `hooks must name at least one document, got {}; remove hooks, or name one [${hooks}]`],
    [
      { hooks: { preinstall: 'Own-Drain' } as never },
      `hook must be one of preInstall, postInstall, onExit, got "preinstall"; did you mean "preInstall"? [${hooks}]`,
    ],
    [
      { hooks: { onExit: 'a b' } },
      'hooks.onExit must be 3 to 128 characters of letters, digits, _ - ., got "a b"; change hooks.onExit [maintenance-window/document-name]',
    ],
    [
      { hooks: { onExit: 'Own-Exit' }, installOverrideList: 's3://bucket/list.yaml' },
      `installOverrideList must be left out with hooks: AWS-RunPatchBaselineWithHooks does not take it; remove one of the two [${hooks}]`,
    ],
    [
      { hooks: { onExit: 'Own-Exit' }, stepTimeoutSeconds: 60 },
      `stepTimeoutSeconds must be left out with hooks: AWS-RunPatchBaselineWithHooks does not take it; remove one of the two [${hooks}]`,
    ],
    [
      { targets: [] },
      'targets must hold at least one target for a RUN_COMMAND task, got none; add a target [maintenance-window/task-has-target]',
    ],
  ])('%j', (overrides, message) => {
    expect(errors(overrides)).toEqual([message]);
  });

  it.each<Partial<PatchTaskOptions>>([
    { stepTimeoutSeconds: 1 },
    { installOverrideList: 'https://example.com/list.yaml?X-Amz-Signature=1' },
    { installOverrideList: `s3://bucket/${'x'.repeat(244)}` },
    { hooks: { onExit: 'arn:aws:ssm:us-east-1:111111111111:document/Shared' } },
    { operation: 'Scan', hooks: { onExit: 'Own-Exit' } },
  ])('is not %j', (overrides) => {
    expect(errors(overrides)).toEqual([]);
  });
});
