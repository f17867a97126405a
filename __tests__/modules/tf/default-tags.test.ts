import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { SsmPatchBaseline } from '@cdktf/provider-aws/lib/ssm-patch-baseline/index.js';
import { describe, expect, it } from '@jest/globals';
import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { defaultTagsOf } from '../../../modules/tf/default-tags.ts';

/** The tags that a resource gets in a stack with what `build` makes; what `build` returns is the resource's provider. */
function tagsIn(build: (stack: TerraformStack) => AwsProvider | undefined) {
  const stack = new TerraformStack(Testing.app(), 'Test');
  const resource = new SsmPatchBaseline(stack, 'Baseline', { name: 'linux' });
  const provider = build(stack);
  if (provider !== undefined) resource.provider = provider;
  return defaultTagsOf(resource);
}

const provider = (stack: TerraformStack, id: string, tags: Record<string, string>, alias?: string) =>
  new AwsProvider(stack, id, { defaultTags: [{ tags }], ...(alias !== undefined && { alias }) });

describe('default tags', () => {
  it('are those of the provider of the stack, also of one that is made last', () => {
    expect(
      tagsIn((stack) => {
        provider(stack, 'Other', { Team: 'other' }, 'other');
        provider(stack, 'Aws', { Team: 'web' });
        return undefined;
      }),
    ).toEqual({ Team: 'web' });
  });

  it('are those of the provider that the resource names', () => {
    expect(
      tagsIn((stack) => {
        provider(stack, 'Aws', { Team: 'web' });
        return provider(stack, 'Other', { Team: 'other' }, 'other');
      }),
    ).toEqual({ Team: 'other' });
  });

  it('are none without a provider, or where it says none', () => {
    expect(tagsIn(() => undefined)).toEqual({});
    expect(
      tagsIn((stack) => {
        new AwsProvider(stack, 'Aws', { region: 'us-east-1' });
        return undefined;
      }),
    ).toEqual({});
  });

  it('have no value where only Terraform knows it', () => {
    expect(
      tagsIn((stack) => {
        provider(stack, 'Aws', { Team: new TerraformVariable(stack, 'team', {}).stringValue, Stage: 'dev' });
        return undefined;
      }),
    ).toEqual({ Team: undefined, Stage: 'dev' });
  });
});
