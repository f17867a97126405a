import { grouped } from '../../core/grouped.ts';
import { type Deficit, deficitKindOf } from '../deficits.ts';
import type { PatchFacts } from '../patch-facts.ts';
import { installOf, type PatchInstall } from '../patch-install.ts';
import { inOrder, patchKeyOf } from '../patch-names.ts';
import { otherBaselineOf } from '../subject.ts';
import { type Judged, namesOf } from './reason.ts';
import { describeInstall, installWindowsOf, nextInstallOf } from './runs.ts';

/** What becomes of some of the patches that a node lacks; what is told first has the lowest rank. */
interface Prospect {
  readonly rank: number;
  /** Which patches, or how many. */
  readonly which: string;
  readonly says: (which: string) => string;
}

/** Which run installs what a node lacks, patch by patch as its own baseline approves it, and what no run installs. */
export function nextForMissing(judged: Judged, listed: readonly Deficit[], unlisted: number): string {
  const { index, instance } = judged.subject;
  const available = inOrder(index.facts.availablePatches);
  const named = new Map((instance.patches ?? []).map((patch) => [nameOf(patch), patch]));
  const prospects = listed.flatMap(({ patch: which, kind }): Prospect[] => {
    const patch = named.get(`${kind} ${which}`);
    if (patch === undefined) return [];
    const isAvailable = kind === 'available';
    return [
      {
        which,
        ...prospectOf(installOf(patch, isAvailable ? 'available' : 'missing', available, judged), isAvailable, judged),
      },
    ];
  });
  if (unlisted > 0)
    prospects.push({
      which: `${unlisted} that ${unlisted === 1 ? 'is' : 'are'} not listed`,
      ...unlistedProspect(judged),
    });
  const same = grouped(prospects, ({ rank, says }) => `${rank} ${says('')}`);
  const told = [...same].sort(([a], [b]) => (a < b ? -1 : 1));
  return told
    .flatMap(([, alike]) => {
      const which = told.length === 1 ? 'them' : namesOf(alike.map((one) => one.which));
      return alike[0]?.says(which) ?? [];
    })
    .join('; ');
}

function nameOf(patch: PatchFacts): string {
  return `${deficitKindOf(patch)} ${patchKeyOf(patch)}`;
}

function prospectOf({ approval, next }: PatchInstall, isAvailable: boolean, judged: Judged): Omit<Prospect, 'which'> {
  const { by } = approval;
  switch (approval.status) {
    case 'rejected':
      return { rank: 3, says: (which) => `no window installs ${which}: its baseline rejects them (${by})` };
    case 'not-approved':
      return { rank: 3, says: (which) => `no window installs ${which}: its baseline does not approve them (${by})` };
    case 'unknown':
      return isAvailable ? awaited : doubtful(by);
    case 'approved':
      return next === undefined
        ? withoutRun(judged)
        : { rank: 0, says: (which) => `its next window installs ${which}: ${describeInstall(next)}` };
    case 'waiting':
      return next === undefined
        ? withoutRun(judged)
        : {
            rank: 1,
            says: (which) =>
              `a later window installs ${which}, once its baseline approves them: ${describeInstall(next)}`,
          };
  }
}

/** What its own baseline called missing it approves, whatever it is. */
function unlistedProspect(judged: Judged): Omit<Prospect, 'which'> {
  const { subject, settings } = judged;
  const other = otherBaselineOf(subject);
  if (other !== undefined) return doubtful(`${other} calls them missing`);
  const next = nextInstallOf(subject.index, subject.instance, settings.asOf);
  return prospectOf({ approval: { status: 'approved', by: '' }, ...(next && { next }) }, false, judged);
}

/** Waits for an approval of which nobody knows when it comes. */
const awaited: Omit<Prospect, 'which'> = {
  rank: 3,
  says: (which) => `see when its baseline approves ${which}: no window installs them before`,
};

function doubtful(by: string): Omit<Prospect, 'which'> {
  return {
    rank: 3,
    says: (which) => `see whether its baseline approves ${which} (${by}): no window installs them otherwise`,
  };
}

function withoutRun({ subject: { index, instance } }: Judged): Omit<Prospect, 'which'> {
  const windows = installWindowsOf(index, instance);
  const isTargeted = windows.some(({ targeted }) => targeted === 'yes');
  const nobodyKnows = index.gap('windows') !== undefined || windows.some(({ targeted }) => targeted === 'unknown');
  const text = isTargeted
    ? 'see to its windows: no run of them is known that lies in no freeze'
    : nobodyKnows
      ? 'see whether a window installs on it, or let one'
      : 'let a window install on it';
  return { rank: 2, says: () => text };
}
