// A fleet of 100 stacks with 20 resources each from patchfleet's modules; `stock/hundred-stacks.ts` is its counterpart.
import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { LocalBackend, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { WindowRole } from '../modules/iam/index.ts';
import { MaintenanceWindow, Schedule, TargetSelector } from '../modules/maintenance-window/index.ts';
import { ApprovalRule, PatchBaseline } from '../modules/patch-baseline/index.ts';
import { PatchGroup } from '../modules/patch-group/index.ts';
import { PatchfleetApp } from '../modules/tf/app.ts';

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
] as const;

const windows = [
  { key: 'scan', schedule: '0 2 ? * * *', operation: 'Scan', rebootOption: 'NoReboot' },
  { key: 'install', schedule: '0 3 ? * SAT *', operation: 'Install', rebootOption: 'RebootIfNeeded' },
] as const;

class AccountRegion extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);

    new LocalBackend(this, { path: `terraform.${id}.tfstate` });
    new AwsProvider(this, 'Aws', { region });
    const taskRole = new WindowRole(this, 'WindowRole', { roleName: `${id}-window`, region });

    const groups = systems.map(({ key, operatingSystem, product, classification }) => {
      const baseline = new PatchBaseline(this, `Baseline-${key}`, {
        baselineName: `${id}-${key}`,
        description: `Security updates of ${product}, seven days after release`,
        operatingSystem,
        approvalRules: [
          ApprovalRule.for(operatingSystem, {
            product: [product],
            classification: [classification],
            approveAfterDays: 7,
            complianceLevel: 'HIGH',
          }),
        ],
      });
      return new PatchGroup(this, `Group-${key}`, { groupName: `${id}-${key}`, baselines: [baseline] });
    });

    for (const { key, schedule, operation, rebootOption } of windows) {
      const window = new MaintenanceWindow(this, `Window-${key}`, {
        windowName: `${id}-${key}`,
        schedule: Schedule.cron(schedule),
        scheduleTimezone: 'Europe/Berlin',
        taskRole,
        duration: 3,
        cutoff: 1,
      });
      for (const half of [groups.slice(0, 2), groups.slice(2)]) {
        const name = half.map((group) => group.groupName.slice(id.length + 1)).join('-');
        const target = window.addTarget(name, {
          targetName: name,
          selector: TargetSelector.tags({ PatchGroup: half.map((group) => group.groupName) }),
        });
        window.addPatchTask(name, {
          taskName: name,
          operation,
          rebootOption,
          targets: [target],
          maxConcurrency: '10%',
          maxErrors: '5%',
        });
      }
    }
  }
}

const app = new PatchfleetApp();
for (let number = 0; number < 100; number += 1) {
  new AccountRegion(app, `fleet-${String(number).padStart(3, '0')}`);
}
app.synth();
