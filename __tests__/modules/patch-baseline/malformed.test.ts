import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { describe, expect, it } from '@jest/globals';
import { App, TerraformStack, Testing } from 'cdktf';
import fc from 'fast-check';
import { checkPatchBaseline } from '../../../modules/patch-baseline/checks.ts';
import { ApprovalRule, PatchBaseline } from '../../../modules/patch-baseline/index.ts';
import { synth } from '../../support/template.ts';

/* What JavaScript and YAML authors may write: it ends as problems, never as an error of the language or the framework. */

const props = [
  'baselineName',
  'operatingSystem',
  'description',
  'approvalRules',
  'approvedPatches',
  'approvedPatchesComplianceLevel',
  'approvedPatchesEnableNonSecurity',
  'rejectedPatches',
  'rejectedPatchesAction',
  'globalFilters',
  'sources',
  'availableSecurityUpdatesComplianceStatus',
  'registerAsDefault',
  'tags',
] as const;

const sound = { baselineName: 'sound', operatingSystem: 'SUSE', approvalRules: ApprovalRule.awsDefault('SUSE') };

function problemsOfProps(given: object): string[] {
  return synth((stack) => new PatchBaseline(stack, 'B', given as never)).problems();
}

const systems =
  'WINDOWS, AMAZON_LINUX, AMAZON_LINUX_2, AMAZON_LINUX_2022, AMAZON_LINUX_2023, UBUNTU, REDHAT_ENTERPRISE_LINUX, SUSE, CENTOS, ORACLE_LINUX, DEBIAN, MACOS, RASPBIAN, ROCKY_LINUX, ALMA_LINUX';

