import type { Instance } from '@cdktf/provider-aws/lib/instance/index.js';
import { describe, expect, it, test } from '@jest/globals';
import { TerraformVariable, Token } from 'cdktf';
import { MachineImage, ManagedInstance } from '../../../modules/compute/index.ts';
import { InstanceRole } from '../../../modules/iam/index.ts';
import { ApprovalRule, PatchBaseline } from '../../../modules/patch-baseline/index.ts';
import { PatchGroup, type PatchGroupTagKey } from '../../../modules/patch-group/index.ts';
import { synth } from '../../support/template.ts';
import { build, reference } from './build.ts';

const groupReference = /^\$\{aws_security_group\.Web_SecurityGroup_[0-9A-F]{8}\.id\}$/;

describe('ManagedInstance', () => {
  it('starts Amazon Linux from its public parameter with safe defaults', () => {
    const template = build();
    expect(template.problems()).toEqual([]);
    expect(template.only('aws_instance')).toEqual({
      ami: expect.stringMatching(/^\$\{data\.aws_ssm_parameter\.Web_Image_[0-9A-F]{8}\.insecure_value\}$/),
      instance_type: 't3.small',
      iam_instance_profile: 'web',
      vpc_security_group_ids: [expect.stringMatching(groupReference)],
      monitoring: true,
      ebs_optimized: true,
      root_block_device: { volume_type: 'gp3', encrypted: true, delete_on_termination: true },
      metadata_options: {
        http_endpoint: 'enabled',
        http_tokens: 'required',
        http_put_response_hop_limit: 1,
        instance_metadata_tags: 'disabled',
      },
      tags: { Name: 'web' },
      lifecycle: {
        ignore_changes: ['ami'],
        // A plain address: Terraform refuses `${…}` here.
        replace_triggered_by: [expect.stringMatching(/^terraform_data\.Web_ImageChoice_[0-9A-F]{8}$/)],
      },
      depends_on: [
        expect.stringMatching(/^aws_vpc_security_group_egress_rule\.Web_SecurityGroup_Https_[0-9A-F]{8}$/),
        expect.stringMatching(/^aws_vpc_security_group_egress_rule\.Web_SecurityGroup_Http_[0-9A-F]{8}$/),
      ],
    });
  });

  it('reads the parameter and remembers which one was chosen', () => {
    const template = build();
    const name = '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64';
    expect(template.only('data.aws_ssm_parameter')).toEqual({ name });
    expect(template.only('terraform_data')).toEqual({ input: name });
  });

  it('synthesises where there is no Terraform', () => {
    const path = process.env.PATH;
    try {
      process.env.PATH = '';
      expect(build().problems()).toEqual([]);
    } finally {
      process.env.PATH = path;
    }
  });

  it('takes an image by its id as it is, so that another id replaces the instance', () => {
    const template = build({
      image: MachineImage.fromImageId('ami-0123456789abcdef0', { operatingSystem: 'UBUNTU', architecture: 'x86_64' }),
    });
    const instance = template.only('aws_instance');
    expect(instance.ami).toBe('ami-0123456789abcdef0');
    expect(instance).not.toHaveProperty('lifecycle');
    expect(template.all('terraform_data')).toEqual([]);
    expect(template.all('data.aws_ssm_parameter')).toEqual([]);
  });

  it('gives Windows a t3.large with a root volume of 50 GiB', () => {
    const instance = build({ image: MachineImage.windowsServer('2022') }).only('aws_instance');
    expect(instance.instance_type).toBe('t3.large');
    expect(instance.root_block_device).toEqual({
      volume_type: 'gp3',
      encrypted: true,
      delete_on_termination: true,
      volume_size: 50,
    });
  });

  it('gives arm64 a Graviton type', () => {
    const image = MachineImage.amazonLinux2023({ architecture: 'arm64' });
    expect(build({ image }).only('aws_instance').instance_type).toBe('t4g.small');
  });

  it('writes every prop out', () => {
    const template = build({
      instanceType: 'm7i-flex.large',
      tags: { Owner: 'platform' },
      subnetId: 'subnet-0123456789abcdef0',
      vpcId: 'vpc-0123456789abcdef0',
      rootVolumeSizeGiB: 100,
      rootVolumeEncryptionKeyArn: 'arn:aws:kms:eu-west-1:111111111111:key/11111111-2222-3333-4444-555555555555',
      keyName: 'admins',
      userData: '#!/bin/sh\necho "$HOME"\n',
      instanceMetadataTags: true,
      region: 'eu-west-1',
    });
    expect(template.problems()).toEqual([]);
    expect(template.only('aws_instance')).toMatchObject({
      instance_type: 'm7i-flex.large',
      tags: { Owner: 'platform', Name: 'web' },
      subnet_id: 'subnet-0123456789abcdef0',
      root_block_device: {
        volume_type: 'gp3',
        encrypted: true,
        delete_on_termination: true,
        volume_size: 100,
        kms_key_id: 'arn:aws:kms:eu-west-1:111111111111:key/11111111-2222-3333-4444-555555555555',
      },
      key_name: 'admins',
      user_data: '#!/bin/sh\necho "$HOME"\n',
      metadata_options: { instance_metadata_tags: 'enabled' },
      region: 'eu-west-1',
    });
    expect(template.only('data.aws_ssm_parameter')).toMatchObject({ region: 'eu-west-1' });
    expect(template.only('aws_security_group')).toMatchObject({ region: 'eu-west-1', vpc_id: 'vpc-0123456789abcdef0' });
    expect(template.all('aws_vpc_security_group_egress_rule').map((rule) => rule.region)).toEqual([
      'eu-west-1',
      'eu-west-1',
    ]);
  });

  it('leaves the public address to the subnet', () => {
    expect(build().only('aws_instance')).not.toHaveProperty('associate_public_ip_address');
  });

  it('waits for what its role is allowed', () => {
    const template = synth((stack) => {
      const role = new InstanceRole(stack, 'Role', { roleName: 'web-us-east-1' });
      const securityGroupIds = ['sg-0123456789abcdef0'];
      new ManagedInstance(stack, 'Web', {
        image: MachineImage.amazonLinux2023(),
        role,
        instanceName: 'web',
        securityGroupIds,
      });
    });
    expect(template.only('aws_instance').depends_on).toEqual([
      expect.stringMatching(/^aws_iam_role_policy_attachment\.Role_ManagedPolicies_AmazonSSMManagedInstanceCore_/),
    ]);
  });

  it.each<PatchGroupTagKey>(['PatchGroup', 'Patch Group'])('joins its patch group by the tag %s', (tagKey) => {
    const template = build((stack) => {
      const baseline = new PatchBaseline(stack, 'Baseline', {
        baselineName: 'linux',
        operatingSystem: 'AMAZON_LINUX_2023',
        approvalRules: [...ApprovalRule.awsDefault('AMAZON_LINUX_2023')],
      });
      return { patchGroup: new PatchGroup(stack, 'Group', { groupName: 'Linux', baselines: [baseline], tagKey }) };
    });
    expect(template.problems()).toEqual([]);
    expect(template.only('aws_instance').tags).toEqual({ [tagKey]: 'Linux', Name: 'web' });
  });

  it('has an id, a name, a type, an image and groups to build on, and a way out for other arguments', () => {
    const image = MachineImage.amazonLinux2023();
    const template = synth((stack) => {
      const role = InstanceRole.fromRoleArn(stack, 'Role', 'arn:aws:iam::111111111111:role/web');
      const web = new ManagedInstance(stack, 'Web', { image, role, instanceName: 'web' });
      expect(web).toMatchObject({ instanceName: 'web', instanceType: 't3.small', image });
      (web.node.defaultChild as Instance).addOverride('credit_specification.cpu_credits', 'standard');
      new ManagedInstance(stack, 'App', {
        image,
        role,
        instanceName: 'app',
        tags: { After: web.instanceId },
        securityGroupIds: [...web.securityGroupIds],
      });
    });
    const [app, web] = template.all('aws_instance');
    expect(app?.tags).toEqual({
      After: expect.stringMatching(/^\$\{aws_instance\.Web_[0-9A-F]{8}\.id\}$/),
      Name: 'app',
    });
    expect(app?.vpc_security_group_ids).toEqual(web?.vpc_security_group_ids);
    expect(web?.credit_specification).toEqual({ cpu_credits: 'standard' });
  });

  it('installs the agent from the bucket of its region where the image lacks it', () => {
    const template = build({ image: MachineImage.debian('12') });
    expect(template.problems()).toEqual([]);
    expect(template.only('aws_instance').user_data).toMatch(
      /^url='https:\/\/s3\.\$\{data\.aws_region\.\w+\.region\}\.\$\{data\.aws_partition\.\w+\.dns_suffix\}\/amazon-ssm-\$\{data\.aws_region\.\w+\.region\}\/latest\/debian_amd64\/amazon-ssm-agent\.deb'$/m,
    );
  });

  it('installs the agent from the bucket of the region given', () => {
    const template = build({ image: MachineImage.debian('12', { architecture: 'arm64' }), region: 'eu-west-1' });
    expect(template.only('aws_instance').user_data).toMatch(
      /^url='https:\/\/s3\.eu-west-1\.\$\{data\.aws_partition\.\w+\.dns_suffix\}\/amazon-ssm-eu-west-1\/latest\/debian_arm64\/amazon-ssm-agent\.deb'$/m,
    );
    expect(template.all('data.aws_region')).toEqual([]);
  });

  it('runs the user data given instead of the installation', () => {
    const userData = '#!/bin/sh\napt-get install -y amazon-ssm-agent\n';
    const template = build({ image: MachineImage.debian('12'), userData });
    expect(template.problems()).toEqual([]);
    expect(template.only('aws_instance').user_data).toBe(userData);
  });

  it('lets values pass that Terraform decides, each unchanged', () => {
    const template = build((stack) => {
      const text = (name: string) => new TerraformVariable(stack, name, { type: 'string' }).stringValue;
      return {
        image: MachineImage.fromParameter(text('image'), { operatingSystem: 'WINDOWS', architecture: 'x86_64' }),
        instanceName: text('name'),
        instanceType: text('type'),
        tags: { Owner: text('owner') },
        subnetId: text('subnet'),
        vpcId: text('vpc'),
        rootVolumeSizeGiB: Token.asNumber(reference('var.size')),
        rootVolumeEncryptionKeyArn: text('kms'),
        keyName: text('key'),
        userData: text('data'),
        region: text('region'),
      };
    });
    expect(template.problems()).toEqual([]);
    expect(template.only('data.aws_ssm_parameter')).toEqual({
      name: reference('var.image'),
      region: reference('var.region'),
    });
    expect(template.only('terraform_data')).toEqual({ input: reference('var.image') });
    expect(template.only('aws_instance')).toMatchObject({
      instance_type: reference('var.type'),
      tags: { Owner: reference('var.owner'), Name: reference('var.name') },
      subnet_id: reference('var.subnet'),
      root_block_device: { volume_size: reference('var.size'), kms_key_id: reference('var.kms') },
      key_name: reference('var.key'),
      user_data: reference('var.data'),
      region: reference('var.region'),
    });
    expect(template.only('aws_security_group')).toMatchObject({
      name_prefix: `${reference('var.name')}-`,
      vpc_id: reference('var.vpc'),
      region: reference('var.region'),
    });
  });

  it('lets an image id and security groups pass that Terraform decides', () => {
    const template = build({
      image: MachineImage.fromImageId(reference('var.image'), { operatingSystem: 'DEBIAN', architecture: 'arm64' }),
      securityGroupIds: ['sg-0123456789abcdef0', reference('var.group')],
    });
    expect(template.problems()).toEqual([]);
    expect(template.only('aws_instance')).toMatchObject({
      ami: reference('var.image'),
      vpc_security_group_ids: ['sg-0123456789abcdef0', reference('var.group')],
    });
  });

  it('lets a list of security groups pass that Terraform decides', () => {
    const template = build({ securityGroupIds: Token.asList(reference('var.groups')) });
    expect(template.problems()).toEqual([]);
    expect(template.only('aws_instance').vpc_security_group_ids).toBe(reference('var.groups'));
  });
});

describe('ManagedInstance.fromInstanceId', () => {
  const imported = (instanceId: string) =>
    synth((stack) => {
      expect(ManagedInstance.fromInstanceId(stack, 'Web', instanceId).instanceId).toBe(instanceId);
    });

  test.each(['i-01234567', 'i-0123456789abcdef0', 'mi-0123456789abcdef0', reference('var.instance')])(
    'accepts %s',
    (id) => {
      expect(imported(id).problems()).toEqual([]);
    },
  );

  test.each(['0123456789abcdef0', 'i-0123456789ABCDEF0', 'i-012345678', 'mi-01234567'])('rejects %s', (id) => {
    expect(imported(id).problems()).toEqual([
      `[Test/Web] instanceId must be "i-" and 8 or 17 hexadecimal digits, or "mi-" and 17, got "${id}"; write it like "i-0123456789abcdef0" [compute/instance-id]`,
    ]);
  });
});
