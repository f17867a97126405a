import type { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { describe, expect, it } from '@jest/globals';
import type { ManagedInstanceProps } from '../../../modules/compute/index.ts';
import { PatchBaseline } from '../../../modules/patch-baseline/index.ts';
import { PatchGroup, type PatchGroupTagKey } from '../../../modules/patch-group/index.ts';
import { build } from './build.ts';

const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 'v']));

/** What is wrong with an instance of the patch group `web` in a stack whose provider has default tags. */
function problems(
  defaultTags: Readonly<Record<string, string>>,
  overrides: Partial<ManagedInstanceProps> = {},
  tagKey: PatchGroupTagKey = 'PatchGroup',
) {
  return build((stack) => {
    (stack.node.findChild('Aws') as AwsProvider).defaultTags = [{ tags: { ...defaultTags } }];
    const linux = PatchBaseline.fromBaselineId(stack, 'Linux', 'pb-0123456789abcdef0', 'AMAZON_LINUX_2023');
    return {
      patchGroup: new PatchGroup(stack, 'Group', { groupName: 'web', baselines: [linux], tagKey }),
      ...overrides,
    };
  }).problems();
}

describe("the provider's default tags", () => {
  it('are counted with the tags of an instance', () => {
    expect(problems(many(47), { tags: { Team: 'web' } })).toEqual([]);
    expect(problems(many(48), { tags: { Team: 'web' } })).toEqual([
      "[Test/Web] tags must hold at most 50 entries with the provider's default tags, got 51; remove some [tags/count]",
    ]);
  });

  it('are not counted where the instance has their key', () => {
    expect(problems({ ...many(48), Name: 'default', PatchGroup: 'other' }, { tags: { k0: 'own' } })).toEqual([]);
  });

  it('are not blamed where its own tags are too many already', () => {
    expect(problems(many(5), { tags: many(49) })).toEqual([
      '[Test/Web] tags must hold at most 50 entries, got 51; remove some [tags/count]',
    ]);
  });

  it.each<[PatchGroupTagKey, string, string]>([
    ['Patch Group', 'PatchGroup', 'PatchGroup = "other" and Patch Group = "web"'],
    ['PatchGroup', 'Patch Group', 'PatchGroup = "web" and Patch Group = "other"'],
  ])('must not name another patch group than %s does', (tagKey, otherKey, got) => {
    expect(problems({ [otherKey]: 'web' }, {}, tagKey)).toEqual([]);
    expect(problems({ [otherKey]: 'other' }, {}, tagKey)).toEqual([
      `[Test/Web] tags must name one patch group with the provider's default tags, got ${got}; remove ${otherKey} from the provider's default tags [compute/one-patch-group]`,
    ]);
  });

  it('must fit into instance metadata where that shows them', () => {
    expect(problems({ 'cost centre': '1' })).toEqual([]);
    expect(problems({ 'cost centre': '1' }, { instanceMetadataTags: true })).toEqual([
      '[Test/Web] tag key "cost centre" must hold only letters, digits, + - = . , _ : @ and not be ".", ".." or "_index" while instanceMetadataTags is true: EC2 refuses the launch; rename it, or leave instanceMetadataTags out [compute/metadata-tag-key]',
    ]);
  });
});
