import type { Layout } from './layout.ts';
import { beginsLine, columnOf, lineEnd, lineStart, nextLine } from './lines.ts';
import type { Splice } from './splice.ts';
import { type Entry, isBlock } from './tree.ts';
import { spaces } from './write.ts';

/** Adds an entry below the last one. `lines` begins with its key or dash. */
export function addToBlock(
  text: string,
  entries: readonly [Entry, ...Entry[]],
  lines: string,
  { eol }: Layout,
): Splice {
  const column = columnOf(text, entries[0].start);
  const at = afterEntry(text, entries[entries.length - 1] as Entry, column);
  const begun = at > 0 && text[at - 1] !== '\n';
  const gap = isSpaced(text, entries) ? eol : '';
  const added = begun ? `${eol}${gap}${spaces(column)}${lines}` : `${gap}${spaces(column)}${lines}${eol}`;
  return { start: at, end: at, text: added };
}

/** Whether an empty line stands between the last two entries. */
function isSpaced(text: string, entries: readonly Entry[]): boolean {
  const [before, last] = entries.slice(-2);
  return before !== undefined && last !== undefined && /\n[ \t]*\r?\n/.test(text.slice(before.end - 1, last.start));
}

/** After the lines of an entry, and after the comments below that are indented as what it holds. */
function afterEntry(text: string, entry: Entry, column: number): number {
  let after = afterLines(text, entry.end);
  for (let at = after; at < text.length; at = nextLine(text, at)) {
    const [line, indent = ''] = /^( *)(#.*)?/.exec(text.slice(at, lineEnd(text, at))) ?? [];
    if (line?.length !== lineEnd(text, at) - at) break;
    if (!line.includes('#')) continue;
    if (indent.length <= column) break;
    after = nextLine(text, at);
  }
  return after;
}

/** Where the line after some content begins. A text in lines of its own ends with one already. */
function afterLines(text: string, end: number): number {
  return end > 0 && text[end - 1] === '\n' ? end : nextLine(text, end);
}

/** Another value for an entry: `value` is what follows its colon or dash. A comment on the line of either stays. */
export function replaceInBlock(text: string, entry: Entry, value: string, { eol }: Layout): Splice {
  const { indicatorEnd, valueStart, end } = entry;
  const ended = text[end - 1] === '\n' && end > indicatorEnd ? eol : '';
  const wasBlock = isBlock(entry.value);
  if (!wasBlock && !value.includes(eol)) {
    if (valueStart === undefined) return { start: indicatorEnd, end: indicatorEnd, text: value };
    return { start: valueStart, end, text: value.trimStart() + ended };
  }
  const commentFrom = wasBlock || ended !== '' ? indicatorEnd : end;
  const [rest, comment] = /^[ \t]*(#.*)?$/.exec(text.slice(commentFrom, lineEnd(text, commentFrom))) ?? [];
  const first = value.indexOf(eol);
  const head = first === -1 ? value : value.slice(0, first);
  const commented = comment === undefined ? value : `${head} ${comment}${value.slice(head.length)}`;
  const until = wasBlock || ended !== '' ? end : end + (rest ?? '').length;
  return { start: indicatorEnd, end: Math.max(until, indicatorEnd), text: commented + ended };
}

/** Takes out one entry of several, with its lines and the comments in and behind them; what stands above stays. */
export function removeFromBlock(text: string, entries: readonly Entry[], index: number, { eol }: Layout): Splice {
  const { start, end } = entries[index] as Entry;
  const after = afterLines(text, end);
  if (beginsLine(text, start)) {
    const from = lineStart(text, start);
    const isLast = after === text.length && text[after - 1] !== '\n';
    return { start: isLast ? Math.max(0, from - eol.length) : from, end: after, text: '' };
  }
  // The first entry of a list item stands behind the dash, where the next one takes its place.
  const next = entries[index + 1] as Entry;
  const between = text.slice(end, next.start);
  if (!between.includes('#')) return { start, end: next.start, text: '' };
  const behind = /[ \t]*$/.exec(text.slice(0, start))?.[0].length ?? 0;
  return { start: start - behind, end: text[end - 1] === '\n' ? end - eol.length : lineEnd(text, end), text: '' };
}
