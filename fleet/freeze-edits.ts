import type { Edit } from './edit/index.ts';
import { concernedWindows, installWindows, type Stretch } from './freezes.ts';
import type { Fleet } from './schema/index.ts';

/** What applying or lifting a freeze changes: the windows that it closes or opens, `late/install`, and how. */
export interface FreezeChange {
  readonly windows: readonly string[];
  readonly edits: readonly Edit[];
}

/**
 * Closes the windows that the freeze at `index` concerns in a stretch of time, and records them. One that another freeze
 * has closed is recorded, too, so that it stays closed when that one is lifted.
 */
export function closeWindows(fleet: Fleet, index: number, stretch: Stretch): FreezeChange {
  const freeze = freezeAt(fleet, index);
  const closed = freeze.closed ?? [];
  const closedByOthers = closedElsewhere(fleet, index);
  const concerned = concernedWindows(installWindows(fleet), freeze, stretch);
  const open = concerned.filter(({ window }) => window.window.enabled !== false);
  const recorded = concerned
    .filter(({ name, window }) => window.window.enabled !== false || closedByOthers.has(name))
    .map(({ name }) => name)
    .filter((name) => !closed.includes(name));
  if (recorded.length === 0) return { windows: [], edits: [] };
  return {
    windows: recorded,
    edits: [
      ...open.map(({ window }): Edit => ({ at: [...window.path, 'enabled'], set: false })),
      { at: ['freezes', index, 'closed'], set: [...closed, ...recorded] },
    ],
  };
}

/**
 * Opens the windows that the freeze at `index` has closed, but for those that another one keeps closed, and forgets them.
 * `how`: by taking `enabled` out, which is what most windows had before, or by setting it, where a comment stands at it.
 */
export function openWindows(fleet: Fleet, index: number, how: 'remove' | 'set'): FreezeChange {
  const closed = freezeAt(fleet, index).closed ?? [];
  if (closed.length === 0) return { windows: [], edits: [] };
  const closedByOthers = closedElsewhere(fleet, index);
  const named = installWindows(fleet);
  const opened = closed.filter((name) => named.has(name) && !closedByOthers.has(name));
  return {
    windows: opened,
    edits: [
      ...opened.flatMap((name): Edit[] => {
        const at = [...(named.get(name)?.window.path ?? []), 'enabled'];
        return [how === 'remove' ? { at, remove: true } : { at, set: true }];
      }),
      { at: ['freezes', index, 'closed'], remove: true },
    ],
  };
}

function closedElsewhere({ freezes = [] }: Fleet, index: number): ReadonlySet<string> {
  return new Set(freezes.flatMap(({ closed = [] }, other) => (other === index ? [] : closed)));
}

function freezeAt({ freezes = [] }: Fleet, index: number) {
  const freeze = freezes[index];
  if (freeze === undefined) throw new RangeError(`freezes must have an entry ${index}, got ${freezes.length}`);
  return freeze;
}
