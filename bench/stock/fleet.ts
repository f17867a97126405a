// The fleet of `bench/fleet.ts` as a stock CDKTF application: 250 accounts in 4 regions each, two assignments in each.
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
import { App, S3Backend, TerraformOutput, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';

const accounts = 250;
const regions = ['ap-southeast-2', 'eu-central-1', 'us-east-1', 'us-west-2'];

const severities = { key: 'SEVERITY', values: ['Critical', 'Important'] };
const security = [{ key: 'CLASSIFICATION', values: ['Security'] }, { key: 'PRODUCT', values: ['*'] }, severities];
const bugfix = [
  { key: 'CLASSIFICATION', values: ['Bugfix'] },
  { key: 'PRODUCT', values: ['*'] },
];
const windowsUpdates = [
  { key: 'CLASSIFICATION', values: ['CriticalUpdates', 'SecurityUpdates'] },
  { key: 'MSRC_SEVERITY', values: ['Critical', 'Important'] },
  { key: 'PRODUCT', values: ['*'] },
];

const assignments = [
  {
    key: 'web',
    systems: [
      { key: 'windows', operatingSystem: 'WINDOWS', filters: [windowsUpdates] },
      { key: 'amazon-linux', operatingSystem: 'AMAZON_LINUX_2023', filters: [bugfix, security] },
    ],
  },
  {
    key: 'data',
    systems: [
      { key: 'redhat', operatingSystem: 'REDHAT_ENTERPRISE_LINUX', filters: [bugfix, security] },
      { key: 'suse', operatingSystem: 'SUSE', filters: [security] },
    ],
  },
];

const rings = [
  {
    approveAfterDays: 0,
    install: 'cron(0 2 ? * TUE#2 *)',
    offset: 1,
    rate: { maxConcurrency: '50%', maxErrors: '5%' },
  },
  {
    approveAfterDays: 2,
    install: 'cron(0 2 ? * TUE#2 *)',
    offset: 4,
    rate: { maxConcurrency: '40%', maxErrors: '5%' },
  },
  { approveAfterDays: 4, install: 'cron(0 2 ? * TUE#3 *)', rate: { maxConcurrency: '30%', maxErrors: '5%' } },
  {
    approveAfterDays: 6,
    install: 'cron(0 2 ? * TUE#3 *)',
    offset: 3,
    rate: { maxConcurrency: '20%', maxErrors: '5%' },
  },
];
const scan = { schedule: 'cron(0 21 * * ? *)', rate: { maxConcurrency: '50%', maxErrors: '10%' } };

/** What every stack has. */
class AccountStack extends TerraformStack {
  readonly accountId: string;
  readonly partition: string;

  constructor(scope: Construct, id: string, account: string, region: string) {
    super(scope, id);
    new S3Backend(this, {
      bucket: 'bench-terraform-states',
      region: 'eu-central-1',
      key: `patchfleet/${id}.tfstate`,
      encrypt: true,
    });
    new provider.AwsProvider(this, 'aws', {
      region,
      allowedAccountIds: [account],
      assumeRole: [{ roleArn: `arn:aws:iam::${account}:role/patchfleet` }],
      defaultTags: [{ tags: { ManagedBy: 'patchfleet' } }],
    });
    this.accountId = new dataAwsCallerIdentity.DataAwsCallerIdentity(this, 'account', {}).accountId;
    this.partition = new dataAwsPartition.DataAwsPartition(this, 'partition', {}).partition;
  }
}

/** The role that the windows of all regions use. */
class GlobalStack extends AccountStack {
  constructor(scope: Construct, account: string) {
    super(scope, `${account}-global`, account, regions[0] ?? '');
    const role = new iamRole.IamRole(this, 'window-role', {
      name: 'bench-window',
      assumeRolePolicy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ssm.amazonaws.com' } }],
      }),
    });
    new iamRolePolicy.IamRolePolicy(this, 'window-policy', {
      name: 'maintenance-window',
      role: role.name,
      policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'SendCommand',
            Effect: 'Allow',
            Action: 'ssm:SendCommand',
            Resource: regions.flatMap((region) => [
              `arn:${this.partition}:ssm:${region}::document/AWS-RunPatchBaseline`,
              `arn:${this.partition}:ec2:${region}:${this.accountId}:instance/*`,
            ]),
          },
          {
            Sid: 'FollowCommands',
            Effect: 'Allow',
            Action: ['ssm:CancelCommand', 'ssm:GetCommandInvocation', 'ssm:ListCommandInvocations', 'ssm:ListCommands'],
            Resource: '*',
          },
          { Sid: 'FindTargets', Effect: 'Allow', Action: 'tag:GetResources', Resource: '*' },
        ],
      }),
    });
  }
}

