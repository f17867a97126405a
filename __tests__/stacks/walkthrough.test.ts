import { describe, expect, it } from '@jest/globals';
import type { Block } from '../support/template.ts';
import { synthesised, walkthrough } from '../support/walkthrough.ts';

const document = JSON.parse(synthesised());

function all(type: string): Block[] {
  return Object.values(document.resource[type] as Record<string, Block>).map(({ '//': _, ...block }) => block);
}

function named(type: string, name: string): Block {
  const [block] = all(type).filter((candidate) => candidate.name === name);
  if (block === undefined) throw new Error(`no ${type} is named ${name}`);
  return block;
}

/** A reference with the hash of the construct path taken out. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value).replaceAll(/_[0-9A-F]{8}(?=[.}])/g, ''));
}

function policyOf(block: Block, key = 'policy') {
  return plain(JSON.parse(block[key] as string));
}

function instance(name: string): Block {
  const [block] = all('aws_instance').filter((candidate) => (candidate.tags as Block).Name === name);
  if (block === undefined) throw new Error(`no instance is named ${name}`);
  return block;
}

const partition = '${data.aws_partition.AwsEnvironment_Partition.partition}';
const account = '${data.aws_caller_identity.AwsEnvironment_CallerIdentity.account_id}';

describe('the walkthrough', () => {
  it('is one stack in us-east-1, with its state in a relative path', () => {
    expect(document['//'].metadata.stackName).toBe('patch-manager-demo');
    expect(document.provider).toEqual({ aws: [{ region: 'us-east-1' }] });
    expect(document.terraform).toEqual({
      backend: { local: { path: '../../../terraform.patch-manager-demo.tfstate' } },
      required_providers: { aws: { source: 'aws', version: '6.25.0' } },
      required_version: '>= 1.4',
    });
  });

  it('finds account and partition out, and takes the region as a plain value', () => {
    expect(Object.keys(document.data).sort()).toEqual(['aws_caller_identity', 'aws_partition', 'aws_ssm_parameter']);
  });

  it('gives instances a role that EC2 of the partition may assume, and AmazonSSMManagedInstanceCore', () => {
    const role = named('aws_iam_role', 'patch-manager-demo-us-east-1-instance');
    expect(policyOf(role, 'assume_role_policy')).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'ec2.${data.aws_partition.AwsEnvironment_Partition.dns_suffix}' },
          Action: 'sts:AssumeRole',
        },
      ],
    });
    expect(all('aws_iam_role_policy_attachment').map(plain)).toEqual([
      {
        policy_arn: `arn:${partition}:iam::aws:policy/AmazonSSMManagedInstanceCore`,
        role: '${aws_iam_role.InstanceRole.name}',
      },
    ]);
    expect(all('aws_iam_instance_profile').map(plain)).toEqual([
      { name: 'patch-manager-demo-us-east-1-instance', path: '/', role: '${aws_iam_role.InstanceRole.name}' },
    ]);
  });

  it('gives the window a role that Systems Manager may assume, with the least it needs', () => {
    const role = named('aws_iam_role', 'patch-manager-demo-us-east-1-window');
    expect(policyOf(role, 'assume_role_policy')).toEqual({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'ssm.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    });
    expect(all('aws_iam_role_policy').map((policy) => policyOf(policy))).toEqual([
      {
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'SendCommand',
            Effect: 'Allow',
            Action: 'ssm:SendCommand',
            Resource: [
              `arn:${partition}:ec2:us-east-1:${account}:instance/*`,
              `arn:${partition}:ssm:us-east-1::document/AWS-RunPatchBaseline`,
            ],
          },
          {
            Sid: 'FollowCommands',
            Effect: 'Allow',
            Action: ['ssm:CancelCommand', 'ssm:GetCommandInvocation', 'ssm:ListCommandInvocations', 'ssm:ListCommands'],
            Resource: '*',
          },
          { Sid: 'FindTargets', Effect: 'Allow', Action: 'tag:GetResources', Resource: '*' },
        ],
      },
    ]);
  });

  it('approves critical and important security updates of Windows Server 2016 after three days', () => {
    expect(named('aws_ssm_patch_baseline', 'patch-manager-demo-windows')).toEqual({
      name: 'patch-manager-demo-windows',
      description: 'Critical and important security updates of Windows Server 2016, three days after their release',
      operating_system: 'WINDOWS',
      approval_rule: [
        {
          approve_after_days: 3,
          compliance_level: 'UNSPECIFIED',
          enable_non_security: false,
          patch_filter: [
            { key: 'CLASSIFICATION', values: ['SecurityUpdates'] },
            { key: 'MSRC_SEVERITY', values: ['Critical', 'Important'] },
            { key: 'PRODUCT', values: ['WindowsServer2016'] },
          ],
        },
      ],
      approved_patches: [],
      approved_patches_compliance_level: 'UNSPECIFIED',
      approved_patches_enable_non_security: false,
      available_security_updates_compliance_status: 'COMPLIANT',
      global_filter: [],
      rejected_patches: [],
      rejected_patches_action: 'ALLOW_AS_DEPENDENCY',
      source: [],
    });
  });

  it('approves critical and important security updates of Amazon Linux 2023 after three days', () => {
    expect(named('aws_ssm_patch_baseline', 'patch-manager-demo-linux')).toMatchObject({
      operating_system: 'AMAZON_LINUX_2023',
      approval_rule: [
        {
          approve_after_days: 3,
          patch_filter: [
            { key: 'CLASSIFICATION', values: ['Security'] },
            { key: 'PRODUCT', values: ['AmazonLinux2023'] },
            { key: 'SEVERITY', values: ['Critical', 'Important'] },
          ],
        },
      ],
      approved_patches: [],
      rejected_patches: [],
    });
  });

  it('registers each patch group on its baseline', () => {
    expect(all('aws_ssm_patch_group').map(plain)).toEqual([
      { baseline_id: '${aws_ssm_patch_baseline.Baselines_linux.id}', patch_group: 'Amazon Linux 2023' },
      { baseline_id: '${aws_ssm_patch_baseline.Baselines_windows.id}', patch_group: 'Windows Server 2016 Base' },
    ]);
  });

  it('opens a window of one hour every five minutes', () => {
    expect(all('aws_ssm_maintenance_window')).toEqual([
      {
        name: 'patch-manager-demo-install',
        description: 'Installs approved patches: linux, windows',
        schedule: 'rate(5 minutes)',
        duration: 1,
        cutoff: 0,
        enabled: true,
        allow_unassociated_targets: false,
      },
    ]);
  });

  it('targets each group by the tag Patch Group', () => {
    expect(all('aws_ssm_maintenance_window_target').map(plain)).toEqual([
      {
        name: 'patch-manager-demo-install-linux',
        resource_type: 'INSTANCE',
        targets: [{ key: 'tag:Patch Group', values: ['Amazon Linux 2023'] }],
        window_id: '${aws_ssm_maintenance_window.Windows_install.id}',
      },
      {
        name: 'patch-manager-demo-install-windows',
        resource_type: 'INSTANCE',
        targets: [{ key: 'tag:Patch Group', values: ['Windows Server 2016 Base'] }],
        window_id: '${aws_ssm_maintenance_window.Windows_install.id}',
      },
    ]);
  });

  it('installs on each target by a task of its own, all of one priority, once the role has its policy', () => {
    const task = (key: string) => ({
      cutoff_behavior: 'CONTINUE_TASK',
      depends_on: ['aws_iam_role_policy.WindowRole_Policy_A4B3D831'],
      max_concurrency: '100%',
      max_errors: '1',
      name: `patch-manager-demo-install-${key}`,
      priority: 1,
      service_role_arn: '${aws_iam_role.WindowRole.arn}',
      targets: [
        { key: 'WindowTargetIds', values: [`\${aws_ssm_maintenance_window_target.Windows_install_Targets_${key}.id}`] },
      ],
      task_arn: 'AWS-RunPatchBaseline',
      task_invocation_parameters: {
        run_command_parameters: {
          parameter: [
            { name: 'Operation', values: ['Install'] },
            { name: 'RebootOption', values: ['RebootIfNeeded'] },
          ],
        },
      },
      task_type: 'RUN_COMMAND',
      window_id: '${aws_ssm_maintenance_window.Windows_install.id}',
    });
    expect(all('aws_ssm_maintenance_window_task').map(plain)).toEqual([task('linux'), task('windows')]);
  });

  it('starts Windows Server 2016 on a t3.large with an encrypted root of 50 GB, after its permissions', () => {
    const windows = plain(instance('Patch Manager Demo')) as Block;
    expect(windows).toMatchObject({
      ami: '${data.aws_ssm_parameter.Instances_windows_Image.insecure_value}',
      instance_type: 't3.large',
      iam_instance_profile: '${aws_iam_instance_profile.InstanceRole_Profile.name}',
      ebs_optimized: true,
      monitoring: true,
      metadata_options: { http_tokens: 'required', http_endpoint: 'enabled', instance_metadata_tags: 'disabled' },
      root_block_device: { encrypted: true, volume_type: 'gp3', volume_size: 50 },
      tags: { Name: 'Patch Manager Demo', 'Patch Group': 'Windows Server 2016 Base' },
    });
    expect(windows).not.toHaveProperty('associate_public_ip_address');
    expect(windows.depends_on).toContain(
      'aws_iam_role_policy_attachment.InstanceRole_ManagedPolicies_AmazonSSMManagedInstanceCore_8CE6B020',
    );
  });

  it('starts Amazon Linux 2023 on a t3.small', () => {
    expect(instance('Patch Manager Demo Linux')).toMatchObject({
      instance_type: 't3.small',
      metadata_options: { instance_metadata_tags: 'disabled' },
      root_block_device: { encrypted: true, volume_type: 'gp3' },
      tags: { Name: 'Patch Manager Demo Linux', 'Patch Group': 'Amazon Linux 2023' },
    });
  });

  it('takes both images from public parameters', () => {
    const parameters = Object.values(document.data.aws_ssm_parameter as Record<string, Block>);
    expect(parameters.map((parameter) => parameter.name).sort()).toEqual([
      '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64',
      '/aws/service/ami-windows-latest/Windows_Server-2016-English-Full-Base',
    ]);
  });

  it('lets nothing in, and TCP 443 and 80 out', () => {
    expect(all('aws_security_group')).toHaveLength(2);
    expect(document.resource).not.toHaveProperty('aws_vpc_security_group_ingress_rule');
    const ports = all('aws_vpc_security_group_egress_rule').map((rule) => [
      rule.ip_protocol,
      rule.from_port,
      rule.to_port,
    ]);
    expect(ports.sort()).toEqual([
      ['tcp', 443, 443],
      ['tcp', 443, 443],
      ['tcp', 80, 80],
      ['tcp', 80, 80],
    ]);
    expect(all('aws_vpc_security_group_egress_rule').every((rule) => rule.description !== undefined)).toBe(true);
  });

  it('keeps its addresses: they are where the state finds its resources', () => {
    const addresses = Object.entries(document.resource as Record<string, Record<string, Block>>)
      .flatMap(([type, blocks]) => Object.keys(blocks).map((id) => `${type}.${id}`))
      .sort();
    expect(addresses).toMatchSnapshot();
  });

  it('gives the same bytes when it is synthesised again, in any order of its keys', () => {
    const reversed = Object.fromEntries(Object.entries(walkthrough).reverse()) as typeof walkthrough;
    expect(synthesised()).toBe(synthesised());
    expect(synthesised(reversed)).toBe(synthesised());
  });
});
