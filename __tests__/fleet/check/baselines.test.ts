import { describe, expect, it } from '@jest/globals';
import type { FleetBaseline } from '../../../fleet/schema/index.ts';
import { fleetOfAssignments, fleetOfRing, problemsOf, validAssignment, validFleet } from '../support.ts';

const { baselines: valid } = validFleet();
const linux = (baseline: Partial<FleetBaseline>) =>
  problemsOf(
    fleetOfRing({}, { baselines: { ...valid, linux: { operatingSystem: 'AMAZON_LINUX_2023', ...baseline } } }),
  );

describe('a baseline', () => {
  it.each([
    [{ preset: 'aws-default' as const }],
    [{ approvedPatches: ['openssl'] }],
    [{ approvalRules: [{ severity: ['Critical'], approveUntilDate: '2026-03-31', enableNonSecurity: true }] }],
    [{ operatingSystem: 'UBUNTU' as const, approvalRules: [{ priority: ['Required'] }] }],
    [{ preset: 'aws-default' as const, approvedPatches: ['openssl'], registerAsDefault: true, description: undefined }],
  ])('takes %j', (baseline) => {
    expect(linux(baseline)).toEqual([]);
  });

  it.each([
    [
      {},
      'error baselines.linux: approvalRules or approvedPatches must approve something, got neither; add an approval rule, such as those of preset: aws-default [patch-baseline/approves-something]',
    ],
    [
      { approvalRules: [{ product: ['*'], approveAfterDays: 361 }] },
      'error baselines.linux.approvalRules[0].approveAfterDays: approvalRules[0].approveAfterDays must be a whole number of days from 0 to 360, got 361; set approvalRules[0].approveAfterDays within the range [patch-baseline/approve-after-days]',
    ],
    [
      { approvalRules: [{ msrcSeverity: ['Critical'], approveAfterDays: 1 }] },
      'error baselines.linux.approvalRules[0]: approvalRules[0] must filter AMAZON_LINUX_2023 by product, classification, severity, got msrcSeverity; use severity there [patch-baseline/filter-key]',
    ],
    [
      {
        approvalRules: [
          { product: ['*'], approveAfterDays: 1 },
          { product: ['All'], approveAfterDays: 1 },
        ],
      },
      'error baselines.linux.approvalRules[1].product: approvalRules[1].product must not be the console\'s word "All": AWS refuses it when it is applied; use "*" for all [patch-baseline/filter-value-all]',
    ],
    [
      { preset: 'aws-default' as const, rejectedPatches: ['CVE-2026-12345'] },
      'error baselines.linux.rejectedPatches: rejectedPatches of AMAZON_LINUX_2023 must hold package names with at most one *, and no CVE id, advisory or Bugzilla number, got "CVE-2026-12345"; name the patch as the operating system does [patch-baseline/patch-name-format]',
    ],
    [
      { preset: 'aws-default' as const, sources: [{ name: 'extras', products: [], configuration: '[extras]' }] },
      'error baselines.linux.sources[0].products: sources[0].products must hold 1 to 20 entries, got 0; add one [patch-baseline/source-products]',
    ],
    [
      { preset: 'aws-default' as const, availableSecurityUpdatesComplianceStatus: 'COMPLIANT' as const },
      'error baselines.linux.availableSecurityUpdatesComplianceStatus: availableSecurityUpdatesComplianceStatus must be left out for AMAZON_LINUX_2023: it is for Windows; remove it [patch-baseline/available-security-updates]',
    ],
    [
      { preset: 'aws-default' as const, approvalRules: [{ product: ['*'], approveAfterDays: 1 }] },
      'error baselines.linux.approvalRules: approvalRules must be left out with preset: aws-default, got both; remove one of them [fleet/preset-or-rules]',
    ],
    [
      { operatingSystem: 'MACOS' as const, preset: 'aws-default' as const },
      'error baselines.linux.preset: preset can\'t be AWS\'s default for MACOS: it approves "packages with a current update", which no filter can say; write the rules yourself [patch-baseline/aws-default-expressible]',
    ],
    [
      { operatingSystem: 'CENTOS' as const, approvalRules: [{ product: ['*'], approveAfterDays: 1 }] },
      "warning baselines.linux.approvalRules[0]: approvalRules[0] approves nothing: CentOS Stream's repositories do not say which updates are for security; set enableNonSecurity: true [patch-baseline/centos-non-security]",
    ],
  ])('is checked by its module: %j', (baseline, problem) => {
    expect(linux(baseline)).toEqual([problem]);
  });

  it('need not say when it approves where every ring that uses it does', () => {
    const baselines = {
      ...valid,
      linux: { ...valid.linux, approvalRules: [{ severity: ['Critical'] }] } as FleetBaseline,
    };
    const neither =
      'error baselines.linux.approvalRules[0]: approvalRules[0] must have approveAfterDays or approveUntilDate, got neither: Terraform would approve at once; set approveAfterDays [patch-baseline/one-approval-time]';
    const { rings, accounts } = validFleet();
    const delayed = (days: readonly (number | undefined)[]) =>
      rings.map((ring, index) => ({ ...ring, approveAfterDays: days[index] }));
    expect(problemsOf(validFleet({ baselines, rings: delayed([1, 2]) }))).toEqual([]);
    expect(problemsOf(validFleet({ baselines, rings: delayed([1, undefined]) }))).toEqual([neither]);
    expect(problemsOf(validFleet({ baselines, rings: delayed([1, 2]), accounts: [] }))).toContain(neither);
    const assignments = { default: validAssignment({ approveAfterDays: 3 }) };
    expect(problemsOf(fleetOfAssignments(assignments, { baselines }))).toEqual([]);
    expect(accounts).toHaveLength(2);
  });
});

