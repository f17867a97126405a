import { ApprovalRule, type ApprovalRuleProps } from '../modules/patch-baseline/approval-rule.ts';
import { familyOf } from '../modules/patch-baseline/operating-system.ts';
import type { FleetAssignment, FleetBaseline, FleetRing } from './schema/index.ts';

/** The rules of a baseline as modules know them. The type of the file allows filters that the operating system does not. */
export function rulesOf({ preset, approvalRules, operatingSystem }: FleetBaseline): readonly ApprovalRuleProps[] {
  // macOS included: its rule says why there is none.
  if (preset !== undefined) return ApprovalRule.awsDefault(operatingSystem as 'WINDOWS').map(({ props }) => props);
  return (approvalRules ?? []).map((rule) => ApprovalRule.for(operatingSystem, rule as never).props);
}

/** The days to which a ring pins the rules of a baseline, one for each; repositories of apt carry no dates. */
export function pinsOf(
  ring: FleetRing | undefined,
  key: string,
  { operatingSystem }: FleetBaseline,
): readonly string[] | undefined {
  if (familyOf(operatingSystem) === 'apt') return undefined;
  const pins = ring?.approveUntilDates;
  return pins !== undefined && Object.hasOwn(pins, key) ? pins[key] : undefined;
}

/** When a rule approves: what was released up to a day, or some days after the release. */
export type Approval = { readonly approveUntilDate: string } | { readonly approveAfterDays: number };

/**
 * When each rule of a baseline approves for an assignment: at the day to which its ring or else the rule is pinned,
 * otherwise after the days of the assignment, the ring or the rule. `undefined` where none says.
 */
export function approvalsOf(
  key: string,
  baseline: FleetBaseline,
  assignment: Pick<FleetAssignment, 'approveAfterDays'>,
  ring: FleetRing | undefined,
): readonly (Approval | undefined)[] {
  const pins = pinsOf(ring, key, baseline);
  const delay = assignment.approveAfterDays ?? ring?.approveAfterDays;
  return rulesOf(baseline).map((rule, index): Approval | undefined => {
    const day = pins?.[index] ?? rule.approveUntilDate;
    if (day !== undefined) return { approveUntilDate: day };
    const days = familyOf(baseline.operatingSystem) === 'apt' ? 0 : (delay ?? rule.approveAfterDays);
    return days === undefined ? undefined : { approveAfterDays: days };
  });
}
