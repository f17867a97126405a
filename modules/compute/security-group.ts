import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group/index.js';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule/index.js';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';

export interface InstanceSecurityGroupProps {
  readonly instanceName: string;
  /** @default - the default VPC */
  readonly vpcId?: string;
  /** @default - none but `Name` */
  readonly tags?: Readonly<Record<string, string>>;
  /** @default - the region of the stack's provider */
  readonly region?: string;
}

/** What a managed instance needs of the network: nothing in; out to Systems Manager, Windows Update, package repositories. */
export class InstanceSecurityGroup extends Construct {
  readonly securityGroupId: string;
  /** What must exist before an instance reaches anything. */
  readonly dependencies: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: InstanceSecurityGroupProps) {
    super(scope, id);
    const region = props.region === undefined ? {} : { region: props.region };
    const group = new SecurityGroup(this, 'Resource', {
      ...region,
      // Two groups of one name cannot exist in a VPC: Terraform adds something unique.
      namePrefix: `${props.instanceName}-`,
      description: 'Managed instance: nothing in, TCP 443 and 80 out',
      ...(props.vpcId !== undefined && { vpcId: props.vpcId }),
      tags: { ...props.tags, Name: props.instanceName },
      // A new name replaces the group, and EC2 deletes none that an instance still uses.
      lifecycle: { createBeforeDestroy: true },
    });
    const allow = (ruleId: string, port: number, description: string) =>
      new VpcSecurityGroupEgressRule(this, ruleId, {
        ...region,
        securityGroupId: group.id,
        description,
        ipProtocol: 'tcp',
        fromPort: port,
        toPort: port,
        cidrIpv4: '0.0.0.0/0',
      });
    this.securityGroupId = group.id;
    this.dependencies = [
      allow('Https', 443, 'HTTPS to Systems Manager, Windows Update and package repositories'),
      allow('Http', 80, 'HTTP to Windows Update and package repositories'),
    ];
  }
}
