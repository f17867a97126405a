import { type Approval, approvalOf, patchToApprove } from '../approval.ts';
import {
  countsAvailable,
  type Deficit,
  type DeficitKind,
  isFor,
  type OpenDeficits,
  openDeficits,
} from '../deficits.ts';
import type { InstanceFacts } from '../facts.ts';
import type { BaselineFacts, PatchFacts } from '../patch-facts.ts';
import { inOrder, keysOfAvailable, namesPatch, patchKeyOf } from '../patch-names.ts';
import { otherBaselineOf, type Subject } from '../subject.ts';
import { decodeFailure } from './exit-codes.ts';
import { isGone } from './gone.ts';
import { nextForMissing } from './missing-install.ts';
import { type Judged, lines, namesOf, type Rule } from './reason.ts';
import { describeRun, exitCodeOf, lastRunThatMatters } from './runs.ts';
import { describePassedBy } from './window.ts';

/* Reasons that lie in the patches of the node. */

function ofKind({ deficits }: Judged, ...kinds: readonly DeficitKind[]): Deficit[] {
  return (deficits ?? []).filter(({ kind, waiver }) => waiver === undefined && kinds.includes(kind));
}

/** How many count against the node and are not waived: as many as the verdict counts. */
function openOf({ subject, deficits }: Judged): OpenDeficits {
  return openDeficits(subject.instance.patchState?.counts ?? {}, deficits ?? [], countsAvailable(subject) === 'yes');
}

/** The patches by name, as far as they were listed; else what counts them. */
function listedOr(count: number, open: readonly Deficit[], name: string): string | undefined {
  if (open.length === 0) return count > 0 ? `${name} ${count}, not listed one by one` : undefined;
  const more = count - open.length;
  const names = namesOf(open.map(({ patch }) => patch));
  return more > 0 ? `${names}; ${name} counts ${more} more` : names;
}

export const failed: Rule = (judged) => {
  const open = ofKind(judged, 'failed');
  const count = openOf(judged).failed;
  const run = lastRunThatMatters(judged);
  const node = run?.node?.result === 'failed' ? run.node : undefined;
  if (isGone(judged) || (count === 0 && node === undefined)) return undefined;
  const decoded = node && decodeFailure(node.invocation.responseCode, node.invocation.output);
  const meaning = decoded === undefined ? '' : `: ${decoded.meaning}`;
  const said = decoded === undefined ? lastLineOf(node?.invocation.output) : undefined;
  return {
    code: 'failed',
    why:
      count > 0
        ? `${count === 1 ? '1 patch' : `${count} patches`} could not be installed${node === undefined ? '' : `, and the last run of its window failed on it${meaning}`}`
        : `the last run of its window failed on it${meaning}`,
    evidence: lines(
      listedOr(count, open, 'FailedCount'),
      run !== undefined && node !== undefined && describeRun(run),
      node !== undefined && node.invocation.status !== 'Failed' && `invocation ${node.invocation.status}`,
      node && exitCodeOf(node),
      said !== undefined && `the output ends: ${said}`,
    ),
    next: decoded?.next ?? 'read the output of the last command on the node',
  };
};

/** Of what a node wrote, where nobody knows what it means. */
function lastLineOf(output: string | undefined): string | undefined {
  const line = output?.trimEnd().split('\n').at(-1)?.trim();
  return line === undefined || line === '' ? undefined : line.slice(-200);
}

export const missing: Rule = (judged) => {
  const { verdict } = judged;
  const { instance } = judged.subject;
  const { missing: count, available } = openOf(judged);
  if (isGone(judged) || (count === 0 && available === 0 && verdict.bucket !== 'missing')) return undefined;
  const open = ofKind(judged, 'missing');
  const waiting = ofKind(judged, 'available');
  const both = [...open, ...waiting];
  const overdue = both.filter(({ deadline }) => deadline === 'overdue').length;
  const oldest = Math.max(-1, ...both.map(({ ageDays = -1 }) => ageDays));
  const approved = count === 1 ? '1 approved patch is missing' : `${count} approved patches are missing`;
  const others = `${available === 1 ? '1 patch waits' : `${available} patches wait`} for approval, which its baseline counts`;
  return {
    code: 'missing',
    why: [...(count > 0 ? [approved] : []), ...(available > 0 ? [others] : [])].join(', and ') || verdict.why,
    evidence: lines(
      listedOr(count, open, 'MissingCount'),
      listedOr(available, waiting, 'AvailableSecurityUpdateCount'),
      count + available === 0 && `AvailableSecurityUpdateCount ${instance.patchState?.counts.availableSecurityUpdate}`,
      oldest >= 0 && `the oldest for ${oldest} day${oldest === 1 ? '' : 's'}`,
      overdue > 0 && `${overdue} later than the ring allows`,
      describePassedBy(judged),
    ),
    next:
      both.length + count > 0
        ? nextForMissing(judged, both, Math.max(0, count - open.length))
        : 'see when its baseline approves them: no window installs them before',
  };
};

