import { describe, expect, it } from '@jest/globals';
import { TerraformVariable } from 'cdktf';
import { InstanceRole, type InstanceRoleProps } from '../../../modules/iam/index.ts';
import { synth, type Template } from '../../support/template.ts';
import { inlinePolicy, readable, sids, statement, trust } from './policies.ts';

function build(overrides: Partial<InstanceRoleProps> = {}): Template {
  return synth((stack) => {
    new InstanceRole(stack, 'Role', { roleName: 'nodes-us-east-1', ...overrides });
  });
}

describe('InstanceRole', () => {
  it('makes a role with every default written out', () => {
    expect(build().only('aws_iam_role')).toMatchObject({
      name: 'nodes-us-east-1',
      description: 'Managed instances of Systems Manager',
      path: '/',
      max_session_duration: 3600,
    });
  });

  it('trusts the EC2 of the partition and nobody else', () => {
    expect(trust(build())).toEqual({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.SUFFIX' }, Action: 'sts:AssumeRole' }],
    });
  });

  it('attaches AmazonSSMManagedInstanceCore of the partition and has no inline policy by default', () => {
    const template = build();
    const { policy_arn } = template.only('aws_iam_role_policy_attachment');
    expect(readable(String(policy_arn))).toBe('arn:PARTITION:iam::aws:policy/AmazonSSMManagedInstanceCore');
    expect(template.all('aws_iam_role_policy')).toEqual([]);
  });

  it('names the instance profile like the role, in the same path', () => {
    const template = build({ path: '/patching/' });
    expect(template.only('aws_iam_instance_profile')).toMatchObject({ name: 'nodes-us-east-1', path: '/patching/' });
  });

  it('emits every prop of the role and its profile', () => {
    const template = build({
      description: 'Web servers',
      path: '/patching/web/',
      permissionsBoundary: 'arn:aws:iam::111111111111:policy/boundary',
      maxSessionDurationSeconds: 43_200,
      tags: { Team: 'web' },
      instanceProfileName: 'web-profile',
    });
    expect(template.errors()).toEqual([]);
    expect(template.only('aws_iam_role')).toMatchObject({
      name: 'nodes-us-east-1',
      description: 'Web servers',
      path: '/patching/web/',
      permissions_boundary: 'arn:aws:iam::111111111111:policy/boundary',
      max_session_duration: 43_200,
      tags: { Team: 'web' },
    });
    expect(template.only('aws_iam_instance_profile')).toMatchObject({
      name: 'web-profile',
      path: '/patching/web/',
      tags: { Team: 'web' },
    });
  });

  it('attaches further managed policies once each, whatever their order', () => {
    const names = [
      'service-role/AmazonSSMAutomationRole',
      'CloudWatchAgentServerPolicy',
      'AmazonSSMManagedInstanceCore',
    ];
    const arns = (template: Template) =>
      template.all('aws_iam_role_policy_attachment').map((block) => readable(String(block.policy_arn)));
    expect(arns(build({ awsManagedPolicyNames: [...names, ...names] })).sort()).toEqual([
      'arn:PARTITION:iam::aws:policy/AmazonSSMManagedInstanceCore',
      'arn:PARTITION:iam::aws:policy/CloudWatchAgentServerPolicy',
      'arn:PARTITION:iam::aws:policy/service-role/AmazonSSMAutomationRole',
    ]);
    expect(build({ awsManagedPolicyNames: names }).json).toEqual(
      build({ awsManagedPolicyNames: [...names].reverse() }).json,
    );
  });

  it('waits for every attachment and the inline policy', () => {
    let dependencies = 0;
    synth((stack) => {
      const role = new InstanceRole(stack, 'Role', {
        roleName: 'nodes',
        awsManagedPolicyNames: ['CloudWatchAgentServerPolicy'],
        commandOutputLogGroups: ['/patching'],
      });
      dependencies = role.dependencies.length;
    });
    expect(dependencies).toBe(3);
  });
});

