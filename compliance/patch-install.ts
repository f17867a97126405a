import { type Approval, approvalOf, patchToApprove } from './approval.ts';
import type { Judged } from './explain/reason.ts';
import { installWindowsOf, type NextInstall, nextInstallOf } from './explain/runs.ts';
import type { AvailablePatch, PatchFacts } from './patch-facts.ts';
import { keysOfAvailable, patchKeyOf } from './patch-names.ts';

/** When a node gets a patch that it lacks. */
export interface PatchInstall {
  /** What its own baseline says, whichever one it was judged by. */
  readonly approval: Approval;
  /** The first run of its windows after the approval that lies in no freeze. */
  readonly next?: NextInstall;
  /** Why there is no `next`. */
  readonly why?: string;
}

export type LackingState = 'missing' | 'failed' | 'available';

/** `available` is what AWS lists, of this patch and of any others. */
export function installOf(
  patch: PatchFacts,
  state: LackingState,
  available: readonly AvailablePatch[],
  { subject, settings }: Judged,
): PatchInstall {
  const { index, instance } = subject;
  const key = patchKeyOf(patch);
  const listed = available.find((one) => keysOfAvailable(one).includes(key));
  const baselineId = subject.expected?.baselineId ?? instance.patchState?.baselineId ?? '';
  const content = index.baselines.get(baselineId)?.content;
  const known = approvalOf(listed === undefined ? patch : patchToApprove(listed, key), content, settings.asOf);
  // A node that calls it missing was told so by a baseline that approves it.
  const judgedByOwn = instance.patchState?.baselineId === baselineId;
  const approval: Approval =
    known.status === 'unknown' && state !== 'available' && judgedByOwn
      ? { status: 'approved', by: `${baselineId} calls it missing` }
      : known;
  if (approval.status !== 'approved' && approval.status !== 'waiting')
    return {
      approval,
      why: `${approval.status === 'unknown' ? 'whether it is approved is not known' : `it is ${approval.status.replace('-', ' ')}`}: ${approval.by}`,
    };
  const from = approval.status === 'waiting' && approval.at > settings.asOf ? approval.at : settings.asOf;
  const windows = installWindowsOf(index, instance).filter(({ targeted }) => targeted === 'yes');
  if (windows.length === 0) return { approval, why: 'no window is known to install on it' };
  if (windows.every(({ window }) => window.enabled === false))
    return { approval, why: 'every window that installs on it is disabled' };
  const next = nextInstallOf(index, instance, from);
  return next === undefined
    ? { approval, why: 'no run of its windows is known that lies in no freeze' }
    : { approval, next };
}
