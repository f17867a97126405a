import stringWidth from 'string-width';
import { formatProblem, formatViolation, printable } from '../../core/problem.ts';
import type { Block, Finding, Findings, Report } from '../report.ts';
import { chartLines } from './chart.ts';
import { columnLines, tableLines } from './table.ts';
import { timelineLines } from './timeline.ts';
import { hanging, wrapped } from './width.ts';

export interface TextOptions {
  /** Cells of a line; nothing is cut off, it wraps. `Infinity` where lines are read by programs. @default 80 */
  readonly width?: number;
}

/** A report for a terminal, without a line break at its end. */
export function renderText(report: Report, { width = 80 }: TextOptions = {}): string {
  const { title, verdict, facts, sections } = report;
  const opening = [
    ...underlined(title, '═', width),
    ...(verdict === undefined ? [] : hanging('', printable(`${verdict.outcome}: ${verdict.text}`), width)),
    ...columnLines(
      facts.map(({ name, value }) => [printable(name), printable(value)]),
      width,
    ),
  ];
  const parts = sections.flatMap(({ heading, blocks }) => [
    underlined(heading, '─', width),
    ...blocks.map((block) => blockLines(block, width)),
  ]);
  return [opening, ...parts].map((lines) => lines.join('\n')).join('\n\n');
}

function underlined(text: string, line: string, width: number): string[] {
  const lines = wrapped(printable(text), width);
  return [...lines, line.repeat(Math.max(...lines.map((text) => stringWidth(text))))];
}

function blockLines(block: Block, width: number): string[] {
  switch (block.kind) {
    case 'paragraph':
      return wrapped(printable(block.text), width);
    case 'list':
      return block.items.flatMap((item) => hanging('- ', printable(item), width));
    case 'table':
      return tableLines(block, width);
    case 'findings':
      return findingLines(block, width);
    case 'timeline':
      return timelineLines(block, width);
    case 'line-chart':
    case 'bar-chart':
      return chartLines(block, width);
  }
}

function findingLines({ findings, none }: Findings, width: number): string[] {
  if (findings.length === 0) return wrapped(printable(none), width);
  return findings.flatMap((finding) => [
    ...hanging('', `${finding.severity} ${formatFinding(finding)}`, width),
    ...(finding.details ?? []).flatMap((detail) => hanging('  - ', printable(detail), width)),
  ]);
}

function formatFinding(finding: Finding): string {
  const { path } = finding;
  return path === undefined ? formatViolation(finding) : formatProblem({ ...finding, path });
}
