import type { ComplianceReport } from '../../compliance/index.ts';

export interface FailOptions {
  readonly failOn: 'noncompliant' | 'sla' | 'incomplete' | 'none';
  readonly allowPartial: boolean;
}

/**
 * 2 where something could not be read, unless that is allowed; 1 where `failOn` is found: an instance that is not patched
 * or of which nobody can say so, or a patch that is overdue. With `incomplete` and `none` nothing that is found fails:
 * what could not be read still does, since only `allowPartial` takes a part for the answer.
 */
export function exitCodeOf({ complete, totals }: ComplianceReport, { failOn, allowPartial }: FailOptions): 0 | 1 | 2 {
  if (!complete && !allowPartial) return 2;
  if (failOn === 'noncompliant') return totals.outcomes.noncompliant + totals.outcomes.unproven > 0 ? 1 : 0;
  return failOn === 'sla' && totals.overdueInstances > 0 ? 1 : 0;
}
