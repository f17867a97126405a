import type { OperatingSystem } from './patch-facts.ts';

/**
 * What the fleet file and the outputs of its stacks say about the nodes: what should be there, and how it should be
 * patched. A report needs none of it; without, there are no rings, no deadlines and no waivers.
 */
export interface FleetContext {
  /** Name of the fleet. */
  readonly fleet?: string;
  /** Commit of the fleet file, where it is known. */
  readonly commit?: string;
  /** SHA-256 of the fleet file, and of each file of outputs. */
  readonly files: readonly { readonly file: string; readonly sha256: string }[];
  /** In the order of the file. */
  readonly rings: readonly RingContext[];
  readonly places: readonly PlaceContext[];
  readonly waivers: readonly WaiverContext[];
  readonly freezes: readonly FreezeContext[];
}

export interface RingContext {
  readonly name: string;
  readonly critical: boolean;
  /** Days after its release within which the ring must have a patch. Absent: no deadline. */
  readonly patchWithinDays?: number;
}

/** One account and region of the fleet. */
export interface PlaceContext {
  /** 12 digits, or `current`: whatever the credentials say. */
  readonly account: string;
  readonly accountName?: string;
  readonly region: string;
  readonly assumeRoleArn?: string;
  readonly profile?: string;
  readonly patchGroupTagKey: 'PatchGroup' | 'Patch Group';
  /** Instances that the stack made: ids by key. */
  readonly declared: Readonly<Record<string, string>>;
  readonly assignments: readonly AssignmentContext[];
}

export interface AssignmentContext {
  readonly name: string;
  /** Absent where only outputs are known. */
  readonly ring?: string;
  readonly patchGroups: readonly GroupContext[];
  /** Nodes that are patched, where these are not those of the patch groups. */
  readonly targets?:
    | { readonly tags: Readonly<Record<string, readonly string[]>> }
    | { readonly resourceGroup: string };
  readonly windows: readonly WindowContext[];
}

export interface GroupContext {
  /** Value of the tag. */
  readonly groupName: string;
  readonly baselines: readonly BaselineContext[];
}

export interface BaselineContext {
  /** Key in the fleet file, as waivers name it. Absent where only outputs are known. */
  readonly key?: string;
  readonly operatingSystem: OperatingSystem;
  readonly baselineName: string;
  /** From the outputs; absent without. */
  readonly baselineId?: string;
}

export interface WindowContext {
  /** `RING/WINDOW`, as freezes name it: `prod/install`. Absent where only outputs are known. */
  readonly ringWindow?: string;
  readonly windowName: string;
  /** From the outputs; absent without. */
  readonly windowId?: string;
}

export interface WaiverContext {
  /** Names as `rejectedPatches` takes them; one `*` is a wildcard. */
  readonly patches: readonly string[];
  /** Names of rings. */
  readonly rings: readonly string[];
  /** Keys of the baselines that reject them; absent: all. */
  readonly baselines?: readonly string[];
  readonly owner: string;
  readonly reason: string;
  readonly ticket: string;
  /** Last day on which it holds, `YYYY-MM-DD`, in UTC. */
  readonly expires: string;
}

export interface FreezeContext {
  readonly name: string;
  /** Instants in UTC: from the first, up to and without the second. */
  readonly from: string;
  readonly to: string;
  /** Names of rings; absent: all. */
  readonly rings?: readonly string[];
  readonly reason: string;
  /** Windows that it has closed, `RING/WINDOW`. */
  readonly closed: readonly string[];
}
