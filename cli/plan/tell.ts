import { aligned } from '../table.ts';
import { describeChanges } from './changes.ts';
import { bySummaryOrder, filesOf, type StackPlan } from './summary.ts';

/** The most logs that are named one by one. */
const mostLogs = 5;

/** `2 to create`, or `failed in terraform init: No valid credential sources found`. */
function describePlan({ status, step, error, changes }: StackPlan, engine: string): string {
  if (changes !== null) return describeChanges(changes);
  if (status === 'failed') return `failed in ${engine} ${step}${error === null ? '' : `: ${error}`}`;
  return status === 'interrupted' ? `interrupted in ${engine} ${step}` : 'not started';
}

/** `[3/8] 111111111111-global 2 to create (1.2 s)`. */
export function describeProgress(plan: StackPlan, count: number, all: number, engine: string): string {
  return `[${count}/${all}] ${plan.stack} ${describePlan(plan, engine)} (${(plan.seconds ?? 0).toFixed(1)} s)`;
}

/** Every stack on a line, how many have a plan, where the rest say why not, and what to do next. */
export function describeSummary(plans: readonly StackPlan[], out: string, engine: string): string {
  const sorted = [...plans].sort(bySummaryOrder);
  const rows = sorted.map((plan) => [plan.stack, describePlan(plan, engine)]);
  const missing = sorted.filter(({ status }) => status !== 'planned');
  const logs = missing.filter(({ status }) => status === 'failed').map(({ stack }) => `  ${filesOf(out, stack).log}`);
  const more = logs.length - mostLogs;
  return [
    ...aligned([['STACK', 'PLAN'], ...rows]),
    '',
    `${plans.length - missing.length} planned, ${missing.length} not; plans are in ${out}`,
    ...(logs.length > 0 ? ['what went wrong:', ...logs.slice(0, mostLogs)] : []),
    ...(more > 0 ? [`  and ${more} more logs beside them`] : []),
    ...(missing.length > 0 ? ['run it again with --resume for these alone'] : []),
  ].join('\n');
}
