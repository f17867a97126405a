import { quoted, type Violation, warning } from '../core/problem.ts';
import { pinsOf } from './approval.ts';
import { emergencyWindows } from './emergency.ts';
import { windowsOfRing } from './ring-windows.ts';
import type { Fleet, FleetBaseline, FleetRing } from './schema/index.ts';

export interface PromotedBaselines {
  readonly from: string;
  readonly to: string;
  /** Keys of the baselines that are pinned. */
  readonly keys: readonly string[];
  /** Keys of the baselines that a ring uses. */
  readonly usedBy: (ring: string) => ReadonlySet<string>;
}

/**
 * What makes a promotion overtake a ring: one between the two, or one after them that goes on by its delays, while the
 * ring before it approves nothing new.
 */
export function checkPromotionOrder(fleet: Fleet, promoted: PromotedBaselines): Violation[] {
  const { rings, baselines } = fleet;
  const { from, to, keys, usedBy } = promoted;
  const used = (ring: FleetRing) => (installs(fleet, ring) ? keys.filter((key) => usedBy(ring.name).has(key)) : []);
  const start = rings.findIndex(({ name }) => name === from);
  const end = rings.findIndex(({ name }) => name === to);
  const between = rings.slice(start + 1, end).filter((ring) => used(ring).length > 0);
  const last = between.at(-1);
  const unpinned = rings
    .slice(end + 1)
    .filter((ring) => used(ring).some((key) => pinsOf(ring, key, baselines[key] as FleetBaseline) === undefined));
  const next = unpinned[0];
  return [
    ...(last === undefined
      ? []
      : [
          warning(
            'fleet/promote-step',
            `--from must name the ring directly before that of --to, got ${quoted(from)} with ${named(between)} between: ring ${quoted(to)} can get patches before ${between.length === 1 ? 'it does' : 'they do'}`,
            `promote --from ${last.name} --to ${to}`,
          ),
        ]),
    ...(next === undefined
      ? []
      : [
          warning(
            'fleet/promote-last-first',
            `rings after that of --to must be pinned before it, got ${named(unpinned)} without approveUntilDates: ring ${quoted(next.name)} can get patches before ring ${quoted(to)} does`,
            `first promote --from ${to} --to ${next.name}`,
          ),
        ]),
  ];
}

/** A ring that only scans gets no patch: it neither is overtaken nor overtakes. */
function installs(fleet: Fleet, ring: FleetRing): boolean {
  return (
    windowsOfRing(ring).some(({ operation }) => operation === 'Install') || emergencyWindows(fleet, ring).length > 0
  );
}

function named(rings: readonly FleetRing[]): string {
  return `${rings.length === 1 ? 'ring' : 'rings'} ${rings.map(({ name }) => quoted(name)).join(', ')}`;
}
