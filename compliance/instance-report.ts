import type { Bucket } from './buckets.ts';
import type { Deficit } from './deficits.ts';
import type { PatchCounts } from './patch-facts.ts';

export interface InstanceReference {
  readonly account: string;
  readonly region: string;
  readonly instanceId: string;
}

/** The order of instances within a place. */
export function byInstanceId(a: { readonly instanceId: string }, b: { readonly instanceId: string }): number {
  return a.instanceId < b.instanceId ? -1 : a.instanceId > b.instanceId ? 1 : 0;
}

export interface InstanceReport extends InstanceReference {
  readonly bucket: Bucket;
  /** Why it is in that bucket. */
  readonly why: string;
  /** Value of its tag `Name`, or what its system calls itself. */
  readonly name?: string;
  readonly ring?: string;
  readonly patchGroup?: string;
  readonly operatingSystem?: string;
  /** `Amazon Linux 2023`, in the words of its agent. */
  readonly platform?: string;
  readonly declaredAs?: string;
  /** Of the tags that groups were asked by. */
  readonly tags?: Readonly<Record<string, string>>;
  readonly operation?: 'Scan' | 'Install';
  readonly reportedAt?: string;
  readonly counts?: PatchCounts;
  readonly baselineId?: string;
  /** What it should have been judged by; absent where that is not known. */
  readonly expectedBaselineId?: string;
  /** Absent: its patches were not listed. Without the `available` that its baseline does not count. */
  readonly deficits?: readonly Deficit[];
  /** How many patches more it lacks, which its counts tell of and its list does not; absent: none, or nothing is listed. */
  readonly unlisted?: number;
  /** Its last install was of a list: what else it lacks is neither counted nor listed. */
  readonly installOfList?: true;
}

/** A tag that groups were asked by; keys are anybody's, `toString` too. */
export function tagOf({ tags }: Pick<InstanceReport, 'tags'>, key: string): string | undefined {
  return tags !== undefined && Object.hasOwn(tags, key) ? tags[key] : undefined;
}
