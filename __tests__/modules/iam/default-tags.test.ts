import type { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { describe, expect, it } from '@jest/globals';
import { WindowRole } from '../../../modules/iam/index.ts';
import { synth } from '../../support/template.ts';

/** What is wrong with a role of these tags in a stack whose provider has default tags. */
const problems = (tags: Record<string, string>, defaultTags: Record<string, string>) =>
  synth((stack) => {
    (stack.node.findChild('Aws') as AwsProvider).defaultTags = [{ tags: defaultTags }];
    new WindowRole(stack, 'Role', { roleName: 'window', tags });
  }).problems();

describe("the provider's default tags", () => {
  it('must not differ from the tags of a role in case alone', () => {
    expect(problems({ Team: 'web' }, { Team: 'all', Stage: 'dev' })).toEqual([]);
    expect(problems({ Team: 'web' }, { team: 'all' })).toEqual([
      '[Test/Role] tags of a role must have no keys that differ only in case, got "Team", "team"; keep one of them: to IAM they are one [iam/role-tag-keys]',
    ]);
  });
});
