import type { Construct } from 'constructs';
import type { GlobalDeployment } from '../fleet/deployment.ts';
import { DeploymentStack } from './deployment-stack.ts';

/** What is global to an account: the roles that its regional stacks name by their ARNs. */
export class GlobalStack extends DeploymentStack {
  constructor(scope: Construct, deployment: GlobalDeployment) {
    super(scope, deployment);
    const { roles, region, windowPermissions } = deployment;
    if (roles.instance !== undefined) this.instanceRole(roles.instance);
    const windowRole = this.windowRole(roles.window, region);
    for (const permission of windowPermissions) {
      const { region: taskRegion, documentNames, notificationRoleArn, resourceGroups, managedInstances } = permission;
      for (const documentName of documentNames)
        windowRole.grant({ kind: 'run-command', documentName, region: taskRegion });
      if (notificationRoleArn !== undefined) windowRole.grant({ kind: 'pass-role', roleArn: notificationRoleArn });
      if (resourceGroups) windowRole.grant({ kind: 'resource-groups' });
      if (managedInstances) windowRole.grant({ kind: 'managed-instances', region: taskRegion });
    }
  }
}
