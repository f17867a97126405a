import { error, quoted, type Violation, warning } from '../../core/problem.ts';
import { checkOneOf, checkWholeNumber } from '../../core/value-checks.ts';
import { complianceLevels } from './approval-rule.ts';
import { checkFilters } from './filter-checks.ts';
import { familyOf, type OperatingSystem } from './operating-system.ts';
import type { FilterFacts } from './patch-filters.ts';

/** An approval rule as plain data. */
export interface ApprovalRuleFacts {
  readonly filters?: FilterFacts | undefined;
  readonly approveAfterDays?: number | undefined;
  readonly approveUntilDate?: string | undefined;
  readonly complianceLevel?: string | undefined;
  readonly enableNonSecurity?: boolean | undefined;
  readonly refused?: string | undefined;
}

/** One approval rule, which `where` names in messages. */
export function checkApprovalRule(where: string, system: OperatingSystem, rule: ApprovalRuleFacts): Violation[] {
  if (rule.refused !== undefined) {
    const message = `${where} can't be AWS's default for ${system}: ${rule.refused}`;
    return [error('patch-baseline/aws-default-expressible', message, 'write the rules yourself')];
  }
  const family = familyOf(system);
  return [
    ...checkFilters(where, system, rule.filters ?? {}),
    ...checkOneOf(
      `${where}.complianceLevel`,
      rule.complianceLevel,
      complianceLevels,
      'patch-baseline/compliance-level',
    ),
    ...(rule.enableNonSecurity === true && family !== 'apt' && family !== 'rpm'
      ? [
          error(
            'patch-baseline/non-security-linux-only',
            `${where}.enableNonSecurity must be left out for ${system}: it is for Linux`,
            'remove it',
          ),
        ]
      : []),
    ...checkApprovalTime(where, system, rule),
  ];
}

function checkApprovalTime(where: string, system: OperatingSystem, rule: ApprovalRuleFacts): Violation[] {
  const { approveAfterDays: days, approveUntilDate: date } = rule;
  const limits = { rule: 'patch-baseline/approve-after-days', min: 0, max: 360, unit: 'days' };
  const apt = familyOf(system) === 'apt';
  return [
    ...('approveAfterDays' in rule && 'approveUntilDate' in rule
      ? [
          error(
            'patch-baseline/one-approval-time',
            `${where} must have approveAfterDays or approveUntilDate, got both: AWS would use the date alone`,
            'remove one of them',
          ),
        ]
      : []),
    ...(!('approveAfterDays' in rule) && !('approveUntilDate' in rule)
      ? [
          error(
            'patch-baseline/one-approval-time',
            `${where} must have approveAfterDays or approveUntilDate, got neither: Terraform would approve at once`,
            'set approveAfterDays',
          ),
        ]
      : []),
    ...checkWholeNumber(`${where}.approveAfterDays`, days, limits),
    ...checkDate(where, date),
    ...(apt && date !== undefined
      ? [
          error(
            'patch-baseline/apt-approve-until-date',
            `${where}.approveUntilDate must be left out for ${system}: its repositories carry no reliable release dates`,
            'remove it; every published patch is approved at once',
          ),
        ]
      : []),
    ...(apt && (days ?? 0) > 0
      ? [
          warning(
            'patch-baseline/apt-approve-after-days',
            `${where}.approveAfterDays ${days} has no effect on ${system}: its repositories carry no reliable release dates`,
            'set it to 0, and stagger the maintenance windows instead',
          ),
        ]
      : []),
    ...(system === 'WINDOWS' && (days ?? 0) > 30
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
