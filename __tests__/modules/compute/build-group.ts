import type { TerraformStack } from 'cdktf';
import {
  MachineImage,
  ManagedAutoScalingGroup,
  type ManagedAutoScalingGroupProps,
} from '../../../modules/compute/index.ts';
import { InstanceRole } from '../../../modules/iam/index.ts';
import { PatchBaseline } from '../../../modules/patch-baseline/index.ts';
import { PatchGroup, type PatchGroupTagKey } from '../../../modules/patch-group/index.ts';
import { synth, type Template } from '../../support/template.ts';

export type Change = Partial<ManagedAutoScalingGroupProps>;

export const subnetIds = ['subnet-0123456789abcdef0'];
const vpcId = 'vpc-0123456789abcdef0';

export function groupIn(stack: TerraformStack, id: string, change: Change = {}): ManagedAutoScalingGroup {
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
export function build(change: Change | ((stack: TerraformStack) => Change) = {}): Template {
  return synth((stack) => {
    groupIn(stack, 'Web', typeof change === 'function' ? change(stack) : change);
  });
}

export function patchGroup(stack: TerraformStack, tagKey: PatchGroupTagKey = 'PatchGroup'): PatchGroup {
  const baseline = PatchBaseline.fromBaselineId(stack, 'Linux', 'pb-0123456789abcdef0', 'AMAZON_LINUX_2023');
  return new PatchGroup(stack, 'Group', { groupName: 'web servers', baselines: [baseline], tagKey });
}