describe('PatchBaseline of malformed props', () => {
  it('misses what cannot be left out', () => {
    expect(problemsOfProps({})).toEqual([
      '[Test/B] approvalRules or approvedPatches must approve something, got neither; add an approval rule, such as those of ApprovalRule.awsDefault [patch-baseline/approves-something]',
      '[Test/B] baselineName must be given; set baselineName [patch-baseline/name]',
      '[Test/B] operatingSystem must be given; set operatingSystem [patch-baseline/operating-system]',
    ]);
  });

  it('takes undefined for what is not given', () => {
    const given = Object.fromEntries(props.map((prop) => [prop, undefined]));
    expect(problemsOfProps({ ...given, ...sound })).toEqual([]);
    expect(problemsOfProps({ ...sound, baselineName: undefined })).toEqual([
      '[Test/B] baselineName must be given; set baselineName [patch-baseline/name]',
    ]);
  });

  it.each([
    [
      'baselineName',
      5,
      'baselineName must be 3 to 128 characters of letters, digits, _ - ., got 5; change baselineName [patch-baseline/name]',
    ],
    [
      'operatingSystem',
      null,
      `operatingSystem must be one of ${systems}, got null; use one of them [patch-baseline/operating-system]`,
    ],
    [
      'description',
      ['text'],
      'description must be 1 to 1024 characters, got ["text"]; change description [patch-baseline/description-length]',
    ],
    [
      'approvedPatches',
      'docker',
      'approvedPatches must be a list, got "docker"; write a list [patch-baseline/patch-count]',
    ],
    ['rejectedPatches', null, 'rejectedPatches must be a list, got null; write a list [patch-baseline/patch-count]'],
    [
      'rejectedPatches',
      [5],
      'rejectedPatches must be 1 to 100 characters, got 5; change rejectedPatches [patch-baseline/patch-name-length]',
    ],
    [
      'approvedPatchesEnableNonSecurity',
      'yes',
      'approvedPatchesEnableNonSecurity must be true or false, got "yes"; set approvedPatchesEnableNonSecurity to true or false [patch-baseline/true-or-false]',
    ],
    [
      'registerAsDefault',
      'false',
      'registerAsDefault must be true or false, got "false"; set registerAsDefault to true or false [patch-baseline/true-or-false]',
    ],
    [
      'globalFilters',
      ['product'],
      'globalFilters must map filters to values, got ["product"]; write { product: ["*"] } [patch-baseline/global-filter-key]',
    ],
    [
      'globalFilters',
      null,
      'globalFilters must map filters to values, got null; write { product: ["*"] } [patch-baseline/global-filter-key]',
    ],
    ['sources', {}, 'sources must be a list; write [{ name, products, configuration }] [patch-baseline/source]'],
    ['tags', 'Team=web', 'tags must map keys to values, got "Team=web"; write { Name: "value" } [tags/map]'],
  ])('refuses %s %j', (prop, value, problem) => {
    expect(problemsOfProps({ ...sound, [prop]: value })).toEqual([`[Test/B] ${problem}`]);
  });

  it.each([
    [null, 'null'],
    ['all', '"all"'],
    [{ product: ['*'] }, '{"product":["*"]}'],
  ])('refuses the rules %j', (approvalRules, got) => {
    expect(problemsOfProps({ ...sound, approvalRules, approvedPatches: ['docker'] })).toEqual([
      `[Test/B] approvalRules must be a list, got ${got}; write a list [patch-baseline/rule-count]`,
    ]);
  });

  it.each([
    [null, 'null'],
    ['all', '"all"'],
    [5, '5'],
    [[], '[]'],
    [{ props: null }, '{"props":null}'],
  ])('refuses the rule %j', (rule, got) => {
    expect(problemsOfProps({ ...sound, approvalRules: [rule] })).toEqual([
      `[Test/B] approvalRules[0] must be an ApprovalRule, got ${got}; make it with ApprovalRule.windows, rpm, apt or macos [patch-baseline/approval-rule]`,
    ]);
  });

  it('refuses a rule made of nothing', () => {
    expect(problemsOfProps({ ...sound, approvalRules: [ApprovalRule.rpm(null as never)] })).toEqual([
      '[Test/B] approvalRules[0] must have approveAfterDays or approveUntilDate, got neither: Terraform would approve at once; set approveAfterDays [patch-baseline/one-approval-time]',
      '[Test/B] approvalRules[0] must have at least one filter, got none; use product: ["*"] for all products [patch-baseline/rule-has-filter]',
    ]);
  });

  it('registers no default unless told so in so many words', () => {
    const stack = new TerraformStack(Testing.app(), 'Test');
    const baseline = new PatchBaseline(stack, 'B', { ...sound, registerAsDefault: 'false' } as never);
    expect(baseline.registeredAsDefault).toBe(false);
    expect(baseline.node.children.map(({ node }) => node.id)).toEqual(['Resource']);
  });

  it("is refused in our words by the framework's own App", () => {
    const outdir = mkdtempSync(join(tmpdir(), 'patchfleet-malformed-'));
    try {
      const app = new App({ outdir });
      const stack = new TerraformStack(app, 'Test');
      new AwsProvider(stack, 'Aws', { region: 'us-east-1' });
      const malformed = { approvalRules: [null], approvedPatches: 5, sources: [null], globalFilters: 5, tags: 5 };
      new PatchBaseline(stack, 'B', { ...sound, ...malformed } as never);
      expect(() => app.synth()).toThrow(
        '[Test/B] approvalRules[0] must be an ApprovalRule, got null; make it with ApprovalRule.windows, rpm, apt or macos [patch-baseline/approval-rule]',
      );
    } finally {
      rmSync(outdir, { recursive: true, force: true });
    }
  });

  it('never throws, whatever one prop is', () => {
    const anything = fc.anything({ withBigInt: true, withNullPrototype: true, withSparseArray: true });
    const shaped = fc.oneof(
      anything,
      fc.array(anything, { maxLength: 3 }),
      fc.array(
        fc.record({ filters: fc.oneof(anything, fc.record({ product: anything })), approveAfterDays: anything }),
      ),
      fc.array(fc.record({ name: anything, products: anything, configuration: anything })),
      fc.dictionary(fc.constantFrom('product', 'patchId', 'Name'), anything),
    );
    const stack = new TerraformStack(Testing.app(), 'Test');
    let count = 0;
    fc.assert(
      fc.property(fc.constantFrom(...props), shaped, (prop, value) => {
        const given = { ...sound, [prop]: value };
        expect(Array.isArray(checkPatchBaseline(given as never, '2026-11-23'))).toBe(true);
        count += 1;
        const baseline = new PatchBaseline(stack, `B${count}`, given as never);
        expect(Array.isArray(baseline.node.validate())).toBe(true);
      }),
      { numRuns: 400 },
    );
  });
});
