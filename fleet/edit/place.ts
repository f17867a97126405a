import { isAlias, isMap, isSeq, type ParsedNode } from 'yaml';
import { error, quoted, type Violation } from '../../core/problem.ts';
import { type FilePath, formatFilePath } from '../file-violation.ts';
import { anchorsIn, type Entry, entriesOf, type Holder, indexOfKey, isHolder, isNothing, merges } from './tree.ts';

/** A map or list on the way to a place, and which of its entries leads there. */
export interface Step {
  readonly at: FilePath;
  readonly holder: Holder;
  readonly entries: readonly Entry[];
  readonly index: number;
}

/** A place in the tree: each holder on the way, and the steps that the file does not have. */
export interface Place {
  /** From the top; the last one is the entry itself, or the nearest one around it. */
  readonly steps: readonly Step[];
  /** Where steps are missing: the map or list that would have the first of them. Absent where nothing is there yet. */
  readonly holder?: { readonly at: FilePath; readonly node: Holder; readonly entries: readonly Entry[] };
  /** Empty where the file has the place. */
  readonly missing: FilePath;
}

export interface Lines {
  readonly lineOf: (offset: number) => number;
}

/** The place of a path, or why it cannot be changed for itself. */
export function placeOf(root: ParsedNode, at: FilePath, lines: Lines): Place | Violation {
  const inAll = anchorsIn(root);
  const steps: Step[] = [];
  let node: ParsedNode | null = root;
  for (let depth = 0; ; depth += 1) {
    const here = at.slice(0, depth);
    const shared: Violation | undefined = node === null ? undefined : refuseShared(node, here, inAll.used, lines);
    if (shared !== undefined) return shared;
    if (depth === at.length) return { steps, missing: [] };
    if (depth > 0 && isNothing(node)) return { steps, missing: at.slice(depth) };
    const step = at[depth] as string | number;
    const kind = typeof step === 'number' ? 'a list' : 'a map';
    if (!(typeof step === 'number' ? isSeq(node) : isMap(node)) || !isHolder(node))
      return refused(here, `must be ${kind}, to have ${formatFilePath(at)}, got something else`);
    const entries: readonly Entry[] | undefined = entriesOf(node);
    if (entries === undefined) return refused(here, 'must be a map in braces of its own, got a pair in a list');
    const index = indexOf(node, step);
    if (index === undefined) return refused(at.slice(0, depth + 1), 'must be written once, got it twice');
    if (index === -1 && isMap(node) && merges(node) && depth < at.length - 1 && mergedHas(root, node, step)) {
      const message = `${named(at.slice(0, depth + 1))} must be written where it is to be changed, got a map that << merges in`;
      return error('fleet/edit-shared', message, 'write out what is to be changed');
    }
    if (index === -1) return { steps, holder: { at: here, node, entries }, missing: at.slice(depth) };
    const entry = entries[index] as Entry;
    steps.push({ at: here, holder: node, entries, index });
    node = entry.value;
  }
}

function indexOf(node: Holder, step: string | number): number | undefined {
  if (isMap(node)) return indexOfKey(node, String(step));
  return Number(step) < node.items.length ? Number(step) : -1;
}

/** Whether a key comes in by `<<`; a map that can't be made out may have any. */
function mergedHas(root: ParsedNode, map: Holder, key: string | number): boolean {
  const sources = (map.items as { key?: unknown; value?: unknown }[]).flatMap((pair) =>
    String((pair.key as { value?: unknown } | undefined)?.value) === '<<' ? [pair.value as ParsedNode] : [],
  );
  const named = sources.flatMap((source) => (isSeq(source) ? (source.items as ParsedNode[]) : [source]));
  return named.some((source) => {
    const node = isAlias(source) ? anchored(root, source.source) : source;
    return !isMap(node) || indexOfKey(node, String(key)) !== -1 || merges(node);
  });
}

function anchored(node: ParsedNode | null, name: string): ParsedNode | undefined {
  if (node === null || isAlias(node)) return undefined;
  if (node.anchor === name) return node;
  const inside = isMap(node) ? node.items.map(({ value }) => value) : isSeq(node) ? node.items : [];
  for (const each of inside as (ParsedNode | null)[]) {
    const found = anchored(each, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What an alias stands for, or an anchor is used for, elsewhere would change with it. */
function refuseShared(node: ParsedNode, at: FilePath, used: ReadonlySet<string>, lines: Lines): Violation | undefined {
  const rule = 'fleet/edit-shared';
  if (isAlias(node)) {
    const message = `${named(at)} must be written where it is to be changed, got the alias *${node.source} in line ${lines.lineOf(node.range[0])}`;
    return error(rule, message, `write the values out in the place of *${node.source}`);
  }
  if (node.anchor === undefined || !used.has(node.anchor)) return undefined;
  const message = `${named(at)} must be of one place to be changed, got the anchor &${node.anchor} in line ${lines.lineOf(node.range[0])}, which is used elsewhere`;
  return error(rule, message, `write the values out where *${node.anchor} stands`);
}

export function refused(at: FilePath, what: string, fix = 'change it by hand'): Violation {
  return error('fleet/edit-place', `${named(at)} ${what}`, fix);
}

function named(at: FilePath): string {
  return at.length === 0 ? 'the file' : formatFilePath(at);
}

/** Whether something taken out is named by an alias that stays. */
export function refuseUsed(root: ParsedNode, node: ParsedNode | null, at: FilePath): Violation | undefined {
  const { set } = anchorsIn(node);
  const { used } = anchorsIn(root);
  const lost = [...set].find((anchor) => used.has(anchor));
  if (lost === undefined) return undefined;
  const message = `${named(at)} must hold nothing that is used elsewhere, got the anchor &${quoted(lost).slice(1, -1)}`;
  return error('fleet/edit-shared', message, `write the values out where *${lost} stands`);
}
