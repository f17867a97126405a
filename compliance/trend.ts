import { type Bucket, outcomeOfBucket } from './buckets.ts';
import type { Deficit } from './deficits.ts';
import type { InstanceReference, InstanceReport } from './instance-report.ts';
import { instanceKey, placeKey } from './place-index.ts';
import type { SourceEvidence } from './source-evidence.ts';
import type { GroupTotals, Totals } from './totals.ts';

/** What is kept of an earlier report to compare with. */
export interface EarlierState {
  /** Name of its source. */
  readonly name: string;
  readonly sources: readonly SourceEvidence[];
  /** Whether all was read that was to be read. */
  readonly complete: boolean;
  readonly asOf: string;
  readonly totals: Totals;
  readonly byRing: readonly GroupTotals[];
  /** By account, region and id. */
  readonly instances: ReadonlyMap<string, EarlierInstance>;
  /** Keys of the places that it looked at. */
  readonly places: ReadonlySet<string>;
  /** Keys of those of which nobody could say which instances were there. */
  readonly unread: ReadonlySet<string>;
  /** By patch key, when the snapshot saw it missing somewhere. */
  readonly missing: ReadonlyMap<string, string>;
}

export interface EarlierInstance extends InstanceReference {
  readonly bucket: Bucket;
  /** Absent where that was not known. */
  readonly lacks?: readonly string[];
  /** How many more it lacked, of which nobody knows which they were. */
  readonly unlisted?: number;
  /** What it lacked was only told of a list. */
  readonly installOfList?: true;
  readonly ring?: string;
  readonly patchGroup?: string;
  readonly operatingSystem?: string;
}

/** How things have changed since an earlier snapshot. */
export interface Trend {
  readonly since: string;
  readonly sinceAsOf: string;
  /** Whether all was read then that was to be read. */
  readonly sinceComplete: boolean;
  readonly before: Totals;
  readonly beforeByRing: readonly GroupTotals[];
  /** Instances that were not there; where their place could not be read then, they were unknown instead. */
  readonly new: readonly Change[];
  /** Not compliant then, and now they are. */
  readonly fixed: readonly Change[];
  /** Compliant then, and now they are not. What is stopped or not proven, then or now, is neither. */
  readonly regressed: readonly Change[];
  /** Were there, and are no more; where their place could not be read they are unknown instead. */
  readonly gone: readonly Change[];
  /** In places that the earlier snapshot did not look at: whether they were there nobody can say. */
  readonly notSeenThen: readonly Change[];
  /** Were in places that are not looked at now: what became of them nobody can say. */
  readonly notSeenNow: readonly Change[];
  /** In another bucket for the rest. */
  readonly changed: readonly Change[];
  readonly unchanged: number;
  /**
   * Of instances of which both is known: patches that they lack now and did not, and the reverse. Those that did not list,
   * then or now, all that they count, or installed a list last, are left out.
   */
  readonly newDeficits: number;
  readonly fixedDeficits: number;
}

export interface Change extends InstanceReference {
  readonly was?: Bucket;
  readonly is?: Bucket;
}

/** Keys of the patches that count against an instance and are not installed; absent where that is not known. */
export function lacksOf({ bucket, deficits }: InstanceReport): readonly string[] | undefined {
  if (deficits !== undefined) return deficits.filter(isLacking).map(({ patch }) => patch);
  // Patches are listed of those that lack some.
  return bucket === 'compliant' ? [] : undefined;
}

/** Counts against a node, and is not installed. */
function isLacking({ kind }: Deficit): boolean {
  return kind === 'missing' || kind === 'failed' || kind === 'available';
}

/** When each patch was first seen missing, in any of several earlier states. */
export function firstSeenIn(earlier: readonly EarlierState[]): ReadonlyMap<string, string> {
  const first = new Map<string, string>();
  for (const { missing } of earlier) {
    for (const [patch, at] of missing) {
      const known = first.get(patch);
      if (known === undefined || at < known) first.set(patch, at);
    }
  }
  return first;
}

/** Compares with an earlier state. `places` are the keys of those that are looked at now. */
export function trendSince(
  earlier: EarlierState,
  instances: readonly InstanceReport[],
  places: ReadonlySet<string>,
): Trend {
  const changes = {
    new: [] as Change[],
    fixed: [] as Change[],
    regressed: [] as Change[],
    gone: [] as Change[],
    notSeenThen: [] as Change[],
    notSeenNow: [] as Change[],
    changed: [] as Change[],
  };
  const seen = new Set<string>();
  let unchanged = 0;
  let newDeficits = 0;
  let fixedDeficits = 0;
  for (const instance of instances) {
    const { account, region, instanceId, bucket: is } = instance;
    const key = instanceKey({ account, region }, instanceId);
    const place = placeKey({ account, region });
    seen.add(key);
    const before = earlier.instances.get(key) ?? (earlier.unread.has(place) ? unreadThen : undefined);
    if (before === undefined) {
      changes[earlier.places.has(place) ? 'new' : 'notSeenThen'].push({ account, region, instanceId, is });
      continue;
    }
    const lacks = lacksOf(instance);
    const kind = kindOfChange(before, { bucket: is, ...(lacks !== undefined && { lacks }) });
    if (kind === undefined) unchanged += 1;
    else changes[kind].push({ account, region, instanceId, was: before.bucket, is });
    if (before.lacks === undefined || lacks === undefined) continue;
    if (listsPart(before) || listsPart(instance)) continue;
    newDeficits += countWithout(lacks, before.lacks);
    fixedDeficits += countWithout(before.lacks, lacks);
  }
  for (const [key, { account, region, instanceId, bucket: was }] of earlier.instances) {
    if (seen.has(key)) continue;
    const kind = places.has(placeKey({ account, region })) ? 'gone' : 'notSeenNow';
    changes[kind].push({ account, region, instanceId, was });
  }
  return {
    since: earlier.name,
    sinceAsOf: earlier.asOf,
    sinceComplete: earlier.complete,
    before: earlier.totals,
    beforeByRing: earlier.byRing,
    ...changes,
    unchanged,
    newDeficits,
    fixedDeficits,
  };
}

/** What an instance comes to, then or now. */
type Standing = Pick<EarlierInstance, 'bucket' | 'lacks'>;

/** Whether it may lack more than it lists: what is listed no more may be missing all the same. */
function listsPart({ unlisted, installOfList }: Pick<EarlierInstance, 'unlisted' | 'installOfList'>): boolean {
  return unlisted !== undefined || installOfList === true;
}

const unreadThen: Omit<EarlierInstance, keyof InstanceReference> = { bucket: 'unknown' };

function countWithout(patches: readonly string[], others: readonly string[]): number {
  const without = new Set(others);
  return new Set(patches.filter((patch) => !without.has(patch))).size;
}

function kindOfChange(was: Standing, is: Standing): 'fixed' | 'regressed' | 'changed' | undefined {
  if (was.bucket === is.bucket) return undefined;
  const [before, now] = [outcomeOfBucket[was.bucket], outcomeOfBucket[is.bucket]];
  // Waivers cover what is listed: where the list is missing, nothing has become worse, or better.
  const isWaivedByList = (one: Standing, other: Standing) => one.bucket === 'waived' && other.lacks === undefined;
  if (isWaivedByList(was, is) || isWaivedByList(is, was)) return 'changed';
  if (before === 'noncompliant' && now === 'compliant') return 'fixed';
  return before === 'compliant' && now === 'noncompliant' ? 'regressed' : 'changed';
}