class RegionalStack extends AccountStack {
  constructor(scope: Construct, account: string, region: string, number: number) {
    super(scope, `${account}-${region}`, account, region);
    const output = {
      account_id: this.accountId,
      partition: this.partition,
      region,
      version: 1,
      baselines: {} as Record<string, object>,
      patch_groups: [] as object[],
      windows: {} as Record<string, object>,
    };
    for (const [index, { key, systems }] of assignments.entries()) {
      const ring = rings[(number + index) % rings.length] ?? rings[0];
      if (ring === undefined) continue;
      const baselineIds: string[] = [];
      for (const system of systems) {
        const name = `bench-${key}-${system.key}`;
        const baseline = new ssmPatchBaseline.SsmPatchBaseline(this, `${key}-${system.key}-baseline`, {
          name,
          operatingSystem: system.operatingSystem,
          approvalRule: system.filters.map((patchFilter) => ({
            approveAfterDays: ring.approveAfterDays,
            complianceLevel: 'UNSPECIFIED',
            enableNonSecurity: false,
            patchFilter,
          })),
          approvedPatchesComplianceLevel: 'UNSPECIFIED',
          rejectedPatchesAction: 'ALLOW_AS_DEPENDENCY',
        });
        new ssmPatchGroup.SsmPatchGroup(this, `${key}-${system.key}-patch-group`, {
          baselineId: baseline.id,
          patchGroup: key,
        });
        baselineIds.push(baseline.id);
        output.baselines[`${key}-${system.key}`] = {
          id: baseline.id,
          name,
          operating_system: system.operatingSystem,
        };
        new TerraformOutput(this, `${key}-${system.key}_baseline_id`, { value: baseline.id });
      }
      output.patch_groups.push({ name: key, tag_key: 'PatchGroup', baseline_ids: baselineIds });
      const windows = [
        { operation: 'Scan', schedule: scan.schedule, duration: 3, rate: scan.rate },
        {
          operation: 'Install',
          schedule: ring.install,
          scheduleTimezone: 'Europe/Berlin',
          scheduleOffset: ring.offset,
          duration: 4,
          rate: ring.rate,
        },
      ];
      for (const { operation, rate, ...rest } of windows) {
        const id = `${key}-${operation.toLowerCase()}`;
        const window = new ssmMaintenanceWindow.SsmMaintenanceWindow(this, `${id}-window`, {
          ...rest,
          name: `bench-${id}`,
          description: `${operation}: ${key}`,
          cutoff: 1,
          enabled: true,
          allowUnassociatedTargets: false,
        });
        const target = new ssmMaintenanceWindowTarget.SsmMaintenanceWindowTarget(this, `${id}-target`, {
          windowId: window.id,
          name: `bench-${id}`,
          resourceType: 'INSTANCE',
          targets: [{ key: 'tag:PatchGroup', values: [key] }],
        });
        const task = new ssmMaintenanceWindowTask.SsmMaintenanceWindowTask(this, `${id}-task`, {
          ...rate,
          windowId: window.id,
          name: `bench-${id}`,
          taskType: 'RUN_COMMAND',
          taskArn: 'AWS-RunPatchBaseline',
          priority: 1,
          cutoffBehavior: 'CONTINUE_TASK',
          serviceRoleArn: `arn:aws:iam::${account}:role/bench-window`,
          targets: [{ key: 'WindowTargetIds', values: [target.id] }],
          taskInvocationParameters: {
            runCommandParameters: {
              parameter: [
                { name: 'Operation', values: [operation] },
                { name: 'RebootOption', values: ['RebootIfNeeded'] },
              ],
            },
          },
        });
        output.windows[id] = {
          id: window.id,
          name: `bench-${id}`,
          schedule: rest.schedule,
          targets: { [key]: target.id },
          tasks: { [key]: task.windowTaskId },
        };
        new TerraformOutput(this, `${id}_maintenance_window_id`, { value: window.id });
      }
    }
    new TerraformOutput(this, 'patch_manager', { value: output });
  }
}

const app = new App();
for (let number = 0; number < accounts; number += 1) {
  const account = String(100_000_000_000 + number);
  const global = new GlobalStack(app, account);
  for (const region of regions) new RegionalStack(app, account, region, number).addDependency(global);
}
app.synth();
