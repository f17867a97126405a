import { describe, expect, it } from '@jest/globals';
import { formatViolation } from '../../../core/problem.ts';
import {
  checkInstanceRole,
  checkKeyArn,
  checkNotificationRole,
  checkRole,
  checkRoleArn,
  checkTopicArn,
} from '../../../modules/iam/checks.ts';

describe('values of the wrong kind', () => {
  const wrong = [null, 5, true, 'text', {}, [null], [[]], [{}], Number.NaN];

  it.each(wrong)('answers %j anywhere with problems, never with an exception', (value) => {
    const v = value as never;
    expect(() => [
      checkRole({
        roleName: v,
        description: v,
        path: v,
        permissionsBoundary: v,
        maxSessionDurationSeconds: v,
        tags: v,
      }),
      checkInstanceRole({ instanceProfileName: v, awsManagedPolicyNames: v, commandOutputBuckets: v }),
      checkInstanceRole({ commandOutputLogGroups: v, patchBucketsOfRegion: v }),
      checkInstanceRole({ commandOutputBuckets: [{ bucketName: v, keyPrefix: v, encryptionKeyArn: v }] }),
      checkNotificationRole({ topicArns: v, encryptionKeyArns: v }),
      checkRoleArn(v),
      checkTopicArn('topic', v, 'x/y'),
      checkKeyArn('key', v),
    ]).not.toThrow();
  });

  it('names what it got instead of a list', () => {
    expect(checkInstanceRole({ awsManagedPolicyNames: 'ReadOnlyAccess' as never }).map(formatViolation)).toEqual([
      'awsManagedPolicyNames must be a list, got "ReadOnlyAccess"; write a list [iam/managed-policy-name]',
    ]);
  });

  it('names what it got instead of text', () => {
    expect(checkRole({ roleName: null as never }).map(formatViolation)).toEqual([
      'roleName must be 1 to 64 characters of letters, digits, + = , . @ _ -, got null; change roleName [iam/role-name]',
    ]);
  });
});
