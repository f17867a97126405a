import { describe, expect, it, test } from '@jest/globals';
import { type TerraformStack, TerraformVariable, Token } from 'cdktf';
import {
  type CustomImageOptions,
  MachineImage,
  ManagedAutoScalingGroup,
  type ManagedAutoScalingGroupProps,
} from '../../../modules/compute/index.ts';
import { InstanceRole } from '../../../modules/iam/index.ts';
import { PatchBaseline } from '../../../modules/patch-baseline/index.ts';
import { PatchGroup, type PatchGroupTagKey } from '../../../modules/patch-group/index.ts';
import { synth, type Template } from '../../support/template.ts';

type Change = Partial<ManagedAutoScalingGroupProps>;

const subnetIds = ['subnet-0123456789abcdef0'];
const vpcId = 'vpc-0123456789abcdef0';

function groupIn(stack: TerraformStack, id: string, change: Change = {}): ManagedAutoScalingGroup {
  const role = change.role ?? InstanceRole.fromRoleArn(stack, `Role${id}`, 'arn:aws:iam::111111111111:role/web');
  return new ManagedAutoScalingGroup(stack, id, {
    image: MachineImage.amazonLinux2023(),
    groupName: 'web',
    minSize: 1,
    maxSize: 3,
    subnetIds,
    vpcId,
    ...change,
    role,
  });
}

/** The group `Test/Web` with a complete valid configuration, changed. */
function build(change: Change | ((stack: TerraformStack) => Change) = {}): Template {
  return synth((stack) => {
    groupIn(stack, 'Web', typeof change === 'function' ? change(stack) : change);
  });
}

function patchGroup(stack: TerraformStack, tagKey: PatchGroupTagKey = 'PatchGroup'): PatchGroup {
  const baseline = PatchBaseline.fromBaselineId(stack, 'Linux', 'pb-0123456789abcdef0', 'AMAZON_LINUX_2023');
  return new PatchGroup(stack, 'Group', { groupName: 'web servers', baselines: [baseline], tagKey });
}

const refused = (change: Change) =>
  build(change)
    .problems()
    .map((problem) => problem.replace('[Test/Web] ', ''));

