import { TerraformOutput, type TerraformResource } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import type { BaselineConfiguration, RegionalDeployment, TargetConfiguration } from '../fleet/deployment.ts';
import { images } from '../fleet/images.ts';
import { ManagedAutoScalingGroup, ManagedInstance } from '../modules/compute/index.ts';
import { TargetSelector } from '../modules/maintenance-window/index.ts';
import { ApprovalRule, PatchBaseline } from '../modules/patch-baseline/index.ts';
import { PatchGroup } from '../modules/patch-group/index.ts';
import { AwsEnvironment } from '../modules/tf/aws-environment.ts';
import { DeploymentStack } from './deployment-stack.ts';
import { given } from './given.ts';
import { type Keyed, mapped } from './keyed.ts';
import type { PatchManagerOutput } from './outputs.ts';
import { PatchWindow } from './patch-window.ts';

/** Patch Manager in one account and region: roles, baselines, patch groups, windows, and instances and Auto Scaling groups where wanted. */
export class RegionalStack extends DeploymentStack {
  /** The value of the Terraform output `patch_manager`. */
  readonly output: PatchManagerOutput;

  constructor(scope: Construct, deployment: RegionalDeployment) {
    super(scope, deployment);
    const { region, account } = deployment;
    const baselines = this.keyed('Baselines', deployment.baselines, makeBaseline);
    const groups = this.keyed('PatchGroups', deployment.patchGroups, (namespace, key, group) => {
      const registered = group.baselines.map((baseline) => found(baselines, baseline, `patchGroups.${key}.baselines`));
      return new PatchGroup(namespace, key, {
        groupName: group.groupName,
        baselines: registered,
        tagKey: deployment.patchGroupTagKey,
      });
    });
    const { window: windowRole } = deployment.roles;
    const taskRole = this.windowRole(windowRole, region);
    if (windowRole.kind === 'made' && windowRole.managedInstances) taskRole.grant({ kind: 'managed-instances' });
    const windows = this.keyed('Windows', deployment.windows, (namespace, key, window) => {
      const targets = mapped(window.targets, (target) => selectorOf(target, groups));
      const made = new PatchWindow(namespace, key, { ...window, targets }, { taskRole, region, account });
      if (window.preventDestroy) preventDestroy(made.window);
      return made;
    });
    const role = deployment.roles.instance === undefined ? undefined : this.instanceRole(deployment.roles.instance);
    const instances = this.keyed(
      'Instances',
      deployment.instances,
      (namespace, key, { name, image, patchGroup, ...rest }) => {
        if (role === undefined) throw new Error(`instances.${key} needs roles.instance`);
        const group = found(groups, patchGroup, `instances.${key}.patchGroup`);
        return new ManagedInstance(namespace, key, {
          ...given(rest),
          instanceName: name,
          image: images[image],
          patchGroup: group,
          role,
        });
      },
    );
    const autoScalingGroups = this.keyed(
      'AutoScalingGroups',
      deployment.autoScalingGroups,
      (namespace, key, { name, image, patchGroup, ...rest }) => {
        if (role === undefined) throw new Error(`autoScalingGroups.${key} needs roles.instance`);
        const { defaultTags } = deployment.provider;
        return new ManagedAutoScalingGroup(namespace, key, {
          ...given(rest),
          groupName: name,
          image: images[image],
          patchGroup: found(groups, patchGroup, `autoScalingGroups.${key}.patchGroup`),
          role,
          // Terraform gives default tags to what it makes, not to what the group launches.
          ...(defaultTags !== undefined && { instanceTags: defaultTags }),
        });
      },
    );
    const environment = AwsEnvironment.of(this);
    this.output = {
      version: 1,
      partition: environment.partition,
      account_id: environment.accountId,
      region,
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
      windows: mapped(windows, (window) => window.output),
      instances: mapped(instances, (instance) => instance.instanceId),
      ...(Object.keys(autoScalingGroups).length > 0 && {
        auto_scaling_groups: mapped(autoScalingGroups, (group) => group.groupName),
      }),
    };
    // Those of emergencies come and go, and must rename no output.
    const lasting = Object.keys(windows).filter((key) => deployment.windows[key]?.operations.length === 1);
    this.addOutputs(lasting.length === 1 ? lasting[0] : undefined);
  }

  /** Constructs made of a map sit under one namespace, so that no two keys can become one Terraform address. */
  private keyed<From, To>(
    namespace: string,
    values: Keyed<From>,
    make: (scope: Construct, key: string, value: From) => To,
  ): Keyed<To> {
    const scope = new Construct(this, namespace);
    return mapped(values, (value, key) => make(scope, key, value));
  }

  /** At the root of the stack: deeper outputs would get a hash in their name. */
  private addOutputs(onlyWindow: string | undefined): void {
    const { baselines, windows, instances, auto_scaling_groups: groups = {} } = this.output;
    const ids = [
      ...Object.entries(baselines).map(([key, baseline]) => [`${key}_baseline_id`, baseline.id] as const),
      ...Object.entries(windows).map(
        ([key, window]) =>
          [key === onlyWindow ? 'maintenance_window_id' : `${key}_maintenance_window_id`, window.id] as const,
      ),
      ...Object.entries(instances).map(([key, id]) => [`${key}_instance_id`, id] as const),
      ...Object.entries(groups).map(([key, name]) => [`${key}_auto_scaling_group_name`, name] as const),
    ];
    new TerraformOutput(this, 'patch_manager', { value: this.output });
    for (const [name, value] of ids) new TerraformOutput(this, name, { value });
  }
}

function makeBaseline(scope: Construct, key: string, configuration: BaselineConfiguration): PatchBaseline {
  const { approvalRules, preset, preventDestroy: isCritical, ...props } = configuration;
  const system = configuration.operatingSystem;
  const own = approvalRules.map((rule) => ApprovalRule.for(system, rule));
  // The check of the baseline refuses macOS with its reason.
  const withDefault = system as Exclude<typeof system, 'MACOS'>;
  const rules =
    preset === undefined ? [] : ApprovalRule.awsDefault(withDefault, preset.approveAfterDays, preset.approveUntilDates);
  const baseline = new PatchBaseline(scope, key, {
    ...given(props),
    approvalRules: [...own, ...rules],
  });
  if (isCritical) preventDestroy(baseline);
  return baseline;
}

function selectorOf(target: TargetConfiguration, groups: Keyed<PatchGroup>): TargetSelector {
  if (target.kind === 'tags') return TargetSelector.tags(target.tags);
  if (target.kind === 'resource-group') return TargetSelector.resourceGroup(target.resourceGroup, target.resourceTypes);
  return TargetSelector.patchGroup(found(groups, target.patchGroup, 'targets'));
}

function preventDestroy(construct: IConstruct): void {
  (construct.node.defaultChild as TerraformResource).lifecycle = { preventDestroy: true };
}

/** The fleet's checks refuse a key that is not defined, before anything is made of it. */
function found<Kind>(values: Keyed<Kind>, key: string, where: string): Kind {
  const value = Object.hasOwn(values, key) ? values[key] : undefined;
  if (value === undefined) throw new Error(`${where} must be one of ${Object.keys(values).join(', ')}, got ${key}`);
  return value;
}
