import { AutoscalingGroup } from '@cdktf/provider-aws/lib/autoscaling-group/index.js';
import { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template/index.js';
import type { TerraformStack } from 'cdktf';
import { MachineImage, ManagedAutoScalingGroup, ManagedInstance } from '../../modules/compute/index.ts';
import { InstanceRole } from '../../modules/iam/index.ts';
import { PatchBaseline } from '../../modules/patch-baseline/index.ts';
import { PatchGroup } from '../../modules/patch-group/index.ts';
import { key, region, tags } from './every-argument-values.ts';

export function everyInstanceArgument(stack: TerraformStack): void {
  const role = InstanceRole.fromRoleArn(stack, 'Role', 'arn:aws:iam::111111111111:role/instances');
  const baseline = PatchBaseline.fromBaselineId(stack, 'Baseline', 'pb-0123456789abcdef0', 'AMAZON_LINUX_2');
  const patchGroup = new PatchGroup(stack, 'Group', { groupName: 'web', baselines: [baseline] });
  new ManagedInstance(stack, 'Every', {
    image: MachineImage.amazonLinux2({ architecture: 'arm64' }),
    role,
    instanceName: 'every argument',
    instanceType: 'm7g.large',
    patchGroup,
    tags,
    subnetId: 'subnet-0123456789abcdef0',
    vpcId: 'vpc-0123456789abcdef0',
    rootVolumeSizeGiB: 20,
    rootVolumeEncryptionKeyArn: key,
    keyName: 'operators',
    userData: '#!/bin/bash\ntrue\n',
    instanceMetadataTags: true,
    region,
  });
  new ManagedInstance(stack, 'OwnGroups', {
    image: MachineImage.fromImageId('ami-0123456789abcdef0', { operatingSystem: 'WINDOWS', architecture: 'x86_64' }),
    role,
    instanceName: 'own groups',
    securityGroupIds: ['sg-0123456789abcdef0'],
  });
  const catalogue = {
    WindowsServer2025: MachineImage.windowsServer('2025'),
    AmazonLinux2023: MachineImage.amazonLinux2023({ architecture: 'arm64' }),
    Ubuntu: MachineImage.ubuntu('24.04'),
    Debian: MachineImage.debian('12'),
    Suse: MachineImage.suse('15-sp7'),
  };
  for (const [name, image] of Object.entries(catalogue))
    new ManagedInstance(stack, name, { image, role, instanceName: name });
}

export function everyGroupArgument(stack: TerraformStack): void {
  const role = InstanceRole.fromRoleArn(stack, 'Role', 'arn:aws:iam::111111111111:role/instances');
  const baseline = PatchBaseline.fromBaselineId(stack, 'Baseline', 'pb-0123456789abcdef0', 'DEBIAN');
  const patchGroup = new PatchGroup(stack, 'Group', { groupName: 'web', baselines: [baseline] });
  const subnetIds = ['subnet-0123456789abcdef0', 'subnet-0fedcba9876543210'];
  const vpcId = 'vpc-0123456789abcdef0';
  new ManagedAutoScalingGroup(stack, 'Every', {
    image: MachineImage.debian('12', { architecture: 'arm64' }),
    role,
    groupName: 'every-argument',
    minSize: 1,
    maxSize: 4,
    desiredCapacity: 2,
    subnetIds,
    vpcId,
    instanceType: 'm7g.large',
    patchGroup,
    tags,
    instanceTags: { CostCentre: '4711' },
    rootVolumeSizeGiB: 20,
    rootVolumeEncryptionKeyArn: key,
    keyName: 'operators',
    instanceMetadataTags: true,
    region,
  });
  new ManagedAutoScalingGroup(stack, 'OwnGroups', {
    image: MachineImage.fromImageId('ami-0123456789abcdef0', {
      operatingSystem: 'WINDOWS',
      architecture: 'x86_64',
      rootDeviceName: '/dev/sda1',
    }),
    role,
    groupName: 'own-groups',
    minSize: 0,
    maxSize: 1,
    subnetIds,
    securityGroupIds: ['sg-0123456789abcdef0'],
    userData: '<powershell>exit</powershell>',
  });
  // Groups and templates that are made without our own, with the tag in their shape.
  const template = new LaunchTemplate(stack, 'OwnTemplate', {
    namePrefix: 'own-',
    imageId: 'ami-0123456789abcdef0',
    instanceType: 't3.small',
    tagSpecifications: [patchGroup.instanceTagSpecification],
  });
  new AutoscalingGroup(stack, 'OwnGroup', {
    minSize: 0,
    maxSize: 1,
    vpcZoneIdentifier: subnetIds,
    launchTemplate: { id: template.id, version: '$Latest' },
    tag: [patchGroup.propagatedTag],
  });
}
