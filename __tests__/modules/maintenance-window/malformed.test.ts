import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InstanceRole, NotificationRole, WindowRole } from '../../../modules/iam/index.ts';
import { checkMaintenanceWindow, checkSameRegion, checkWindowId } from '../../../modules/maintenance-window/checks.ts';
import { MaintenanceWindow, Schedule, TargetSelector, TaskAction } from '../../../modules/maintenance-window/index.ts';
import { checkPatchTask } from '../../../modules/maintenance-window/patch-task-checks.ts';
import { checkTarget } from '../../../modules/maintenance-window/target-checks.ts';
import { checkNotificationAllowed, checkTaskAction } from '../../../modules/maintenance-window/task-action-checks.ts';
import { checkTask } from '../../../modules/maintenance-window/task-checks.ts';
import { synth } from '../../support/template.ts';
import { addWindow } from './windows.ts';

/** What JavaScript or YAML may hand over instead of what a type says. */
const wrong: readonly unknown[] = [
  null,
  5,
  true,
  'text',
  '',
  [],
  {},
  [null],
  [5],
  { a: null },
  { a: [null] },
  Number.NaN,
];

/** Every property of an object replaced by each wrong value in turn. */
function spoilt(valid: Readonly<Record<string, unknown>>): Record<string, unknown>[] {
  return Object.keys(valid).flatMap((key) => wrong.map((value) => ({ ...valid, [key]: value })));
}

const topicArn = 'arn:aws:sns:us-east-1:111111111111:patching';
const command = {
  documentName: 'AWS-RunShellScript',
  documentVersion: '1',
  documentHash: 'ab'.repeat(32),
  documentHashType: 'Sha256',
  comment: 'x',
  deliveryTimeoutSeconds: 60,
  outputS3BucketName: 'output',
  outputS3KeyPrefix: 'x',
  cloudWatchLogGroupName: 'x',
  parameters: { commands: ['x'] },
};
const lambda = {
  functionArn: 'arn:aws:lambda:us-east-1:111111111111:function:f',
  payload: '{}',
  clientContext: 'e30=',
  qualifier: 'x',
};
const stepFunctions = {
  stateMachineArn: 'arn:aws:states:us-east-1:111111111111:stateMachine:s',
  input: '{}',
  executionName: '{{INVOCATION_ID}}',
};
const window = {
  windowName: 'patching',
  description: 'x',
  schedule: { expression: 'rate(1 day)', offsetDays: 1, patchTuesday: { plusDays: 1, at: '02:00' } },
  scheduleTimezone: 'UTC',
  scheduleOffset: 1,
  startDate: '2026-12-01T09:00:00Z',
  endDate: '2027-12-01T09:00:00Z',
  duration: 2,
  cutoff: 1,
  enabled: true,
  allowUnassociatedTargets: true,
  tags: { Team: 'x' },
};

describe('check functions', () => {
  it('answer every wrong value with problems or silence, never with an exception', () => {
    const target = {
      targetName: 'linux',
      description: 'xxx',
      ownerInformation: 'x',
      entries: [{ key: 'tag-key', values: ['x'] }],
    };
    const task = {
      taskName: 'task',
      description: 'x',
      taskType: 'RUN_COMMAND',
      priority: 1,
      maxConcurrency: '1',
      maxErrors: '1',
      cutoffBehavior: 'CANCEL_TASK',
      instanceIds: ['i-01234567'],
      targets: 0,
      targetsOfOtherWindows: 0,
      allowUnassociatedTargets: true,
    };
    const patch = {
      operation: 'Install',
      rebootOption: 'NoReboot',
      hooks: { onExit: 'xxx' },
      installOverrideList: 's3://b/x',
      stepTimeoutSeconds: 1,
    };
    expect(() => {
      for (const facts of spoilt(window)) checkMaintenanceWindow(facts);
      for (const facts of spoilt(target)) checkTarget(facts);
      for (const facts of spoilt({ key: 'tag-key', values: ['x'] })) checkTarget({ entries: [facts] });
      for (const facts of spoilt(task)) checkTask(facts as never);
      for (const facts of spoilt(patch)) checkPatchTask(facts);
      for (const facts of spoilt(command)) checkTaskAction({ runCommand: facts });
      for (const facts of spoilt({ topicArn, events: ['All'], type: 'Command' })) {
        checkTaskAction({ runCommand: { ...command, notification: facts } as never });
      }
      for (const facts of spoilt({ documentName: 'xxx', documentVersion: '1', parameters: { a: ['x'] } })) {
        checkTaskAction({ automation: facts });
      }
      for (const facts of spoilt(lambda)) checkTaskAction({ lambda: facts });
      for (const facts of spoilt(stepFunctions)) checkTaskAction({ stepFunctions: facts });
      for (const value of wrong as never[]) {
        checkWindowId(value);
        checkSameRegion(value, 'eu-west-1');
        checkNotificationAllowed(topicArn, value);
        checkTaskAction({ runCommand: value, automation: value, lambda: value, stepFunctions: value });
      }
    }).not.toThrow();
  });

  it('never throw, whatever the window', () => {
    const key = fc.constantFrom(...Object.keys(window));
    fc.assert(
      fc.property(fc.dictionary(key, fc.anything()), (facts) => {
        expect(Array.isArray(checkMaintenanceWindow(facts))).toBe(true);
      }),
    );
  });

  it('give back only strings that are one line each', () => {
    const messages = spoilt(command).flatMap((facts) => checkTaskAction({ runCommand: facts }));
    expect(messages.length).toBeGreaterThan(50);
    expect(messages.filter(({ message, fix }) => /[\n\r]/.test(message + fix))).toEqual([]);
  });
});

