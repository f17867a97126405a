import type { ComplianceReport } from '../../compliance/index.ts';
import type { Verdict } from '../../report/index.ts';
import { count, numberText, percent } from './words.ts';

/** The answer in one sentence: how many are compliant, and what stands against that. The same in every format. */
export function verdictOf({ complete, totals, placeTotals }: ComplianceReport): Verdict {
  const { instances, outcomes, buckets, compliantPercent, overdueInstances } = totals;
  const unread = count(placeTotals.partly + placeTotals.unknown, 'account and region', 'accounts and regions');
  const incomplete = complete ? [] : [`incomplete: not everything could be read of ${unread}`];
  if (instances === 0)
    return {
      outcome: complete ? 'warning' : 'error',
      text: [complete ? 'no instance is there to be patched' : 'no instance is known', ...incomplete].join('; '),
    };
  const { compliant, noncompliant, unproven, stopped } = outcomes;
  const others = [
    ...(noncompliant > 0 ? [`${numberText(noncompliant)} not patched`] : []),
    ...(unproven > 0 ? [`${numberText(unproven)} not proven`] : []),
    ...(stopped > 0 ? [`${numberText(stopped)} stopped`] : []),
  ];
  // Nobody should take what lacks a patch by decision for what has it.
  const waived = buckets.waived > 0 ? `, ${numberText(buckets.waived)} of them by waivers` : '';
  const parts = [
    `${percent(compliantPercent)} compliant: ${numberText(compliant)} of ${count(instances, 'instance')}${waived}`,
    ...(others.length > 0 ? [others.join(', ')] : []),
    ...(overdueInstances > 0 ? [`patches are overdue on ${numberText(overdueInstances)}`] : []),
    ...incomplete,
  ];
  return { outcome: !complete || noncompliant + unproven > 0 ? 'error' : 'ok', text: parts.join('; ') };
}