describe('a patch group', () => {
  const groups = (web: { readonly name?: string; readonly baselines?: string[] }) => {
    const all = { ...valid, more: valid.linux as FleetBaseline };
    const { files } = validFleet().patchGroups;
    const patchGroups = {
      files: files as NonNullable<typeof files>,
      web: { name: 'web', baselines: ['linux'], ...web },
    };
    return problemsOf(fleetOfRing({}, { baselines: all, patchGroups }));
  };

  it('takes a baseline for each operating system', () => {
    expect(groups({ baselines: ['linux', 'windows'] })).toEqual([]);
  });

  it.each([
    [
      { name: 'a,b' },
      'error patchGroups.web.name: name must be 1 to 256 characters of letters, digits, spaces, _ . : / = + - @, got "a,b"; change name [patch-group/name]',
    ],
    [
      { baselines: [] },
      'error patchGroups.web.baselines: baselines must hold at least one baseline, got none: nodes of the group would use the default baseline; list a baseline for each operating system of the group [patch-group/has-baseline]',
    ],
    [
      { baselines: ['linux', 'more'] },
      'error patchGroups.web.baselines: baselines must hold one baseline for each operating system, got more for AMAZON_LINUX_2023; merge them, or put the nodes in several groups [patch-group/one-baseline-per-operating-system]',
    ],
  ])('is checked by its module: %j', (web, problem) => {
    expect(groups(web)).toEqual([problem]);
  });

  it.each(['early birds', 'Web EARLY', 'web/early', 'early'])('must not name a ring: %s', (name) => {
    expect(groups({ name })).toEqual([
      `warning patchGroups.web.name: name "${name}" contains the ring "early": nodes would need another tag when their account moves to another ring; name the nodes, not when they are patched [fleet/group-names-ring]`,
    ]);
  });

  it.each(['nearly', 'earlybirds', 'early2'])('may hold the letters of a ring in another word: %s', (name) => {
    expect(groups({ name })).toEqual([]);
  });
});
