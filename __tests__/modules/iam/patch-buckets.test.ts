import { describe, expect, it } from '@jest/globals';
import { formatViolation } from '../../../core/problem.ts';
import { checkInstanceRole } from '../../../modules/iam/checks.ts';
import { patchBucketNames, patchBucketRegions } from '../../../modules/iam/patch-buckets.ts';

const regions =
  'af-south-1, ap-east-1, ap-east-2, ap-northeast-1, ap-northeast-2, ap-northeast-3, ap-south-1, ap-south-2, ' +
  'ap-southeast-1, ap-southeast-2, ap-southeast-3, ap-southeast-4, ap-southeast-5, ap-southeast-6, ap-southeast-7, ' +
  'ca-central-1, ca-west-1, eu-central-1, eu-central-2, eu-north-1, eu-south-1, eu-south-2, eu-west-1, eu-west-2, ' +
  'eu-west-3, il-central-1, me-central-1, me-south-1, mx-central-1, sa-east-1, us-east-1, us-east-2, us-west-1, us-west-2';

describe('patchBucketNames', () => {
  it('lists the seven buckets of us-east-1', () => {
    expect(patchBucketNames('us-east-1')).toEqual([
      'us-east-1-birdwatcher-prod',
      'amazon-ssm-us-east-1',
      'aws-patch-manager-us-east-1-1970c647d',
      'aws-patchmanager-macos-us-east-1-1970c647d',
      'aws-ssm-us-east-1',
      'aws-windows-downloads-us-east-1',
      'patch-baseline-snapshot-us-east-1',
    ]);
  });

  it('puts a suffix of its own behind the snapshot bucket of af-south-1', () => {
    expect(patchBucketNames('af-south-1')).toEqual([
      'af-south-1-birdwatcher-prod',
      'amazon-ssm-af-south-1',
      'aws-patch-manager-af-south-1-bdd5f65a9',
      'aws-patchmanager-macos-af-south-1-bdd5f65a9',
      'aws-ssm-af-south-1',
      'aws-windows-downloads-af-south-1',
      'patch-baseline-snapshot-af-south-1-tbxdb5b9',
    ]);
  });

  it.each(['cn-north-1', 'us-gov-west-1', 'toString', '', 'US-EAST-1'])('knows nothing of %j', (region) => {
    expect(patchBucketNames(region)).toBeUndefined();
  });

  it('knows 34 regions', () => {
    expect(patchBucketRegions.join(', ')).toBe(regions);
  });

  it('gives the buckets of every region names that S3 allows', () => {
    const names = patchBucketRegions.flatMap((region) => patchBucketNames(region) ?? []);
    expect(new Set(names).size).toBe(34 * 7);
    expect(names.filter((name) => !/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(name))).toEqual([]);
  });
});

describe('checkInstanceRole on patchBucketsOfRegion', () => {
  const messages = (region: string) => checkInstanceRole({ patchBucketsOfRegion: region }).map(formatViolation);

  it.each(['cn-north-1', 'us-gov-west-1'])('refuses %s, whose partition AWS lists no buckets of', (region) => {
    expect(messages(region)).toEqual([
      `patchBucketsOfRegion must be a region whose patch buckets AWS lists (${regions}), got "${region}"; leave it out, and allow s3:GetObject on the buckets you know with statements [iam/patch-buckets-known-region]`,
    ]);
  });
});
