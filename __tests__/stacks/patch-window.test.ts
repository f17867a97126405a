import { describe, expect, it } from '@jest/globals';
import { expand } from '../../fleet/expand.ts';
import { fleetOfRing, installWindow, validAccount } from '../fleet/support.ts';
import { synthesisedStacks } from '../support/walkthrough.ts';

describe('the install window of a ring', () => {
  const stacksOf = (change: Parameters<typeof installWindow>[0]) => {
    const regions = ['eu-central-1', 'us-east-1'];
    const accounts = ['111111111111', '222222222222'].map((account) => validAccount({ account, regions }));
    return synthesisedStacks(expand(fleetOfRing({ install: installWindow(change) }, { accounts })));
  };

  it('names a list for each account and region', () => {
    const stacks = stacksOf({ installOverrideList: 's3://lists-{account}/{region}/approved.yaml' });
    expect(
      Object.entries(stacks).flatMap(([id, text]) => (text.match(/s3:[^"]*/) ?? []).map((list) => [id, list])),
    ).toEqual([
      ['111111111111-eu-central-1', 's3://lists-111111111111/eu-central-1/approved.yaml'],
      ['111111111111-us-east-1', 's3://lists-111111111111/us-east-1/approved.yaml'],
      ['222222222222-eu-central-1', 's3://lists-222222222222/eu-central-1/approved.yaml'],
      ['222222222222-us-east-1', 's3://lists-222222222222/us-east-1/approved.yaml'],
    ]);
  });

  it('has an offset unless it is 0', () => {
    expect(Object.values(stacksOf({ offset: 0 })).join('\n')).not.toContain('schedule_offset');
    expect(stacksOf({ offset: 2 })['111111111111-eu-central-1']).toContain('"schedule_offset": 2');
  });
});
