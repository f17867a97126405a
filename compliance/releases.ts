import type { AvailablePatch } from './patch-facts.ts';
import { keysOfAvailable } from './patch-names.ts';

/** When a patch was released: between two dates where AWS lists several, and nothing tells which of them is meant. */
export interface Release {
  readonly first: string;
  readonly last: string;
}

/** When the patches that AWS lists were released. A KB may be released again, and one of definitions is every day. */
export class Releases {
  private readonly byKey = new Map<string, Release>();
  /** Of patches with several dates alone. */
  private readonly byTitle = new Map<string, Release>();

  constructor(available: readonly AvailablePatch[]) {
    for (const { key, releasedAt } of datesOf(available)) add(this.byKey, key, releasedAt);
    for (const { key, title, releasedAt } of datesOf(available)) {
      const { first, last } = this.byKey.get(key) as Release;
      if (first !== last && title !== undefined) add(this.byTitle, titled(key, title), releasedAt);
    }
  }

  /** Of the patch as a node lists it: its title tells which date is meant, where one of those titles has it. */
  of(key: string, title: string): Release | undefined {
    const release = this.byKey.get(key);
    if (release === undefined || release.first === release.last) return release;
    return this.byTitle.get(titled(key, title)) ?? release;
  }
}

function* datesOf(available: readonly AvailablePatch[]) {
  for (const patch of available) {
    const { title, releasedAt } = patch;
    if (releasedAt !== undefined) for (const key of keysOfAvailable(patch)) yield { key, title, releasedAt };
  }
}

function titled(key: string, title: string): string {
  return `${key} ${title}`;
}

function add(releases: Map<string, Release>, key: string, at: string): void {
  const { first, last } = releases.get(key) ?? { first: at, last: at };
  releases.set(key, { first: at < first ? at : first, last: at > last ? at : last });
}
