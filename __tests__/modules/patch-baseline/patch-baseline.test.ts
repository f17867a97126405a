import { SsmPatchBaseline } from '@cdktf/provider-aws/lib/ssm-patch-baseline/index.js';
import { describe, expect, it } from '@jest/globals';
import { ApprovalRule, PatchBaseline, type PatchBaselineProps } from '../../../modules/patch-baseline/index.ts';
import { synth } from '../../support/template.ts';

const windows: PatchBaselineProps<'WINDOWS'> = {
  baselineName: 'windows',
  operatingSystem: 'WINDOWS',
  approvalRules: [ApprovalRule.windows({ product: ['WindowsServer2022'], approveAfterDays: 3 })],
};

const linux: PatchBaselineProps<'AMAZON_LINUX_2023'> = {
  baselineName: 'linux',
  operatingSystem: 'AMAZON_LINUX_2023',
  approvalRules: [ApprovalRule.rpm({ product: ['AmazonLinux2023'], approveAfterDays: 3 })],
};

describe('PatchBaseline', () => {
  it('writes its defaults out', () => {
    const template = synth((stack) => new PatchBaseline(stack, 'Linux', linux));
    expect(template.problems()).toEqual([]);
    expect(template.only('aws_ssm_patch_baseline')).toEqual({
      name: 'linux',
      operating_system: 'AMAZON_LINUX_2023',
      approval_rule: [
        {
          approve_after_days: 3,
          compliance_level: 'UNSPECIFIED',
          enable_non_security: false,
          patch_filter: [{ key: 'PRODUCT', values: ['AmazonLinux2023'] }],
        },
      ],
      approved_patches: [],
      approved_patches_compliance_level: 'UNSPECIFIED',
      approved_patches_enable_non_security: false,
      rejected_patches: [],
      rejected_patches_action: 'ALLOW_AS_DEPENDENCY',
      global_filter: [],
      source: [],
    });
    expect(template.all('aws_ssm_default_patch_baseline')).toEqual([]);
  });

  it('writes out for Windows how available security updates count', () => {
    const template = synth((stack) => new PatchBaseline(stack, 'Windows', windows));
    expect(template.problems()).toEqual([]);
    expect(template.only('aws_ssm_patch_baseline')).toMatchObject({
      available_security_updates_compliance_status: 'COMPLIANT',
    });
  });

  it('writes every prop of a Linux baseline', () => {
    const template = synth(
      (stack) =>
        new PatchBaseline(stack, 'Linux', {
          baselineName: 'every.prop_of-1',
          operatingSystem: 'AMAZON_LINUX_2023',
          description: 'Every prop',
          approvalRules: [
            ApprovalRule.rpm({
              product: ['AmazonLinux2023'],
              classification: ['Security', 'Bugfix'],
              severity: ['Important', 'Critical'],
              approveUntilDate: '2026-03-31',
              complianceLevel: 'CRITICAL',
              enableNonSecurity: true,
            }),
          ],
          approvedPatches: ['kernel*', 'CVE-2026-12345'],
          approvedPatchesComplianceLevel: 'HIGH',
          approvedPatchesEnableNonSecurity: true,
          rejectedPatches: ['docker', 'containerd'],
          rejectedPatchesAction: 'BLOCK',
          globalFilters: { product: ['*'], classification: ['Security'], msrcSeverity: ['Critical'], patchId: ['a'] },
          sources: [
            {
              name: 'internal',
              products: ['AmazonLinux2023'],
              configuration: '[internal]\nname=internal\nbaseurl=https://packages.example.com\nenabled=1',
            },
          ],
          tags: { Team: 'web' },
          region: 'eu-west-1',
        }),
    );
    expect(template.problems()).toEqual([]);
    expect(template.only('aws_ssm_patch_baseline')).toEqual({
      name: 'every.prop_of-1',
      operating_system: 'AMAZON_LINUX_2023',
      description: 'Every prop',
      approval_rule: [
        {
          approve_until_date: '2026-03-31',
          compliance_level: 'CRITICAL',
          enable_non_security: true,
          patch_filter: [
            { key: 'CLASSIFICATION', values: ['Bugfix', 'Security'] },
            { key: 'PRODUCT', values: ['AmazonLinux2023'] },
            { key: 'SEVERITY', values: ['Critical', 'Important'] },
          ],
        },
      ],
      approved_patches: ['CVE-2026-12345', 'kernel*'],
      approved_patches_compliance_level: 'HIGH',
      approved_patches_enable_non_security: true,
      rejected_patches: ['containerd', 'docker'],
      rejected_patches_action: 'BLOCK',
      global_filter: [
        { key: 'CLASSIFICATION', values: ['Security'] },
        { key: 'MSRC_SEVERITY', values: ['Critical'] },
        { key: 'PATCH_ID', values: ['a'] },
        { key: 'PRODUCT', values: ['*'] },
      ],
      source: [
        {
          name: 'internal',
          products: ['AmazonLinux2023'],
          configuration: '[internal]\nname=internal\nbaseurl=https://packages.example.com\nenabled=1',
        },
      ],
      tags: { Team: 'web' },
      region: 'eu-west-1',
    });
  });

  it('writes every filter of a Windows rule, applications among them', () => {
    const template = synth(
      (stack) =>
        new PatchBaseline(stack, 'Windows', {
          ...windows,
          approvalRules: [
            ApprovalRule.windows({
              patchSet: ['APPLICATION'],
              product: ['Office 2016'],
              productFamily: ['Office'],
              classification: ['SecurityUpdates'],
              msrcSeverity: ['Critical'],
              approveAfterDays: 0,
            }),
          ],
          approvedPatches: ['KB2032276', 'MS10-048'],
          availableSecurityUpdatesComplianceStatus: 'NON_COMPLIANT',
        }),
    );
    expect(template.problems()).toEqual([]);
    expect(template.only('aws_ssm_patch_baseline')).toMatchObject({
      approval_rule: [
        {
          approve_after_days: 0,
          patch_filter: [
            { key: 'CLASSIFICATION', values: ['SecurityUpdates'] },
            { key: 'MSRC_SEVERITY', values: ['Critical'] },
            { key: 'PATCH_SET', values: ['APPLICATION'] },
            { key: 'PRODUCT', values: ['Office 2016'] },
            { key: 'PRODUCT_FAMILY', values: ['Office'] },
          ],
        },
      ],
      approved_patches: ['KB2032276', 'MS10-048'],
      available_security_updates_compliance_status: 'NON_COMPLIANT',
    });
  });

  it('writes the rules of apt and macOS systems', () => {
    const template = synth((stack) => {
      new PatchBaseline(stack, 'Debian', {
        baselineName: 'debian',
        operatingSystem: 'DEBIAN',
        approvalRules: [ApprovalRule.apt({ product: ['Debian12'], priority: ['Required'] })],
      });
      new PatchBaseline(stack, 'MacOs', {
        baselineName: 'macos',
        operatingSystem: 'MACOS',
        approvalRules: [ApprovalRule.macos({ classification: ['*'], approveAfterDays: 360 })],
      });
    });
    expect(template.problems()).toEqual([]);
    expect(template.all('aws_ssm_patch_baseline').map(({ approval_rule }) => approval_rule)).toEqual([
      [
        {
          approve_after_days: 0,
          compliance_level: 'UNSPECIFIED',
          enable_non_security: false,
          patch_filter: [
            { key: 'PRIORITY', values: ['Required'] },
            { key: 'PRODUCT', values: ['Debian12'] },
          ],
        },
      ],
      [
        {
          approve_after_days: 360,
          compliance_level: 'UNSPECIFIED',
          enable_non_security: false,
          patch_filter: [{ key: 'CLASSIFICATION', values: ['*'] }],
        },
      ],
    ]);
  });

  it('needs no rule where patches are approved by name', () => {
    const template = synth(
      (stack) =>
        new PatchBaseline(stack, 'Names', {
          baselineName: 'names',
          operatingSystem: 'UBUNTU',
          approvedPatches: ['openssl'],
        }),
    );
    expect(template.problems()).toEqual([]);
    expect(template.only('aws_ssm_patch_baseline')).toMatchObject({ approval_rule: [], approved_patches: ['openssl'] });
  });

  it('becomes the default of its operating system when asked to', () => {
    const template = synth((stack) => {
      const baseline = new PatchBaseline(stack, 'Windows', {
        ...windows,
        registerAsDefault: true,
        region: 'eu-west-1',
      });
      expect(baseline.registeredAsDefault).toBe(true);
      expect(baseline.node.defaultChild).toBeInstanceOf(SsmPatchBaseline);
    });
    const address = template.addresses().find((found) => found.startsWith('aws_ssm_patch_baseline.'));
    expect(template.only('aws_ssm_default_patch_baseline')).toEqual({
      baseline_id: `\${${address}.id}`,
      operating_system: 'WINDOWS',
      region: 'eu-west-1',
    });
  });

  it('tells what it was given', () => {
    synth((stack) => {
      const baseline = new PatchBaseline(stack, 'Windows', windows);
      expect(baseline.baselineName).toBe('windows');
      expect(baseline.operatingSystem).toBe('WINDOWS');
      expect(baseline.registeredAsDefault).toBe(false);
      expect(baseline.region).toBeUndefined();
    });
  });

  it('names its resources by the construct alone: ids that differ in stripped characters never meet', () => {
    const template = synth((stack) => {
      for (const [id, operatingSystem] of [
        ['web.prod', 'WINDOWS'],
        ['webprod', 'UBUNTU'],
      ] as const) {
        new PatchBaseline(stack, id, {
          baselineName: 'same.name',
          operatingSystem,
          approvalRules: ApprovalRule.awsDefault(operatingSystem),
          registerAsDefault: true,
        });
      }
    });
    expect(template.problems()).toEqual([]);
    const systems = (type: string) =>
      template
        .all(type)
        .map(({ operating_system }) => operating_system)
        .sort();
    expect(systems('aws_ssm_patch_baseline')).toEqual(['UBUNTU', 'WINDOWS']);
    expect(systems('aws_ssm_default_patch_baseline')).toEqual(['UBUNTU', 'WINDOWS']);
  });
});
