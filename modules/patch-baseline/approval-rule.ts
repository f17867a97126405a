import { type FamilyOf, familyOf, type OperatingSystem, type OperatingSystemFamily } from './operating-system.ts';
import type { PatchFilters } from './patch-filters.ts';

/**
 * How bad a missing patch is in compliance reports. Baselines of AWS say UNSPECIFIED, and then no report tells a
 * critical patch from another.
 */
export type ComplianceLevel = 'CRITICAL' | 'HIGH' | 'MEDIUM' | 'LOW' | 'INFORMATIONAL' | 'UNSPECIFIED';

export const complianceLevels = [
  'CRITICAL',
  'HIGH',
  'MEDIUM',
  'LOW',
  'INFORMATIONAL',
  'UNSPECIFIED',
] as const satisfies readonly ComplianceLevel[];

/** Approved a number of days after release, or if released until a day: one of the two. */
export type ApprovalTime =
  | {
      /** Days after its release that a patch is approved, 0 to 360. */
      readonly approveAfterDays: number;
      readonly approveUntilDate?: never;
    }
  | {
      /** Approves what was released up to and including this day, `YYYY-MM-DD`. */
      readonly approveUntilDate: string;
      readonly approveAfterDays?: never;
    };

/** Repositories of apt carry no reliable release dates: a patch is approved at once. */
export interface AptApprovalTime {
  /** AWS accepts a number and ignores it on apt systems. @default 0 */
  readonly approveAfterDays?: number;
  readonly approveUntilDate?: never;
}

interface RuleOptions {
  /** @default UNSPECIFIED */
  readonly complianceLevel?: ComplianceLevel;
}

interface LinuxRuleOptions extends RuleOptions {
  /** Also installs updates that are not security updates, from all repositories of the node. @default false */
  readonly enableNonSecurity?: boolean;
}

export type WindowsApprovalRuleProps = PatchFilters['windows'] & ApprovalTime & RuleOptions;
export type RpmApprovalRuleProps = PatchFilters['rpm'] & ApprovalTime & LinuxRuleOptions;
export type AptApprovalRuleProps = PatchFilters['apt'] & AptApprovalTime & LinuxRuleOptions;
export type MacosApprovalRuleProps = PatchFilters['macos'] & ApprovalTime & RuleOptions;

/** The props of a rule, by the family of its operating system. */
export interface ApprovalRulePropsOf {
  readonly windows: WindowsApprovalRuleProps;
  readonly rpm: RpmApprovalRuleProps;
  readonly apt: AptApprovalRuleProps;
  readonly macos: MacosApprovalRuleProps;
}

/** What a rule says, as plain data. `filters` has the property names of the props. */
export interface ApprovalRuleProps {
  readonly family: OperatingSystemFamily;
  readonly filters: Readonly<Record<string, readonly string[]>>;
  readonly approveAfterDays?: number;
  readonly approveUntilDate?: string;
  readonly complianceLevel: ComplianceLevel;
  readonly enableNonSecurity?: boolean;
  /** Why the rule cannot be written at all. */
  readonly refused?: string;
}

/**
 * Which patches a baseline approves, and when. A patch is approved by the first rule it matches; all filters of a rule
 * must match, any value of a filter is enough.
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PatchRule.html
 */
export class ApprovalRule<Family extends OperatingSystemFamily = OperatingSystemFamily> {
  static windows(props: WindowsApprovalRuleProps): ApprovalRule<'windows'> {
    return new ApprovalRule('windows', props);
  }

  /** Amazon Linux, Red Hat, SUSE, CentOS, Oracle, Rocky and AlmaLinux. */
  static rpm(props: RpmApprovalRuleProps): ApprovalRule<'rpm'> {
    return new ApprovalRule('rpm', props);
  }

  /** Ubuntu, Debian and Raspbian. */
  static apt(props: AptApprovalRuleProps): ApprovalRule<'apt'> {
    return new ApprovalRule('apt', props);
  }

