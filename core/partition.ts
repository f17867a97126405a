/** A part of AWS with accounts, ARNs and credentials of its own. */
export interface Partition {
  /** What its ARNs begin with after `arn:`. */
  readonly name: string;
  /** A region that nobody can switch off. */
  readonly mainRegion: string;
}

const commercial: Partition = { name: 'aws', mainRegion: 'us-east-1' };

/**
 * By what their regions begin with, as in `partitions.js` of the SDK's endpoints (read 2026-11). Every other region is a
 * commercial one.
 */
const others: Readonly<Record<string, Partition>> = {
  'cn-': { name: 'aws-cn', mainRegion: 'cn-north-1' },
  'eusc-': { name: 'aws-eusc', mainRegion: 'eusc-de-east-1' },
  'us-gov-': { name: 'aws-us-gov', mainRegion: 'us-gov-west-1' },
  'us-iso-': { name: 'aws-iso', mainRegion: 'us-iso-east-1' },
  'us-isob-': { name: 'aws-iso-b', mainRegion: 'us-isob-east-1' },
  'eu-isoe-': { name: 'aws-iso-e', mainRegion: 'eu-isoe-west-1' },
  'us-isof-': { name: 'aws-iso-f', mainRegion: 'us-isof-south-1' },
};

/** The partition of a region. */
export function partitionOf(region: string): Partition {
  const [, partition] = Object.entries(others).find(([prefix]) => region.startsWith(prefix)) ?? [];
  return partition ?? commercial;
}
