import { describe, expect, it, test } from '@jest/globals';
import { type CustomImageOptions, MachineImage, type ManagedInstanceProps } from '../../../modules/compute/index.ts';
import { ApprovalRule, PatchBaseline } from '../../../modules/patch-baseline/index.ts';
import { PatchGroup, type PatchGroupTagKey } from '../../../modules/patch-group/index.ts';
import { build, reference } from './build.ts';

const linux: CustomImageOptions = { operatingSystem: 'AMAZON_LINUX_2023', architecture: 'x86_64' };
const subnetId = 'subnet-0123456789abcdef0';
const vpcId = 'vpc-0123456789abcdef0';

const cases: [title: string, overrides: Partial<ManagedInstanceProps>, problem: string][] = [
  [
    'an instance type without a size',
    { instanceType: 't3small' },
    'instanceType must be a family, a dot and a size, got "t3small"; write it like "t3.small" [compute/instance-type]',
  ],
  [
    'an x86_64 type for an arm64 image',
    { image: MachineImage.amazonLinux2023({ architecture: 'arm64' }), instanceType: 't3.small' },
    'instanceType must be arm64 like the image, got "t3.small", which is x86_64; choose a type such as "t4g.small", or an image for x86_64 [compute/instance-type-architecture]',
  ],
  [
    'a Graviton type for Windows',
    { image: MachineImage.windowsServer('2022'), instanceType: 'm7gd.large' },
    'instanceType must be x86_64 like the image, got "m7gd.large", which is arm64; choose a type such as "t3.small", or an image for arm64 [compute/instance-type-architecture]',
  ],
  [
    'a type that cannot be EBS-optimised',
    { instanceType: 't2.micro' },
    'instanceType must be one that can be EBS-optimised, got "t2.micro": EC2 refuses the launch; choose "t3.micro" [compute/instance-type-ebs-optimized]',
  ],
  [
    'a subnet without its VPC',
    { subnetId },
    'subnetId must come with vpcId: the security group would be made in the default VPC, and the launch fails; add vpcId, the VPC of the subnet, or give securityGroupIds [compute/subnet-with-vpc]',
  ],
  [
    'a subnet that only Terraform knows without its VPC',
    { subnetId: reference('var.subnet') },
    'subnetId must come with vpcId: the security group would be made in the default VPC, and the launch fails; add vpcId, the VPC of the subnet, or give securityGroupIds [compute/subnet-with-vpc]',
  ],
  [
    'a VPC without a subnet',
    { vpcId },
    'vpcId must come with subnetId: the instance would start in the default VPC; add subnetId, a subnet of that VPC [compute/subnet-with-vpc]',
  ],
  [
    'a subnet id of another form',
    { subnetId: 'subnet-1', vpcId },
    'subnetId must be "subnet-" and 8 or 17 hexadecimal digits, got "subnet-1"; write it like "subnet-0123456789abcdef0" [compute/subnet-id]',
  ],
  [
    'a VPC id of another form',
    { subnetId, vpcId: 'default' },
    'vpcId must be "vpc-" and 8 or 17 hexadecimal digits, got "default"; write it like "vpc-0123456789abcdef0" [compute/vpc-id]',
  ],
  [
    'a security group by its name',
    { securityGroupIds: ['sg-0123456789abcdef0', 'web'] },
    'securityGroupIds[1] must be "sg-" and 8 or 17 hexadecimal digits, got "web"; write it like "sg-0123456789abcdef0" [compute/security-group-id]',
  ],
  [
    'no security group at all',
    { securityGroupIds: [] },
    'securityGroupIds must hold 1 to 5 entries, got 0; leave it out for a group of its own [compute/security-group-count]',
  ],
  [
    'six security groups',
    { securityGroupIds: [1, 2, 3, 4, 5, 6].map((digit) => `sg-${`${digit}`.repeat(8)}`) },
    'securityGroupIds must hold 1 to 5 entries, got 6; remove some [compute/security-group-count]',
  ],
  [
    'an image id of another form',
    { image: MachineImage.fromImageId('ami-windows', linux) },
    'imageId must be "ami-" and 8 or 17 hexadecimal digits, got "ami-windows"; write it like "ami-0123456789abcdef0" [compute/image-id]',
  ],
  [
    'a parameter whose levels do not begin with a slash',
    { image: MachineImage.fromParameter('aws/service/image', linux) },
    'parameterName must be at most 1011 letters, digits, / _ . - and begin with "/" where it has levels, got "aws/service/image"; write it like "/images/linux/latest" [compute/image-parameter-name]',
  ],
  [
    'macOS',
    { image: MachineImage.fromParameter('/macos', { operatingSystem: 'MACOS', architecture: 'x86_64' }) },
    'image must not be macOS: it runs on a dedicated host only, which this construct does not make; start it elsewhere and use ManagedInstance.fromInstanceId [compute/no-macos]',
  ],
  [
    'a root volume of nothing',
    { rootVolumeSizeGiB: 0 },
    'rootVolumeSizeGiB must be a whole number of GiB from 1 to 16384, got 0; set rootVolumeSizeGiB within the range [compute/root-volume-size]',
  ],
  [
    'a root volume too small for Windows',
    { image: MachineImage.windowsServer('2019'), rootVolumeSizeGiB: 29 },
    'rootVolumeSizeGiB must be a whole number of GiB from 30 to 16384, got 29; set rootVolumeSizeGiB within the range [compute/root-volume-size]',
  ],
  [
    'the alias of an encryption key',
    { rootVolumeEncryptionKeyArn: 'arn:aws:kms:us-east-1:111111111111:alias/ebs' },
    'rootVolumeEncryptionKeyArn must be the ARN of a KMS key, not of an alias, got "arn:aws:kms:us-east-1:111111111111:alias/ebs"; give the whole arn:partition:kms:region:account:key/… text [compute/root-volume-encryption-key]',
  ],
  [
    'an empty key name',
    { keyName: '' },
    'keyName must be 1 to 255 characters, got ""; change keyName [compute/key-name]',
  ],
  [
    'user data that is too long',
    { userData: 'é'.repeat(8193) },
    'userData must be 1 to 16384 bytes, got 16386; leave it out, or fetch what is long when the instance starts [compute/user-data-size]',
  ],
  [
    'empty user data',
    { userData: '' },
    'userData must be 1 to 16384 bytes, got 0; leave it out, or fetch what is long when the instance starts [compute/user-data-size]',
  ],
  [
    'an empty name',
    { instanceName: '' },
    'instanceName must be 1 to 256 characters, got ""; change instanceName [compute/instance-name]',
  ],
  [
    'a name that its security group may not have',
    { instanceName: 'wéb' },
    'instanceName must be at most 228 letters a-z, digits, spaces and ._-:/()#,@[]+=&;{}!$*, the security group is named after it, got "wéb"; change instanceName, or give securityGroupIds [compute/security-group-name]',
  ],
  [
    'a name that begins like the id of a security group',
    { instanceName: 'sg-web' },
    'instanceName must not begin with "sg-", the security group is named after it, got "sg-web"; change instanceName, or give securityGroupIds [compute/security-group-name]',
  ],
  [
    'another Name among the tags',
    { tags: { Name: 'db' } },
    'tags["Name"] must be "web" as instanceName says, got "db"; remove it from tags [compute/name-tag]',
  ],
  [
    'two patch groups',
    { tags: { PatchGroup: 'a', 'Patch Group': 'b' } },
    'tags must name one patch group, got PatchGroup = "a" and Patch Group = "b"; keep one of them [compute/one-patch-group]',
  ],
  [
    'a tag that instance metadata cannot show',
    { tags: { 'cost/centre': '1' }, instanceMetadataTags: true },
    'tag key "cost/centre" must hold only letters, digits, + - = . , _ : @ and not be ".", ".." or "_index" while instanceMetadataTags is true: EC2 refuses the launch; rename it, or leave instanceMetadataTags out [compute/metadata-tag-key]',
  ],
  [
    'a tag that is reserved in instance metadata',
    { tags: { _index: '1' }, instanceMetadataTags: true },
    'tag key "_index" must hold only letters, digits, + - = . , _ : @ and not be ".", ".." or "_index" while instanceMetadataTags is true: EC2 refuses the launch; rename it, or leave instanceMetadataTags out [compute/metadata-tag-key]',
  ],
  [
    "a tag key that is AWS's own",
    { tags: { 'aws:name': 'web' } },
    'tag key "aws:name" must not begin with aws:; AWS keeps that prefix; rename it [tags/reserved-key]',
  ],
  [
    'more than 50 tags, counting its own',
    { tags: Object.fromEntries([...Array(50).keys()].map((index) => [`tag${index}`, ''])) },
    'tags must hold at most 50 entries, got 51; remove some [tags/count]',
  ],
];