describe('constructs', () => {
  const limits = { maxConcurrency: '1', maxErrors: '0' };

  it.each(wrong)('report %j instead of a list or a map', (value) => {
    const v = value as never;
    const template = synth((stack) => {
      const made = addWindow(stack, { tags: v });
      const selectors = [
        TargetSelector.tags(v),
        TargetSelector.tags({ Env: v }),
        TargetSelector.tagKeys(v),
        TargetSelector.instanceIds(v),
        TargetSelector.resourceGroup('web', v ?? undefined),
      ];
      const targets = selectors.map((selector, index) => made.addTarget(`Target${index}`, { selector }));
      const role = new NotificationRole(stack, 'Publisher', {
        roleName: 'publisher',
        topicArns: v,
        encryptionKeyArns: v,
      });
      const actions = [
        TaskAction.runCommand({ ...command, parameters: v } as never),
        TaskAction.runCommand({ ...command, parameters: { commands: v } } as never),
        TaskAction.runCommand({ documentName: 'xxx', notification: { role, topicArn, events: v } }),
        TaskAction.automation({ documentName: 'xxx', parameters: v }),
      ];
      for (const [index, action] of actions.entries()) {
        made.addTask(`Task${index}`, { action, targets: targets.slice(0, 1), ...limits });
      }
      made.addTask('ByIds', {
        action: TaskAction.lambda(lambda),
        instanceIds: v,
        targets: v === null ? v : [],
        ...limits,
      });
      made.addPatchTask('Patch', { operation: 'Install', targets: [], hooks: v, ...limits });
      new InstanceRole(stack, 'Nodes', {
        roleName: 'nodes',
        commandOutputBuckets: v,
        commandOutputLogGroups: v,
        awsManagedPolicyNames: v,
        statements: v,
      });
      new WindowRole(stack, 'WindowRole', { roleName: 'window', statements: v });
    });
    expect(template.errors()).not.toEqual([]);
  });

  it.each(wrong)('report %j instead of text or a number', (value) => {
    const v = value as never;
    const template = synth((stack) => {
      const schedules = [Schedule.rate(v, v), Schedule.cron(v), Schedule.at(v), Schedule.patchTuesday(v)];
      const role = new WindowRole(stack, 'Role', { roleName: v, description: v, path: v, permissionsBoundary: v });
      const made = addWindow(stack, { windowName: v, schedule: Schedule.expression(v), duration: v, taskRole: role });
      for (const [index, schedule] of schedules.entries()) {
        new MaintenanceWindow(stack, `Window${index}`, { windowName: 'patching', schedule, taskRole: role });
      }
      const target = made.addTarget('Linux', { selector: TargetSelector.resourceGroup(v), targetName: v });
      made.addPatchTask('Patch', {
        operation: v,
        targets: [target],
        maxConcurrency: v,
        maxErrors: v,
        outputS3BucketName: v,
        outputS3KeyPrefix: v,
        stepTimeoutSeconds: v,
        documentHash: v,
      });
      const actions = [
        TaskAction.runCommand({ documentName: v }),
        TaskAction.automation({ documentName: v }),
        TaskAction.lambda({ functionArn: v, payload: v }),
        TaskAction.stepFunctions({ stateMachineArn: v, input: v }),
      ];
      for (const [index, action] of actions.entries()) made.addTask(`Task${index}`, { action });
      InstanceRole.fromRoleArn(stack, 'Nodes', v);
    });
    expect(template.errors()).not.toEqual([]);
  });
});
