import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ApprovalRule, PatchBaseline } from '../../../modules/patch-baseline/index.ts';
import { synth } from '../../support/template.ts';

type Values = readonly string[];

interface Content {
  readonly rules: readonly { readonly filters: readonly (readonly [string, Values])[]; readonly days: number }[];
  readonly approved: Values;
  readonly rejected: Values;
  readonly globalFilters: readonly (readonly [string, Values])[];
  readonly sources: readonly { readonly name: string; readonly products: Values }[];
}

const content: Content = {
  rules: [
    { filters: [['product', ['AmazonLinux2023', '*']]], days: 7 },
    {
      filters: [
        ['severity', ['Important', 'Critical', 'Low']],
        ['classification', ['Security', 'Bugfix']],
        ['product', ['*', 'AmazonLinux2023']],
      ],
      days: 7,
    },
    { filters: [['severity', ['Low', 'Medium']]], days: 10 },
  ],
  approved: ['kernel', 'openssl', 'CVE-2026-12345'],
  rejected: ['docker', 'containerd', 'runc'],
  globalFilters: [
    ['product', ['AmazonLinux2023', '*']],
    ['classification', ['Security', 'Bugfix']],
  ],
  sources: [
    { name: 'internal', products: ['AmazonLinux2023', 'AmazonLinux2023.1'] },
    { name: 'extras', products: ['AmazonLinux2023'] },
  ],
};

const shuffled = <Item>(items: readonly Item[]) =>
  fc.shuffledSubarray([...items], { minLength: items.length, maxLength: items.length });

const shuffledFilters = (filters: Content['globalFilters']) =>
  shuffled(filters).chain((entries) =>
    fc.tuple(...entries.map(([key, values]) => fc.tuple(fc.constant(key), shuffled(values)))),
  );

const shuffledContent: fc.Arbitrary<Content> = fc.record({
  rules: shuffled(content.rules).chain((rules) =>
    fc.tuple(
      ...rules.map(({ filters, days }) => fc.record({ filters: shuffledFilters(filters), days: fc.constant(days) })),
    ),
  ),
  approved: shuffled(content.approved),
  rejected: shuffled(content.rejected),
  globalFilters: shuffledFilters(content.globalFilters),
  sources: shuffled(content.sources).chain((sources) =>
    fc.tuple(
      ...sources.map(({ name, products }) => fc.record({ name: fc.constant(name), products: shuffled(products) })),
    ),
  ),
});

function emitted({ rules, approved, rejected, globalFilters, sources }: Content): string {
  const template = synth(
    (stack) =>
      new PatchBaseline(stack, 'Linux', {
        baselineName: 'linux',
        operatingSystem: 'AMAZON_LINUX_2023',
        approvalRules: rules.map(({ filters, days }) =>
          ApprovalRule.rpm({ ...Object.fromEntries(filters), approveAfterDays: days }),
        ),
        approvedPatches: approved,
        rejectedPatches: rejected,
        globalFilters: Object.fromEntries(globalFilters),
        sources: sources.map((source) => ({ ...source, configuration: `[${source.name}]` })),
      }),
  );
  return JSON.stringify(template.only('aws_ssm_patch_baseline'));
}

describe('PatchBaseline', () => {
  it('writes the same bytes, in whatever order its rules, filters, values, lists and sources are given', () => {
    const expected = emitted(content);
    fc.assert(
      fc.property(shuffledContent, (other) => expect(emitted(other)).toBe(expected)),
      { numRuns: 60 },
    );
  });

  it('says a repeated patch or value once', () => {
    const repeated = { ...content, approved: [...content.approved, ...content.approved] };
    expect(emitted(repeated)).toBe(emitted(content));
  });
});
