import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import type { Deployment, RoleConfiguration } from '../fleet/deployment.ts';
import { type IInstanceRole, InstanceRole, type IWindowRole, WindowRole } from '../modules/iam/index.ts';
import { addBackend } from './backend.ts';

/** What every stack of a fleet has: its provider, with credentials that can't be those of another account, and its backend. */
export abstract class DeploymentStack extends TerraformStack {
  protected constructor(scope: Construct, deployment: Deployment) {
    super(scope, deployment.stackId);
    const { assumeRoleArn, profile, allowedAccountIds, defaultTags } = deployment.provider;
    new AwsProvider(this, 'aws', {
      region: deployment.region,
      ...(profile !== undefined && { profile }),
      ...(assumeRoleArn !== undefined && { assumeRole: [{ roleArn: assumeRoleArn }] }),
      ...(allowedAccountIds !== undefined && { allowedAccountIds: [...allowedAccountIds] }),
      ...(defaultTags !== undefined && { defaultTags: [{ tags: { ...defaultTags } }] }),
    });
    addBackend(this, deployment);
    // terraform_data, which remembers the image parameter of an instance, came with 1.4.
    this.addOverride('terraform.required_version', '>= 1.4');
  }

  protected instanceRole(role: RoleConfiguration): IInstanceRole {
    if (role.kind === 'made') return new InstanceRole(this, 'InstanceRole', role);
    if (role.kind === 'existing') return InstanceRole.fromRoleArn(this, 'InstanceRole', role.roleArn);
    throw new Error('instances have no service-linked role');
  }

  protected windowRole(role: RoleConfiguration, region: string): IWindowRole {
    if (role.kind === 'made') return new WindowRole(this, 'WindowRole', { ...role, region });
    if (role.kind === 'existing') return WindowRole.fromRoleArn(this, 'WindowRole', role.roleArn);
    return WindowRole.serviceLinked(this);
  }
}
