import { describe, expect, it } from '@jest/globals';
import { formatViolation } from '../../../core/problem.ts';
import {
  checkBucketName,
  checkInstanceRole,
  checkKeyPrefix,
  checkLogGroupName,
  checkNotificationRole,
  checkRole,
  type InstanceRoleFacts,
  type RoleFacts,
} from '../../../modules/iam/checks.ts';

const role = (facts: RoleFacts) => checkRole({ roleName: 'patching', ...facts }).map(formatViolation);
const instance = (facts: InstanceRoleFacts) => checkInstanceRole(facts).map(formatViolation);

describe('checkRole', () => {
  it.each<RoleFacts>([
    { roleName: 'a' },
    { roleName: 'Az09+=,.@_-' },
    { roleName: 'x'.repeat(64) },
    { description: '' },
    { description: `é~ \n${'x'.repeat(996)}` },
    { path: '/' },
    { path: '/a/' },
    { path: `/${'x'.repeat(510)}/` },
    { permissionsBoundary: 'arn:aws:iam::aws:policy/PowerUserAccess' },
    { permissionsBoundary: 'arn:aws-us-gov:iam::111111111111:policy/patching/boundary' },
    { maxSessionDurationSeconds: 3600 },
    { maxSessionDurationSeconds: 43_200 },
    { tags: { Team: '', Teams: '' } },
  ])('accepts %j', (facts) => {
    expect(role(facts)).toEqual([]);
  });

  it.each<[RoleFacts, string]>([
    [
      { roleName: '' },
      'roleName must be 1 to 64 characters of letters, digits, + = , . @ _ -, got ""; change roleName [iam/role-name]',
    ],
    [
      { roleName: 'pätching' },
      'roleName must be 1 to 64 characters of letters, digits, + = , . @ _ -, got "pätching"; change roleName [iam/role-name]',
    ],
    [
      { roleName: 'x'.repeat(65) },
      `roleName must be 1 to 64 characters of letters, digits, + = , . @ _ -, got 65 characters: "${'x'.repeat(65)}"; change roleName [iam/role-name]`,
    ],
    [
      { description: 'snowman \u2603' },
      'description must be 0 to 1000 characters of Latin letters, digits, punctuation, got "snowman \u2603"; change description [iam/role-description]',
    ],
    [
      { path: '/patching' },
      'path must begin and end with "/" and hold at most 512 printable characters, got "/patching"; write it like "/patching/" [iam/role-path]',
    ],
    [
      { path: 'patching/' },
      'path must begin and end with "/" and hold at most 512 printable characters, got "patching/"; write it like "/patching/" [iam/role-path]',
    ],
    [
      { path: '/a b/' },
      'path must begin and end with "/" and hold at most 512 printable characters, got "/a b/"; write it like "/patching/" [iam/role-path]',
    ],
    [
      { permissionsBoundary: 'boundary' },
      'permissionsBoundary must be the ARN of an IAM policy, got "boundary"; write it like "arn:aws:iam::111111111111:policy/boundary" [iam/permissions-boundary]',
    ],
    [
      { permissionsBoundary: 'arn:aws:iam::111111111111:role/boundary' },
      'permissionsBoundary must be the ARN of an IAM policy, got "arn:aws:iam::111111111111:role/boundary"; write it like "arn:aws:iam::111111111111:policy/boundary" [iam/permissions-boundary]',
    ],
    [
      { maxSessionDurationSeconds: 3599 },
      'maxSessionDurationSeconds must be a whole number of seconds from 3600 to 43200, got 3599; set maxSessionDurationSeconds within the range [iam/session-duration]',
    ],
    [
      { maxSessionDurationSeconds: 43_201 },
      'maxSessionDurationSeconds must be a whole number of seconds from 3600 to 43200, got 43201; set maxSessionDurationSeconds within the range [iam/session-duration]',
    ],
    [
      { tags: { 'aws:Team': 'web' } },
      'tag key "aws:Team" must not begin with aws:; AWS keeps that prefix; rename it [tags/reserved-key]',
    ],
    [
      { tags: { Team: 'web;db' } },
      'tag "Team" must hold only letters, digits, spaces and _ . : / = + - @, got "web;db"; change its value: only EC2 takes others [tags/characters]',
    ],
    [
      { tags: { team: 'a', Team: 'b', TEAM: undefined, Stage: 'dev' } },
      'tags of a role must have no keys that differ only in case, got "TEAM", "Team", "team"; keep one of them: to IAM they are one [iam/role-tag-keys]',
    ],
  ])('refuses %j', (facts, message) => {
    expect(role(facts)).toEqual([message]);
  });

  it('refuses a path of 513 characters', () => {
    expect(checkRole({ roleName: 'a', path: `/${'x'.repeat(511)}/` }).map(({ rule }) => rule)).toEqual([
      'iam/role-path',
    ]);
  });

  it('refuses a description of 1001 characters', () => {
    const rules = checkRole({ roleName: 'a', description: 'x'.repeat(1001) }).map((violation) => violation.rule);
    expect(rules).toEqual(['iam/role-description']);
  });

  it('asks for a name that is not given', () => {
    expect(checkRole({}).map(formatViolation)).toEqual(['roleName must be given; set roleName [iam/role-name]']);
  });
});

