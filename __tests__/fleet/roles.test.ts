import { describe, expect, it } from '@jest/globals';
import { expand } from '../../fleet/expand.ts';
import { validAccount, validFleet } from './support.ts';

describe('the role that a global stack makes', () => {
  it.each([
    ['eu-central-1', 'aws'],
    ['cn-north-1', 'aws-cn'],
    ['us-gov-west-1', 'aws-us-gov'],
    ['eusc-de-east-1', 'aws-eusc'],
    ['us-iso-east-1', 'aws-iso'],
    ['us-isob-east-1', 'aws-iso-b'],
  ])('is named in %s by an ARN of %s', (region, partition) => {
    const accounts = ['111111111111', '222222222222'].map((account) => validAccount({ account, regions: [region] }));
    const regional = expand(validFleet({ accounts })).find(({ kind }) => kind === 'regional');
    expect(regional?.roles.window).toEqual({
      kind: 'existing',
      roleArn: `arn:${partition}:iam::111111111111:role/acme-window`,
    });
  });
});
