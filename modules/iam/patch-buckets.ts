/*
 * The buckets of the service that a node reads while it is patched: the agent, its downloads, and the patch snapshot.
 * Some names end in a suffix of their own in each region, so they can't be derived and AWS asks that none is a wildcard.
 * The partitions aws-cn and aws-us-gov are not in AWS's list.
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-operations-s3-buckets.html (read 2026-11)
 */

/** By region: the suffix of the patch manager buckets and, where there is one, of the baseline snapshot bucket. */
const suffixes: Readonly<Record<string, string>> = {
  'af-south-1': 'bdd5f65a9 tbxdb5b9',
  'ap-east-1': '632356271',
  'ap-east-2': '5a64b2916 8947749e',
  'ap-northeast-1': '4849fa78f',
  'ap-northeast-2': '10467995c',
  'ap-northeast-3': '67373598a',
  'ap-south-1': 'cb7c62ff9',
  'ap-south-2': '32f4b4128 50209442',
  'ap-southeast-1': '7fdfd9ef7',
  'ap-southeast-2': '17283a275',
  'ap-southeast-3': 'aa48fc462 be0a3174',
  'ap-southeast-4': '01e2c40d3 dc6f76ce',
  'ap-southeast-5': 'dcb42f3e3',
  'ap-southeast-6': 'df0d3a7f2 62f446f2',
  'ap-southeast-7': 'c707c017a 1699f14f',
  'ca-central-1': '3148e69e3',
  'ca-west-1': '9e3a4b2f9',
  'eu-central-1': '9163fdaaf',
  'eu-central-2': '184ce43c8',
  'eu-north-1': '795879e9b',
  'eu-south-1': 'c52f3f594',
  'eu-south-2': 'a4cf248b1 df2c9d70',
  'eu-west-1': '5522fb710',
  'eu-west-2': '902a2bc74',
  'eu-west-3': '29bf85721',
  'il-central-1': 'e221cb57b',
  'me-central-1': '2932f2f80',
  'me-south-1': 'a53fc9dce uduvl7q8',
  'mx-central-1': '396b275ad ed0da79c',
  'sa-east-1': 'ddf4b6a09',
  'us-east-1': '1970c647d',
  'us-east-2': '552881074',
  'us-west-1': '8badb4304',
  'us-west-2': '34d7f99f8',
};

/** The regions whose bucket names are known. */
export const patchBucketRegions: readonly string[] = Object.keys(suffixes);

/** Names of the buckets a node in a private subnet of `region` must read, or `undefined` where AWS lists none. */
export function patchBucketNames(region: string): string[] | undefined {
  const [patchManager, snapshot] = Object.hasOwn(suffixes, region) ? (suffixes[region]?.split(' ') ?? []) : [];
  if (patchManager === undefined) return undefined;
  return [
    `${region}-birdwatcher-prod`,
    `amazon-ssm-${region}`,
    `aws-patch-manager-${region}-${patchManager}`,
    `aws-patchmanager-macos-${region}-${patchManager}`,
    `aws-ssm-${region}`,
    `aws-windows-downloads-${region}`,
    snapshot === undefined ? `patch-baseline-snapshot-${region}` : `patch-baseline-snapshot-${region}-${snapshot}`,
  ];
}
