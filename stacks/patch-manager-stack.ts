import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { LocalBackend, TerraformOutput, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { ManagedInstance } from '../modules/compute/index.ts';
import { InstanceRole, WindowRole } from '../modules/iam/index.ts';
import { MaintenanceWindow, Schedule, TargetSelector } from '../modules/maintenance-window/index.ts';
import { ApprovalRule, PatchBaseline } from '../modules/patch-baseline/index.ts';
import { PatchGroup } from '../modules/patch-group/index.ts';
import { AwsEnvironment } from '../modules/tf/aws-environment.ts';
import type { BaselineConfiguration, PatchManagerConfiguration, WindowConfiguration } from './configuration.ts';
import type { PatchManagerOutput } from './outputs.ts';

type Keyed<Kind> = Readonly<Record<string, Kind>>;

/** Patch Manager in one account and region: roles, baselines, patch groups, windows, and instances where wanted. */
export class PatchManagerStack extends TerraformStack {
  /** The value of the Terraform output `patch_manager`. */
  readonly output: PatchManagerOutput;

  constructor(scope: Construct, configuration: PatchManagerConfiguration) {
    super(scope, configuration.stackId);
    new AwsProvider(this, 'aws', { region: configuration.region });
    // Relative to cdktf.out/stacks/<stack>, so that the same bytes come out on every machine.
    new LocalBackend(this, { path: `../../../terraform.${configuration.stackId}.tfstate` });
    // terraform_data, which remembers the image parameter of an instance, came with 1.4.
    this.addOverride('terraform.required_version', '>= 1.4');

    const instanceRole = new InstanceRole(this, 'InstanceRole', configuration.roles.instance);
    const baselines = this.keyed('Baselines', configuration.baselines, (scope, key, baseline) =>
      makeBaseline(scope, key, baseline),
    );
    const groups = this.keyed('PatchGroups', byKey(configuration.patchGroups), (scope, key, group) => {
      const registered = group.baselines.map((baseline) => found(baselines, baseline, `patchGroups.${key}.baselines`));
      const { groupName } = group;
      return new PatchGroup(scope, key, { groupName, baselines: registered, tagKey: configuration.patchGroupTagKey });
    });
    const windowRole =
      configuration.roles.window === 'service-linked'
        ? WindowRole.serviceLinked(this)
        : new WindowRole(this, 'WindowRole', { ...configuration.roles.window, region: configuration.region });
    const windows = this.keyed('Windows', configuration.windows, (scope, key, window) => {
      const { windowName, description, duration, cutoff, enabled, allowUnassociatedTargets } = window;
      const made = new MaintenanceWindow(scope, key, {
        windowName,
        description,
        schedule: Schedule.expression(window.schedule),
        ...(window.scheduleTimezone !== undefined && { scheduleTimezone: window.scheduleTimezone }),
        duration,
        cutoff,
        enabled,
        allowUnassociatedTargets,
        taskRole: windowRole,
      });
      return { made, ...addPatchTasks(made, window, groups) };
    });
    const instances = this.keyed('Instances', configuration.instances, (scope, key, instance) => {
      const patchGroup = found(groups, instance.patchGroup, `instances.${key}.patchGroup`);
      return new ManagedInstance(scope, key, { ...instance, patchGroup, role: instanceRole });
    });

    const environment = AwsEnvironment.of(this);
    this.output = {
      version: 1,
      partition: environment.partition,
      account_id: environment.accountId,
      region: configuration.region,
      baselines: mapped(baselines, ({ baselineId, baselineName, operatingSystem }) => ({
        id: baselineId,
        name: baselineName,
        operating_system: operatingSystem,
      })),
      patch_groups: Object.values(groups).map((group) => ({
        name: group.groupName,
        tag_key: group.tagKey,
        baseline_ids: group.baselines.map((baseline) => baseline.baselineId),
      })),
      windows: mapped(windows, ({ made, targets, tasks }) => ({
        id: made.windowId,
        name: made.windowName,
        schedule: made.schedule.expression,
        timezone: made.scheduleTimezone ?? 'UTC',
        targets: mapped(targets, (target) => target.windowTargetId),
        tasks: mapped(tasks, (task) => task.windowTaskId),
      })),
      instances: mapped(instances, (instance) => instance.instanceId),
    };
    this.addOutputs();
  }

  /** Constructs made of a map sit under one namespace, so that no two keys can become one Terraform address. */
  private keyed<From, To>(
    namespace: string,
    values: Keyed<From>,
    make: (scope: Construct, key: string, value: From) => To,
  ): Keyed<To> {
    const scope = new Construct(this, namespace);
    return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, make(scope, key, value)]));
  }

  /** At the root of the stack: deeper outputs would get a hash in their name. */
  private addOutputs(): void {
    const { baselines, windows, instances } = this.output;
    const onlyWindow = Object.keys(windows).length === 1;
    const ids = [
      ...Object.entries(baselines).map(([key, baseline]) => [`${key}_baseline_id`, baseline.id] as const),
      ...Object.entries(windows).map(
        ([key, window]) => [onlyWindow ? 'maintenance_window_id' : `${key}_maintenance_window_id`, window.id] as const,
      ),
      ...Object.entries(instances).map(([key, id]) => [`${key}_instance_id`, id] as const),
    ];
    new TerraformOutput(this, 'patch_manager', { value: this.output });
    for (const [name, value] of ids) new TerraformOutput(this, name, { value });
  }
}

function makeBaseline(scope: Construct, key: string, baseline: BaselineConfiguration): PatchBaseline {
  const { approvalRules, ...props } = baseline;
  const rules = approvalRules.map((rule) => ApprovalRule.for(baseline.operatingSystem, rule));
  return new PatchBaseline(scope, key, { ...props, approvalRules: rules });
}

/** One target and one task for each patch group: tasks of one priority run side by side, targets of a task do not. */
function addPatchTasks(window: MaintenanceWindow, configuration: WindowConfiguration, groups: Keyed<PatchGroup>) {
  const targets = Object.fromEntries(
    configuration.patchGroups.map((key) => {
      const selector = TargetSelector.patchGroup(found(groups, key, `windows.${window.node.id}.patchGroups`));
      return [key, window.addTarget(key, { selector, targetName: `${configuration.windowName}-${key}` })];
    }),
  );
  const tasks = mapped(targets, (target, key) =>
    window.addPatchTask(key, {
      ...configuration.task,
      targets: [target],
      taskName: `${configuration.windowName}-${key}`,
    }),
  );
  return { targets, tasks };
}

function byKey(groups: PatchManagerConfiguration['patchGroups']) {
  return Object.fromEntries(groups.map(({ key, ...group }) => [key, group]));
}

function mapped<From, To>(values: Keyed<From>, make: (value: From, key: string) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, make(value, key)]));
}

/** A key that the configuration uses but does not define is a mistake of its author's program, not of a fleet's. */
function found<Kind>(values: Keyed<Kind>, key: string, where: string): Kind {
  const value = Object.hasOwn(values, key) ? values[key] : undefined;
  if (value === undefined) throw new Error(`${where} must be one of ${Object.keys(values).join(', ')}, got ${key}`);
  return value;
}
