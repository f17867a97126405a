import { describe, expect, it } from '@jest/globals';
import {
  type IWindowRole,
  type WindowPermission,
  WindowRole,
  type WindowRoleProps,
} from '../../../modules/iam/index.ts';
import { synth, type Template } from '../../support/template.ts';
import { inlinePolicy, policyIn, readable, sids, statement } from './policies.ts';

function build(permissions: readonly WindowPermission[], overrides: Partial<WindowRoleProps> = {}): Template {
  return synth((stack) => {
    const role = new WindowRole(stack, 'Role', { roleName: 'window-us-east-1', region: 'us-east-1', ...overrides });
    for (const permission of permissions) role.grant(permission);
  });
}

const patching: WindowPermission = { kind: 'run-command', documentName: 'AWS-RunPatchBaseline' };
const findTargets = { Sid: 'FindTargets', Effect: 'Allow', Action: 'tag:GetResources', Resource: '*' };

describe('WindowRole', () => {
  it('makes a role with every default written out', () => {
    expect(build([patching]).only('aws_iam_role')).toMatchObject({
      name: 'window-us-east-1',
      description: 'Runs the tasks of patching maintenance windows',
      path: '/',
      max_session_duration: 3600,
    });
  });

  it('trusts Systems Manager without a condition by default', () => {
    expect(policyIn(build([patching]).only('aws_iam_role'), 'assume_role_policy')).toEqual({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'ssm.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    });
  });

  it('trusts Systems Manager for this account only when asked', () => {
    const template = build([patching], { trustOnlySourceAccount: true });
    expect(policyIn(template.only('aws_iam_role'), 'assume_role_policy').Statement).toEqual([
      {
        Effect: 'Allow',
        Principal: { Service: 'ssm.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'aws:SourceAccount': 'ACCOUNT' } },
      },
    ]);
  });

  it('refuses a trustOnlySourceAccount that is text, which would be no condition', () => {
    expect(build([patching], { trustOnlySourceAccount: 'yes' as never }).problems()).toEqual([
      '[Test/Role] trustOnlySourceAccount must be true or false, got "yes"; set trustOnlySourceAccount to true or false [iam/true-or-false]',
    ]);
  });

  it('allows a patching task its document on instances of this account and region', () => {
    expect(inlinePolicy(build([patching]))).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'SendCommand',
          Effect: 'Allow',
          Action: 'ssm:SendCommand',
          Resource: [
            'arn:PARTITION:ec2:us-east-1:ACCOUNT:instance/*',
            'arn:PARTITION:ssm:us-east-1::document/AWS-RunPatchBaseline',
          ],
        },
        {
          Sid: 'FollowCommands',
          Effect: 'Allow',
          Action: ['ssm:CancelCommand', 'ssm:GetCommandInvocation', 'ssm:ListCommandInvocations', 'ssm:ListCommands'],
          Resource: '*',
        },
        findTargets,
      ],
    });
  });

  it('keeps a valid policy while no task uses it', () => {
    expect(inlinePolicy(build([])).Statement).toEqual([findTargets]);
  });

  it('takes the region of the provider unless told otherwise', () => {
    const template = synth((stack) => {
      new WindowRole(stack, 'Role', { roleName: 'window' }).grant(patching);
    });
    expect(statement(template, 'SendCommand')?.Resource).toEqual([
      'arn:PARTITION:ec2:REGION:ACCOUNT:instance/*',
      'arn:PARTITION:ssm:REGION::document/AWS-RunPatchBaseline',
    ]);
  });

  it('allows each task its own region', () => {
    const template = build([patching, { ...patching, region: 'eu-west-1' }]);
    expect(statement(template, 'SendCommand')?.Resource).toEqual([
      'arn:PARTITION:ec2:eu-west-1:ACCOUNT:instance/*',
      'arn:PARTITION:ec2:us-east-1:ACCOUNT:instance/*',
      'arn:PARTITION:ssm:eu-west-1::document/AWS-RunPatchBaseline',
      'arn:PARTITION:ssm:us-east-1::document/AWS-RunPatchBaseline',
    ]);
  });

  it.each([
    ['AWS-RunPatchBaseline', 'arn:PARTITION:ssm:us-east-1::document/AWS-RunPatchBaseline'],
    ['AmazonCloudWatch-ManageAgent', 'arn:PARTITION:ssm:us-east-1::document/AmazonCloudWatch-ManageAgent'],
    ['Amzn-Document', 'arn:PARTITION:ssm:us-east-1::document/Amzn-Document'],
    ['Own-RunPatchBaseline', 'arn:PARTITION:ssm:us-east-1:ACCOUNT:document/Own-RunPatchBaseline'],
    ['arn:aws:ssm:us-east-1:111111111111:document/Shared', 'arn:aws:ssm:us-east-1:111111111111:document/Shared'],
  ])('names the document %s by its ARN', (documentName, arn) => {
    expect(statement(build([{ kind: 'run-command', documentName }]), 'SendCommand')?.Resource).toContain(arn);
  });

  it('allows an automation to be started and followed, and no command', () => {
    const template = build([{ kind: 'automation', documentName: 'Own-Runbook' }]);
    expect(inlinePolicy(template).Statement).toEqual([
      findTargets,
      {
        Sid: 'StartAutomation',
        Effect: 'Allow',
        Action: 'ssm:StartAutomationExecution',
        Resource: [
          'arn:PARTITION:ssm:us-east-1:ACCOUNT:automation-definition/Own-Runbook:*',
          'arn:PARTITION:ssm:us-east-1:ACCOUNT:automation-execution/*',
          'arn:PARTITION:ssm:us-east-1:ACCOUNT:document/Own-Runbook',
        ],
      },
      {
        Sid: 'FollowAutomation',
        Effect: 'Allow',
        Action: 'ssm:GetAutomationExecution',
        Resource: 'arn:PARTITION:ssm:us-east-1:ACCOUNT:automation-execution/*',
      },
    ]);
  });

  it('turns the ARN of a shared runbook into that of its definition', () => {
    const template = build([{ kind: 'automation', documentName: 'arn:aws:ssm:us-east-1:111111111111:document/Book' }]);
    expect(statement(template, 'StartAutomation')?.Resource).toEqual([
      'arn:PARTITION:ssm:us-east-1:ACCOUNT:automation-execution/*',
      'arn:aws:ssm:us-east-1:111111111111:automation-definition/Book:*',
      'arn:aws:ssm:us-east-1:111111111111:document/Book',
    ]);
  });

  it('allows a function with its versions and aliases', () => {
    const functionArn = 'arn:aws:lambda:us-east-1:111111111111:function:after-patching';
    expect(statement(build([{ kind: 'lambda', functionArn }]), 'InvokeFunction')).toEqual({
      Sid: 'InvokeFunction',
      Effect: 'Allow',
      Action: 'lambda:InvokeFunction',
      Resource: [functionArn, `${functionArn}:*`],
    });
  });

  it('allows a state machine to be started and its executions to be followed', () => {
    const stateMachineArn = 'arn:aws:states:us-east-1:111111111111:stateMachine:drain';
    const executionArns = 'arn:aws:states:us-east-1:111111111111:execution:drain:*';
    const template = build([{ kind: 'step-functions', stateMachineArn, executionArns }]);
    expect(inlinePolicy(template).Statement).toEqual([
      findTargets,
      { Sid: 'StartExecution', Effect: 'Allow', Action: 'states:StartExecution', Resource: stateMachineArn },
      { Sid: 'FollowExecution', Effect: 'Allow', Action: 'states:DescribeExecution', Resource: executionArns },
    ]);
  });

  it('may pass the notification roles only, and only to Systems Manager', () => {
    const arns = ['arn:aws:iam::111111111111:role/b', 'arn:aws:iam::111111111111:role/a'];
    const template = build(arns.map((roleArn) => ({ kind: 'pass-role', roleArn })));
    expect(statement(template, 'PassNotificationRole')).toEqual({
      Sid: 'PassNotificationRole',
      Effect: 'Allow',
      Action: 'iam:PassRole',
      Resource: ['arn:aws:iam::111111111111:role/a', 'arn:aws:iam::111111111111:role/b'],
      Condition: { StringEquals: { 'iam:PassedToService': 'ssm.amazonaws.com' } },
    });
  });

  it('lists resource groups only where one is targeted', () => {
    expect(sids(build([patching]))).not.toContain('ListResourceGroups');
    expect(statement(build([patching, { kind: 'resource-groups' }]), 'ListResourceGroups')).toEqual({
      Sid: 'ListResourceGroups',
      Effect: 'Allow',
      Action: ['resource-groups:ListGroupResources', 'resource-groups:ListGroups'],
      Resource: '*',
    });
  });

  it('sends commands to nodes outside EC2 only where they are targeted', () => {
    const arn = 'arn:PARTITION:ssm:us-east-1:ACCOUNT:managed-instance/*';
    expect(statement(build([patching]), 'SendCommand')?.Resource).not.toContain(arn);
    expect(statement(build([patching, { kind: 'managed-instances' }]), 'SendCommand')?.Resource).toContain(arn);
  });

  it('says everything once, however many tasks ask for it', () => {
    const once = build([patching, { kind: 'resource-groups' }]);
    const often = build([patching, { kind: 'resource-groups' }, patching, { kind: 'resource-groups' }, patching]);
    expect(often.json).toEqual(once.json);
  });

  it('adds statements of its own after those of the tasks, sorted', () => {
    const own = (sid: string) => ({ sid, actions: ['ec2:StopInstances'], resources: ['*'] });
    const template = build([patching], { statements: [own('Stop'), own('Reboot')] });
    expect(sids(template)).toEqual(['SendCommand', 'FollowCommands', 'FindTargets', 'Reboot', 'Stop']);
  });

  it('refuses a statement with the id of one that the tasks need', () => {
    const statements = [{ sid: 'SendCommand', actions: ['ssm:SendCommand'], resources: ['*'] }];
    expect(build([patching], { statements }).problems()).toEqual([
      '[Test/Role] sid must occur once in a policy, got "SendCommand" twice; rename one of them [iam/statement-sid-unique]',
    ]);
  });

  it('refuses a policy that is too long for IAM', () => {
    const functions = Array.from(
      { length: 60 },
      (_, index): WindowPermission => ({
        kind: 'lambda',
        functionArn: `arn:aws:lambda:us-east-1:111111111111:function:${'x'.repeat(40)}-${index}`,
      }),
    );
    expect(build(functions).problems()).toEqual([
      "[Test/Role] the role's inline policy must be at most 10240 characters, got 11468 without what its references become; use wildcards, or a second role [iam/policy-size]",
    ]);
  });
});

