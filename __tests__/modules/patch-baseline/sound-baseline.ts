import { formatViolation } from '../../../core/problem.ts';
import { checkPatchBaseline, type PatchBaselineFacts } from '../../../modules/patch-baseline/checks.ts';

/** A baseline of an operating system that nothing is wrong with, as the checks see it. */
export function soundBaseline(operatingSystem = 'AMAZON_LINUX_2023'): PatchBaselineFacts {
  return {
    baselineName: 'sound',
    operatingSystem: operatingSystem as 'AMAZON_LINUX_2023',
    approvalRules: [{ filters: { product: ['*'] }, approveAfterDays: 7, complianceLevel: 'UNSPECIFIED' }],
  };
}

/** What is wrong with it once these facts are changed. `asOf` adds what depends on the day. */
export function problemsWith(changes: object, operatingSystem?: string, asOf?: string): string[] {
  return checkPatchBaseline({ ...soundBaseline(operatingSystem), ...changes }, asOf).map(formatViolation);
}

/** What is wrong with it when its one rule is changed. */
export function problemsWithRule(changes: object, operatingSystem?: string): string[] {
  return problemsWith({ approvalRules: [{ ...soundBaseline().approvalRules?.[0], ...changes }] }, operatingSystem);
}

/** What is wrong with it when its one rule has these filters instead. */
export function problemsWithFilters(filters: object, operatingSystem?: string): string[] {
  return problemsWithRule({ filters }, operatingSystem);
}
