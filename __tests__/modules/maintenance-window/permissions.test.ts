import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { NotificationRole, WindowRole } from '../../../modules/iam/index.ts';
import {
  type MaintenanceWindow,
  type Target,
  TargetSelector,
  TaskAction,
} from '../../../modules/maintenance-window/index.ts';
import { synth, type Template } from '../../support/template.ts';
import { inlinePolicy, policyIn, sids, statement } from '../iam/policies.ts';
import { addWindow } from './windows.ts';

const limits = { maxConcurrency: '1', maxErrors: '0' };
const topicArn = 'arn:aws:sns:us-east-1:111111111111:patching';

/** A window of us-east-1 with a role of its own, to which tasks add what they need. */
function build(
  fill: (window: MaintenanceWindow, linux: Target) => void,
  selector = TargetSelector.tags({ PatchGroup: ['linux'] }),
  region?: string,
): Template {
  return synth((stack) => {
    const taskRole = new WindowRole(stack, 'Role', { roleName: 'window', region: 'us-east-1' });
    const window = addWindow(stack, { taskRole, allowUnassociatedTargets: true, ...(region && { region }) });
    fill(window, window.addTarget('Linux', { selector }));
  });
}
const patch = (window: MaintenanceWindow, target: Target) =>
  window.addPatchTask('Patch', { operation: 'Install', targets: [target], ...limits });

describe('tasks allow their role', () => {
  it('to patch, and nothing else', () => {
    const template = build(patch);
    expect(sids(template)).toEqual(['SendCommand', 'FollowCommands', 'FindTargets']);
    expect(statement(template, 'SendCommand')?.Resource).toEqual([
      'arn:PARTITION:ec2:us-east-1:ACCOUNT:instance/*',
      'arn:PARTITION:ssm:us-east-1::document/AWS-RunPatchBaseline',
    ]);
  });

  it('to patch with hooks by the other document', () => {
    const template = build((window, target) => {
      const hooks = { onExit: 'Own-Exit' };
      window.addPatchTask('Patch', { operation: 'Install', targets: [target], hooks, ...limits });
    });
    expect(statement(template, 'SendCommand')?.Resource).toEqual([
      'arn:PARTITION:ec2:us-east-1:ACCOUNT:instance/*',
      'arn:PARTITION:ssm:us-east-1::document/AWS-RunPatchBaselineWithHooks',
    ]);
  });

  it('to act in the region of the window', () => {
    expect(statement(build(patch, undefined, 'eu-west-1'), 'SendCommand')?.Resource).toEqual([
      'arn:PARTITION:ec2:eu-west-1:ACCOUNT:instance/*',
      'arn:PARTITION:ssm:eu-west-1::document/AWS-RunPatchBaseline',
    ]);
  });

  it('to look into resource groups where a target is one', () => {
    expect(sids(build(patch, TargetSelector.resourceGroup('web')))).toContain('ListResourceGroups');
    expect(sids(build(patch))).not.toContain('ListResourceGroups');
  });

  it.each([
    ['a target by id', TargetSelector.instanceIds(['mi-0123456789abcdef0'])],
    ['a resource group of them', TargetSelector.resourceGroup('web', ['AWS::SSM::ManagedInstance'])],
  ])('to reach servers outside EC2 by %s', (_, selector) => {
    expect(statement(build(patch, selector), 'SendCommand')?.Resource).toContain(
      'arn:PARTITION:ssm:us-east-1:ACCOUNT:managed-instance/*',
    );
  });

  it('to reach servers outside EC2 that the task names itself', () => {
    const template = build((window) => {
      const action = TaskAction.runCommand({ documentName: 'AWS-RunShellScript' });
      window.addTask('Task', { action, instanceIds: ['mi-0123456789abcdef0'], ...limits });
    });
    expect(statement(template, 'SendCommand')?.Resource).toContain(
      'arn:PARTITION:ssm:us-east-1:ACCOUNT:managed-instance/*',
    );
  });

  it('to pass the notification role, and no role without notifications', () => {
    const template = synth((stack) => {
      const taskRole = new WindowRole(stack, 'Role', { roleName: 'window', region: 'us-east-1' });
      const role = new NotificationRole(stack, 'Publisher', { roleName: 'publisher', topicArns: [topicArn] });
      const window = addWindow(stack, { taskRole });
      const target = window.addTarget('Linux', { selector: TargetSelector.tagKeys(['Env']) });
      const notification = { role, topicArn };
      window.addPatchTask('Patch', { operation: 'Install', targets: [target], notification, ...limits });
    });
    const policies = template.all('aws_iam_role_policy').map((block) => policyIn(block, 'policy'));
    const passing = policies.flatMap(({ Statement }) => Statement.filter(({ Action }) => Action === 'iam:PassRole'));
    expect(passing).toEqual([
      {
        Sid: 'PassNotificationRole',
        Effect: 'Allow',
        Action: 'iam:PassRole',
        Resource: expect.stringMatching(/^\$\{aws_iam_role\.Publisher_\w+\.arn\}$/),
        Condition: { StringEquals: { 'iam:PassedToService': 'ssm.amazonaws.com' } },
      },
    ]);
    expect(sids(build(patch))).not.toContain('PassNotificationRole');
  });

  it('to follow the executions of a state machine, without the alias in its ARN', () => {
    const stateMachineArn = 'arn:aws:states:us-east-1:111111111111:stateMachine:drain:live';
    const template = build((window) => {
      window.addTask('Task', { action: TaskAction.stepFunctions({ stateMachineArn }) });
    });
    expect(statement(template, 'StartExecution')?.Resource).toBe(stateMachineArn);
    expect(statement(template, 'FollowExecution')?.Resource).toBe(
      'arn:aws:states:us-east-1:111111111111:execution:drain:*',
    );
  });

  it('and no other role, where a task brings its own', () => {
    const template = synth((stack) => {
      const taskRole = new WindowRole(stack, 'Role', { roleName: 'window', region: 'us-east-1' });
      const own = WindowRole.fromRoleArn(stack, 'Own', 'arn:aws:iam::111111111111:role/own');
      const window = addWindow(stack, { taskRole });
      window.addTask('Task', { action: TaskAction.automation({ documentName: 'Own-Runbook' }), taskRole: own });
    });
    expect(sids(template)).toEqual(['FindTargets']);
  });
});

describe('the order of tasks', () => {
  it('never changes the policy of their role', () => {
    const functionArn = (index: number) => `arn:aws:lambda:us-east-1:111111111111:function:f${index}`;
    const actions: readonly ((index: number) => TaskAction)[] = [
      (index) => TaskAction.lambda({ functionArn: functionArn(index) }),
      (index) => TaskAction.automation({ documentName: `Own-Runbook-${index}` }),
      (index) =>
        TaskAction.stepFunctions({
          stateMachineArn: functionArn(index).replace('lambda', 'states').replace('function', 'stateMachine'),
        }),
    ];
    const indices = [0, 1, 2, 3, 4, 5, 6, 7];
    const policy = (order: readonly number[]) =>
      inlinePolicy(
        build((window) => {
          for (const index of order) {
            const action = actions[index % actions.length]?.(index);
            if (action !== undefined) window.addTask(`Task${index}`, { action });
          }
        }),
      );
    const expected = policy(indices);
    expect(expected.Statement).toHaveLength(6);
    fc.assert(
      fc.property(fc.shuffledSubarray(indices, { minLength: indices.length }), (order) => {
        expect(policy(order)).toEqual(expected);
      }),
      { numRuns: 15 },
    );
  });
});
