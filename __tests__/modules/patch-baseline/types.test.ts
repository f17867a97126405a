import { describe, expect, it } from '@jest/globals';
import { ApprovalRule, PatchBaseline } from '../../../modules/patch-baseline/index.ts';
import { synth } from '../../support/template.ts';

/*
 * What TypeScript refuses (`npx tsc` fails when one of these lines compiles), and the checks refuse all the same.
 */

type Rule = ApprovalRule<never>;

function problemsOfRule(operatingSystem: string, rule: unknown): string[] {
  return synth((stack) => {
    new PatchBaseline(stack, 'Baseline', {
      baselineName: 'baseline',
      operatingSystem: operatingSystem as 'WINDOWS',
      approvalRules: [rule as Rule],
    });
  }).problems();
}

const where = '[Test/Baseline] approvalRules[0]';

describe('a rule that does not compile is refused too', () => {
  it('with the severity of Linux on Windows', () => {
    // @ts-expect-error Windows has msrcSeverity
    const rule = ApprovalRule.windows({ severity: ['Critical'], approveAfterDays: 7 });
    expect(problemsOfRule('WINDOWS', rule)).toEqual([
      `${where} must filter WINDOWS by product, productFamily, classification, msrcSeverity, patchSet, got severity; use msrcSeverity there [patch-baseline/filter-key]`,
    ]);
  });

  it('with the severity of Windows on Linux', () => {
    // @ts-expect-error Linux has severity
    const rule = ApprovalRule.rpm({ msrcSeverity: ['Critical'], approveAfterDays: 7 });
    expect(problemsOfRule('SUSE', rule)).toEqual([
      `${where} must filter SUSE by product, classification, severity, got msrcSeverity; use severity there [patch-baseline/filter-key]`,
    ]);
  });

  it('with a classification on an apt system', () => {
    // @ts-expect-error apt systems have product and priority
    const rule = ApprovalRule.apt({ classification: ['Security'] });
    expect(problemsOfRule('UBUNTU', rule)).toEqual([
      `${where} must filter UBUNTU by product, priority, got classification; remove classification [patch-baseline/filter-key]`,
    ]);
  });

  it('with a severity on macOS', () => {
    // @ts-expect-error macOS has product and classification
    const rule = ApprovalRule.macos({ severity: ['Critical'], approveAfterDays: 7 });
    expect(problemsOfRule('MACOS', rule)).toEqual([
      `${where} must filter MACOS by product, classification, got severity; remove severity [patch-baseline/filter-key]`,
    ]);
  });

  it('with both approval times', () => {
    // @ts-expect-error one of the two
    const rule = ApprovalRule.rpm({ product: ['*'], approveAfterDays: 7, approveUntilDate: '2026-03-31' });
    expect(problemsOfRule('SUSE', rule)).toEqual([
      `${where} must have approveAfterDays or approveUntilDate, got both: AWS would use the date alone; remove one of them [patch-baseline/one-approval-time]`,
    ]);
  });

  it('with neither', () => {
    // @ts-expect-error one of the two
    const rule = ApprovalRule.windows({ product: ['*'] });
    expect(problemsOfRule('WINDOWS', rule)).toEqual([
      `${where} must have approveAfterDays or approveUntilDate, got neither: Terraform would approve at once; set approveAfterDays [patch-baseline/one-approval-time]`,
    ]);
  });

  it('with a date on an apt system', () => {
    // @ts-expect-error its repositories carry no release dates
    const rule = ApprovalRule.apt({ product: ['*'], approveUntilDate: '2026-03-31' });
    expect(problemsOfRule('DEBIAN', rule)).toEqual([
      `${where}.approveUntilDate must be left out for DEBIAN: its repositories carry no reliable release dates; remove it; every published patch is approved at once [patch-baseline/apt-approve-until-date]`,
    ]);
  });

  it.each(['WINDOWS', 'MACOS'] as const)('with non-security updates on %s', (system) => {
    // @ts-expect-error Linux only
    const rule = ApprovalRule.for(system, { product: ['*'], approveAfterDays: 7, enableNonSecurity: true });
    expect(problemsOfRule(system, rule)).toEqual([
      `${where}.enableNonSecurity must be left out for ${system}: it is for Linux; remove it [patch-baseline/non-security-linux-only]`,
    ]);
  });

  it('with a patch set that AWS does not have', () => {
    // @ts-expect-error OS or APPLICATION
    const rule = ApprovalRule.windows({ patchSet: ['DRIVERS'], approveAfterDays: 7 });
    expect(problemsOfRule('WINDOWS', rule)).toEqual([
      `${where}.patchSet "DRIVERS" is none of the values known for WINDOWS: OS, APPLICATION; look it up with aws ssm describe-patch-properties [patch-baseline/filter-value-known]`,
    ]);
  });

  it('of the wrong family', () => {
    const template = synth((stack) => {
      new PatchBaseline(stack, 'Baseline', {
        baselineName: 'baseline',
        operatingSystem: 'UBUNTU',
        // @ts-expect-error Ubuntu takes rules for apt
        approvalRules: [ApprovalRule.rpm({ product: ['*'], approveAfterDays: 0 })],
      });
    });
    expect(template.problems()).toEqual([
      `${where} must be a rule for apt, the family of UBUNTU, got one for rpm; make it with ApprovalRule.apt [patch-baseline/rule-family]`,
    ]);
  });

  it('of the wrong family for a system that code is told', () => {
    // @ts-expect-error SUSE has severity
    const rule = ApprovalRule.for('SUSE', { priority: ['Required'], approveAfterDays: 7 });
    expect(problemsOfRule('SUSE', rule)).toEqual([
      `${where} must filter SUSE by product, classification, severity, got priority; use severity there [patch-baseline/filter-key]`,
    ]);
  });

  it('that is only its props', () => {
    const template = synth((stack) => {
      new PatchBaseline(stack, 'Baseline', {
        baselineName: 'baseline',
        operatingSystem: 'WINDOWS',
        // @ts-expect-error made with ApprovalRule.windows
        approvalRules: [{ product: ['*'], approveAfterDays: 7 }],
      });
    });
    expect(template.problems()).toEqual([
      `${where} must be an ApprovalRule, got {"product":["*"],"approveAfterDays":7}; make it with ApprovalRule.windows, rpm, apt or macos [patch-baseline/approval-rule]`,
    ]);
  });
});

