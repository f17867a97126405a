import type { Place, PlaceFacts } from '../facts.ts';
import { availablePatch, baseline, gap, header, patchGroup, window } from './fact-shapes.ts';
import { isInstance } from './node-shapes.ts';
import { type Check, isRecord } from './shapes.ts';
import { SharedPatches } from './shared-patches.ts';

/*
 * The lines of a place's file, each one JSON value under the name of its kind: `{"instance":{…}}`. The first is the place;
 * instances come last, as there are most of them.
 */

interface Header {
  readonly place: Place;
  readonly observedAt: string;
  readonly permissions: readonly string[];
}

const lists = {
  gap: 'gaps',
  baseline: 'baselines',
  'patch-group': 'patchGroups',
  'available-patch': 'availablePatches',
  window: 'windows',
  instance: 'instances',
} as const satisfies Record<string, keyof PlaceFacts>;

type Kind = keyof typeof lists;

/** The lines of a place, without their ends. */
export function* linesOf(facts: PlaceFacts): Generator<string> {
  const { place, observedAt, permissions } = facts;
  yield JSON.stringify({ place: { place, observedAt, permissions } });
  for (const [kind, list] of Object.entries(lists)) {
    for (const record of facts[list]) yield JSON.stringify({ [kind]: record });
  }
}

type Collected = { -readonly [Key in keyof PlaceFacts]: PlaceFacts[Key] };

/** Puts the lines of a place together again, whole or in parts. */
export class PlaceReader {
  private header: Header | undefined;
  private isPartTaken = false;
  private instancesSize = 0;
  private readonly sharedPatches = new SharedPatches();
  private readonly collected: Record<(typeof lists)[Kind], unknown[]> = {
    gaps: [],
    baselines: [],
    patchGroups: [],
    availablePatches: [],
    windows: [],
    instances: [],
  };

  /** Takes one line. False: it is none that a place has. */
  add(line: string): boolean {
    const { text, patches } = this.sharedPatches.cut(line);
    const value: unknown = JSON.parse(text);
    if (!isRecord(value)) return false;
    let kind = '';
    for (const key in value) {
      if (kind !== '') return false;
      kind = key;
    }
    const record = value[kind];
    if (!isRecord(record)) return false;
    if (this.header === undefined) {
      if (kind !== 'place' || !header(record)) return false;
      this.header = record as unknown as Header;
      return true;
    }
    // What the parts have in common stands before the first of them.
    if (this.isPartTaken && kind !== 'instance') return false;
    if (!Object.hasOwn(lists, kind) || !checks[kind as Kind](record)) return false;
    if (patches !== undefined) (record as { patches?: unknown }).patches = patches;
    this.collected[lists[kind as Kind]].push(record);
    if (kind === 'instance') this.instancesSize += line.length;
    return true;
  }

  /** How long the lines of instances are that have come, but for those of parts that were taken. */
  get size(): number {
    return this.instancesSize;
  }

  /** The place, but for instances of parts that were taken before; absent where there was no line. */
  part(): PlaceFacts | undefined {
    const part = this.header && ({ ...this.header, ...this.collected } as unknown as Collected);
    this.isPartTaken = true;
    this.collected.instances = [];
    this.instancesSize = 0;
    // Texts are kept with what they were cut out of.
    this.sharedPatches.clear();
    return part;
  }
}

/** All that is relied on: a file that was written by others must not make anything fall over, or look better than it is. */
const checks: Readonly<Record<Kind, Check>> = {
  gap,
  baseline,
  'patch-group': patchGroup,
  'available-patch': availablePatch,
  window,
  instance: isInstance,
};
