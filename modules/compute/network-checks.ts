import { error, quoted, type Violation } from '../../core/problem.ts';
import { checkCount } from '../../core/value-checks.ts';

/** Where an instance stands. */
export interface NetworkFacts {
  readonly instanceName?: string | undefined;
  readonly subnetId?: string | undefined;
  readonly vpcId?: string | undefined;
  readonly securityGroupIds?: readonly (string | undefined)[] | undefined;
  /** Which of them are given, even if only Terraform knows the value. */
  readonly hasSubnet: boolean;
  readonly hasVpc: boolean;
  readonly hasSecurityGroups: boolean;
}

export function checkNetwork(network: NetworkFacts): Violation[] {
  return [
    ...checkResourceId('subnetId', network.subnetId, 'subnet', 'compute/subnet-id'),
    ...checkResourceId('vpcId', network.vpcId, 'vpc', 'compute/vpc-id'),
    ...checkSecurityGroups(network.securityGroupIds),
    ...checkSubnetWithVpc(network),
    ...(network.hasSecurityGroups ? [] : checkSecurityGroupName('instanceName', network.instanceName)),
  ];
}

export function checkSecurityGroups(groups: readonly (string | undefined)[] | undefined): Violation[] {
  return [
    ...checkCount('securityGroupIds', groups, {
      rule: 'compute/security-group-count',
      min: 1,
      max: 5,
      ...(groups?.length === 0 && { fix: 'leave it out for a group of its own' }),
    }),
    ...(groups ?? []).flatMap((id, index) =>
      checkResourceId(`securityGroupIds[${index}]`, id, 'sg', 'compute/security-group-id'),
    ),
  ];
}

/** `subnet-0123456789abcdef0`; ids made before 2018 are shorter. */
export function checkResourceId(field: string, id: string | undefined, prefix: string, rule: string): Violation[] {
  if (id === undefined || new RegExp(`^${prefix}-([0-9a-f]{8}|[0-9a-f]{17})$`).test(id)) return [];
  const message = `${field} must be "${prefix}-" and 8 or 17 hexadecimal digits, got ${quoted(id)}`;
  return [error(rule, message, `write it like "${prefix}-0123456789abcdef0"`)];
}

/** The subnet places the instance, the VPC places its security group: they must agree. */
function checkSubnetWithVpc({ hasSubnet, hasVpc, hasSecurityGroups }: NetworkFacts): Violation[] {
  const rule = 'compute/subnet-with-vpc';
  if (hasSubnet && !hasVpc && !hasSecurityGroups) {
    const message =
      'subnetId must come with vpcId: the security group would be made in the default VPC, and the launch fails';
    return [error(rule, message, 'add vpcId, the VPC of the subnet, or give securityGroupIds')];
  }
  if (hasVpc && !hasSubnet) {
    const message = 'vpcId must come with subnetId: the instance would start in the default VPC';
    return [error(rule, message, 'add subnetId, a subnet of that VPC')];
  }
  return [];
}

/**
 * The security group takes the name and a dash as its prefix; Terraform adds 26 characters, 255 are allowed.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html
 */
export function checkSecurityGroupName(field: string, name: string | undefined): Violation[] {
  const rule = 'compute/security-group-name';
  // Beyond these limits it is no name of an instance either.
  if (name === undefined || name.length === 0 || name.length > 256) return [];
  const fix = `change ${field}, or give securityGroupIds`;
  if (name.startsWith('sg-')) {
    const message = `${field} must not begin with "sg-", the security group is named after it, got ${quoted(name)}`;
    return [error(rule, message, fix)];
  }
  if (name.length <= 228 && /^[a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]*$/.test(name)) return [];
  const allowed = 'at most 228 letters a-z, digits, spaces and ._-:/()#,@[]+=&;{}!$*';
  const message = `${field} must be ${allowed}, the security group is named after it, got ${quoted(name)}`;
  return [error(rule, message, fix)];
}
