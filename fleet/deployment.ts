import type { ApprovalRulePropsOf } from '../modules/patch-baseline/approval-rule.ts';
import type { FamilyOf, OperatingSystem } from '../modules/patch-baseline/operating-system.ts';
import type { FleetAutoScalingGroup, FleetBackend, FleetInstall, FleetInstance, FleetScan } from './schema/index.ts';

/**
 * One stack as one plain, serialisable value: everything it deploys, with every default written out that is the fleet's
 * to choose. Keys of the maps are construct ids and so part of Terraform addresses.
 */
export type Deployment = RegionalDeployment | GlobalDeployment;

interface CommonDeployment {
  /** `<account>-<region>`, `<account>-global`, or as the file says for the current account. Names the state. */
  readonly stackId: string;
  /** A number, or `current`: whatever the credentials say. */
  readonly account: string;
  readonly accountName?: string;
  /** Of the provider. */
  readonly region: string;
  readonly provider: ProviderConfiguration;
  readonly backend: FleetBackend;
}

/** What is global to an account: its roles. There is none where all of them exist already. */
export interface GlobalDeployment extends CommonDeployment {
  readonly kind: 'global';
  readonly roles: RolesConfiguration;
  /** Regions whose windows use the window role, and what their tasks need. */
  readonly windowPermissions: readonly WindowPermissionConfiguration[];
}

/** Patch Manager in one account and region. */
export interface RegionalDeployment extends CommonDeployment {
  readonly kind: 'regional';
  /** Stacks that must be deployed before. */
  readonly dependsOn: readonly string[];
  /** Names of its assignments. */
  readonly assignments: readonly string[];
  /** Rings of its assignments, in the order of the file; for people, and never part of an address. */
  readonly rings: readonly string[];
  readonly roles: RolesConfiguration;
  readonly patchGroupTagKey: 'PatchGroup' | 'Patch Group';
  readonly baselines: Readonly<Record<string, BaselineConfiguration>>;
  readonly patchGroups: Readonly<Record<string, PatchGroupConfiguration>>;
  readonly windows: Readonly<Record<string, WindowConfiguration>>;
  readonly instances: Readonly<Record<string, FleetInstance>>;
  readonly autoScalingGroups: Readonly<Record<string, FleetAutoScalingGroup>>;
}

export interface ProviderConfiguration {
  readonly assumeRoleArn?: string;
  readonly profile?: string;
  /** Numbers the credentials may belong to; absent for the current account. */
  readonly allowedAccountIds?: readonly string[];
  readonly defaultTags?: Readonly<Record<string, string>>;
}

export interface RolesConfiguration {
  /** Absent where no instance is made. */
  readonly instance?: RoleConfiguration;
  readonly window: RoleConfiguration;
}

export type RoleConfiguration =
  | {
      readonly kind: 'made';
      readonly roleName: string;
      readonly path?: string;
      readonly permissionsBoundary?: string;
      /** Of a window role: whether its tasks may reach servers outside EC2, whatever its targets say. */
      readonly managedInstances?: boolean;
    }
  | { readonly kind: 'existing'; readonly roleArn: string }
  | { readonly kind: 'service-linked' };

export interface WindowPermissionConfiguration {
  readonly region: string;
  readonly documentNames: readonly string[];
  readonly notificationRoleArn?: string;
  readonly resourceGroups: boolean;
  readonly managedInstances: boolean;
}

/** A baseline of one operating system, its rules typed by it. */
export type BaselineConfiguration = {
  readonly [System in OperatingSystem]: {
    readonly operatingSystem: System;
    readonly baselineName: string;
    readonly description?: string;
    readonly approvalRules: readonly ApprovalRulePropsOf[FamilyOf<System>][];
    /** Also the rules of AWS's own default baseline, with another delay, or a day for each rule, where a ring says so. */
    readonly preset?: { readonly approveAfterDays?: number; readonly approveUntilDates?: readonly string[] };
    readonly approvedPatches: readonly string[];
    readonly approvedPatchesComplianceLevel?: 'CRITICAL' | 'HIGH' | 'MEDIUM' | 'LOW' | 'INFORMATIONAL' | 'UNSPECIFIED';
    readonly approvedPatchesEnableNonSecurity?: boolean;
    readonly rejectedPatches: readonly string[];
    readonly rejectedPatchesAction?: 'ALLOW_AS_DEPENDENCY' | 'BLOCK';
    readonly sources: readonly {
      readonly name: string;
      readonly products: readonly string[];
      readonly configuration: string;
    }[];
    readonly availableSecurityUpdatesComplianceStatus?: 'COMPLIANT' | 'NON_COMPLIANT';
    readonly registerAsDefault: boolean;
    /** Refuses to be destroyed. */
    readonly preventDestroy: boolean;
  };
}[OperatingSystem];

export interface PatchGroupConfiguration {
  readonly groupName: string;
  /** Keys of the deployment's `baselines`. */
  readonly baselines: readonly string[];
}

export interface WindowConfiguration {
  readonly windowName: string;
  readonly description: string;
  /** What its tasks do, in order of priority: one operation, or in an emergency a scan and then an install. */
  readonly operations: readonly ['Scan' | 'Install'] | readonly ['Scan', 'Install'];
  /** The window as the ring or the emergency says it. */
  readonly window: FleetScan | FleetInstall;
  /** One target and a task of each operation for each, by key: nodes of a patch group, or what is targeted instead. */
  readonly targets: Readonly<Record<string, TargetConfiguration>>;
  /** Refuses to be destroyed. */
  readonly preventDestroy: boolean;
}

export type TargetConfiguration =
  | { readonly kind: 'patch-group'; readonly patchGroup: string }
  | { readonly kind: 'tags'; readonly tags: Readonly<Record<string, readonly string[]>> }
  | { readonly kind: 'resource-group'; readonly resourceGroup: string; readonly resourceTypes: readonly string[] };
