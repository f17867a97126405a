import { describe, expect, it, test } from '@jest/globals';
import { TerraformVariable, Token } from 'cdktf';
import { MachineImage } from '../../../modules/compute/index.ts';
import { InstanceRole } from '../../../modules/iam/index.ts';
import type { PatchGroupTagKey } from '../../../modules/patch-group/index.ts';
import { synth } from '../../support/template.ts';
import { build, type Change, groupIn, patchGroup, subnetIds } from './build-group.ts';

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