  static macos(props: MacosApprovalRuleProps): ApprovalRule<'macos'> {
    return new ApprovalRule('macos', props);
  }

  /** The rule of any operating system, for code that is told which. */
  static for<System extends OperatingSystem>(
    system: System,
    props: ApprovalRulePropsOf[FamilyOf<System>],
  ): ApprovalRule<FamilyOf<System>> {
    return new ApprovalRule(familyOf(system), props);
  }

  /**
   * The rules of the baseline that AWS uses for an operating system where nothing else is registered. macOS is refused:
   * its default approves "packages with a current update", which no filter can say. `approveAfterDays` takes the place of
   * AWS's seven days, and `approveUntilDates`, one for each rule, that of any delay; apt systems, which approve at once,
   * have none.
   * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-predefined-and-custom-patch-baselines.html
   */
  static awsDefault<System extends Exclude<OperatingSystem, 'MACOS'>>(
    system: System,
    approveAfterDays?: number,
    approveUntilDates: readonly string[] = [],
  ): ApprovalRule<FamilyOf<System>>[] {
    const rules = defaultRules(system).map((props, index) => {
      if (!('approveAfterDays' in props)) return new ApprovalRule(familyOf(system), props);
      const { approveAfterDays: days, ...rest } = props;
      const day = approveUntilDates[index];
      const time = day === undefined ? { approveAfterDays: approveAfterDays ?? days } : { approveUntilDate: day };
      return new ApprovalRule(familyOf(system), { ...rest, ...time });
    });
    return rules as ApprovalRule<FamilyOf<System>>[];
  }

  readonly props: ApprovalRuleProps;

  private constructor(
    readonly family: Family,
    props: object,
  ) {
    const { approveAfterDays, approveUntilDate, complianceLevel, enableNonSecurity, refused, ...filters } = {
      ...props,
    } as Readonly<Record<string, unknown>>;
    const immediately = family === 'apt' && approveUntilDate === undefined ? { approveAfterDays: 0 } : {};
    const linux = family === 'apt' || family === 'rpm' ? { enableNonSecurity: false } : {};
    this.props = {
      family,
      ...immediately,
      ...linux,
      ...given({ approveAfterDays, approveUntilDate, enableNonSecurity, refused }),
      filters: given(filters),
      complianceLevel: complianceLevel === undefined ? 'UNSPECIFIED' : complianceLevel,
    } as ApprovalRuleProps;
  }
}

const everything = { product: ['*'] };
const bugfixes = { ...everything, classification: ['Bugfix'], approveAfterDays: 7 };

function securityUpdates(...severity: string[]) {
  return { ...everything, classification: ['Security'], severity, approveAfterDays: 7 };
}

function defaultRules(system: OperatingSystem): Readonly<Record<string, unknown>>[] {
  switch (system) {
    case 'WINDOWS':
      return [
        {
          ...everything,
          classification: ['CriticalUpdates', 'SecurityUpdates'],
          msrcSeverity: ['Critical', 'Important'],
          approveAfterDays: 7,
        },
      ];
    case 'UBUNTU':
    case 'DEBIAN':
    case 'RASPBIAN':
      return [{ ...everything, priority: ['Required', 'Important', 'Standard', 'Optional', 'Extra'] }];
    case 'CENTOS':
      return [{ ...everything, enableNonSecurity: true, approveAfterDays: 7 }];
    case 'SUSE':
      return [securityUpdates('Critical', 'Important')];
    case 'ORACLE_LINUX':
      return [securityUpdates('Important', 'Moderate'), bugfixes];
    case 'MACOS':
      return [{ refused: 'it approves "packages with a current update", which no filter can say' }];
    default:
      return [securityUpdates('Critical', 'Important'), bugfixes];
  }
}

function given(values: Readonly<Record<string, unknown>>): Record<string, readonly string[]> {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Record<string, readonly string[]>;
}
