import { describe, expect, it } from '@jest/globals';
import { ApprovalRule, OperatingSystem, PatchBaseline } from '../../../modules/patch-baseline/index.ts';
import { synth } from '../../support/template.ts';

interface ExpectedRule {
  readonly filters: Readonly<Record<string, readonly string[]>>;
  readonly days: number;
  readonly nonSecurity?: true;
}

const security = (...severity: string[]): ExpectedRule => ({
  filters: { CLASSIFICATION: ['Security'], PRODUCT: ['*'], SEVERITY: severity },
  days: 7,
});
const bugfix: ExpectedRule = { filters: { CLASSIFICATION: ['Bugfix'], PRODUCT: ['*'] }, days: 7 };
const yum = [bugfix, security('Critical', 'Important')];
const apt: ExpectedRule[] = [
  { filters: { PRIORITY: ['Extra', 'Important', 'Optional', 'Required', 'Standard'], PRODUCT: ['*'] }, days: 0 },
];

/** What AWS says its default baselines approve. */
const defaults: Readonly<Record<Exclude<OperatingSystem, 'MACOS'>, readonly ExpectedRule[]>> = {
  WINDOWS: [
    {
      filters: {
        CLASSIFICATION: ['CriticalUpdates', 'SecurityUpdates'],
        MSRC_SEVERITY: ['Critical', 'Important'],
        PRODUCT: ['*'],
      },
      days: 7,
    },
  ],
  ALMA_LINUX: yum,
  AMAZON_LINUX: yum,
  AMAZON_LINUX_2: yum,
  AMAZON_LINUX_2022: yum,
  AMAZON_LINUX_2023: yum,
  REDHAT_ENTERPRISE_LINUX: yum,
  ROCKY_LINUX: yum,
  ORACLE_LINUX: [bugfix, security('Important', 'Moderate')],
  SUSE: [security('Critical', 'Important')],
  CENTOS: [{ filters: { PRODUCT: ['*'] }, days: 7, nonSecurity: true }],
  UBUNTU: apt,
  DEBIAN: apt,
  RASPBIAN: apt,
};

describe('ApprovalRule.awsDefault', () => {
  it.each(Object.entries(defaults))('of %s approves what AWS approves there', (name, expected) => {
    const operatingSystem = name as keyof typeof defaults;
    const template = synth(
      (stack) =>
        new PatchBaseline(stack, 'Default', {
          baselineName: 'default',
          operatingSystem,
          approvalRules: ApprovalRule.awsDefault(operatingSystem),
        }),
    );
    expect(template.problems()).toEqual([]);
    expect(template.only('aws_ssm_patch_baseline')).toMatchObject({
      operating_system: operatingSystem,
      approval_rule: expected.map(({ filters, days, nonSecurity }) => ({
        approve_after_days: days,
        compliance_level: 'UNSPECIFIED',
        enable_non_security: nonSecurity ?? false,
        patch_filter: Object.entries(filters).map(([key, values]) => ({ key, values })),
      })),
    });
  });

  it('takes a day for each rule instead of any delay, but on apt systems', () => {
    const days = ['2026-11-01', '2026-11-02'];
    const times = (system: 'AMAZON_LINUX_2023' | 'UBUNTU') =>
      ApprovalRule.awsDefault(system, 3, days).map(({ props }) => [props.approveAfterDays, props.approveUntilDate]);
    expect(times('AMAZON_LINUX_2023')).toEqual(days.map((day) => [undefined, day]));
    expect(times('UBUNTU')).toEqual([[0, undefined]]);
  });

  it.each(['WINDOWS', 'SUSE', 'CENTOS', 'ORACLE_LINUX'] as const)(
    'of %s takes another delay for every rule',
    (system) => {
      const days = (approveAfterDays?: number) =>
        ApprovalRule.awsDefault(system, approveAfterDays).map(({ props }) => props.approveAfterDays);
      expect(new Set(days(0))).toEqual(new Set([0]));
      expect(new Set(days())).toEqual(new Set([7]));
    },
  );

  it.each(['UBUNTU', 'DEBIAN', 'RASPBIAN'] as const)('of %s takes none: apt systems approve at once', (system) => {
    expect(ApprovalRule.awsDefault(system, 3)).toEqual(ApprovalRule.awsDefault(system));
  });

  it('is there for every operating system but macOS', () => {
    expect([...Object.keys(defaults), 'MACOS'].sort()).toEqual(Object.keys(OperatingSystem).sort());
  });

  it('does not compile for macOS, and is refused with the reason', () => {
    const template = synth(
      (stack) =>
        new PatchBaseline(stack, 'Default', {
          baselineName: 'default',
          operatingSystem: 'MACOS',
          // @ts-expect-error no filter can say what AWS's default for macOS approves
          approvalRules: ApprovalRule.awsDefault('MACOS'),
        }),
    );
    expect(template.problems()).toEqual([
      `[Test/Default] approvalRules[0] can't be AWS's default for MACOS: it approves "packages with a current update", which no filter can say; write the rules yourself [patch-baseline/aws-default-expressible]`,
    ]);
  });
});