describe('checkInstanceRole', () => {
  it.each<InstanceRoleFacts>([
    {},
    { instanceProfileName: 'x'.repeat(128) },
    { awsManagedPolicyNames: ['CloudWatchAgentServerPolicy', 'service-role/AmazonSSMAutomationRole'] },
    { commandOutputBuckets: [{ bucketName: 'abc', keyPrefix: 'a/b' }] },
    { commandOutputLogGroups: ['/a', 'x'.repeat(512)] },
    { patchBucketsOfRegion: 'mx-central-1' },
  ])('accepts %j', (facts) => {
    expect(instance(facts)).toEqual([]);
  });

  it.each<[InstanceRoleFacts, string]>([
    [
      { instanceProfileName: '' },
      'instanceProfileName must be 1 to 128 characters of letters, digits, + = , . @ _ -, got ""; change instanceProfileName [iam/instance-profile-name]',
    ],
    [
      { awsManagedPolicyNames: ['arn:aws:iam::aws:policy/X'] },
      'awsManagedPolicyNames must be 1 to 256 characters of letters, digits, + = , . @ _ -, with a path such as service-role/ before them, got "arn:aws:iam::aws:policy/X"; change awsManagedPolicyNames [iam/managed-policy-name]',
    ],
    [
      { awsManagedPolicyNames: undefined },
      'awsManagedPolicyNames must be known now, got a value that Terraform decides; write the names out [iam/managed-policy-name]',
    ],
    [
      { awsManagedPolicyNames: ['CloudWatchAgentServerPolicy', undefined] },
      'awsManagedPolicyNames must be known now, got a value that Terraform decides; write the names out [iam/managed-policy-name]',
    ],
    [
      { commandOutputBuckets: [{ bucketName: 'abc' }, { bucketName: 'Patching' }] },
      'commandOutputBuckets[1].bucketName must be 3 to 63 characters of lower-case letters, digits, - . (no dot beside a dot, letters or digits at both ends, no IP address), got "Patching"; change commandOutputBuckets[1].bucketName [iam/output-bucket]',
    ],
    [
      { commandOutputBuckets: [{}] },
      'commandOutputBuckets[0].bucketName must be given; name the bucket [iam/output-bucket]',
    ],
    [
      { commandOutputBuckets: [{ bucketName: 'abc', keyPrefix: '/a' }] },
      'commandOutputBuckets[0].keyPrefix must not begin or end with a slash, got "/a"; remove the slash [iam/output-prefix]',
    ],
    [
      { commandOutputBuckets: [{ bucketName: 'abc', encryptionKeyArn: 'arn:aws:kms:us-east-1:111111111111:alias/x' }] },
      'commandOutputBuckets[0].encryptionKeyArn must be the ARN of a KMS key, not of an alias, got "arn:aws:kms:us-east-1:111111111111:alias/x"; write it like "arn:aws:kms:us-east-1:111111111111:key/…" [iam/encryption-key]',
    ],
    [
      { commandOutputLogGroups: ['a group'] },
      'commandOutputLogGroups must be 1 to 512 characters of letters, digits, _ - / . #, got "a group"; change commandOutputLogGroups [iam/log-group]',
    ],
    [
      { patchBucketsOfRegion: undefined },
      'patchBucketsOfRegion must be known now, got a value that Terraform decides; write the region out: its bucket names come from a table [iam/patch-buckets-known-region]',
    ],
  ])('refuses %j', (facts, message) => {
    expect(instance(facts)).toEqual([message]);
  });

  it.each(['commandOutputBuckets', 'commandOutputLogGroups'] as const)('takes 100 %s and no more', (field) => {
    const many = (count: number) =>
      Array.from({ length: count }, () => (field === 'commandOutputBuckets' ? { bucketName: 'abc' } : 'abc'));
    const rule = field === 'commandOutputBuckets' ? 'iam/output-bucket' : 'iam/log-group';
    expect(instance({ [field]: many(100) })).toEqual([]);
    expect(instance({ [field]: many(101) })).toEqual([
      `${field} must hold at most 100 entries, got 101; remove some [${rule}]`,
    ]);
    expect(instance({ [field]: 'abc' })).toEqual([`${field} must be a list, got "abc"; write a list [${rule}]`]);
  });

  it('takes 10 managed policies without a word and warns at the 11th', () => {
    const names = (count: number) => Array.from({ length: count }, (_, index) => `Policy${index}`);
    expect(instance({ awsManagedPolicyNames: names(9) })).toEqual([]);
    expect(checkInstanceRole({ awsManagedPolicyNames: names(10) })).toEqual([
      {
        rule: 'iam/managed-policy-count',
        severity: 'warning',
        message:
          'a role takes 10 managed policies unless AWS raised the quota, got 11 with AmazonSSMManagedInstanceCore',
        fix: 'grant some of it by statements',
      },
    ]);
  });
});