describe('ManagedInstance rejects', () => {
  test.each(cases)('%s', (_title, overrides, problem) => {
    expect(build(overrides).problems()).toEqual([`[Test/Web] ${problem}`]);
  });

  const inGroup = (tagKey: PatchGroupTagKey, overrides: Partial<ManagedInstanceProps>) =>
    build((stack) => {
      const baseline = new PatchBaseline(stack, 'Baseline', {
        baselineName: 'linux',
        operatingSystem: 'AMAZON_LINUX_2023',
        approvalRules: [...ApprovalRule.awsDefault('AMAZON_LINUX_2023')],
      });
      const patchGroup = new PatchGroup(stack, 'Group', { groupName: 'Linux', baselines: [baseline], tagKey });
      return { patchGroup, ...overrides };
    });

  it('a patch group whose key instance metadata cannot show', () => {
    expect(inGroup('Patch Group', { instanceMetadataTags: true }).problems()).toEqual([
      '[Test/Web] tag key "Patch Group" must hold only letters, digits, + - = . , _ : @ and not be ".", ".." or "_index" while instanceMetadataTags is true: EC2 refuses the launch; use PatchGroup as key, or leave instanceMetadataTags out [compute/metadata-tag-key]',
    ]);
  });

  it('another value of the tag that names the patch group', () => {
    expect(inGroup('PatchGroup', { tags: { PatchGroup: 'Windows' } }).problems()).toEqual([
      '[Test/Web] tags["PatchGroup"] must be "Linux" as patchGroup says, got "Windows"; remove it from tags [compute/patch-group-tag]',
    ]);
  });

  it('a second patch group under the other key', () => {
    expect(inGroup('PatchGroup', { tags: { 'Patch Group': 'Windows' } }).problems()).toEqual([
      '[Test/Web] tags must name one patch group, got PatchGroup = "Linux" and Patch Group = "Windows"; keep one of them [compute/one-patch-group]',
    ]);
  });

  it('everything that is wrong at once, and writes nothing', () => {
    const template = build({ instanceType: 'small', rootVolumeSizeGiB: 1.5, vpcId: 'vpc-1' });
    const problems = [
      '[Test/Web] instanceType must be a family, a dot and a size, got "small"; write it like "t3.small" [compute/instance-type]',
      '[Test/Web] rootVolumeSizeGiB must be a whole number of GiB from 1 to 16384, got 1.5; set rootVolumeSizeGiB within the range [compute/root-volume-size]',
      '[Test/Web] vpcId must come with subnetId: the instance would start in the default VPC; add subnetId, a subnet of that VPC [compute/subnet-with-vpc]',
      '[Test/Web] vpcId must be "vpc-" and 8 or 17 hexadecimal digits, got "vpc-1"; write it like "vpc-0123456789abcdef0" [compute/vpc-id]',
    ];
    expect(template.errors()).toEqual(problems);
    expect(() => template.all('aws_instance')).toThrow(['nothing was synthesised:', ...problems].join('\n'));
  });
});

