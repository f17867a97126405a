import stringWidth from 'string-width';
import { printable } from '../../core/problem.ts';
import type { Table } from '../report.ts';
import { hanging, padded, wrapped } from './width.ts';

const gap = '  ';
const indent = '  ';
const narrowest = 8;

/** A table as lines no wider than `width`: cells wrap, and where even that does not fit, each row is a list. */
export function tableLines(table: Table, width: number): string[] {
  const caption = wrapped(printable(table.caption), width);
  if (table.rows.length === 0) return [...caption, ...hanging(indent, printable(table.empty), width)];
  const headings = table.columns.map(({ heading }) => printable(heading));
  const rows = table.rows.map((row) => table.columns.map((_, column) => printable(row[column] ?? '')));
  const aligns = table.columns.map(({ kind }) => (kind === 'number' ? ('right' as const) : ('left' as const)));
  const widths = fitted([headings, ...rows], aligns, width - indent.length);
  if (widths === undefined) return [...caption, ...rows.flatMap((row) => listed(headings, row, width))];
  const rule = indent + widths.map((cells) => '─'.repeat(cells)).join(gap);
  const linesOf = (row: readonly string[]) => rowLines(row, widths, aligns);
  return [...caption, ...linesOf(headings), rule, ...rows.flatMap(linesOf)];
}

/** Cells set out in columns, without headings. */
export function columnLines(rows: readonly (readonly string[])[], width: number): string[] {
  const aligns = (rows[0] ?? []).map(() => 'left' as const);
  const widths = fitted(rows, aligns, width - indent.length);
  if (widths !== undefined) return rows.flatMap((row) => rowLines(row, widths, aligns));
  return rows.flatMap((row) => hanging(indent, row.filter((cell) => cell !== '').join(gap), width));
}

type Align = 'left' | 'right';

/** The widest columns give way until all fit; numbers keep their width. Nothing when they do not fit at all. */
function fitted(rows: readonly (readonly string[])[], aligns: readonly Align[], width: number): number[] | undefined {
  const widths = aligns.map((_, column) => Math.max(1, ...rows.map((row) => stringWidth(row[column] ?? ''))));
  const least = widths.map((wanted, column) => (aligns[column] === 'right' ? wanted : Math.min(wanted, narrowest)));
  const available = width - gap.length * (widths.length - 1);
  let excess = widths.reduce((sum, wanted) => sum + wanted, 0) - available;
  for (; excess > 0; excess -= 1) {
    const spare = widths.map((wanted, column) => (wanted > (least[column] ?? 0) ? wanted : 0));
    const widest = spare.indexOf(Math.max(...spare));
    if ((spare[widest] ?? 0) === 0) return undefined;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

function rowLines(row: readonly string[], widths: readonly number[], aligns: readonly Align[]): string[] {
  const cells = widths.map((width, column) => wrapped(row[column] ?? '', width));
  const height = Math.max(...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) => {
    const texts = cells.map((lines, column) =>
      padded(lines[line] ?? '', widths[column] ?? 0, aligns[column] ?? 'left'),
    );
    return `${indent}${texts.join(gap)}`.trimEnd();
  });
}

function listed(headings: readonly string[], row: readonly string[], width: number): string[] {
  const [name = '', ...values] = row;
  const told = values.flatMap((value, column) =>
    value === '' ? [] : hanging('    ', `${headings[column + 1]}: ${value}`, width),
  );
  return [...hanging(indent, name, width), ...told];
}