describe('checkNotificationRole', () => {
  const topic = 'arn:aws:sns:us-east-1:111111111111:patching';
  const key = 'arn:aws-cn:kms:cn-north-1:111111111111:key/mrk-1234';

  it('accepts standard topics and keys', () => {
    expect(checkNotificationRole({ topicArns: [topic], encryptionKeyArns: [key] })).toEqual([]);
    const hundred = <Item>(item: Item) => Array.from({ length: 100 }, () => item);
    expect(checkNotificationRole({ topicArns: hundred(topic), encryptionKeyArns: hundred(key) })).toEqual([]);
  });

  it.each<[object, string]>([
    [{}, 'topicArns must be given; set topicArns [iam/notification-topic]'],
    [
      { topicArns: [topic], encryptionKeyArns: Array.from({ length: 101 }, () => key) },
      'encryptionKeyArns must hold at most 100 entries, got 101; remove some [iam/encryption-key]',
    ],
    [
      { topicArns: Array.from({ length: 101 }, () => topic) },
      'topicArns must hold 1 to 100 entries, got 101; remove some [iam/notification-topic]',
    ],
    [{ topicArns: [] }, 'topicArns must hold 1 to 100 entries, got 0; add one [iam/notification-topic]'],
    [
      { topicArns: [`${topic}.fifo`] },
      `topicArns must be a standard topic, got the FIFO topic "${topic}.fifo"; publish to a standard topic [iam/notification-topic]`,
    ],
    [
      { topicArns: ['patching'] },
      'topicArns must be an ARN of sns, got "patching"; give the whole arn:partition:service:… text [iam/notification-topic]',
    ],
    [
      { topicArns: [topic], encryptionKeyArns: ['alias/patching'] },
      'encryptionKeyArns must be the ARN of a KMS key, not of an alias, got "alias/patching"; write it like "arn:aws:kms:us-east-1:111111111111:key/…" [iam/encryption-key]',
    ],
  ])('refuses %j', (facts, message) => {
    expect(checkNotificationRole(facts).map(formatViolation)).toEqual([message]);
  });
});

describe('names of buckets, prefixes and log groups', () => {
  it.each(['abc', 'a.b', '1-2', 'a--b', 'x'.repeat(63), '192.168.1.x'])('accepts the bucket %j', (bucket) => {
    expect(checkBucketName('bucket', bucket, 'x/y')).toEqual([]);
  });

  it.each(['ab', 'x'.repeat(64), 'a..b', '-ab', 'ab-', '.ab', 'a_b', 'Abc', '192.168.1.1', 's3://abc'])(
    'refuses the bucket %j',
    (bucket) => {
      expect(checkBucketName('bucket', bucket, 'x/y').map(({ rule }) => rule)).toEqual(['x/y']);
    },
  );

  it.each(['', 'a', 'a/b', 'x'.repeat(500)])('accepts the prefix %j', (prefix) => {
    expect(checkKeyPrefix('prefix', prefix, 'x/y')).toEqual([]);
  });

  it.each(['/', '/a', 'a/', 'x'.repeat(501)])('refuses the prefix %j', (prefix) => {
    expect(checkKeyPrefix('prefix', prefix, 'x/y').map(({ rule }) => rule)).toEqual(['x/y']);
  });

  it.each(['/aws/ssm/AWS-RunPatchBaseline', 'a#b.c_d'])('accepts the log group %j', (group) => {
    expect(checkLogGroupName('group', group, 'x/y')).toEqual([]);
  });

  it.each(['', 'a b', 'a:b', 'x'.repeat(513)])('refuses the log group %j', (group) => {
    expect(checkLogGroupName('group', group, 'x/y').map(({ rule }) => rule)).toEqual(['x/y']);
  });
});
