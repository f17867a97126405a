import { error, quoted, type Violation } from '../../core/problem.ts';
import { checkCount, checkText, checkWholeNumber } from '../../core/value-checks.ts';
import { checkLaunch, type LaunchFacts } from './checks.ts';
import { checkResourceId, checkSecurityGroupName, checkSecurityGroups } from './network-checks.ts';
import { checkInstanceTags, type InstanceTagFacts } from './tag-checks.ts';

/** An Auto Scaling group as plain data. What is absent is not given, or known only when Terraform applies. */
export interface AutoScalingGroupFacts extends LaunchFacts, Omit<InstanceTagFacts, 'instanceName'> {
  readonly groupName?: string | undefined;
  readonly minSize?: number | undefined;
  readonly maxSize?: number | undefined;
  readonly desiredCapacity?: number | undefined;
  readonly subnetIds?: readonly (string | undefined)[] | undefined;
  readonly vpcId?: string | undefined;
  readonly securityGroupIds?: readonly (string | undefined)[] | undefined;
  readonly region?: string | undefined;
  /** Which of them are given, even if only Terraform knows the value. */
  readonly hasRootDeviceName: boolean;
  readonly hasVpc: boolean;
  readonly hasSecurityGroups: boolean;
}

/**
 * Every rule of an Auto Scaling group and its launch template. `asOf` (an ISO date) adds the warnings about the end of
 * support.
 * @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CreateAutoScalingGroup.html
 */
export function checkAutoScalingGroup(group: AutoScalingGroupFacts, asOf?: string): Violation[] {
  return [
    ...checkGroupName(group.groupName),
    ...checkLaunch(group, asOf),
    ...checkRootDeviceName(group),
    ...checkSizes(group),
    ...checkSubnets(group),
    ...checkInstanceTags({ ...group, instanceName: group.groupName }, 'groupName').filter(isNotAboutLength),
  ];
}

/** The group in the same account and region as others, whose names are given. */
export function checkAmongGroups(groupName: string | undefined, others: readonly (string | undefined)[]): Violation[] {
  if (groupName === undefined || !others.includes(groupName)) return [];
  const message = `groupName must differ from group to group, got ${quoted(groupName)} again`;
  return [error('compute/group-name-unique', message, 'rename one of them')];
}

/** The name of the launch template is the narrower one. */
function checkGroupName(name: string | undefined): Violation[] {
  return checkText('groupName', name, {
    rule: 'compute/group-name',
    min: 3,
    max: 128,
    pattern: /^[a-zA-Z0-9().\-/_]+$/,
    allowed: 'letters, digits, ( ) . - / _',
  });
}

function isNotAboutLength({ rule }: Violation): boolean {
  return rule !== 'compute/instance-name';
}

/** A template names each volume; with a wrong name the instance would get a second one, and its root none of this. */
function checkRootDeviceName({ image, hasRootDeviceName }: AutoScalingGroupFacts): Violation[] {
  const device = image.rootDeviceName;
  const isUnknown = hasRootDeviceName && device === undefined;
  if (isUnknown || /^\/dev\/(sd[a-z]\d*|xvd[a-z]+\d*)$/.test(device ?? '')) return [];
  const message = `image must say its rootDeviceName, such as "/dev/sda1", to be launched by a group, got ${device === undefined ? 'none' : quoted(device)}: its root volume would not be encrypted`;
  return [error('compute/root-device-name', message, 'look it up as RootDeviceName with aws ec2 describe-images')];
}

function checkSizes({ minSize, maxSize, desiredCapacity }: AutoScalingGroupFacts): Violation[] {
  const limits = { rule: 'compute/group-size', min: 0, max: 10_000, unit: 'instances' };
  const each = [
    ...checkWholeNumber('minSize', minSize, limits),
    ...checkWholeNumber('maxSize', maxSize, limits),
    ...checkWholeNumber('desiredCapacity', desiredCapacity, limits),
  ];
  if (each.length > 0) return each;
  return [
    ...checkAtMost('minSize', minSize, 'maxSize', maxSize),
    ...checkAtMost('minSize', minSize, 'desiredCapacity', desiredCapacity),
    ...checkAtMost('desiredCapacity', desiredCapacity, 'maxSize', maxSize),
  ];
}

function checkAtMost(field: string, value: number | undefined, above: string, most: number | undefined): Violation[] {
  if (value === undefined || most === undefined || value <= most) return [];
  const message = `${field} must be at most ${above} (${most}), got ${value}`;
  return [error('compute/group-size', message, `lower ${field}, or raise ${above}`)];
}

function checkSubnets(group: AutoScalingGroupFacts): Violation[] {
  const subnets = group.subnetIds ?? [];
  const repeated = subnets.filter((id, index) => id !== undefined && subnets.indexOf(id) < index);
  return [
    ...checkCount('subnetIds', group.subnetIds, { rule: 'compute/group-subnets', min: 1, max: 100 }),
    ...subnets.flatMap((id, index) => checkResourceId(`subnetIds[${index}]`, id, 'subnet', 'compute/subnet-id')),
    ...repeated.map((id) =>
      error('compute/group-subnets', `subnetIds must list each subnet once, got ${quoted(id)} again`, 'remove one'),
    ),
    ...checkResourceId('vpcId', group.vpcId, 'vpc', 'compute/vpc-id'),
    ...checkSecurityGroups(group.securityGroupIds),
    ...(group.hasVpc || group.hasSecurityGroups
      ? []
      : [
          error(
            'compute/subnet-with-vpc',
            'subnetIds must come with vpcId: the security group would be made in the default VPC, and no instance could launch',
            'add vpcId, the VPC of the subnets, or give securityGroupIds',
          ),
        ]),
    ...(group.hasSecurityGroups ? [] : checkSecurityGroupName('groupName', group.groupName)),
  ];
}
