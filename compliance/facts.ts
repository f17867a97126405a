import type { AvailablePatch, BaselineFacts, PatchFacts, PatchGroupFacts, PatchState } from './patch-facts.ts';
import type { WindowFacts } from './window-facts.ts';

/*
 * What a source tells, as plain serialisable values: nothing here judges. Three rules hold everywhere:
 * - what is absent was not told, and is never taken for 0, `false` or an empty list;
 * - instants are ISO-8601 in UTC with milliseconds (`2026-11-30T02:00:00.000Z`), made by `normalise.ts`;
 * - why something is absent, where a call failed, stands in `gaps`.
 */

/** One account in one region. */
export interface Place {
  /** 12 digits; `current` only where nobody could find out the number. */
  readonly account: string;
  readonly region: string;
}

/** All that is known of one place. */
export interface PlaceFacts {
  readonly place: Place;
  /** When its reading began: ages of scans are counted from `--as-of`, not from here. */
  readonly observedAt: string;
  /** IAM actions that were used (`ssm:DescribeInstancePatchStates`), each once, sorted. */
  readonly permissions: readonly string[];
  /** Declared ∪ EC2 ∪ Systems Manager, each once by id. */
  readonly instances: readonly InstanceFacts[];
  readonly baselines: readonly BaselineFacts[];
  readonly patchGroups: readonly PatchGroupFacts[];
  /** Only those that some instance misses or that were asked for: AWS lists thousands. */
  readonly availablePatches: readonly AvailablePatch[];
  readonly windows: readonly WindowFacts[];
  readonly gaps: readonly Gap[];
}

/** One node. Each part is absent where its service does not know the node, or where a gap says that nobody could ask. */
export interface InstanceFacts {
  /** `i-` with 8 or 17 hex digits, or `mi-` with 17 for a node outside EC2. */
  readonly instanceId: string;
  /** Its key among the `instances` of the stack's outputs; absent where no stack made it. */
  readonly declaredAs?: string;
  readonly ec2?: Ec2Facts;
  readonly managed?: ManagedFacts;
  /** Absent, and no gap: it never reported. */
  readonly patchState?: PatchState;
  /** Absent: not asked for. An empty list: asked, and there are none. */
  readonly patches?: readonly PatchFacts[];
}

export const ec2States = ['pending', 'running', 'shutting-down', 'terminated', 'stopping', 'stopped'] as const;

export interface Ec2Facts {
  readonly state: (typeof ec2States)[number];
  /** When it stopped, or changed state last, as far as EC2 says. */
  readonly stateChangedAt?: string;
  readonly launchedAt?: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Whether tags can be read in the instance's metadata, where no key may hold a space. */
  readonly metadataTags?: boolean;
  /** `Linux/UNIX`, `Windows`, … in the words of EC2. */
  readonly platformDetails?: string;
  /** Whether an instance profile is attached; without one only default host management reaches it. */
  readonly hasInstanceProfile?: boolean;
}

/** What DescribeInstanceInformation tells. */
export interface ManagedFacts {
  readonly pingStatus: 'Online' | 'ConnectionLost' | 'Inactive';
  readonly lastPingAt?: string;
  readonly platformType?: 'Windows' | 'Linux' | 'MacOS';
  /** `Amazon Linux`, `Microsoft Windows Server 2022 Datacenter`, … */
  readonly platformName?: string;
  readonly platformVersion?: string;
  readonly agentVersion?: string;
  readonly computerName?: string;
}

/** Kinds of things that are read; `place` is all of them. */
export type Area =
  | 'place'
  | 'ec2-instances'
  | 'managed-instances'
  | 'patch-states'
  | 'patches'
  | 'baselines'
  | 'patch-groups'
  | 'available-patches'
  | 'windows'
  | 'window-executions';

/** Something that could not be read. */
export interface Gap {
  readonly area: Area;
  /** Ids of the instances it is about. Absent: all of the place. */
  readonly instanceIds?: readonly string[];
  /** Ids of the windows it is about, for `windows` and `window-executions`. Absent: all of the place. */
  readonly windowIds?: readonly string[];
  readonly reason: GapReason;
  /** What AWS or the network said, in one line, for people. */
  readonly message: string;
}

export type GapReason =
  | 'access-denied'
  | 'no-credentials'
  | 'expired-credentials'
  | 'role-not-assumed'
  | 'region-disabled'
  | 'throttled'
  | 'timed-out'
  | 'unreachable'
  | 'interrupted'
  | 'invalid-answer'
  | 'failed';
