import type { MachineImage } from '../modules/compute/index.ts';
import type { ApprovalRulePropsOf, FamilyOf, OperatingSystem, PatchSource } from '../modules/patch-baseline/index.ts';
import type { PatchGroupTagKey } from '../modules/patch-group/index.ts';

/**
 * Everything one stack deploys, as one plain value. Keys of `baselines`, `windows` and `instances` are construct ids and
 * so part of Terraform addresses: changing one replaces what it names.
 */
export interface PatchManagerConfiguration {
  /** Names the stack and its state. */
  readonly stackId: string;
  readonly region: string;
  readonly roles: {
    readonly instance: RoleConfiguration;
    /** `service-linked` is AWS's own AWSServiceRoleForAmazonSSM. */
    readonly window: RoleConfiguration | 'service-linked';
  };
  readonly patchGroupTagKey: PatchGroupTagKey;
  readonly baselines: Readonly<Record<string, BaselineConfiguration>>;
  readonly patchGroups: readonly PatchGroupConfiguration[];
  readonly windows: Readonly<Record<string, WindowConfiguration>>;
  readonly instances: Readonly<Record<string, InstanceConfiguration>>;
}

export interface RoleConfiguration {
  /** IAM is global to an account: the region is part of the name. */
  readonly roleName: string;
}

/** A baseline of one operating system, its rules typed by it. */
export type BaselineConfiguration = {
  readonly [System in OperatingSystem]: {
    readonly operatingSystem: System;
    readonly baselineName: string;
    readonly description: string;
    readonly approvalRules: readonly ApprovalRulePropsOf[FamilyOf<System>][];
    readonly approvedPatches: readonly string[];
    readonly rejectedPatches: readonly string[];
    readonly sources: readonly PatchSource[];
  };
}[OperatingSystem];

export interface PatchGroupConfiguration {
  /** The key of the group's construct. */
  readonly key: string;
  readonly groupName: string;
  /** Keys of `baselines`. */
  readonly baselines: readonly string[];
}

export interface WindowConfiguration {
  readonly windowName: string;
  readonly description: string;
  /** In AWS's words: `rate(5 minutes)`. */
  readonly schedule: string;
  /** IANA name. @default - UTC */
  readonly scheduleTimezone?: string;
  /** Hours. */
  readonly duration: number;
  /** Hours. */
  readonly cutoff: number;
  readonly enabled: boolean;
  readonly allowUnassociatedTargets: boolean;
  /** One target and one task for each patch group, by the group's key. */
  readonly patchGroups: readonly string[];
  readonly task: PatchTaskConfiguration;
}

export interface PatchTaskConfiguration {
  readonly operation: 'Scan' | 'Install';
  readonly rebootOption: 'RebootIfNeeded' | 'NoReboot';
  readonly priority: number;
  readonly maxConcurrency: string;
  readonly maxErrors: string;
}

export interface InstanceConfiguration {
  readonly instanceName: string;
  readonly image: MachineImage;
  readonly instanceType: string;
  /** Key of one of `patchGroups`. */
  readonly patchGroup: string;
}
