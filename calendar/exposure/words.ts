import { quoted } from '../../core/problem.ts';
import { shortInstant } from '../months.ts';
import type { Approval } from '../rollout.ts';
import { dayMs, type WhyNever } from './arrival.ts';
import type { Failure, FailureCase } from './failure.ts';

/** What must hold and what was found, with the first releases and dates; of daily releases with the worst day. */
export function messageOf(failure: Failure): string {
  const { cases, cadence, releases } = failure;
  const all = cadence === 'monthly' ? plural(releases, 'release') : plural(releases, 'daily release');
  const shown = cadence === 'monthly' ? cases.slice(0, shownCases) : [worstOf(cases)];
  const label = cadence === 'monthly' ? '' : cases.length > 1 ? 'the worst ' : '';
  const rest = cases.length - shown.length;
  const told = [...shown.map((one) => `${label}${caseInWords(failure, one)}`), ...(rest > 0 ? [`${rest} more`] : [])];
  return `ring ${quoted(failure.ring)} ${demand(failure)}, got ${cases.length} of ${all} ${finding(failure)} (${approvalsInWords(failure.approvals)}): ${told.join('; ')}`;
}

/** Concrete releases in a message; all of them are in the data. */
const shownCases = 3;

export function worstOf(cases: readonly FailureCase[]): FailureCase {
  return cases.reduce((worst, one) => (one.excess > worst.excess ? one : worst));
}

function demand({ rule, earlierRing, days = 0 }: Failure): string {
  const other = `ring ${quoted(earlierRing)}`;
  switch (rule) {
    case 'exposure/inverted':
      return `must not get a patch before ${other}`;
    case 'exposure/soak-too-short':
      return `must get a patch at least ${plural(days, 'day')} (soakDays) after ${other}`;
    case 'exposure/order-unproven':
      return `must get a patch after ${other}${days > 0 ? ` and ${plural(days, 'day')} (soakDays)` : ''}, which a rate leaves open`;
    case 'exposure/too-late':
      return `must have a patch within ${plural(days, 'day')} (patchWithinDays) of its release`;
    case 'exposure/never':
      return 'must get every patch that is released to it';
    case 'exposure/approved-after-window':
      return 'must have a patch approved before the install that follows its release';
    case 'exposure/pending-reboot':
      return `must be rebooted within ${plural(days, 'day')} (patchWithinDays) of a release to be compliant with it`;
    case 'exposure/awaiting-promotion':
      return 'gets a patch when its approval date is moved';
  }
}

function finding({ rule, why, cases }: Failure): string {
  if (rule === 'exposure/inverted') return 'earlier';
  if (rule === 'exposure/soak-too-short') return 'sooner';
  if (rule === 'exposure/order-unproven') return 'that could be in another order';
  if (rule === 'exposure/approved-after-window') return 'approved after it';
  if (rule === 'exposure/awaiting-promotion') return 'that waits';
  if (rule === 'exposure/pending-reboot') return 'that only windows with NoReboot install by then';
  if (rule === 'exposure/too-late') return cases[0]?.installed === undefined ? 'still awaiting promotion' : 'later';
  return `never, ${whyInWords(why ?? 'no install window')}`;
}

function whyInWords(why: WhyNever): string {
  const words: Readonly<Record<WhyNever, string>> = {
    'no install window': 'as it has no install window',
    'own list': 'as its install windows install a list of their own (installOverrideList)',
    disabled: 'as its install windows are disabled',
    frozen: 'as freezes close all its installs',
    'schedule over': 'as its install schedule is over',
    superseded: 'as Microsoft expires what a newer update has superseded for 30 days',
  };
  return words[why];
}

function caseInWords({ rule, earlierRing }: Failure, one: FailureCase): string {
  const { release, approved, installed, earlierInstalled, missed, isWidest } = one;
  const day = new Date(release).toISOString().slice(0, 10);
  if (missed !== undefined && approved !== undefined && installed !== undefined) {
    return `${day} approved at ${shortInstant(approved)}, after ${shortInstant(missed)}, so it waits until ${shortInstant(installed)}`;
  }
  if (installed === undefined) return day;
  const at = `${day} at ${shortInstant(installed)}`;
  if (rule === 'exposure/too-late') return `${at}, ${daysBetween(release, installed)} later`;
  if (rule === 'exposure/pending-reboot') return at;
  const other = quoted(earlierRing);
  if (earlierInstalled === undefined) return `${at}, not in ${other}`;
  const then = shortInstant(earlierInstalled);
  if (isWidest) {
    const most = daysBetween(earlierInstalled, installed);
    return `${day} by ${shortInstant(installed)}, at most ${most} after ${other} from ${then} on`;
  }
  if (rule === 'exposure/soak-too-short') {
    return `${at}, ${daysBetween(earlierInstalled, installed)} after ${other} at ${then}`;
  }
  return rule === 'exposure/inverted' ? `${at}, in ${other} at ${then}` : `${at} or later, in ${other} until ${then}`;
}

function approvalsInWords(approvals: readonly Approval[]): string {
  const rules = approvals.map(({ baseline, rule }) => `${baseline} approvalRules[${rule}]`);
  const rest = rules.length - shownCases;
  return [...rules.slice(0, shownCases), ...(rest > 0 ? [`${rest} more`] : [])].join(', ');
}

/** `3 days`, `6.5 days`. */
function daysBetween(from: number, to: number): string {
  const days = Math.round(((to - from) / dayMs) * 10) / 10;
  return plural(days, 'day');
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