describe('InstanceRole grants', () => {
  it('allows command output to one bucket and no other', () => {
    const template = build({ commandOutputBuckets: [{ bucketName: 'patching-output' }] });
    expect(inlinePolicy(template)).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'WriteCommandOutput',
          Effect: 'Allow',
          Action: ['s3:PutObject', 's3:PutObjectAcl'],
          Resource: 'arn:PARTITION:s3:::patching-output/*',
        },
        {
          Sid: 'ReadBucketEncryption',
          Effect: 'Allow',
          Action: 's3:GetEncryptionConfiguration',
          Resource: 'arn:PARTITION:s3:::patching-output',
        },
      ],
    });
  });

  it('limits command output to a key prefix', () => {
    const template = build({ commandOutputBuckets: [{ bucketName: 'patching-output', keyPrefix: 'fleet/web' }] });
    expect(statement(template, 'WriteCommandOutput')?.Resource).toBe('arn:PARTITION:s3:::patching-output/fleet/web/*');
  });

  it('takes an empty key prefix for the whole bucket', () => {
    const template = build({ commandOutputBuckets: [{ bucketName: 'patching-output', keyPrefix: '' }] });
    expect(statement(template, 'WriteCommandOutput')?.Resource).toBe('arn:PARTITION:s3:::patching-output/*');
  });

  it('allows the keys of encrypted buckets', () => {
    const encryptionKeyArn = 'arn:aws:kms:us-east-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab';
    const template = build({ commandOutputBuckets: [{ bucketName: 'patching-output', encryptionKeyArn }] });
    expect(statement(template, 'EncryptCommandOutput')).toEqual({
      Sid: 'EncryptCommandOutput',
      Effect: 'Allow',
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Resource: encryptionKeyArn,
    });
  });

  it('allows writing to the named log groups only', () => {
    const template = build({ commandOutputLogGroups: ['/patching/web', '/patching/db'] });
    expect(inlinePolicy(template).Statement).toEqual([
      {
        Sid: 'WriteCommandLogs',
        Effect: 'Allow',
        Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
        Resource: [
          'arn:PARTITION:logs:REGION:ACCOUNT:log-group:/patching/db:*',
          'arn:PARTITION:logs:REGION:ACCOUNT:log-group:/patching/web:*',
        ],
      },
      { Sid: 'FindLogGroups', Effect: 'Allow', Action: 'logs:DescribeLogGroups', Resource: '*' },
    ]);
  });

  it('allows reading the patch buckets of us-east-1', () => {
    expect(statement(build({ patchBucketsOfRegion: 'us-east-1' }), 'ReadPatchBuckets')).toEqual({
      Sid: 'ReadPatchBuckets',
      Effect: 'Allow',
      Action: 's3:GetObject',
      Resource: [
        'arn:PARTITION:s3:::amazon-ssm-us-east-1/*',
        'arn:PARTITION:s3:::aws-patch-manager-us-east-1-1970c647d/*',
        'arn:PARTITION:s3:::aws-patchmanager-macos-us-east-1-1970c647d/*',
        'arn:PARTITION:s3:::aws-ssm-us-east-1/*',
        'arn:PARTITION:s3:::aws-windows-downloads-us-east-1/*',
        'arn:PARTITION:s3:::patch-baseline-snapshot-us-east-1/*',
        'arn:PARTITION:s3:::us-east-1-birdwatcher-prod/*',
      ],
    });
  });

  it('adds statements of its own after those it makes, with their conditions', () => {
    const template = build({
      commandOutputLogGroups: ['/patching'],
      statements: [
        {
          sid: 'ReadOverrideLists',
          actions: ['s3:GetObject'],
          resources: ['arn:aws:s3:::lists/*'],
          conditions: { Bool: { 'aws:SecureTransport': 'true' } },
        },
      ],
    });
    expect(sids(template)).toEqual(['WriteCommandLogs', 'FindLogGroups', 'ReadOverrideLists']);
    expect(statement(template, 'ReadOverrideLists')).toEqual({
      Sid: 'ReadOverrideLists',
      Effect: 'Allow',
      Action: 's3:GetObject',
      Resource: 'arn:aws:s3:::lists/*',
      Condition: { Bool: { 'aws:SecureTransport': 'true' } },
    });
  });

  it('has no inline policy for empty lists', () => {
    const template = build({ commandOutputBuckets: [], commandOutputLogGroups: [], statements: [] });
    expect(template.all('aws_iam_role_policy')).toEqual([]);
  });
});

describe('InstanceRole.fromRoleArn', () => {
  const imported = (roleArn: string, profile?: string) => {
    const seen: string[] = [];
    const template = synth((stack) => {
      seen.push(InstanceRole.fromRoleArn(stack, 'Role', roleArn, profile).instanceProfileName);
    });
    return { template, profile: seen[0] };
  };

  it('takes the role name for the name of the profile, without the path', () => {
    const { template, profile } = imported('arn:aws:iam::111111111111:role/patching/web-nodes');
    expect(profile).toBe('web-nodes');
    expect(template.addresses()).toEqual([]);
  });

  it('takes a profile of another name', () => {
    expect(imported('arn:aws:iam::111111111111:role/web-nodes', 'web-profile').profile).toBe('web-profile');
  });

  it('derives the profile when Terraform applies where the ARN is a reference', () => {
    const template = synth((stack) => {
      const arn = new TerraformVariable(stack, 'role_arn', { type: 'string' }).stringValue;
      const role = InstanceRole.fromRoleArn(stack, 'Role', arn);
      stack.addOverride('output.profile.value', role.instanceProfileName);
    });
    expect(template.problems()).toEqual([]);
    expect(template.json.output).toEqual({ profile: { value: '${basename(var.role_arn)}' } });
  });

  it.each(['web-nodes', 'arn:aws:iam::111111111111:user/web', 'arn:aws:iam::aws:role/web', ''])(
    'refuses %j, which is no role',
    (arn) => {
      expect(imported(arn).template.problems()).toEqual([
        `[Test/Role] roleArn must be the ARN of an IAM role, got ${JSON.stringify(arn)}; write it like "arn:aws:iam::111111111111:role/patching" [iam/role-arn]`,
      ]);
    },
  );

  it('refuses a profile name with a space', () => {
    expect(imported('arn:aws:iam::111111111111:role/web', 'web profile').template.problems()).toEqual([
      '[Test/Role] instanceProfileName must be 1 to 128 characters of letters, digits, + = , . @ _ -, got "web profile"; change instanceProfileName [iam/instance-profile-name]',
    ]);
  });
});
