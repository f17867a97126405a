import { describe, expect, it } from '@jest/globals';
import { Fn, type TerraformStack, TerraformVariable } from 'cdktf';
import { InstanceRole, NotificationRole, WindowRole } from '../../../modules/iam/index.ts';
import { MaintenanceWindow, Schedule, TargetSelector, TaskAction } from '../../../modules/maintenance-window/index.ts';
import { synth } from '../../support/template.ts';
import { addWindow } from './windows.ts';

/** A value of each kind that Terraform knows only when it applies. */
function unknowns(stack: TerraformStack) {
  return {
    text: new TerraformVariable(stack, 'text', { type: 'string' }).stringValue,
    number: new TerraformVariable(stack, 'number', { type: 'number' }).numberValue,
    list: new TerraformVariable(stack, 'list', { type: 'list(string)' }).listValue,
  };
}

describe('values that Terraform decides', () => {
  it('pass through every prop of a window', () => {
    const template = synth((stack) => {
      const { text, number } = unknowns(stack);
      const window = addWindow(stack, {
        windowName: text,
        description: text,
        schedule: Schedule.expression(text),
        scheduleTimezone: text,
        scheduleOffset: number,
        startDate: text,
        endDate: text,
        duration: number,
        cutoff: number,
        tags: { Team: text },
        region: text,
      });
      window.addTask('Task', { action: TaskAction.lambda({ functionArn: text }) });
    });
    expect(template.problems()).toEqual([]);
    expect(template.only('aws_ssm_maintenance_window')).toEqual({
      name: '${var.text}',
      description: '${var.text}',
      schedule: '${var.text}',
      schedule_timezone: '${var.text}',
      schedule_offset: '${var.number}',
      start_date: '${var.text}',
      end_date: '${var.text}',
      duration: '${var.number}',
      cutoff: '${var.number}',
      enabled: true,
      allow_unassociated_targets: false,
      tags: { Team: '${var.text}' },
      region: '${var.text}',
    });
  });

  it.each([
    ['rate', (number: number) => Schedule.rate(number, 'hours'), 'rate(${var.number} hours)'],
    ['cron', (_: number, text: string) => Schedule.cron(`0 ${text} ? * SUN *`), 'cron(0 ${var.text} ? * SUN *)'],
    ['at', (_: number, text: string) => Schedule.at(text), 'at(${var.text})'],
    [
      'Patch Tuesday',
      (_: number, text: string) => Schedule.patchTuesday({ plusDays: 7, at: text }),
      'cron(${tonumber(element(split(":", var.text), 1))} ${tonumber(element(split(":", var.text), 0))} ? * TUE#3 *)',
    ],
  ])('pass through a schedule by %s', (_, schedule, expression) => {
    const template = synth((stack) => {
      const { text, number } = unknowns(stack);
      addWindow(stack, { schedule: schedule(number, text) });
    });
    expect(template.errors()).toEqual([]);
    expect(template.only('aws_ssm_maintenance_window').schedule).toBe(expression);
  });

  it('pass through the days after Patch Tuesday', () => {
    const template = synth((stack) => {
      const { number } = unknowns(stack);
      addWindow(stack, { schedule: Schedule.patchTuesday({ plusDays: number, at: '02:00' }) });
    });
    expect(template.errors()).toEqual([]);
    expect(template.only('aws_ssm_maintenance_window')).toMatchObject({
      schedule: 'cron(0 2 ? * TUE#2 *)',
      schedule_offset: '${var.number}',
    });
  });

  it('pass through every prop of a target', () => {
    const template = synth((stack) => {
      const { text, list } = unknowns(stack);
      addWindow(stack).addTarget('Target', {
        selector: TargetSelector.tags({ [text]: [text], Env: list }),
        targetName: text,
        description: text,
        ownerInformation: text,
        region: text,
      });
    });
    expect(template.errors()).toEqual([]);
    expect(template.only('aws_ssm_maintenance_window_target')).toMatchObject({
      name: '${var.text}',
      description: '${var.text}',
      owner_information: '${var.text}',
      region: '${var.text}',
      targets: [
        { key: 'tag:${var.text}', values: ['${var.text}'] },
        { key: 'tag:Env', values: '${var.list}' },
      ],
    });
  });

  it('pass through selectors of every kind', () => {
    const template = synth((stack) => {
      const { text, list } = unknowns(stack);
      const window = addWindow(stack);
      const selectors = [
        TargetSelector.tagKeys(list),
        TargetSelector.instanceIds(list),
        TargetSelector.resourceGroup(text, list),
      ];
      for (const [index, selector] of selectors.entries()) window.addTarget(`Target${index}`, { selector });
    });
    expect(template.errors()).toEqual([]);
    expect(template.all('aws_ssm_maintenance_window_target').map(({ targets }) => targets)).toEqual([
      [{ key: 'tag-key', values: '${var.list}' }],
      [{ key: 'InstanceIds', values: '${var.list}' }],
      [
        { key: 'resource-groups:Name', values: ['${var.text}'] },
        { key: 'resource-groups:ResourceTypeFilters', values: '${var.list}' },
      ],
    ]);
  });

  it('pass through every prop of a patch task', () => {
    const template = synth((stack) => {
      const { text, number, list } = unknowns(stack);
      const role = new NotificationRole(stack, 'Publisher', { roleName: text, topicArns: list });
      const window = addWindow(stack, { taskRole: WindowRole.fromRoleArn(stack, 'Window Role', text) });
      const target = window.addTarget('Linux', { selector: TargetSelector.tagKeys(['Env']) });
      window.addPatchTask('Patch', {
        operation: text as 'Scan',
        rebootOption: text as 'NoReboot',
        targets: [target],
        maxConcurrency: text,
        maxErrors: text,
        installOverrideList: text,
        stepTimeoutSeconds: number,
        taskName: text,
        description: text,
        priority: number,
        cutoffBehavior: text as 'CANCEL_TASK',
        region: text,
        comment: text,
        documentVersion: text,
        documentHash: text,
        documentHashType: text as 'Sha256',
        deliveryTimeoutSeconds: number,
        outputS3BucketName: text,
        outputS3KeyPrefix: text,
        cloudWatchLogGroupName: text,
        notification: { role, topicArn: text, events: list as never, type: text as 'Command' },
      });
    });
    expect(template.errors()).toEqual([]);
    expect(template.only('aws_ssm_maintenance_window_task')).toMatchObject({
      name: '${var.text}',
      description: '${var.text}',
      priority: '${var.number}',
      cutoff_behavior: '${var.text}',
      region: '${var.text}',
      service_role_arn: '${var.text}',
      max_concurrency: '${var.text}',
      max_errors: '${var.text}',
      task_invocation_parameters: {
        run_command_parameters: {
          comment: '${var.text}',
          document_version: '${var.text}',
          document_hash: '${var.text}',
          document_hash_type: '${var.text}',
          timeout_seconds: '${var.number}',
          output_s3_bucket: '${var.text}',
          output_s3_key_prefix: '${var.text}/${lower(var.text)}',
          cloudwatch_config: { cloudwatch_log_group_name: '${var.text}' },
          notification_config: {
            notification_arn: '${var.text}',
            notification_events: '${var.list}',
            notification_type: '${var.text}',
          },
          parameter: [
            { name: 'InstallOverrideList', values: ['${var.text}'] },
            { name: 'Operation', values: ['${var.text}'] },
            { name: 'RebootOption', values: ['${var.text}'] },
            { name: 'StepTimeoutSeconds', values: ['${var.number}'] },
          ],
        },
      },
    });
  });

  it('pass through the other actions and instance ids', () => {
    const template = synth((stack) => {
      const { text, list } = unknowns(stack);
      const window = addWindow(stack, { allowUnassociatedTargets: true });
      const limits = { maxConcurrency: '1', maxErrors: '0' };
      const actions = [
        TaskAction.runCommand({ documentName: text, parameters: { commands: list } }),
        TaskAction.automation({ documentName: text, documentVersion: text, parameters: { Name: list } }),
        TaskAction.lambda({ functionArn: text, payload: text, clientContext: text, qualifier: text }),
        TaskAction.stepFunctions({ stateMachineArn: text, input: text, executionName: text }),
      ];
      for (const [index, action] of actions.entries()) {
        window.addTask(`Task${index}`, { action, instanceIds: list, ...limits });
      }
    });
    expect(template.problems()).toEqual([]);
    const tasks = template.all('aws_ssm_maintenance_window_task');
    expect(tasks.map(({ task_arn, targets }) => ({ task_arn, targets }))).toEqual(
      Array.from({ length: 4 }, () => ({
        task_arn: '${var.text}',
        targets: [{ key: 'InstanceIds', values: '${var.list}' }],
      })),
    );
    expect(tasks.map(({ task_invocation_parameters }) => task_invocation_parameters)).toEqual([
      { run_command_parameters: { parameter: [{ name: 'commands', values: '${var.list}' }] } },
      {
        automation_parameters: {
          document_version: '${var.text}',
          parameter: [{ name: 'Name', values: '${var.list}' }],
        },
      },
      { lambda_parameters: { payload: '${var.text}', client_context: '${var.text}', qualifier: '${var.text}' } },
      { step_functions_parameters: { input: '${var.text}', name: '${var.text}' } },
    ]);
  });

  it('reach the policy of the role, which stays JSON', () => {
    const template = synth((stack) => {
      const { text } = unknowns(stack);
      const taskRole = new WindowRole(stack, 'Role', { roleName: 'window', region: 'us-east-1' });
      const window = addWindow(stack, { taskRole });
      window.addTask('Task', { action: TaskAction.stepFunctions({ stateMachineArn: text }) });
      window.addTask('Lambda', { action: TaskAction.lambda({ functionArn: Fn.replace(text, 'a', 'b') }) });
    });
    const policy = String(template.only('aws_iam_role_policy').policy);
    // Terraform fills in what stands in braces; the quotes inside are its own and no part of the JSON.
    expect(JSON.parse(policy.replaceAll(/\$\{[^}]*\}/g, 'x')).Statement).toHaveLength(4);
    expect(policy).toContain('"Resource":["${replace(var.text, \\"a\\", \\"b\\")}"'.replaceAll('\\"', '"'));
    expect(policy).toContain(
      '"Resource":"${join(":", slice(split(":", replace(var.text, ":stateMachine:", ":execution:")), 0, 7))}:*"',
    );
  });

  it('pass through windows and roles that exist', () => {
    const template = synth((stack) => {
      const { text } = unknowns(stack);
      const role = WindowRole.fromRoleArn(stack, 'Role', text);
      const window = MaintenanceWindow.fromWindowId(stack, 'Window', text, role);
      window.addTask('Task', { action: TaskAction.automation({ documentName: 'Own-Runbook' }) });
      NotificationRole.fromRoleArn(stack, 'Publisher', text);
      InstanceRole.fromRoleArn(stack, 'Nodes', text, text);
    });
    expect(template.problems()).toEqual([]);
    expect(template.only('aws_ssm_maintenance_window_task')).toMatchObject({
      window_id: '${var.text}',
      service_role_arn: '${var.text}',
    });
  });
});