/**
 * Patches that its own baseline does not approve yet: those the node lists so, and those that others here lack. A node
 * lists nothing that was not approved when it was scanned, so of the others nobody knows whether it needs them.
 */
export const notYetApproved: Rule = (judged) => {
  const { index, instance, expected } = judged.subject;
  if (isGone(judged) || instance.patchState === undefined) return undefined;
  const content = index.baselines.get(expected?.baselineId ?? instance.patchState.baselineId)?.content;
  const states = statesOf(instance);
  const told = new Map<string, string>();
  for (const { key, patch } of availableFor(judged.subject)) {
    const state = states.get(key);
    if (state !== undefined && state !== 'AVAILABLE_SECURITY_UPDATE' && state !== 'MISSING') continue;
    const until = waitsUntil(approvalOf(patch, content, judged.settings.asOf), state !== undefined);
    if (until !== undefined && !told.has(key)) told.set(key, `${key} ${until}${state === undefined ? unlisted : ''}`);
  }
  const others = [...states].flatMap(([key, state]) =>
    state === 'AVAILABLE_SECURITY_UPDATE' && !told.has(key) ? [`${key}, until when is not known`] : [],
  );
  if (told.size + others.length === 0) return undefined;
  return {
    code: 'not-yet-approved',
    why: 'its baseline does not approve some patches yet',
    evidence: [...[...told.values()].sort(), ...others.sort()],
    next: 'wait until then, lower approveAfterDays, promote its ring where it is pinned (npx patchfleet promote), or let an emergency approve them (npx patchfleet emergency)',
  };
};

const unlisted = '; whether it needs it is not known';

/** By key. A KB may be listed several times, for products of its own: that one of them waits is told, whatever the others do. */
function statesOf({ patches = [] }: InstanceFacts): ReadonlyMap<string, PatchFacts['state']> {
  const open = (state: PatchFacts['state']) => ['MISSING', 'AVAILABLE_SECURITY_UPDATE'].indexOf(state);
  // Of several entries of a map the last one stays.
  const sorted = [...patches].sort((a, b) => open(a.state) - open(b.state));
  return new Map(sorted.map((patch) => [patchKeyOf(patch), patch.state]));
}

/** Patches that some node here lacks, of the operating system, and of Windows of its release. */
function availableFor({ index, instance, operatingSystem }: Subject) {
  const release = /server (20\d\d)/i.exec(instance.managed?.platformName ?? '')?.[1];
  return inOrder(index.facts.availablePatches).flatMap((available) => {
    const of = /^windows ?server ?(20\d\d)/i.exec(available.product ?? '')?.[1];
    if (available.operatingSystem !== operatingSystem) return [];
    if (release !== undefined && of !== undefined && release !== of) return [];
    return keysOfAvailable(available).map((key) => ({ key, patch: patchToApprove(available, key) }));
  });
}

/** Until when a patch waits, and by what; absent where it does not, or nobody knows. */
function waitsUntil(approval: Approval, isListed: boolean): string | undefined {
  if (approval.status === 'waiting') return `until ${approval.at} (${approval.by})`;
  if (approval.status !== 'not-approved') return undefined;
  // What no rule is about is not waited for, but where the node says that it waits.
  return isListed || approval.by.startsWith('approveUntilDate')
    ? `until a change of its baseline (${approval.by})`
    : undefined;
}

