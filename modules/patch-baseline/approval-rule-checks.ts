import { error, quoted, type Violation, warning } from '../../core/problem.ts';
import { checkBoolean, checkOneOf, checkWholeNumber } from '../../core/value-checks.ts';
import { complianceLevels } from './approval-rule.ts';
import { checkFilters } from './filter-checks.ts';
import { familyOf, type OperatingSystem } from './operating-system.ts';
import type { FilterFacts } from './patch-filters.ts';

/** An approval rule as plain data, the props of an `ApprovalRule`; see `PatchBaselineFacts` for what is absent. */
export interface ApprovalRuleFacts {
  readonly family?: string | undefined;
  readonly filters: FilterFacts;
  readonly approveAfterDays?: number | undefined;
  readonly approveUntilDate?: string | undefined;
  readonly complianceLevel?: string | undefined;
  readonly enableNonSecurity?: boolean | undefined;
  readonly refused?: string | undefined;
}

/** One approval rule, which `where` names in messages. `system` is `undefined` where it is not known. */
export function checkApprovalRule(
  where: string,
  system: OperatingSystem | undefined,
  rule: ApprovalRuleFacts,
): Violation[] {
  if (typeof rule !== 'object' || rule === null || typeof rule.filters !== 'object' || rule.filters === null) {
    const message = `${where} must be an ApprovalRule, got ${quoted(rule)}`;
    return [error('patch-baseline/approval-rule', message, 'make it with ApprovalRule.windows, rpm, apt or macos')];
  }
  if (rule.refused !== undefined) {
    const message = `${where} can't be AWS's default for ${system ?? 'the operating system'}: ${rule.refused}`;
    return [error('patch-baseline/aws-default-expressible', message, 'write the rules yourself')];
  }
  return [
    ...checkOneOf(
      `${where}.complianceLevel`,
      rule.complianceLevel,
      complianceLevels,
      'patch-baseline/compliance-level',
    ),
    ...checkBoolean(`${where}.enableNonSecurity`, rule.enableNonSecurity, 'patch-baseline/true-or-false'),
    ...checkApprovalTime(where, rule, system),
    ...(system === undefined ? [] : checkForSystem(where, system, rule)),
  ];
}

function checkForSystem(where: string, system: OperatingSystem, rule: ApprovalRuleFacts): Violation[] {
  const family = familyOf(system);
  const linux = family === 'apt' || family === 'rpm';
  return [
    // The filters of another family's rule say nothing that the family does not.
    ...(rule.family !== undefined && rule.family !== family
      ? [
          error(
            'patch-baseline/rule-family',
            `${where} must be a rule for ${family}, the family of ${system}, got one for ${rule.family}`,
            `make it with ApprovalRule.${family}`,
          ),
        ]
      : checkFilters(where, system, rule.filters)),
    ...(rule.enableNonSecurity === true && !linux
      ? [
          error(
            'patch-baseline/non-security-linux-only',
            `${where}.enableNonSecurity must be left out for ${system}: it is for Linux`,
            'remove it',
          ),
        ]
      : []),
    ...(system === 'CENTOS' && rule.enableNonSecurity === false
      ? [
          warning(
            'patch-baseline/centos-non-security',
            `${where} approves nothing: CentOS Stream's repositories do not say which updates are for security`,
            'set enableNonSecurity: true',
          ),
        ]
      : []),
    ...checkReleaseDates(where, system, rule),
  ];
}

function checkApprovalTime(where: string, rule: ApprovalRuleFacts, system: OperatingSystem | undefined): Violation[] {
  const after = 'approveAfterDays' in rule;
  const until = 'approveUntilDate' in rule;
  const limits = { rule: 'patch-baseline/approve-after-days', min: 0, max: 360, unit: 'days' };
  const optional = system === undefined || familyOf(system) === 'apt';
  return [
    ...(after && until
      ? [
          error(
            'patch-baseline/one-approval-time',
            `${where} must have approveAfterDays or approveUntilDate, got both: AWS would use the date alone`,
            'remove one of them',
          ),
        ]
      : []),
    ...(!after && !until && !optional
      ? [
          error(
            'patch-baseline/one-approval-time',
            `${where} must have approveAfterDays or approveUntilDate, got neither: Terraform would approve at once`,
            'set approveAfterDays',
          ),
        ]
      : []),
    ...checkWholeNumber(`${where}.approveAfterDays`, rule.approveAfterDays, limits),
    ...checkDate(where, rule.approveUntilDate),
  ];
}

/** Where the time of approval does not do what it says. */
function checkReleaseDates(where: string, system: OperatingSystem, rule: ApprovalRuleFacts): Violation[] {
  const days = typeof rule.approveAfterDays === 'number' ? rule.approveAfterDays : 0;
  const apt = familyOf(system) === 'apt';
  return [
    ...(apt && 'approveUntilDate' in rule
      ? [
          error(
            'patch-baseline/apt-approve-until-date',
            `${where}.approveUntilDate must be left out for ${system}: its repositories carry no reliable release dates`,
            'remove it; every published patch is approved at once',
          ),
        ]
      : []),
    ...(apt && days > 0
      ? [
          warning(
            'patch-baseline/apt-approve-after-days',
            `${where}.approveAfterDays ${days} has no effect on ${system}: its repositories carry no reliable release dates`,
            'set it to 0, and stagger the maintenance windows instead',
          ),
        ]
      : []),
    ...(system === 'WINDOWS' && days > 30
      ? [
          warning(
            'patch-baseline/windows-superseded',
            `${where}.approveAfterDays ${days} may never install a patch: Microsoft withdraws superseded updates after about 30 days`,
            'use at most 30 days',
          ),
        ]
      : []),
  ];
}

function checkDate(where: string, date: unknown): Violation[] {
  if (date === undefined) return [];
  const text = typeof date === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(date) ? date : 'not a date';
  const instant = Date.parse(`${text}T00:00:00Z`);
  // An impossible day such as 2026-02-30 is moved to the next month instead of being refused.
  if (!Number.isNaN(instant) && new Date(instant).toISOString().startsWith(text)) return [];
  const message = `${where}.approveUntilDate must be a day written YYYY-MM-DD, got ${quoted(date)}`;
  return [error('patch-baseline/approve-until-date', message, 'write it like 2026-03-31')];
}
