import stringWidth from 'string-width';
import { printable } from '../../core/problem.ts';
import { limitsOf, tableOf } from '../chart-table.ts';
import type { BarChart, LineChart, Table } from '../report.ts';
import { tableLines } from './table.ts';
import { hanging } from './width.ts';

const longestBar = 40;
const shortestBar = 4;
const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** The numbers of a chart, each with a bar where there is room for bars. */
export function chartLines(chart: LineChart | BarChart, width: number): string[] {
  const limits = chart.kind === 'line-chart' ? limitsOf(chart) : [];
  return [
    ...tableLines(withBars(chart, width) ?? tableOf(chart), width),
    ...limits.flatMap(({ text }) => hanging('  ', printable(text), width)),
  ];
}

/** Numbers line up on the left of their bars. */
function withBars(chart: LineChart | BarChart, width: number): Table | undefined {
  const table = tableOf(chart);
  const series = table.columns.length - 1;
  const digits = Math.max(...table.rows.flatMap((row) => row.slice(1).map((text) => stringWidth(text))), 1);
  const names = Math.max(
    ...[table.columns[0]?.heading ?? '', ...table.rows.map(([name = '']) => name)].map((text) => stringWidth(text)),
  );
  const each = Math.floor((width - 2 - names - 2 * series) / series);
  const bar = Math.min(longestBar, each - digits - 1);
  const headings = table.columns.slice(1).map(({ heading }) => stringWidth(printable(heading)));
  if (bar < shortestBar || Math.max(...headings) > each) return undefined;
  const numbers = table.rows.flatMap((row) => row.slice(1).map(Number)).filter(Number.isFinite);
  const largest = Math.max(...numbers, 0);
  const rows = table.rows.map(([name = '', ...cells]) => [
    name,
    ...cells.map((cell) => `${cell.padStart(digits)} ${barOf(Number(cell) / largest, bar)}`),
  ]);
  return { ...table, columns: table.columns.map(({ heading }) => ({ heading })), rows };
}

/** `share` (0 to 1) of `cells` full blocks; nothing for what is no number. */
function barOf(share: number, cells: number): string {
  if (!(share > 0)) return '';
  const parts = Math.max(1, Math.round(share * cells * 8));
  return '█'.repeat(Math.floor(parts / 8)) + eighths[parts % 8];
}
