import { describe, expect, it } from '@jest/globals';
import { partitionOf } from '../../core/partition.ts';

describe('the partition of a region', () => {
  it.each([
    ['us-east-1', 'aws', 'us-east-1'],
    ['us-west-2', 'aws', 'us-east-1'],
    ['eu-central-1', 'aws', 'us-east-1'],
    ['ca-central-1', 'aws', 'us-east-1'],
    ['mx-central-1', 'aws', 'us-east-1'],
    ['il-central-1', 'aws', 'us-east-1'],
    ['cn-north-1', 'aws-cn', 'cn-north-1'],
    ['cn-northwest-1', 'aws-cn', 'cn-north-1'],
    ['eusc-de-east-1', 'aws-eusc', 'eusc-de-east-1'],
    ['us-gov-east-1', 'aws-us-gov', 'us-gov-west-1'],
    ['us-gov-west-1', 'aws-us-gov', 'us-gov-west-1'],
    ['us-iso-west-1', 'aws-iso', 'us-iso-east-1'],
    ['us-isob-west-1', 'aws-iso-b', 'us-isob-east-1'],
    ['eu-isoe-west-1', 'aws-iso-e', 'eu-isoe-west-1'],
    ['us-isof-east-1', 'aws-iso-f', 'us-isof-south-1'],
    ['', 'aws', 'us-east-1'],
  ])('%s is %s, whose main region is %s', (region, name, mainRegion) => {
    expect(partitionOf(region)).toEqual({ name, mainRegion });
  });
});
