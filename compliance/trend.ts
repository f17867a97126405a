import { type Bucket, outcomeOfBucket } from './buckets.ts';
import type { Deficit } from './deficits.ts';
import type { InstanceReference, InstanceReport } from './instance-report.ts';
import { instanceKey, placeKey } from './place-index.ts';
import type { GroupTotals, Totals } from './totals.ts';

/** What is kept of an earlier report to compare with. */
export interface EarlierState {
  /** Name of its source. */
  readonly name: string;
  readonly asOf: string;
  readonly totals: Totals;
  readonly byRing: readonly GroupTotals[];
  /** By account, region and id. */
  readonly instances: ReadonlyMap<string, EarlierInstance>;
  /** Keys of places of which nobody could say which instances were there. */
  readonly unread: ReadonlySet<string>;
  /** By patch key, when the snapshot saw it missing somewhere. */
  readonly missing: ReadonlyMap<string, string>;
}

export interface EarlierInstance extends InstanceReference {
  readonly bucket: Bucket;
  readonly lacks: readonly string[];
}

/** How things have changed since an earlier snapshot. */
export interface Trend {
  readonly since: string;
  readonly sinceAsOf: string;
  readonly before: Totals;
  readonly beforeByRing: readonly GroupTotals[];
  /** Instances that were not there; where their place could not be read then, they were unknown instead. */
  readonly new: readonly Change[];
  /** Neither patched nor waived then, and now they are; without those that were stopped, or unknown then. */
  readonly fixed: readonly Change[];
  /** Patched or waived then, and now neither; without those that are stopped, or unknown now. */
  readonly regressed: readonly Change[];
  /** Were there, and are no more; where their place could not be read they are unknown instead. */
  readonly gone: readonly Change[];
  /** In another bucket for the rest. */
  readonly changed: readonly Change[];
  readonly unchanged: number;
  /** Of instances that were read both times: patches that count against them now and did not, and the reverse. */
  readonly newDeficits: number;
  readonly fixedDeficits: number;
}

export interface Change extends InstanceReference {
  readonly was?: Bucket;
  readonly is?: Bucket;
}

/** Counts against a node, and is not installed. */
export function isLacking({ kind }: Deficit): boolean {
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

/** Compares with an earlier state. */
export function trendSince(earlier: EarlierState, instances: readonly InstanceReport[]): Trend {
  const changes = { new: [] as Change[], fixed: [] as Change[], regressed: [] as Change[], changed: [] as Change[] };
  const seen = new Set<string>();
  let unchanged = 0;
  let newDeficits = 0;
  let fixedDeficits = 0;
  for (const { account, region, instanceId, bucket: is, deficits } of instances) {
    const key = instanceKey({ account, region }, instanceId);
    seen.add(key);
    const before = earlier.instances.get(key);
    if (before === undefined) {
      if (!earlier.unread.has(placeKey({ account, region }))) changes.new.push({ account, region, instanceId, is });
      else if (is === 'unknown') unchanged += 1;
      else changes.changed.push({ account, region, instanceId, was: 'unknown', is });
    } else {
      const kind = kindOfChange(before.bucket, is);
      if (kind === undefined) unchanged += 1;
      else changes[kind].push({ account, region, instanceId, was: before.bucket, is });
      if (deficits !== undefined) {
        const lacks = new Set(deficits.filter(isLacking).map(({ patch }) => patch));
        const lacked = new Set(before.lacks);
        newDeficits += [...lacks].filter((patch) => !lacked.has(patch)).length;
        fixedDeficits += [...lacked].filter((patch) => !lacks.has(patch)).length;
      }
    }
  }
  const gone = [...earlier.instances]
    .filter(([key]) => !seen.has(key))
    .map(([, { account, region, instanceId, bucket }]) => ({ account, region, instanceId, was: bucket }));
  return {
    since: earlier.name,
    sinceAsOf: earlier.asOf,
    before: earlier.totals,
    beforeByRing: earlier.byRing,
    ...changes,
    gone,
    unchanged,
    newDeficits,
    fixedDeficits,
  };
}

function kindOfChange(was: Bucket, is: Bucket): 'fixed' | 'regressed' | 'changed' | undefined {
  if (was === is) return undefined;
  const wasFine = outcomeOfBucket[was] === 'compliant';
  const isFine = outcomeOfBucket[is] === 'compliant';
  if (!wasFine && isFine && tells(was)) return 'fixed';
  return wasFine && !isFine && tells(is) ? 'regressed' : 'changed';
}

/** Whether it says anything about patches: what was stopped or could not be read has not become better or worse. */
function tells(bucket: Bucket): boolean {
  return bucket !== 'stopped' && bucket !== 'unknown';
}
