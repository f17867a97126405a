/** By how names of regions begin, the region of their partition that nobody can switch off. */
const mainRegions: readonly (readonly [prefix: string, region: string])[] = [
  ['cn-', 'cn-north-1'],
  ['us-gov-', 'us-gov-west-1'],
  ['us-iso-', 'us-iso-east-1'],
  ['us-isob-', 'us-isob-east-1'],
  ['us-isof-', 'us-isof-south-1'],
  ['eu-isoe-', 'eu-isoe-west-1'],
  ['eusc-', 'eusc-de-east-1'],
];

/** A region of the same partition that nobody can switch off. */
export function mainRegionOf(region: string): string {
  return mainRegions.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'us-east-1';
}
