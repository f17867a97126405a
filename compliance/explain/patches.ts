import { approvalOf, patchToApprove } from '../approval.ts';
import type { Deficit, DeficitKind } from '../deficits.ts';
import { keysOfAvailable, namesPatch, patchKeyOf } from '../patch-names.ts';
import { nextRunsOf } from '../windows/next-runs.ts';
import { decodeFailure } from './exit-codes.ts';
import { isGone } from './gone.ts';
import { type Judged, lines, namesOf, type Rule } from './reason.ts';
import { describeRun, installWindowsOf, lastInstallRun } from './runs.ts';

/* Reasons that lie in the patches of the node. */

function ofKind({ deficits }: Judged, ...kinds: readonly DeficitKind[]): Deficit[] {
  return (deficits ?? []).filter(({ kind, waiver }) => waiver === undefined && kinds.includes(kind));
}

export const failed: Rule = (judged) => {
  const { index, instance } = judged.subject;
  const open = ofKind(judged, 'failed');
  const count = Math.max(open.length, judged.deficits === undefined ? (instance.patchState?.counts.failed ?? 0) : 0);
  const run = lastInstallRun(index, instance);
  const runFailed = run?.node?.result === 'failed';
  if (isGone(judged) || (count === 0 && !runFailed && judged.verdict.bucket !== 'failed')) return undefined;
  const decoded = runFailed ? decodeFailure(run.node?.invocation.responseCode, run.node?.invocation.output) : undefined;
  const code = run?.node?.invocation.responseCode;
  return {
    code: 'failed',
    why:
      decoded?.meaning ??
      (count > 0
        ? `${count === 1 ? '1 patch' : `${count} patches`} could not be installed`
        : 'the last run of its window failed on it'),
    evidence: lines(
      open.length > 0 && namesOf(open.map(({ patch }) => patch)),
      runFailed && describeRun(run),
      runFailed && code !== undefined && `exit code ${code}`,
    ),
    next: decoded?.next ?? 'read the output of the last command on the node',
  };
};

export const missing: Rule = (judged) => {
  const { index, instance } = judged.subject;
  const open = ofKind(judged, 'missing', 'available');
  const counts = instance.patchState?.counts;
  const count = judged.deficits === undefined ? (counts?.missing ?? 0) : open.length;
  if (isGone(judged) || (count === 0 && judged.verdict.bucket !== 'missing')) return undefined;
  const overdue = open.filter(({ deadline }) => deadline === 'overdue').length;
  const oldest = Math.max(-1, ...open.map(({ ageDays = -1 }) => ageDays));
  const windows = installWindowsOf(index, instance);
  const nobodyKnows = index.gap('windows') !== undefined || windows.some(({ targeted }) => targeted === 'unknown');
  const runs = windows
    .filter(({ targeted }) => targeted === 'yes')
    .flatMap(({ window }) =>
      nextRunsOf(window, judged.settings.asOf, 1).at.map((at) => `${at} in ${window.windowName}`),
    )
    .sort();
  return {
    code: 'missing',
    why:
      count > 0
        ? `${count === 1 ? '1 approved patch is' : `${count} approved patches are`} missing`
        : judged.verdict.why,
    evidence: lines(
      open.length > 0 && namesOf(open.map(({ patch }) => patch)),
      oldest >= 0 && `the oldest for ${oldest} days`,
      overdue > 0 && `${overdue} later than the ring allows`,
    ),
    next:
      runs[0] !== undefined
        ? `its next window installs them: ${runs[0]}`
        : nobodyKnows
          ? 'see whether a window installs on it, or let one'
          : 'let a window install on it',
  };
};

