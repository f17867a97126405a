import { describe, expect, it } from '@jest/globals';
import { type TerraformStack, TerraformVariable } from 'cdktf';
import { InstanceRole, WindowRole } from '../../../modules/iam/index.ts';
import { synth } from '../../support/template.ts';
import { inlinePolicy } from './policies.ts';

/** A value of each kind that Terraform knows only when it applies. */
function unknowns(stack: TerraformStack) {
  return {
    text: new TerraformVariable(stack, 'text', { type: 'string' }).stringValue,
    number: new TerraformVariable(stack, 'number', { type: 'number' }).numberValue,
    list: new TerraformVariable(stack, 'list', { type: 'list(string)' }).listValue,
  };
}

describe('values that Terraform decides', () => {
  it('pass through every prop of an instance role but those that need a table', () => {
    const template = synth((stack) => {
      const { text, number, list } = unknowns(stack);
      new InstanceRole(stack, 'Role', {
        roleName: text,
        description: text,
        path: text,
        permissionsBoundary: text,
        maxSessionDurationSeconds: number,
        tags: { Team: text },
        instanceProfileName: text,
        commandOutputBuckets: [{ bucketName: text, keyPrefix: text, encryptionKeyArn: text }],
        statements: [{ sid: 'Own', actions: list, resources: [text] }],
      });
    });
    expect(template.problems()).toEqual([]);
    expect(template.only('aws_iam_role')).toMatchObject({
      name: '${var.text}',
      description: '${var.text}',
      path: '${var.text}',
      permissions_boundary: '${var.text}',
      max_session_duration: '${var.number}',
      tags: { Team: '${var.text}' },
    });
    const policy = String(template.only('aws_iam_role_policy').policy);
    expect(policy).toContain('"Sid":"Own","Effect":"Allow","Action":${jsonencode(var.list)},"Resource":"${var.text}"');
    expect(policy).toContain(':s3:::${var.text}/${var.text}/*"');
  });

  it('are refused where a table or a resource depends on them', () => {
    const template = synth((stack) => {
      const { text, list } = unknowns(stack);
      new InstanceRole(stack, 'A', { roleName: 'a', patchBucketsOfRegion: text, awsManagedPolicyNames: [text] });
      new InstanceRole(stack, 'B', { roleName: 'b', awsManagedPolicyNames: list });
    });
    const names =
      'awsManagedPolicyNames must be known now, got a value that Terraform decides; write the names out [iam/managed-policy-name]';
    expect(template.problems()).toEqual([
      `[Test/A] ${names}`,
      '[Test/A] patchBucketsOfRegion must be known now, got a value that Terraform decides; write the region out: its bucket names come from a table [iam/patch-buckets-known-region]',
      `[Test/B] ${names}`,
    ]);
  });

  it('reach the conditions of a trust', () => {
    const template = synth((stack) => {
      new WindowRole(stack, 'Role', { roleName: 'window', trustOnlySourceAccount: true });
    });
    expect(inlinePolicy(template).Statement).toHaveLength(1);
    expect(String(template.only('aws_iam_role').assume_role_policy)).toMatch(
      /"aws:SourceAccount":"\$\{data\.aws_caller_identity\.\w+\.account_id\}"/,
    );
  });
});