describe('ManagedAutoScalingGroup', () => {
  it('launches from a template with safe defaults, and from the newest image', () => {
    const template = build();
    expect(template.problems()).toEqual([]);
    expect(template.only('aws_launch_template')).toEqual({
      name: 'web',
      update_default_version: true,
      image_id: 'resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64',
      instance_type: 't3.small',
      iam_instance_profile: { name: 'web' },
      vpc_security_group_ids: [expect.stringMatching(/^\$\{aws_security_group\.Web_SecurityGroup_[0-9A-F]{8}\.id\}$/)],
      monitoring: { enabled: true },
      ebs_optimized: 'true',
      block_device_mappings: [
        { device_name: '/dev/xvda', ebs: { volume_type: 'gp3', encrypted: 'true', delete_on_termination: 'true' } },
      ],
      metadata_options: {
        http_endpoint: 'enabled',
        http_tokens: 'required',
        http_put_response_hop_limit: 1,
        instance_metadata_tags: 'disabled',
      },
      tag_specifications: [{ resource_type: 'instance', tags: { Name: 'web' } }],
      tags: { Name: 'web' },
    });
  });

  it('is a group of the newest version of that template', () => {
    const template = build();
    expect(template.only('aws_autoscaling_group')).toEqual({
      name: 'web',
      min_size: 1,
      max_size: 3,
      vpc_zone_identifier: subnetIds,
      launch_template: {
        id: expect.stringMatching(/^\$\{aws_launch_template\.Web_LaunchTemplate_[0-9A-F]{8}\.id\}$/),
        version: expect.stringMatching(/^\$\{aws_launch_template\.Web_LaunchTemplate_[0-9A-F]{8}\.latest_version\}$/),
      },
      tag: [{ key: 'Name', value: 'web', propagate_at_launch: true }],
      depends_on: [
        expect.stringMatching(/^aws_vpc_security_group_egress_rule\.Web_SecurityGroup_Https_[0-9A-F]{8}$/),
        expect.stringMatching(/^aws_vpc_security_group_egress_rule\.Web_SecurityGroup_Http_[0-9A-F]{8}$/),
      ],
    });
    expect(template.all('data.aws_ssm_parameter')).toEqual([]);
  });

  test.each<PatchGroupTagKey>(['PatchGroup', 'Patch Group'])(
    'gives its instances the tag %s of their patch group, both ways',
    (tagKey) => {
      const template = build((stack) => ({
        patchGroup: patchGroup(stack, tagKey),
        tags: { Team: 'web' },
        instanceTags: { ManagedBy: 'patchfleet', Team: 'everybody', Name: 'default' },
      }));
      expect(template.problems()).toEqual([]);
      const tags = { ManagedBy: 'patchfleet', Name: 'web', [tagKey]: 'web servers', Team: 'web' };
      expect(template.only('aws_launch_template').tag_specifications).toEqual([{ resource_type: 'instance', tags }]);
      expect(template.only('aws_autoscaling_group').tag).toEqual(
        Object.entries(tags).map(([key, value]) => ({ key, value, propagate_at_launch: true })),
      );
      // What Terraform makes itself gets the provider's default tags from Terraform.
      expect(template.only('aws_launch_template').tags).toEqual({ Name: 'web', Team: 'web' });
      expect(template.only('aws_security_group').tags).toEqual({ Name: 'web', Team: 'web' });
    },
  );

  it('starts Windows with a larger type and volume', () => {
    const template = build({ image: MachineImage.windowsServer('2022') });
    expect(template.only('aws_launch_template')).toMatchObject({
      instance_type: 't3.large',
      block_device_mappings: [{ device_name: '/dev/sda1', ebs: { volume_size: 50 } }],
    });
  });

  it('installs the agent where the image lacks it, encoded as templates want it', () => {
    const userDataOf = (change: Change) => {
      const template = build(change);
      const [, local] =
        /^\$\{base64encode\(local\.(\w+)\)\}$/.exec(`${template.only('aws_launch_template').user_data}`) ?? [];
      return (template.json.locals as Record<string, unknown>)[`${local}`];
    };
    expect(userDataOf({ image: MachineImage.debian('12') })).toMatch(
      /^#!\/bin\/sh\nurl='https:\/\/s3\.\$\{data\.aws_region\.\w+\.region\}\.[\s\S]*amazon-ssm-agent\.deb'/,
    );
    expect(userDataOf({ userData: '#!/bin/sh\necho "$NAME"\n' })).toBe('#!/bin/sh\necho "$NAME"\n');
    expect(build().only('aws_launch_template')).not.toHaveProperty('user_data');
  });

  it('waits for the permissions of its role', () => {
    const template = build((stack) => ({ role: new InstanceRole(stack, 'Own', { roleName: 'own' }) }));
    const dependsOn = template.only('aws_autoscaling_group').depends_on as string[];
    expect(dependsOn.some((address) => address.startsWith('aws_iam_role_policy_attachment.'))).toBe(true);
  });

  it('keeps a number of instances only where that is asked for', () => {
    expect(build().only('aws_autoscaling_group')).not.toHaveProperty('desired_capacity');
    expect(build({ desiredCapacity: 2 }).only('aws_autoscaling_group').desired_capacity).toBe(2);
  });

  it('takes what only Terraform knows', () => {
    const template = build((stack) => {
      const text = (id: string) => new TerraformVariable(stack, id, { type: 'string' }).stringValue;
      const number = (id: string) => new TerraformVariable(stack, id, { type: 'number' }).numberValue;
      return {
        groupName: text('name'),
        minSize: number('min'),
        maxSize: number('max'),
        subnetIds: [text('subnet'), text('other')],
        vpcId: text('vpc'),
        instanceType: text('type'),
        keyName: text('key'),
        image: MachineImage.fromImageId(text('image'), {
          operatingSystem: 'UBUNTU',
          architecture: 'x86_64',
          rootDeviceName: text('device'),
        }),
      };
    });
    expect(template.problems()).toEqual([]);
    expect(template.only('aws_autoscaling_group').min_size).toBe('${var.min}');
    const all = build((stack) => {
      const list = new TerraformVariable(stack, 'subnets', { type: 'list(string)' });
      return { subnetIds: Token.asList(list.value) };
    });
    expect(all.only('aws_autoscaling_group').vpc_zone_identifier).toBe('${var.subnets}');
  });

  it('must differ in name from others of its region', () => {
    const two = (change: Change) =>
      synth((stack) => {
        groupIn(stack, 'One');
        groupIn(stack, 'Two', change);
      }).problems();
    expect(two({})).toEqual([
      '[Test/Two] groupName must differ from group to group, got "web" again; rename one of them [compute/group-name-unique]',
    ]);
    expect(two({ groupName: 'api' })).toEqual([]);
    expect(two({ region: 'eu-west-1' })).toEqual([]);
  });
});

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
