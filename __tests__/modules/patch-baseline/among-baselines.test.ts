import { describe, expect, it } from '@jest/globals';
import type { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { ApprovalRule, type OperatingSystem, PatchBaseline } from '../../../modules/patch-baseline/index.ts';
import { synth } from '../../support/template.ts';

function add(
  scope: Construct,
  id: string,
  options: { system?: Exclude<OperatingSystem, 'MACOS'>; registerAsDefault?: boolean; region?: string } = {},
) {
  const { system = 'SUSE', ...rest } = options;
  const approvalRules = ApprovalRule.awsDefault(system);
  return new PatchBaseline(scope, id, { baselineName: 'same-name', operatingSystem: system, approvalRules, ...rest });
}

const fill = (stack: TerraformStack, count: number, region?: string) => {
  for (let index = 1; index <= count; index++) {
    add(stack, `B${index}${region ?? ''}`, region === undefined ? {} : { region });
  }
};

describe('the baselines of one region', () => {
  it('are at most 50', () => {
    expect(synth((stack) => fill(stack, 50)).problems()).toEqual([]);
    expect(synth((stack) => fill(stack, 51)).problems()).toEqual([
      '[Test/B51] a region must hold at most 50 patch baselines, this is the 51st; share baselines between patch groups [patch-baseline/quota]',
    ]);
  });

  it('are counted apart from those of another', () => {
    const template = synth((stack) => {
      fill(stack, 26);
      fill(stack, 26, 'eu-west-1');
    });
    expect(template.problems()).toEqual([]);
  });

  it('hold one default for each operating system', () => {
    const template = synth((stack) => {
      add(stack, 'First', { registerAsDefault: true });
      add(new Construct(stack, 'Deeper'), 'Second', { registerAsDefault: true });
      add(stack, 'Other', { registerAsDefault: true, system: 'UBUNTU' });
      add(stack, 'NoDefault');
    });
    expect(template.problems()).toEqual([
      '[Test/Deeper/Second] registerAsDefault must be set on one baseline of SUSE, another has it already; keep it on one [patch-baseline/one-default]',
    ]);
  });

  it('hold a default of their own beside that of another region', () => {
    const template = synth((stack) => {
      add(stack, 'Here', { registerAsDefault: true });
      add(stack, 'There', { registerAsDefault: true, region: 'eu-west-1' });
    });
    expect(template.problems()).toEqual([]);
    expect(template.all('aws_ssm_default_patch_baseline')).toHaveLength(2);
  });

  it('do not count those made elsewhere', () => {
    const template = synth((stack) => {
      PatchBaseline.fromBaselineId(stack, 'Known', 'pb-0123456789abcdef0', 'SUSE');
      fill(stack, 50);
    });
    expect(template.problems()).toEqual([]);
  });
});

describe('the problems of a baseline', () => {
  it('are all reported at once, with its construct path', () => {
    const template = synth((stack) => {
      new PatchBaseline(new Construct(stack, 'Baselines'), 'Web', {
        baselineName: 'ab',
        operatingSystem: 'WINDOWS',
        approvalRules: [ApprovalRule.windows({ product: ['All'], approveAfterDays: 400 })],
        rejectedPatches: ['openssl'],
      });
    });
    expect(template.problems()).toEqual([
      '[Test/Baselines/Web] approvalRules[0].approveAfterDays must be a whole number of days from 0 to 360, got 400; set approvalRules[0].approveAfterDays within the range [patch-baseline/approve-after-days]',
      '[Test/Baselines/Web] approvalRules[0].product must not be the console\'s word "All": AWS refuses it when it is applied; use "*" for all [patch-baseline/filter-value-all]',
      '[Test/Baselines/Web] baselineName must be 3 to 128 characters of letters, digits, _ - ., got "ab"; change baselineName [patch-baseline/name]',
      '[Test/Baselines/Web] rejectedPatches of WINDOWS must hold KB ids (KB2032276) or bulletins (MS10-048), got "openssl"; name the patch as the operating system does [patch-baseline/patch-name-format]',
      '[Test/Baselines/Web] approvalRules[0].approveAfterDays 400 may never install a patch: Microsoft withdraws superseded updates after about 30 days; use at most 30 days [patch-baseline/windows-superseded]',
    ]);
  });

  it('depend on the day only when a day is given', () => {
    const template = synth((stack) => add(stack, 'Old', { system: 'AMAZON_LINUX_2' }));
    expect(template.problems()).toEqual([]);
    expect(template.problems('2026-11-23')).toEqual([
      '[Test/Old] Amazon Linux 2 left support on 2026-06-30, 146 days before 2026-11-23: no new patches, and nodes still report themselves compliant; plan its replacement [end-of-support/operating-system]',
    ]);
  });
});
