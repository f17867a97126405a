/** A name of Patch Manager (`WINDOWS`, `AMAZON_LINUX_2023`): a text, as facts may hold one that this version does not know. */
export type OperatingSystem = string;

/** InstancePatchState: what a node reported about itself, last.
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_InstancePatchState.html */
export interface PatchState {
  /** `pb-…`, never an ARN: what the node was judged by. */
  readonly baselineId: string;
  /** Absent where AWS tells an empty one. */
  readonly patchGroup?: string;
  readonly operation: 'Scan' | 'Install';
  /** Absent where AWS tells none, or 1970. */
  readonly operationStartedAt?: string;
  readonly operationEndedAt?: string;
  readonly rebootOption?: 'RebootIfNeeded' | 'NoReboot';
  readonly lastNoRebootInstallAt?: string;
  /** Of the scan: the id of the window's execution, where a window ran it. */
  readonly snapshotId?: string;
  readonly installOverrideList?: string;
  readonly counts: PatchCounts;
}

/**
 * How many patches are in each state. Agents leave some out: what is absent is unknown, not 0. The three `…NonCompliant`
 * overlap: they break others down and are never added.
 */
export interface PatchCounts {
  readonly installed?: number;
  readonly installedOther?: number;
  readonly installedPendingReboot?: number;
  readonly installedRejected?: number;
  readonly missing?: number;
  readonly failed?: number;
  readonly notApplicable?: number;
  readonly unreportedNotApplicable?: number;
  /** Windows only. */
  readonly availableSecurityUpdate?: number;
  readonly criticalNonCompliant?: number;
  readonly securityNonCompliant?: number;
  readonly otherNonCompliant?: number;
}

/** In the spelling of AWS's enumeration; `normalise.ts` reads the other one, `InstalledOther`. */
export const patchStates = [
  'INSTALLED',
  'INSTALLED_OTHER',
  'INSTALLED_PENDING_REBOOT',
  'INSTALLED_REJECTED',
  'MISSING',
  'FAILED',
  'NOT_APPLICABLE',
  'AVAILABLE_SECURITY_UPDATE',
] as const;

export type PatchStateName = (typeof patchStates)[number];

/** PatchComplianceData: one patch of one node.
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PatchComplianceData.html */
export interface PatchFacts {
  /** `KB5034441` of Windows, `kernel.x86_64` of Linux: with `title` what tells patches apart. */
  readonly patchId: string;
  readonly title: string;
  /** `UNKNOWN` for a word that AWS did not use when this was written: never taken for compliant. */
  readonly state: PatchStateName | 'UNKNOWN';
  readonly classification?: string;
  /** In the words of the system: `Critical`, `Important`, `Medium`, … */
  readonly severity?: string;
  readonly installedAt?: string;
  /** Missing and failed patches only. */
  readonly cveIds?: readonly string[];
}

/** What a patch group resolves to. */
export interface PatchGroupFacts {
  readonly groupName: string;
  /** One at most for each operating system; for any other the default baseline counts. */
  readonly baselines: readonly { readonly operatingSystem: OperatingSystem; readonly baselineId: string }[];
}

export interface BaselineFacts {
  /** `pb-…`, never an ARN. */
  readonly baselineId: string;
  readonly baselineName: string;
  readonly operatingSystem: OperatingSystem;
  /** Whose: an account's own, or provided by AWS. */
  readonly owner: 'Self' | 'AWS';
  /** Whether it counts for nodes of the operating system without a group that has one. */
  readonly isDefault: boolean;
  /** Absent: GetPatchBaseline was not called, or is a gap. */
  readonly content?: BaselineContent;
}

export interface BaselineContent {
  /** When it was changed last: scans before looked for something else. */
  readonly modifiedAt?: string;
  readonly approvalRules: readonly ApprovalRuleFacts[];
  readonly approvedPatches: readonly string[];
  readonly rejectedPatches: readonly string[];
  readonly rejectedPatchesAction: 'ALLOW_AS_DEPENDENCY' | 'BLOCK';
  /** Windows only; the default of AWS is COMPLIANT. */
  readonly availableSecurityUpdatesComplianceStatus?: 'COMPLIANT' | 'NON_COMPLIANT';
}

/** A patch is approved by a rule when it matches every filter, and the delay or the date allows it. */
export interface ApprovalRuleFacts {
  /** By key (`CLASSIFICATION`, `MSRC_SEVERITY`, …); one value is enough, `*` is every one. */
  readonly filters: Readonly<Record<string, readonly string[]>>;
  readonly approveAfterDays?: number;
  /** `YYYY-MM-DD`, inclusive. */
  readonly approveUntilDate?: string;
}

/** A patch as DescribeAvailablePatches lists it: Windows and Amazon Linux. */
export interface AvailablePatch {
  readonly operatingSystem: OperatingSystem;
  /** Of Windows, `KB5034441`. */
  readonly kbId?: string;
  /** Of Linux. */
  readonly name?: string;
  readonly arch?: string;
  readonly epoch?: number;
  readonly version?: string;
  readonly release?: string;
  readonly title?: string;
  readonly product?: string;
  readonly productFamily?: string;
  readonly classification?: string;
  /** MSRC severity of Windows, severity of Linux. */
  readonly severity?: string;
  /** Absent where AWS tells none, or 1970. */
  readonly releasedAt?: string;
  readonly cveIds?: readonly string[];
  readonly advisoryIds?: readonly string[];
}
