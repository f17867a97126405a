import type { Place, PlaceFacts } from './facts.ts';
import type { FleetContext, PlaceContext } from './fleet-context.ts';
import { type GapLookup, gapLookup } from './gaps.ts';
import type { BaselineFacts, PatchGroupFacts } from './patch-facts.ts';
import { keysOfAvailable } from './patch-names.ts';
import type { WindowFacts } from './window-facts.ts';

/** The facts of one place, with what is looked up in them for each instance. */
export interface PlaceIndex {
  readonly facts: PlaceFacts;
  readonly fleet: FleetContext;
  /** What the fleet says about the place; absent where it says nothing. */
  readonly context: PlaceContext | undefined;
  readonly baselines: ReadonlyMap<string, BaselineFacts>;
  readonly defaults: ReadonlyMap<string, BaselineFacts>;
  readonly groups: ReadonlyMap<string, PatchGroupFacts>;
  readonly gap: GapLookup;
  /** When a patch was released, by its key; the earliest where AWS lists several dates. */
  readonly releasedAt: ReadonlyMap<string, string>;
  readonly windows: readonly WindowFacts[];
  /** Those of `windows` that install, as far as their tasks are known. */
  readonly installWindows: readonly WindowFacts[];
  /** By patch group and operating system, once it was worked out. */
  readonly expected: Map<string, ExpectedBaseline | undefined>;
}

/** What nodes of a group and an operating system should be judged by. */
export interface ExpectedBaseline {
  readonly baselineId: string;
  readonly baselineName: string | undefined;
  /** What says so: the fleet file with its outputs, the patch group as it is registered, or the default of the system. */
  readonly from: 'fleet' | 'patch-group' | 'default';
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
  const releasedAt = new Map<string, string>();
  for (const patch of facts.availablePatches) {
    if (patch.releasedAt === undefined) continue;
    for (const key of keysOfAvailable(patch)) {
      const known = releasedAt.get(key);
      if (known === undefined || patch.releasedAt < known) releasedAt.set(key, patch.releasedAt);
    }
  }
  const windows = [...facts.windows].sort((a, b) => (a.windowId < b.windowId ? -1 : a.windowId > b.windowId ? 1 : 0));
  return {
    facts,
    fleet,
    context: contextOf(facts.place, fleet),
    baselines: new Map(facts.baselines.map((baseline) => [baseline.baselineId, baseline])),
    defaults: new Map(
      facts.baselines.filter((baseline) => baseline.isDefault).map((baseline) => [baseline.operatingSystem, baseline]),
    ),
    groups: new Map(facts.patchGroups.map((group) => [group.groupName, group])),
    gap: gapLookup(facts.gaps),
    releasedAt,
    windows,
    installWindows: windows.filter(({ tasks }) => tasks?.some(({ operation }) => operation === 'Install') ?? true),
    expected: new Map(),
  };
}

function contextOf(place: Place, fleet: FleetContext): PlaceContext | undefined {
  const inRegion = fleet.places.filter(({ region }) => region === place.region);
  // `current` is whatever the credentials say, and a fleet has it at most once.
  return inRegion.find(({ account }) => account === place.account) ?? inRegion.find(isCurrent);
}

function isCurrent({ account }: PlaceContext): boolean {
  return account === 'current';
}
