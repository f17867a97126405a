import { type ExposedInstance, type PatchLookup, placeKey } from '../../compliance/index.ts';
import type { Section } from '../../report/index.ts';
import { minute, shortTable } from './words.ts';

/** How instances stand with the patch that was asked for, as a word. */
export const standings = {
  exposed: 'exposed',
  pendingReboot: 'pending reboot',
  installed: 'installed',
  notExposed: 'not exposed',
  unknown: 'nobody can tell',
} as const satisfies Partial<Record<keyof PatchLookup, string>>;

/** How many instances stand how: the same in every format. */
export function lookupCounts(lookup: PatchLookup): readonly (readonly [what: string, number: number])[] {
  const { exposed, pendingReboot, installed, notExposed, unknown } = lookup;
  return [
    ['exposed: it is missing, failed, or waits for approval', exposed.length],
    ['installed, not in effect before a reboot', pendingReboot.length],
    ['installed', installed.length],
    ['not exposed: scanned since it is approved, and do not lack it', notExposed.length],
    ['nobody can say', unknown.length],
  ];
}

/** Who lacks one patch or what closes one CVE, who has it, and who gets it when. */
export function patchLookupSection(lookup: PatchLookup): Section {
  const { asked, patches, releasedAt, exposed, unknown } = lookup;
  const released = releasedAt === undefined ? '' : `, released ${minute(releasedAt)}`;
  return {
    heading: asked,
    blocks: [
      {
        kind: 'table',
        caption:
          patches.length === 0 ? 'No patch of that name is known here' : `Means ${patches.join(', ')}${released}`,
        columns: [{ heading: 'stands' }, { heading: 'instances', kind: 'number' }],
        rows: lookupCounts(lookup).map(([what, number]) => [what, `${number}`]),
        empty: 'nowhere',
      },
      ...shortTable(
        'Exposed, and who gets it when',
        [
          { heading: 'instance', kind: 'code' },
          { heading: 'account and region' },
          { heading: 'ring' },
          { heading: 'patch', kind: 'code' },
          { heading: 'state' },
          { heading: 'next run' },
        ],
        exposed,
        (one) => [one.instanceId, placeKey(one), one.ring ?? '-', one.patch, one.state, nextOf(one)],
        'no instance is known to lack it',
      ),
      ...shortTable(
        'Nobody can say',
        [{ heading: 'instance', kind: 'code' }, { heading: 'account and region' }, { heading: 'why' }],
        unknown,
        (one) => [one.instanceId, placeKey(one), one.why],
        'of every instance it is known',
      ),
    ],
  };
}

function nextOf({ next, why }: ExposedInstance): string {
  if (next === undefined) return `none: ${why ?? 'not known'}`;
  return [minute(next.at), next.windowName, ...(next.onlyIf === undefined ? [] : [`if ${next.onlyIf}`])].join(', ');
}
