import type { Layout } from './layout.ts';
import { beginsLine, indentOf, lineEnd, lineStart, nextLine } from './lines.ts';
import type { Splice } from './splice.ts';
import type { Entry } from './tree.ts';
import { spaces } from './write.ts';

/** Writes a value for brackets; with the column of its line where it may span several. */
export type WriteInBrackets = (column?: number) => string;

/** Adds an entry behind the last one, on a line of its own where that has one. */
export function addToBrackets(
  text: string,
  entries: readonly Entry[],
  write: WriteInBrackets,
  layout: Layout,
): Splice[] {
  const last = entries.at(-1) as Entry;
  const { end, comma } = last;
  if (!beginsLine(text, last.start)) return [{ start: end, end, text: `, ${write()}` }];
  const column = indentOf(text, last.start);
  const at = afterOnLine(text, comma === undefined ? end : comma + 1);
  const line = `${layout.eol}${spaces(column)}${write(column)}${comma === undefined ? '' : ','}`;
  if (comma !== undefined) return [{ start: at, end: at, text: line }];
  if (at === end) return [{ start: end, end, text: `,${line}` }];
  return [
    { start: end, end, text: ',' },
    { start: at, end: at, text: line },
  ];
}

/** The first entry between brackets that hold none; `start` and `end` are theirs. */
export function fillBrackets(text: string, start: number, end: number, write: WriteInBrackets, layout: Layout): Splice {
  const inside = text.slice(start + 1, end - 1);
  if (inside.trim() !== '') {
    // A comment: what follows it would be of it.
    return { start: start + 1, end: start + 1, text: `${write()}${/^\s/.test(inside) ? '' : ' '}` };
  }
  const spread = layout.quoteAll && text.trimEnd().includes('\n');
  if (!spread) {
    const padding = layout.padBraces && text[start] === '{' ? ' ' : '';
    return { start: start + 1, end: end - 1, text: `${padding}${write()}${padding}` };
  }
  const column = indentOf(text, start);
  const inner = column + layout.step;
  const lines = `${layout.eol}${spaces(inner)}${write(inner)}${layout.eol}${spaces(column)}`;
  return { start: start + 1, end: end - 1, text: lines };
}

/** Another value for an entry. */
export function replaceInBrackets(text: string, entry: Entry, write: WriteInBrackets): Splice {
  const { start, valueStart, indicatorEnd, hasColon, end } = entry;
  const value = beginsLine(text, start) ? write(indentOf(text, start)) : write();
  if (valueStart !== undefined) return { start: valueStart, end, text: value };
  return { start: indicatorEnd, end: indicatorEnd, text: hasColon ? ` ${value}` : `: ${value}` };
}

/** Takes out one entry of several, and the comma that is then too many. */
export function removeFromBrackets(text: string, entries: readonly Entry[], index: number): Splice[] {
  const { start, end, comma } = entries[index] as Entry;
  const until = comma === undefined ? end : comma + 1;
  const own = ownLines(text, start, until);
  const before = entries[index - 1]?.comma;
  if (comma !== undefined) {
    if (own !== undefined) return [{ ...own, text: '' }];
    const gap = /^[ \t]*/.exec(text.slice(until))?.[0].length ?? 0;
    return [{ start, end: until + (entries[index + 1] === undefined ? 0 : gap), text: '' }];
  }
  if (before === undefined) return [];
  const line = own ?? { start, end };
  if (text.slice(before + 1, line.start).trim() === '' && own === undefined) return [{ start: before, end, text: '' }];
  return [
    { start: before, end: before + 1, text: '' },
    { ...line, text: '' },
  ];
}

/** The whole lines of what stands alone on them, but for a comment behind. */
function ownLines(text: string, start: number, end: number): Pick<Splice, 'start' | 'end'> | undefined {
  const alone =
    beginsLine(text, start) && afterOnLine(text, end) === lineEnd(text, end) && lineEnd(text, end) < text.length;
  return alone ? { start: lineStart(text, start), end: nextLine(text, end) } : undefined;
}

/** After the spaces and the comment that follow on the line; `offset` where something else does. */
function afterOnLine(text: string, offset: number): number {
  const rest = text.slice(offset, lineEnd(text, offset));
  return /^[ \t]*(\s#.*)?$/.test(rest) ? lineEnd(text, offset) : offset;
}