describe('WindowRole.fromRoleArn', () => {
  it('makes nothing, and leaves permissions to the owner of the role', () => {
    const template = synth((stack) => {
      const role = WindowRole.fromRoleArn(stack, 'Role', 'arn:aws-cn:iam::111111111111:role/window');
      role.grant(patching);
      expect(role.roleArn).toBe('arn:aws-cn:iam::111111111111:role/window');
      expect(role.dependencies).toEqual([]);
    });
    expect(template.problems()).toEqual([]);
    expect(template.addresses()).toEqual([]);
  });

  it('refuses an ARN that is no role', () => {
    const template = synth((stack) => {
      WindowRole.fromRoleArn(stack, 'Role', 'arn:aws:iam::111111111111:policy/window');
    });
    expect(template.problems()).toEqual([
      '[Test/Role] roleArn must be the ARN of an IAM role, got "arn:aws:iam::111111111111:policy/window"; write it like "arn:aws:iam::111111111111:role/patching" [iam/role-arn]',
    ]);
  });
});

describe('WindowRole.serviceLinked', () => {
  it('names the role that AWS makes on demand, and makes nothing', () => {
    const seen: IWindowRole[] = [];
    const template = synth((stack) => {
      seen.push(WindowRole.serviceLinked(stack), WindowRole.serviceLinked(stack));
      stack.addOverride('output.arn.value', seen[0]?.roleArn);
    });
    expect(template.problems()).toEqual([]);
    expect(template.all('aws_iam_role')).toEqual([]);
    expect(readable(JSON.stringify(template.json.output))).toBe(
      '{"arn":{"value":"arn:PARTITION:iam::ACCOUNT:role/aws-service-role/ssm.amazonaws.com/AWSServiceRoleForAmazonSSM"}}',
    );
    expect(seen[0]).toBe(seen[1]);
  });
});
