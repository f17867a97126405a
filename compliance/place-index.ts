import type { Deficit, DeficitKind } from './deficit.ts';
import type { Place, PlaceFacts } from './facts.ts';
import type { AssignmentContext, FleetContext, PlaceContext, RingContext } from './fleet-context.ts';
import { type GapLookup, gapLookup } from './gaps.ts';
import type { BaselineFacts, OperatingSystem, PatchFacts, PatchGroupFacts } from './patch-facts.ts';
import { type Release, Releases } from './releases.ts';
import type { WindowFacts } from './window-facts.ts';

/** The facts of one place, with what is looked up in them for each instance. */
export interface PlaceIndex {
  readonly facts: PlaceFacts;
  readonly fleet: FleetContext;
  /** What the fleet says about the place; absent where it says nothing. */
  readonly context: PlaceContext | undefined;
  /** Assignments for nodes with certain tags. Members of resource groups, which others are for, are not read. */
  readonly byTags: readonly AssignmentByTags[];
  /** The first assignment of each patch group. */
  readonly byGroup: ReadonlyMap<string, AssignmentContext>;
  readonly baselines: ReadonlyMap<string, BaselineFacts>;
  readonly defaults: ReadonlyMap<string, BaselineFacts>;
  readonly groups: ReadonlyMap<string, PatchGroupFacts>;
  /** Whether `Patch Group` is a key in use: windows target it, or a node carries it; of many nodes, one of the first part. */
  readonly usesSpacedKey: boolean;
  readonly gap: GapLookup;
  readonly releases: Releases;
  readonly windows: readonly WindowFacts[];
  /** Those of `windows` that install, as far as their tasks are known. */
  readonly installWindows: readonly WindowFacts[];
  /** By patch group, then by operating system, once it was worked out. */
  readonly expected: Map<string | undefined, Map<OperatingSystem, ExpectedBaseline | undefined>>;
  /** Patches that nodes lack, by key, once they were worked out: one for each release that its titles tell. */
  readonly lacked: Map<string, LackedPatch[]>;
  /** By the patches that nodes list, what counts against them, for each kind of node, once it was worked out. */
  readonly deficits: Map<readonly PatchFacts[], DeficitsOfKind[]>;
  /** The same of nodes of which nobody can say whether they still lack it. */
  readonly unprovenDeficits: Map<readonly Deficit[], readonly Deficit[]>;
  /** How many entries of each kind are listed, once they were counted. */
  readonly entries: Map<readonly Deficit[], Readonly<Record<DeficitKind, number>>>;
}

export interface AssignmentByTags {
  readonly assignment: AssignmentContext;
  /** Each key with one of its values; no values: any. */
  readonly tags: Readonly<Record<string, readonly string[]>>;
}

/** What nodes of a group and an operating system should be judged by. */
export interface ExpectedBaseline {
  readonly baselineId: string;
  readonly baselineName: string | undefined;
  /** What says so: the fleet file with its outputs, the patch group as it is registered, or the default of the system. */
  readonly from: 'fleet' | 'patch-group' | 'default';
}

/** How old a patch is, and what it comes to on nodes of the place: most are the same. */
export interface LackedPatch {
  readonly release: Release | undefined;
  readonly age: Pick<Deficit, 'ageDays' | 'ageSince'>;
  /** How old it is, in milliseconds: at the least, and at the most. */
  readonly atLeastMs: number;
  readonly atMostMs: number;
  readonly deficits: Deficit[];
}

/** What a list of patches comes to on nodes of a ring and a baseline of the fleet. */
export interface DeficitsOfKind {
  readonly ring: RingContext | undefined;
  readonly baselineKey: string | undefined;
  /** Whether updates that wait for approval count. */
  readonly available: boolean;
  readonly deficits: readonly Deficit[];
}

/** `111111111111/eu-central-1`. */
export function placeKey({ account, region }: Place): string {
  return `${account}/${region}`;
}

/** `111111111111/eu-central-1/i-0123456789abcdef0`: ids are unique in a region only. */
export function instanceKey(place: Place, instanceId: string): string {
  return `${placeKey(place)}/${instanceId}`;
}

export function indexPlace(facts: PlaceFacts, fleet: FleetContext): PlaceIndex {
  const windows = [...facts.windows].sort((a, b) => (a.windowId < b.windowId ? -1 : a.windowId > b.windowId ? 1 : 0));
  const context = contextOf(facts.place, fleet);
  const assignments = context?.assignments ?? [];
  const groups = assignments.flatMap((one) => one.patchGroups.map(({ groupName }) => [groupName, one] as const));
  return {
    facts,
    fleet,
    context,
    byTags: assignments.flatMap((assignment) => {
      const { targets } = assignment;
      return targets !== undefined && 'tags' in targets ? [{ assignment, tags: targets.tags }] : [];
    }),
    // Of several entries of a map the last one stays.
    byGroup: new Map(groups.reverse()),
    baselines: new Map(facts.baselines.map((baseline) => [baseline.baselineId, baseline])),
    defaults: new Map(
      facts.baselines.filter((baseline) => baseline.isDefault).map((baseline) => [baseline.operatingSystem, baseline]),
    ),
    groups: new Map(facts.patchGroups.map((group) => [group.groupName, group])),
    usesSpacedKey:
      windows.some(targetsSpacedKey) ||
      facts.instances.some(({ ec2 }) => ec2 !== undefined && Object.hasOwn(ec2.tags, 'Patch Group')),
    gap: gapLookup(facts.gaps),
    releases: new Releases(facts.availablePatches),
    windows,
    installWindows: windows.filter(({ tasks }) => tasks?.some(({ operation }) => operation === 'Install') ?? true),
    expected: new Map(),
    lacked: new Map(),
    deficits: new Map(),
    unprovenDeficits: new Map(),
    entries: new Map(),
  };
}

/** Whether a window is for nodes by the key with a space. */
export function targetsSpacedKey({ targets = [] }: WindowFacts): boolean {
  return targets.some((one) => one.targets.some(({ key }) => key === 'tag:Patch Group'));
}

/** Places of each fleet, by their keys; the first of several with one key. */
const contexts = new WeakMap<FleetContext, ReadonlyMap<string, PlaceContext>>();

/** What the fleet says about a place. */
export function contextOf(place: Place, fleet: FleetContext): PlaceContext | undefined {
  let byKey = contexts.get(fleet);
  if (byKey === undefined) {
    // Of several entries of a map the last one stays.
    byKey = new Map([...fleet.places].reverse().map((one) => [placeKey(one), one]));
    contexts.set(fleet, byKey);
  }
  // `current` is whatever the credentials say, and a fleet has it at most once.
  return byKey.get(placeKey(place)) ?? byKey.get(placeKey({ account: 'current', region: place.region }));
}
