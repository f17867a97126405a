/** Why a patch counts against a node. `available` counts only where the baseline says that it does. */
export type DeficitKind = 'failed' | 'missing' | 'rejected-installed' | 'pending-reboot' | 'available';

/** One patch that counts against one node. */
export interface Deficit {
  /** Key of the patch among the `patches` of the report. */
  readonly patch: string;
  readonly kind: DeficitKind;
  /** Whole days that have passed; absent: unknown, or it is installed. */
  readonly ageDays?: number;
  /** Since its release, of several that may be meant the last, or since an earlier snapshot first saw it missing: then it is older than that. */
  readonly ageSince?: 'release' | 'first-seen';
  /**
   * Against `patchWithinDays` of the ring, to the instant; absent without such, and where it is waived or installed. Unknown where its age
   * does not tell, and on a node that is stopped or of which nobody can say whether it is patched.
   */
  readonly deadline?: 'met' | 'overdue' | 'unknown';
  /** How often its node lists it, where that is several times: counts of AWS have each. */
  readonly entries?: number;
  /** Place of the waiver in `waivers` of the report. */
  readonly waiver?: number;
}
