import { describe, expect, it, test } from '@jest/globals';
import { type CustomImageOptions, MachineImage, ManagedAutoScalingGroup } from '../../../modules/compute/index.ts';
import { InstanceRole } from '../../../modules/iam/index.ts';
import { synth } from '../../support/template.ts';
import { build, type Change, patchGroup, subnetIds } from './build-group.ts';

const refused = (change: Change) =>
  build(change)
    .problems()
    .map((problem) => problem.replace('[Test/Web] ', ''));

describe('ManagedAutoScalingGroup refuses', () => {
  const custom = (change: Partial<CustomImageOptions>) =>
    MachineImage.fromImageId('ami-0123456789abcdef0', {
      operatingSystem: 'AMAZON_LINUX_2023',
      architecture: 'x86_64',
      ...change,
    });
  const device = (got: string) =>
    `image must say its rootDeviceName, such as "/dev/sda1", to be launched by a group, got ${got}: its root volume would not be encrypted; look it up as RootDeviceName with aws ec2 describe-images [compute/root-device-name]`;

  test.each<[string, Change, string]>([
    [
      'a name with a space',
      { groupName: 'web servers' },
      'groupName must be 3 to 128 characters of letters, digits, ( ) . - / _, got "web servers"; change groupName [compute/group-name]',
    ],
    [
      'a name of a security group',
      { groupName: 'sg-web' },
      'groupName must not begin with "sg-", the security group is named after it, got "sg-web"; change groupName, or give securityGroupIds [compute/security-group-name]',
    ],
    [
      'sizes that are no whole numbers',
      { minSize: -1 },
      'minSize must be a whole number of instances from 0 to 10000, got -1; set minSize within the range [compute/group-size]',
    ],
    [
      'more at least than at most',
      { minSize: 4 },
      'minSize must be at most maxSize (3), got 4; lower minSize, or raise maxSize [compute/group-size]',
    ],
    [
      'to keep fewer than at least',
      { desiredCapacity: 0 },
      'minSize must be at most desiredCapacity (0), got 1; lower minSize, or raise desiredCapacity [compute/group-size]',
    ],
    [
      'to keep more than at most',
      { desiredCapacity: 4 },
      'desiredCapacity must be at most maxSize (3), got 4; lower desiredCapacity, or raise maxSize [compute/group-size]',
    ],
    ['no subnet', { subnetIds: [] }, 'subnetIds must hold 1 to 100 entries, got 0; add one [compute/group-subnets]'],
    [
      'a subnet twice',
      { subnetIds: [...subnetIds, ...subnetIds] },
      'subnetIds must list each subnet once, got "subnet-0123456789abcdef0" again; remove one [compute/group-subnets]',
    ],
    [
      'a subnet by its name',
      { subnetIds: ['private'] },
      'subnetIds[0] must be "subnet-" and 8 or 17 hexadecimal digits, got "private"; write it like "subnet-0123456789abcdef0" [compute/subnet-id]',
    ],
    [
      'a VPC by its name',
      { vpcId: 'main' },
      'vpcId must be "vpc-" and 8 or 17 hexadecimal digits, got "main"; write it like "vpc-0123456789abcdef0" [compute/vpc-id]',
    ],
    [
      'a type for another architecture',
      { instanceType: 't4g.small' },
      'instanceType must be x86_64 like the image, got "t4g.small", which is arm64; choose a type such as "t3.small", or an image for arm64 [compute/instance-type-architecture]',
    ],
    ['an image whose root volume is not known', { image: custom({}) }, device('none')],
    ['an image whose root volume is no device', { image: custom({ rootDeviceName: 'xvda' }) }, device('"xvda"')],
    [
      'another name in its tags',
      { tags: { Name: 'api' } },
      'tags["Name"] must be "web" as groupName says, got "api"; remove it from tags [compute/name-tag]',
    ],
    [
      'a tag that does not fit into metadata',
      { tags: { 'Cost Centre': '4711' }, instanceMetadataTags: true },
      'tag key "Cost Centre" must hold only letters, digits, + - = . , _ : @ and not be ".", ".." or "_index" while instanceMetadataTags is true: EC2 refuses the launch; rename it, or leave instanceMetadataTags out [compute/metadata-tag-key]',
    ],
  ])('%s', (_, change, problem) => {
    expect(refused(change)).toEqual([problem]);
  });

  it('a group of its own without a VPC', () => {
    const withoutVpc = (change: Change) =>
      synth((stack) => {
        const role = InstanceRole.fromRoleArn(stack, 'Role', 'arn:aws:iam::111111111111:role/web');
        const image = MachineImage.amazonLinux2023();
        new ManagedAutoScalingGroup(stack, 'Web', {
          image,
          role,
          groupName: 'web',
          minSize: 1,
          maxSize: 1,
          subnetIds,
          ...change,
        });
      }).problems();
    expect(withoutVpc({})).toEqual([
      '[Test/Web] subnetIds must come with vpcId: the security group would be made in the default VPC, and no instance could launch; add vpcId, the VPC of the subnets, or give securityGroupIds [compute/subnet-with-vpc]',
    ]);
    expect(withoutVpc({ securityGroupIds: ['sg-0123456789abcdef0'] })).toEqual([]);
  });

  it('a patch group key with a space where metadata shows tags, and warns of a group without its system', () => {
    const problems = build((stack) => ({
      patchGroup: patchGroup(stack, 'Patch Group'),
      instanceMetadataTags: true,
      image: MachineImage.ubuntu('24.04'),
    })).problems();
    expect(problems).toEqual([
      '[Test/Web] tag key "Patch Group" must hold only letters, digits, + - = . , _ : @ and not be ".", ".." or "_index" while instanceMetadataTags is true: EC2 refuses the launch; use PatchGroup as key, or leave instanceMetadataTags out [compute/metadata-tag-key]',
      '[Test/Web] patchGroup must have a baseline for UBUNTU, it has one for AMAZON_LINUX_2023: the instance would use the default baseline; add a baseline of UBUNTU to the patch group [compute/patch-group-baseline]',
    ]);
  });

  it('warns, on a day, where the support of its image ends', () => {
    expect(build({ image: MachineImage.windowsServer('2016') }).warnings('2026-11-25')).toEqual([
      '[Test/Web] Windows Server 2016 leaves support on 2027-01-12, 48 days after 2026-11-25; plan its replacement [end-of-support/operating-system]',
    ]);
  });
});