describe('ManagedInstance warns about', () => {
  it('a patch group without a baseline for its operating system', () => {
    const template = build((stack) => {
      const baseline = new PatchBaseline(stack, 'Baseline', {
        baselineName: 'windows',
        operatingSystem: 'WINDOWS',
        approvalRules: [...ApprovalRule.awsDefault('WINDOWS')],
      });
      return { patchGroup: new PatchGroup(stack, 'Group', { groupName: 'Linux', baselines: [baseline] }) };
    });
    expect(template.errors()).toEqual([]);
    expect(template.warnings()).toEqual([
      '[Test/Web] patchGroup must have a baseline for AMAZON_LINUX_2023, it has one for WINDOWS: the instance would use the default baseline; add a baseline of AMAZON_LINUX_2023 to the patch group [compute/patch-group-baseline]',
    ]);
  });

  it('user data in place of the agent that the image lacks', () => {
    const template = build({ image: MachineImage.debian('12'), userData: '#!/bin/sh\n' });
    expect(template.problems()).toEqual([
      '[Test/Web] userData must install the Systems Manager agent, which the image lacks, got userData that does not name it: the instance would never be patched; install amazon-ssm-agent in userData [compute/agent-installed]',
    ]);
  });

  it('Windows without the agent', () => {
    const image = MachineImage.fromParameter('/windows', {
      operatingSystem: 'WINDOWS',
      architecture: 'x86_64',
      agentPreinstalled: false,
    });
    const template = build({ image });
    expect(template.problems()).toEqual([
      '[Test/Web] userData must install the Systems Manager agent, which the image lacks, got no userData: the instance would never be patched; install amazon-ssm-agent in userData [compute/agent-installed]',
    ]);
    expect(template.only('aws_instance')).not.toHaveProperty('user_data');
  });

  it('an operating system whose support ends soon, when asked on a day', () => {
    const template = build({ image: MachineImage.windowsServer('2016') });
    expect(template.problems()).toEqual([]);
    expect(template.problems('2026-12-01')).toEqual([
      '[Test/Web] Windows Server 2016 leaves support on 2027-01-12, 42 days after 2026-12-01; plan its replacement [end-of-support/operating-system]',
    ]);
  });
});