/** Patches that wait: those the node lists so, and available ones that its baseline does not approve yet. */
export const notYetApproved: Rule = (judged) => {
  const { index, instance, operatingSystem, expected } = judged.subject;
  if (isGone(judged)) return undefined;
  const baseline = index.baselines.get(instance.patchState?.baselineId ?? expected?.baselineId ?? '');
  const listed = new Map((instance.patches ?? []).map((patch) => [patchKeyOf(patch), patch]));
  const waiting = index.facts.availablePatches.flatMap((available) => {
    if (available.operatingSystem !== operatingSystem) return [];
    const [key = ''] = keysOfAvailable(available);
    const state = listed.get(key)?.state;
    if (state !== undefined && state !== 'AVAILABLE_SECURITY_UPDATE' && state !== 'MISSING') return [];
    const approval = approvalOf(patchToApprove(available, key), baseline?.content, judged.settings.asOf);
    return approval.status === 'waiting' ? [`${key} until ${approval.at} (${approval.by})`] : [];
  });
  const known = new Set(waiting.map((line) => line.split(' ')[0]));
  const others = [...listed]
    .filter(([key, { state }]) => state === 'AVAILABLE_SECURITY_UPDATE' && !known.has(key))
    .map(([key]) => `${key}, until when is not known`);
  if (waiting.length + others.length === 0) return undefined;
  return {
    code: 'not-yet-approved',
    why: 'its baseline does not approve some patches yet',
    evidence: [...new Set([...waiting.sort(), ...others.sort()])],
    next: 'wait, lower the delay of the ring, or let an emergency approve them',
  };
};

export const rejected: Rule = (judged) => {
  const { index, instance } = judged.subject;
  if (isGone(judged)) return undefined;
  const installed = ofKind(judged, 'rejected-installed').map(({ patch }) => `${patch} is installed, and rejected`);
  const count = instance.patchState?.counts.installedRejected ?? 0;
  const content = index.baselines.get(instance.patchState?.baselineId ?? '')?.content;
  const names = content?.rejectedPatches ?? [];
  const patches = (instance.patches ?? []).filter(
    (patch) => patch.state !== 'INSTALLED_REJECTED' && names.some((pattern) => namesPatch(pattern, patch)),
  );
  const evidence = [...installed, ...patches.map((patch) => `${patchKeyOf(patch)} is ${patch.state}, and rejected`)];
  if (evidence.length === 0 && (count === 0 || judged.verdict.bucket !== 'rejected-installed')) return undefined;
  return {
    code: 'rejected',
    why:
      installed.length > 0 || count > 0
        ? 'patches are installed that its baseline rejects'
        : 'its baseline rejects patches',
    evidence: evidence.length > 0 ? evidence : [`${count} patches, which were not listed`],
    next:
      installed.length > 0 || count > 0
        ? 'remove them from the node, or from rejectedPatches'
        : 'take them off rejectedPatches when it may have them',
  };
};

export const waived: Rule = (judged) => {
  const { fleet } = judged.subject.index;
  const found = (judged.deficits ?? []).filter(({ waiver }) => waiver !== undefined);
  if (isGone(judged) || found.length === 0) return undefined;
  const evidence = found.map(({ patch, waiver }) => {
    const { owner, expires, ticket, reason } = fleet.waivers[waiver as number] as (typeof fleet.waivers)[number];
    return `${patch} by ${owner} until ${expires} (${ticket}): ${reason}`;
  });
  return {
    code: 'waived',
    why: judged.verdict.bucket === 'waived' ? 'all that it lacks is waived' : 'some of what it lacks is waived',
    evidence,
    next: 'nothing until a waiver expires',
  };
};

export const compliant: Rule = ({ verdict, subject: { instance } }) =>
  verdict.bucket !== 'compliant'
    ? undefined
    : {
        code: 'compliant',
        why: 'it has every patch that its baseline approves',
        evidence: lines(
          instance.patchState !== undefined &&
            `${instance.patchState.operation} ended at ${instance.patchState.operationEndedAt ?? instance.patchState.operationStartedAt}`,
          instance.patchState !== undefined &&
            `judged by ${instance.patchState.baselineId || 'a baseline that it does not name'}`,
        ),
      };
