/** Every instance that should be patched is in the first of these that holds. */
export const buckets = [
  'unknown',
  'stopped',
  'not-managed',
  'never-scanned',
  'stale',
  'failed',
  'missing',
  'rejected-installed',
  'pending-reboot',
  'waived',
  'compliant',
] as const;

export type Bucket = (typeof buckets)[number];

/**
 * What a bucket comes to. `unproven`: running, and nobody can say whether it is patched. A stopped instance is neither
 * patched nor a failure, and is counted apart.
 */
export type Outcome = 'compliant' | 'noncompliant' | 'unproven' | 'stopped';

export const outcomeOfBucket: Readonly<Record<Bucket, Outcome>> = {
  unknown: 'unproven',
  stopped: 'stopped',
  'not-managed': 'unproven',
  'never-scanned': 'unproven',
  stale: 'unproven',
  failed: 'noncompliant',
  missing: 'noncompliant',
  'rejected-installed': 'noncompliant',
  'pending-reboot': 'noncompliant',
  waived: 'compliant',
  compliant: 'compliant',
};

/** Among `buckets`. */
export const placeOfBucket = Object.fromEntries(buckets.map((bucket, place) => [bucket, place])) as Readonly<
  Record<Bucket, number>
>;

/** As people read it: `not managed`. */
export function bucketInWords(bucket: Bucket): string {
  return bucket === 'rejected-installed' ? 'rejected installed' : bucket.replaceAll('-', ' ');
}
