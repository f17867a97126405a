import { inert } from '../inert.ts';
import type { Cell } from '../report.ts';
import type { View } from './view.ts';

/** Every line of a view as CSV (RFC 4180), safe for spreadsheets. */
export function csvOf({ headings, size, cellsAt }: View): string {
  const lines = [headings.map(({ heading }) => heading), ...Array.from({ length: size }, (_, line) => cellsAt(line))];
  return lines.map((cells) => `${cells.map(fieldOf).join(',')}\r\n`).join('');
}

function fieldOf(cell: Cell): string {
  const text = typeof cell === 'string' ? inert(cell) : `${cell}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