export const rejected: Rule = (judged) => {
  const { index, instance } = judged.subject;
  if (isGone(judged) || instance.patchState === undefined) return undefined;
  const open = ofKind(judged, 'rejected-installed');
  const count = openOf(judged)['rejected-installed'];
  const baseline = index.baselines.get(instance.patchState.baselineId);
  const states = statesOf(instance);
  const named = new Map((instance.patches ?? []).map((patch) => [patchKeyOf(patch), patch]));
  const told = new Map<string, string>();
  for (const { patch: key } of open) {
    const patch = named.get(key);
    told.set(key, `${key} is installed, and rejected${(patch && rejectedBy(patch, baseline, judged)) ?? ''}`);
  }
  for (const [key, patch] of named) {
    const by = patch.state === 'INSTALLED_REJECTED' ? undefined : rejectedBy(patch, baseline, judged);
    if (by !== undefined) told.set(key, `${key} is ${patch.state}, and rejected${by}`);
  }
  for (const { key, patch } of availableFor(judged.subject)) {
    const by = states.has(key) ? undefined : rejectedBy(patch, baseline, judged);
    if (by !== undefined) told.set(key, `${key} is rejected${by}${unlisted}`);
  }
  if (told.size === 0 && count === 0) return undefined;
  const isInstalled = count > 0;
  const more = count - open.length;
  return {
    code: 'rejected',
    why: isInstalled ? 'patches are installed that its baseline rejects' : 'its baseline rejects patches',
    evidence: [
      ...[...told.values()].sort(),
      ...(more > 0
        ? [`InstalledRejectedCount ${count}${open.length > 0 ? `, ${more} of them` : ''} not listed one by one`]
        : []),
    ],
    next: isInstalled
      ? 'remove them from the node, or from rejectedPatches'
      : 'take them off rejectedPatches, or their waiver out of the fleet file, when it may have them',
  };
};

/** ` by kernel* of acme-linux`, and by whom until when, where it is a waiver of its ring; absent where it is not rejected. */
function rejectedBy(
  patch: Pick<PatchFacts, 'patchId' | 'title' | 'cveIds'>,
  baseline: BaselineFacts | undefined,
  { subject, settings }: Judged,
): string | undefined {
  const pattern = baseline?.content?.rejectedPatches.find((one) => namesPatch(one, patch));
  if (pattern === undefined) return undefined;
  const by = ` by ${pattern} in rejectedPatches of ${baseline?.baselineName}`;
  const waivers = subject.index.fleet.waivers.filter((one) => one.patches.includes(pattern) && isFor(one, subject));
  // The one that holds the longest keeps it rejected.
  const waiver = waivers.sort((a, b) => (a.expires < b.expires ? 1 : -1))[0];
  if (waiver === undefined) return by;
  const { owner, expires, ticket, reason } = waiver;
  const holds = settings.asOf.slice(0, 10) <= expires;
  return `${by}, ${holds ? `waived by ${owner} until ${expires}` : `whose waiver by ${owner} expired on ${expires}`} (${ticket}): ${reason}`;
}

export const waived: Rule = (judged) => {
  const { fleet } = judged.subject.index;
  const found = (judged.deficits ?? []).filter(({ waiver }) => waiver !== undefined);
  if (isGone(judged) || found.length === 0) return undefined;
  const evidence = found.map(({ patch, waiver }) => {
    const { owner, expires, ticket, reason } = fleet.waivers[waiver as number] as (typeof fleet.waivers)[number];
    return `${patch} by ${owner} until ${expires} (${ticket}): ${reason}`;
  });
  const first = found.map(({ waiver }) => fleet.waivers[waiver as number]?.expires ?? '').sort()[0];
  return {
    code: 'waived',
    why: judged.verdict.bucket === 'waived' ? 'all that it lacks is waived' : 'some of what it lacks is waived',
    evidence,
    next: `nothing until a waiver expires${first === undefined ? '' : `, on ${first} the first of them`}`,
  };
};

export const compliant: Rule = ({ verdict, subject }) => {
  if (verdict.bucket !== 'compliant') return undefined;
  const { patchState } = subject.instance;
  // What its own baseline would find nobody has looked for.
  const other = otherBaselineOf(subject);
  return {
    code: 'compliant',
    why:
      other === undefined
        ? 'it has every patch that its baseline approves'
        : `it has every patch that ${other} approves, which is not its own baseline`,
    evidence: lines(
      patchState !== undefined &&
        `${patchState.operation} ended at ${patchState.operationEndedAt ?? patchState.operationStartedAt}`,
      patchState !== undefined && `judged by ${patchState.baselineId || 'a baseline that it does not name'}`,
    ),
  };
};
