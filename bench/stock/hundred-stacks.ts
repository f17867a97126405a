// A fleet of 100 stacks with 20 resources each as a stock CDKTF application; `bench/hundred-stacks.ts` is its counterpart.
import {
  dataAwsCallerIdentity,
  dataAwsPartition,
  iamRole,
  iamRolePolicy,
  provider,
  ssmMaintenanceWindow,
  ssmMaintenanceWindowTarget,
  ssmMaintenanceWindowTask,
  ssmPatchBaseline,
  ssmPatchGroup,
} from '@cdktf/provider-aws';
import { App, LocalBackend, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';

const region = 'us-east-1';

const systems = [
  { key: 'windows', operatingSystem: 'WINDOWS', product: 'WindowsServer2022', classification: 'SecurityUpdates' },
  { key: 'al2023', operatingSystem: 'AMAZON_LINUX_2023', product: 'AmazonLinux2023', classification: 'Security' },
  {
    key: 'rhel',
    operatingSystem: 'REDHAT_ENTERPRISE_LINUX',
    product: 'RedhatEnterpriseLinux9',
    classification: 'Security',
  },
  { key: 'suse', operatingSystem: 'SUSE', product: 'Suse15.6', classification: 'Security' },
];

const windows = [
  { key: 'scan', schedule: 'cron(0 2 ? * * *)', operation: 'Scan', rebootOption: 'NoReboot' },
  { key: 'install', schedule: 'cron(0 3 ? * SAT *)', operation: 'Install', rebootOption: 'RebootIfNeeded' },
];

class AccountRegion extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);

    new LocalBackend(this, { path: `terraform.${id}.tfstate` });
    new provider.AwsProvider(this, 'aws', { region });
    const { accountId } = new dataAwsCallerIdentity.DataAwsCallerIdentity(this, 'account', {});
    const { partition } = new dataAwsPartition.DataAwsPartition(this, 'partition', {});

    const role = new iamRole.IamRole(this, 'window-role', {
      name: `${id}-window`,
      assumeRolePolicy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ssm.amazonaws.com' } }],
      }),
    });
    const policy = new iamRolePolicy.IamRolePolicy(this, 'window-policy', {
      name: 'run-tasks',
      role: role.name,
      policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'SendCommand',
            Effect: 'Allow',
            Action: 'ssm:SendCommand',
            Resource: [
              `arn:${partition}:ssm:${region}::document/AWS-RunPatchBaseline`,
              `arn:${partition}:ec2:${region}:${accountId}:instance/*`,
            ],
          },
          {
            Sid: 'FollowCommands',
            Effect: 'Allow',
            Action: [
              'ssm:CancelCommand',
              'ssm:GetCommandInvocation',
              'ssm:ListCommandInvocations',
              'ssm:ListCommands',
              'tag:GetResources',
            ],
            Resource: '*',
          },
        ],
      }),
    });

    for (const { key, operatingSystem, product, classification } of systems) {
      const baseline = new ssmPatchBaseline.SsmPatchBaseline(this, `${key}-baseline`, {
        name: `${id}-${key}`,
        description: `Security updates of ${product}, seven days after release`,
        operatingSystem,
        approvalRule: [
          {
            approveAfterDays: 7,
            complianceLevel: 'HIGH',
            patchFilter: [
              { key: 'PRODUCT', values: [product] },
              { key: 'CLASSIFICATION', values: [classification] },
            ],
          },
        ],
      });
      new ssmPatchGroup.SsmPatchGroup(this, `${key}-patch-group`, {
        baselineId: baseline.id,
        patchGroup: `${id}-${key}`,
      });
    }

    for (const { key, schedule, operation, rebootOption } of windows) {
      const window = new ssmMaintenanceWindow.SsmMaintenanceWindow(this, `${key}-window`, {
        name: `${id}-${key}`,
        schedule,
        scheduleTimezone: 'Europe/Berlin',
        duration: 3,
        cutoff: 1,
        enabled: true,
        allowUnassociatedTargets: false,
      });
      for (const half of [systems.slice(0, 2), systems.slice(2)]) {
        const name = half.map((system) => system.key).join('-');
        const target = new ssmMaintenanceWindowTarget.SsmMaintenanceWindowTarget(this, `${key}-${name}-target`, {
          windowId: window.id,
          name,
          resourceType: 'INSTANCE',
          targets: [{ key: 'tag:PatchGroup', values: half.map((system) => `${id}-${system.key}`) }],
        });
        new ssmMaintenanceWindowTask.SsmMaintenanceWindowTask(this, `${key}-${name}-task`, {
          windowId: window.id,
          name,
          taskType: 'RUN_COMMAND',
          taskArn: 'AWS-RunPatchBaseline',
          priority: 1,
          maxConcurrency: '10%',
          maxErrors: '5%',
          serviceRoleArn: role.arn,
          targets: [{ key: 'WindowTargetIds', values: [target.id] }],
          taskInvocationParameters: {
            runCommandParameters: {
              parameter: [
                { name: 'Operation', values: [operation] },
                { name: 'RebootOption', values: [rebootOption] },
              ],
            },
          },
          dependsOn: [policy],
        });
      }
    }
  }
}

const app = new App();
for (let number = 0; number < 100; number += 1) {
  new AccountRegion(app, `fleet-${String(number).padStart(3, '0')}`);
}
app.synth();
