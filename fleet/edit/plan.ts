import { isMap, isSeq, type ParsedNode } from 'yaml';
import type { Violation } from '../../core/problem.ts';
import type { FilePath } from '../file-violation.ts';
import { addToBlock, removeFromBlock, replaceInBlock } from './block.ts';
import type { Edit } from './edit.ts';
import { addToBrackets, fillBrackets, removeFromBrackets, replaceInBrackets } from './flow.ts';
import type { Layout } from './layout.ts';
import { columnOf } from './lines.ts';
import { type Lines, type Place, placeOf, refused, refuseUsed, type Step } from './place.ts';
import type { Splice } from './splice.ts';
import { type Entry, type Holder, isBlock, isHolder, isNothing } from './tree.ts';
import { afterColon, afterDash, inBrackets, keyText, pairInBrackets } from './write.ts';

export interface Source extends Lines {
  readonly text: string;
  readonly root: ParsedNode;
  readonly layout: Layout;
}

/** What an edit does to the text. `scope` is the place within which other edits would get in its way. */
export interface Plan {
  readonly scope: FilePath;
  readonly splices: readonly Splice[];
}

export function planOf(source: Source, edit: Edit): Plan | Violation {
  if (edit.at.length === 0) return refused([], 'must stay, got an edit of the whole');
  const place = placeOf(source.root, edit.at, source);
  if ('rule' in place) return place;
  const last = place.steps.at(-1);
  if ('remove' in edit) {
    if (place.missing.length > 0 || last === undefined)
      return refused(edit.at, 'must be there to be removed, got nothing');
    const used = refuseUsed(source.root, entryOf(last).value, edit.at);
    return used ?? removed(source, place.steps);
  }
  if ('append' in edit && place.missing.length === 0 && last !== undefined) {
    const { value } = entryOf(last);
    if (isSeq(value)) return appended(source, edit, place);
    if (!isNothing(value)) return refused(edit.at, 'must be a list, got something else');
    return replaced(source, last, [edit.append]);
  }
  const value = 'append' in edit ? [edit.append] : edit.set;
  if (place.missing.length === 0 && last !== undefined) {
    const used = refuseUsed(source.root, entryOf(last).value, edit.at);
    return used ?? replaced(source, last, value);
  }
  return added(source, edit.at, place, value);
}

function entryOf({ entries, index }: Step): Entry {
  return entries[index] as Entry;
}

/** A place in the list that it names, found as any other. */
function appended(
  source: Source,
  { at, append }: Edit & { readonly append: unknown },
  { steps }: Place,
): Plan | Violation {
  const { value } = entryOf(steps.at(-1) as Step);
  const index = (value as Holder).items.length;
  const place = placeOf(source.root, [...at, index], source);
  return 'rule' in place ? place : added(source, [...at, index], place, append);
}

/** What the steps that are missing make of a value: maps around it, and lists of it alone. */
function wrapped(missing: FilePath, value: unknown): unknown {
  return missing.reduceRight<unknown>((inner, step) => (typeof step === 'number' ? [inner] : { [step]: inner }), value);
}

function added(source: Source, at: FilePath, place: Place, value: unknown): Plan | Violation {
  const { holder, missing, steps } = place;
  const [first, ...below] = missing;
  const listed = missing.findIndex(
    (step, index) => typeof step === 'number' && step > (index === 0 ? held(holder?.node) : 0),
  );
  if (first === undefined || listed !== -1) return refused(at, 'must follow the last item of its list, got a gap');
  if (holder === undefined) return replaced(source, steps.at(-1) as Step, wrapped(missing, value));
  const { node, entries } = holder;
  const { text, layout } = source;
  const inner = wrapped(below, value);
  const write = (column?: number) =>
    typeof first === 'string' ? pairInBrackets([first, inner], layout, column) : inBrackets(inner, layout, column);
  const [head, ...tail] = entries;
  if (head === undefined) {
    const around = steps.at(-1);
    // Empty brackets are the only way to write nothing: what comes into them need not stay there.
    if (around !== undefined && isBlock(around.holder) && !layout.quoteAll && isBare(text, node))
      return replaced(source, around, typeof first === 'string' ? { [first]: inner } : [inner]);
    return { scope: holder.at, splices: [fillBrackets(text, node.range[0], node.range[1], write, layout)] };
  }
  if (!isBlock(node)) return { scope: holder.at, splices: addToBrackets(text, entries, write, layout) };
  const column = columnOf(text, head.start);
  const likeLast = entries.at(-1)?.value ?? null;
  // Beside items in brackets another one stands in brackets.
  const inline = typeof first === 'number' && isHolder(likeLast) && !isBlock(likeLast);
  const lines =
    typeof first === 'string'
      ? `${keyText(first, layout)}:${afterColon(inner, column, layout)}`
      : `-${inline ? ` ${inBrackets(inner, layout)}` : afterDash(inner, column, layout)}`;
  return { scope: holder.at, splices: [addToBlock(text, [head, ...tail], lines, layout)] };
}

function held(holder: Holder | undefined): number {
  return isSeq(holder) ? holder.items.length : 0;
}

function isBare(text: string, { range }: Holder): boolean {
  return text.slice(range[0] + 1, range[1] - 1).trim() === '';
}

function replaced({ text, layout }: Source, step: Step, value: unknown): Plan {
  const entry = entryOf(step);
  const scope = [...step.at, keyOf(step)];
  if (!isBlock(step.holder)) {
    return { scope, splices: [replaceInBrackets(text, entry, (column) => inBrackets(value, layout, column))] };
  }
  const column = columnOf(text, entry.start);
  const isItem = isSeq(step.holder);
  const keepsBrackets = isHolder(entry.value) && !isBlock(entry.value) && entry.value.items.length > 0;
  const after = keepsBrackets
    ? ` ${inBrackets(value, layout)}`
    : isItem
      ? afterDash(value, column, layout)
      : afterColon(value, column, layout);
  return { scope, splices: [replaceInBlock(text, entry, after, layout)] };
}

function keyOf({ holder, index }: Step): string | number {
  return isMap(holder) ? String(holder.items[index]?.key) : index;
}

function removed(source: Source, steps: readonly Step[]): Plan | Violation {
  const { text, layout } = source;
  const { at, holder, entries, index } = steps.at(-1) as Step;
  if (entries.length > 1) {
    const splices = isBlock(holder)
      ? [removeFromBlock(text, entries, index, layout)]
      : removeFromBrackets(text, entries, index);
    return { scope: at, splices };
  }
  const empty = isSeq(holder) ? '[]' : '{}';
  if (!isBlock(holder)) return { scope: at, splices: [{ start: holder.range[0], end: holder.range[1], text: empty }] };
  const around = steps.at(-2);
  if (around === undefined) return refused(at, 'must keep something, got nothing left');
  const entry = entryOf(around);
  return { scope: at, splices: [replaceInBlock(text, entry, ` ${empty}`, layout)] };
}
