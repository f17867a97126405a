import { describe, expect, it } from '@jest/globals';
import { NotificationRole, type NotificationRoleProps } from '../../../modules/iam/index.ts';
import { synth, type Template } from '../../support/template.ts';
import { inlinePolicy, trust } from './policies.ts';

const topic = 'arn:aws:sns:us-east-1:111111111111:patching';

function build(overrides: Partial<NotificationRoleProps> = {}): Template {
  return synth((stack) => {
    new NotificationRole(stack, 'Role', { roleName: 'publisher', topicArns: [topic], ...overrides });
  });
}

describe('NotificationRole', () => {
  it('may publish to its topic and nothing else', () => {
    expect(inlinePolicy(build())).toEqual({
      Version: '2012-10-17',
      Statement: [{ Sid: 'Publish', Effect: 'Allow', Action: 'sns:Publish', Resource: topic }],
    });
  });

  it('may use the keys of encrypted topics', () => {
    const key = 'arn:aws:kms:us-east-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab';
    expect(inlinePolicy(build({ encryptionKeyArns: [key] })).Statement).toEqual([
      { Sid: 'Publish', Effect: 'Allow', Action: 'sns:Publish', Resource: topic },
      { Sid: 'Encrypt', Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey*'], Resource: key },
    ]);
  });

  it('is trusted to Systems Manager, which publishes', () => {
    expect(trust(build())).toEqual({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'ssm.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    });
  });

  it('says what it is for unless told otherwise', () => {
    expect(build().only('aws_iam_role').description).toBe('Publishes the status of patching to SNS');
    expect(build({ description: 'Tells the on-call' }).only('aws_iam_role').description).toBe('Tells the on-call');
  });

  it('reports every bad topic and key with its place', () => {
    expect(build({ topicArns: ['x', `${topic}.fifo`], encryptionKeyArns: ['alias/x'] }).problems()).toEqual([
      '[Test/Role] encryptionKeyArns must be the ARN of a KMS key, not of an alias, got "alias/x"; write it like "arn:aws:kms:us-east-1:111111111111:key/…" [iam/encryption-key]',
      `[Test/Role] topicArns must be a standard topic, got the FIFO topic "${topic}.fifo"; publish to a standard topic [iam/notification-topic]`,
      '[Test/Role] topicArns must be an ARN of sns, got "x"; give the whole arn:partition:service:… text [iam/notification-topic]',
    ]);
  });

  it('refuses to be made without a topic', () => {
    expect(build({ topicArns: [] }).problems()).toEqual([
      '[Test/Role] topicArns must hold 1 to 100 entries, got 0; add one [iam/notification-topic]',
    ]);
  });

  it('makes nothing of a role that exists', () => {
    const template = synth((stack) => {
      const role = NotificationRole.fromRoleArn(stack, 'Role', 'arn:aws:iam::111111111111:role/publisher');
      expect(role.roleArn).toBe('arn:aws:iam::111111111111:role/publisher');
      expect(role.topicArns).toBeUndefined();
      expect(role.dependencies).toEqual([]);
    });
    expect(template.problems()).toEqual([]);
    expect(template.addresses()).toEqual([]);
  });

  it('refuses an ARN that is no role', () => {
    const template = synth((stack) => {
      NotificationRole.fromRoleArn(stack, 'Role', topic);
    });
    expect(template.problems()).toEqual([
      `[Test/Role] roleArn must be the ARN of an IAM role, got "${topic}"; write it like "arn:aws:iam::111111111111:role/patching" [iam/role-arn]`,
    ]);
  });
});