describe('an option that does not compile is refused too', () => {
  it('such as a level or an action that AWS does not have', () => {
    const template = synth((stack) => {
      new PatchBaseline(stack, 'Baseline', {
        baselineName: 'baseline',
        operatingSystem: 'WINDOWS',
        approvedPatches: ['KB2032276'],
        // @ts-expect-error in capitals
        approvedPatchesComplianceLevel: 'High',
        // @ts-expect-error BLOCK or ALLOW_AS_DEPENDENCY
        rejectedPatchesAction: 'REJECT',
      });
    });
    expect(template.problems()).toEqual([
      '[Test/Baseline] approvedPatchesComplianceLevel must be one of CRITICAL, HIGH, MEDIUM, LOW, INFORMATIONAL, UNSPECIFIED, got "High"; did you mean "HIGH"? [patch-baseline/compliance-level]',
      '[Test/Baseline] rejectedPatchesAction must be one of ALLOW_AS_DEPENDENCY, BLOCK, got "REJECT"; use one of them [patch-baseline/rejected-patches-action]',
    ]);
  });
});

describe('a rule for any operating system', () => {
  it('has the family of its system', () => {
    expect(ApprovalRule.for('WINDOWS', { msrcSeverity: ['Critical'], approveAfterDays: 7 }).family).toBe('windows');
    expect(ApprovalRule.for('DEBIAN', { priority: ['Required'] }).family).toBe('apt');
    expect(ApprovalRule.for('SUSE', { severity: ['Critical'], approveAfterDays: 7 }).family).toBe('rpm');
    expect(ApprovalRule.for('MACOS', { product: ['*'], approveAfterDays: 7 }).family).toBe('macos');
  });

  it('is the same as the rule of that family', () => {
    const props = { severity: ['Critical'], approveAfterDays: 7 };
    expect(ApprovalRule.for('SUSE', props)).toEqual(ApprovalRule.rpm(props));
  });
});
