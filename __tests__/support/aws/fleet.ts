import type { Instance } from '@aws-sdk/client-ec2';
import type {
  CommandInvocation,
  GetMaintenanceWindowTaskResult,
  GetPatchBaselineResult,
  InstanceInformation,
  InstancePatchState,
  MaintenanceWindowExecution,
  MaintenanceWindowExecutionTaskIdentity,
  MaintenanceWindowExecutionTaskInvocationIdentity,
  MaintenanceWindowIdentity,
  MaintenanceWindowTarget,
  Patch,
  PatchComplianceData,
} from '@aws-sdk/client-ssm';

/* What AWS would know of a fleet, in AWS's own words: plain data that the endpoint answers from. */

export interface SimulatedFleet {
  readonly places: readonly SimulatedPlace[];
}

/** One account in one region. */
export interface SimulatedPlace {
  readonly account: string;
  readonly region: string;
  readonly instances: readonly SimulatedInstance[];
  readonly baselines: readonly SimulatedBaseline[];
  readonly patchGroups: readonly { readonly patchGroup: string; readonly baselineId: string }[];
  readonly availablePatches: readonly Patch[];
  readonly windows: readonly SimulatedWindow[];
}

export interface SimulatedInstance {
  readonly instanceId: string;
  /** What EC2 says; absent for nodes outside EC2, and for those it has forgotten. */
  readonly ec2?: Instance;
  /** Whether EC2 lists it only where managed resources are asked for. Default: false. */
  readonly isHidden?: boolean;
  /** What Systems Manager says; absent where no agent is registered. */
  readonly information?: InstanceInformation;
  /** Of the last patch operation; absent where none ever ran. */
  readonly patchState?: InstancePatchState;
  readonly patches: readonly PatchComplianceData[];
}

export interface SimulatedBaseline extends GetPatchBaselineResult {
  readonly BaselineId: string;
  /** Whether it judges instances whose patch group has no baseline for their system. */
  readonly isDefault: boolean;
  readonly owner: 'AWS' | 'Self';
}

export interface SimulatedWindow {
  readonly window: MaintenanceWindowIdentity & { readonly WindowId: string };
  readonly targets: readonly MaintenanceWindowTarget[];
  readonly tasks: readonly (GetMaintenanceWindowTaskResult & { readonly WindowTaskId: string })[];
  readonly executions: readonly SimulatedExecution[];
}

export interface SimulatedExecution {
  readonly execution: MaintenanceWindowExecution & { readonly WindowExecutionId: string };
  readonly tasks: readonly {
    readonly task: MaintenanceWindowExecutionTaskIdentity & { readonly TaskExecutionId: string };
    readonly invocations: readonly MaintenanceWindowExecutionTaskInvocationIdentity[];
    readonly commandInvocations: readonly CommandInvocation[];
  }[];
}
