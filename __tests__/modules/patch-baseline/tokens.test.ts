import { describe, expect, it } from '@jest/globals';
import { type TerraformStack, TerraformVariable, Token } from 'cdktf';
import { ApprovalRule, PatchBaseline } from '../../../modules/patch-baseline/index.ts';
import { synth, type Template } from '../../support/template.ts';

function variables(stack: TerraformStack) {
  const variable = (id: string, type: string) => new TerraformVariable(stack, id, { type });
  return {
    text: variable('text', 'string').stringValue,
    list: Token.asList(variable('list', 'list(string)').listValue),
    number: Token.asNumber(variable('number', 'number').numberValue),
    flag: variable('flag', 'bool').booleanValue as unknown as boolean,
  };
}

function synthWithVariables(build: (stack: TerraformStack, of: ReturnType<typeof variables>) => void): Template {
  return synth((stack) => build(stack, variables(stack)));
}

describe('PatchBaseline with values known only when Terraform applies', () => {
  it('has no problem with a token in any prop, and passes each through', () => {
    const template = synthWithVariables((stack, { text, list, number, flag }) => {
      new PatchBaseline(stack, 'Linux', {
        baselineName: text,
        operatingSystem: 'AMAZON_LINUX_2023',
        description: text,
        approvalRules: [
          ApprovalRule.rpm({
            product: list,
            classification: [text, 'Security'],
            severity: list,
            approveAfterDays: number,
            complianceLevel: text as 'HIGH',
            enableNonSecurity: flag,
          }),
        ],
        approvedPatches: list,
        approvedPatchesComplianceLevel: text as 'HIGH',
        approvedPatchesEnableNonSecurity: flag,
        rejectedPatches: [text, 'docker', 'containerd'],
        rejectedPatchesAction: text as 'BLOCK',
        globalFilters: { product: list, classification: [text], msrcSeverity: list, patchId: list },
        sources: [{ name: text, products: list, configuration: text }],
        tags: { Team: text },
        region: text,
      });
    });
    expect(template.problems('2050-01-01')).toEqual([]);
    expect(template.only('aws_ssm_patch_baseline')).toEqual({
      name: '${var.text}',
      operating_system: 'AMAZON_LINUX_2023',
      description: '${var.text}',
      approval_rule: [
        {
          approve_after_days: '${var.number}',
          compliance_level: '${var.text}',
          enable_non_security: '${var.flag}',
          patch_filter: [
            { key: 'CLASSIFICATION', values: ['Security', '${var.text}'] },
            { key: 'PRODUCT', values: '${var.list}' },
            { key: 'SEVERITY', values: '${var.list}' },
          ],
        },
      ],
      approved_patches: '${var.list}',
      approved_patches_compliance_level: '${var.text}',
      approved_patches_enable_non_security: '${var.flag}',
      rejected_patches: ['containerd', 'docker', '${var.text}'],
      rejected_patches_action: '${var.text}',
      global_filter: [
        { key: 'CLASSIFICATION', values: ['${var.text}'] },
        { key: 'MSRC_SEVERITY', values: '${var.list}' },
        { key: 'PATCH_ID', values: '${var.list}' },
        { key: 'PRODUCT', values: '${var.list}' },
      ],
      source: [{ name: '${var.text}', products: '${var.list}', configuration: '${var.text}' }],
      tags: { Team: '${var.text}' },
      region: '${var.text}',
    });
  });

  it('takes every filter of Windows, and its own option', () => {
    const template = synthWithVariables((stack, { text, list }) => {
      new PatchBaseline(stack, 'Windows', {
        baselineName: 'windows',
        operatingSystem: 'WINDOWS',
        approvalRules: [
          ApprovalRule.windows({
            product: list,
            productFamily: list,
            classification: list,
            msrcSeverity: list,
            patchSet: [text as 'OS'],
            approveUntilDate: text,
          }),
        ],
        availableSecurityUpdatesComplianceStatus: text as 'COMPLIANT',
      });
    });
    expect(template.problems()).toEqual([]);
    expect(template.only('aws_ssm_patch_baseline')).toMatchObject({
      available_security_updates_compliance_status: '${var.text}',
      approval_rule: [
        {
          approve_until_date: '${var.text}',
          patch_filter: [
            { key: 'CLASSIFICATION', values: '${var.list}' },
            { key: 'MSRC_SEVERITY', values: '${var.list}' },
            { key: 'PATCH_SET', values: ['${var.text}'] },
            { key: 'PRODUCT', values: '${var.list}' },
            { key: 'PRODUCT_FAMILY', values: '${var.list}' },
          ],
        },
      ],
    });
  });

  it('does not take a product for one of the operating system while the patch set is not known', () => {
    const template = synthWithVariables((stack, { list }) => {
      new PatchBaseline(stack, 'Windows', {
        baselineName: 'windows',
        operatingSystem: 'WINDOWS',
        approvalRules: [
          ApprovalRule.windows({ product: ['Office 2016'], patchSet: list as 'OS'[], approveAfterDays: 7 }),
        ],
      });
    });
    expect(template.problems()).toEqual([]);
  });

  it('takes an operating system, and then checks what holds for all', () => {
    const template = synthWithVariables((stack, { text }) => {
      new PatchBaseline(stack, 'Any', {
        baselineName: 'any',
        operatingSystem: text as 'SUSE',
        approvalRules: [ApprovalRule.rpm({ severity: ['Moderate'], approveAfterDays: 7 })],
        approvedPatches: ['KB2032276'],
        registerAsDefault: true,
      });
    });
    expect(template.problems()).toEqual([]);
    expect(template.only('aws_ssm_patch_baseline')).toMatchObject({ operating_system: '${var.text}' });
    expect(template.only('aws_ssm_default_patch_baseline')).toMatchObject({ operating_system: '${var.text}' });
  });

  it('still counts what is given', () => {
    const template = synthWithVariables((stack, { text, number }) => {
      new PatchBaseline(stack, 'Any', {
        baselineName: 'any',
        operatingSystem: text as 'SUSE',
        approvalRules: Array.from({ length: 11 }, () =>
          ApprovalRule.rpm({ product: [text], approveAfterDays: number }),
        ),
        approvedPatches: Array.from({ length: 51 }, () => text),
      });
    });
    expect(template.problems()).toEqual([
      '[Test/Any] approvedPatches must hold at most 50 entries, got 51; remove some [patch-baseline/patch-count]',
      '[Test/Any] approvalRules must hold at most 10 entries, got 11; remove some [patch-baseline/rule-count]',
    ]);
  });

  it('still sees that there are two approval times', () => {
    const template = synthWithVariables((stack, { text, number }) => {
      new PatchBaseline(stack, 'Linux', {
        baselineName: 'linux',
        operatingSystem: 'SUSE',
        approvalRules: [
          ApprovalRule.rpm({ product: ['*'], approveAfterDays: number, approveUntilDate: text } as never),
        ],
      });
    });
    expect(template.problems()).toEqual([
      '[Test/Linux] approvalRules[0] must have approveAfterDays or approveUntilDate, got both: AWS would use the date alone; remove one of them [patch-baseline/one-approval-time]',
    ]);
  });

  it('refuses a registration as default that is not decided yet: there is a resource or none', () => {
    const template = synthWithVariables((stack, { flag }) => {
      new PatchBaseline(stack, 'Linux', {
        baselineName: 'linux',
        operatingSystem: 'SUSE',
        approvalRules: ApprovalRule.awsDefault('SUSE'),
        registerAsDefault: flag,
      });
    });
    expect(template.problems()).toEqual([
      '[Test/Linux] registerAsDefault must be true or false, got "<unresolved-token>"; set registerAsDefault to true or false [patch-baseline/true-or-false]',
    ]);
  });
});
