export {
  ApprovalRule,
  type ApprovalRulePropsOf,
  type ApprovalTime,
  type AptApprovalRuleProps,
  type ComplianceLevel,
  type MacosApprovalRuleProps,
  type RpmApprovalRuleProps,
  type WindowsApprovalRuleProps,
} from './approval-rule.ts';
export { type FamilyOf, OperatingSystem, type OperatingSystemFamily } from './operating-system.ts';
export { type IPatchBaseline, PatchBaseline, type PatchBaselineProps, type PatchSource } from './patch-baseline.ts';
export type { GlobalFilters } from './patch-filters.ts';
