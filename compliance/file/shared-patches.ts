import { kept } from '../kept.ts';
import type { PatchFacts } from '../patch-facts.ts';
import { arePatches } from './node-shapes.ts';

/** A line, cut before the patches of an instance where it has some that are as they must be. */
export interface CutLine {
  /** JSON, without the patches. */
  readonly text: string;
  readonly patches?: readonly PatchFacts[];
}

// A text holds no quotation mark as it is, so this is a key; and where a list follows it and nothing else, it is the last
// key of the instance.
const key = ',"patches":';
const end = '}}';

/**
 * The lists of patches of a place. Most nodes lack the same patches, told in the same words: such a list is parsed and
 * checked once, and they share it.
 */
export class SharedPatches {
  private readonly lists = new Map<string, readonly PatchFacts[] | 'none'>();

  cut(line: string): CutLine {
    const at = line.endsWith(end) ? line.indexOf(key) : -1;
    if (at === -1) return { text: line };
    const text = line.slice(at + key.length, -end.length);
    const patches = kept(this.lists, text, () => listIn(text));
    return patches === 'none' ? { text: line } : { text: line.slice(0, at) + end, patches };
  }

  clear(): void {
    this.lists.clear();
  }
}

function listIn(text: string): readonly PatchFacts[] | 'none' {
  try {
    const value: unknown = JSON.parse(text);
    return arePatches(value) ? value : 'none';
  } catch {
    return 'none';
  }
}
