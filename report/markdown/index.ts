import { limitsOf, tableOf } from '../chart-table.ts';
import { rowsTable } from '../explorer/plain.ts';
import { type Month, monthsOf, standingOf } from '../months.ts';
import type { Block, Column, Figure, Finding, Findings, Report, Table, Timeline } from '../report.ts';
import { codeSpan, escaped } from './escape.ts';

/** A report as GitHub Flavoured Markdown, such as for a pull request; ends with a line break. */
export function renderMarkdown({ title, verdict, facts, sections }: Report): string {
  const parts = [
    `# ${escaped(title)}`,
    ...(verdict === undefined ? [] : [`**${verdict.outcome}**: ${escaped(verdict.text)}`]),
    items(facts.map(({ name, value }) => `**${escaped(name)}**: ${escaped(value)}`)),
    ...sections.flatMap(({ heading, blocks }) => [`## ${escaped(heading)}`, ...blocks.flatMap(blockParts)]),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** Parts that stand apart by an empty line. */
function blockParts(block: Block): string[] {
  switch (block.kind) {
    case 'paragraph':
      return [escaped(block.text)];
    case 'list':
      return [items(block.items.map(escaped))];
    case 'figures':
      return [items(block.figures.map(figureItem))];
    case 'table':
      return tableParts(block);
    case 'explorer':
      return tableParts(rowsTable(block, mostRows));
    case 'findings':
      return [findingItems(block)];
    case 'timeline':
      return timelineParts(block);
    case 'line-chart':
      return [...tableParts(tableOf(block)), items(limitsOf(block).map(({ text }) => escaped(text)))];
    case 'bar-chart':
      return tableParts(tableOf(block));
  }
}

/** Of rows that a page lets its reader explore. */
const mostRows = 20;

function figureItem({ name, value, note }: Figure): string {
  return `**${escaped(name)}**: ${escaped(value)}${note === undefined ? '' : ` (${escaped(note)})`}`;
}

function items(texts: readonly string[]): string {
  return texts.map((text) => `- ${text}`).join('\n');
}

function tableParts({ caption, columns, rows, empty }: Table): string[] {
  const heading = `**${escaped(caption)}**`;
  if (rows.length === 0) return [heading, escaped(empty)];
  const lines = [
    columns.map((column) => escaped(column.heading)),
    columns.map(({ kind }) => (kind === 'number' ? '---:' : '---')),
    ...rows.map((row) => columns.map((column, number) => cellOf(row[number] ?? '', column))),
  ];
  return [heading, lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')];
}

function cellOf(text: string, { kind }: Column): string {
  return kind === 'code' ? codeSpan(text, true) : escaped(text);
}

function findingItems({ findings, none }: Findings): string {
  return findings.length === 0 ? escaped(none) : findings.map(findingItem).join('\n');
}

function findingItem({ severity, rule, message, fix, path, details = [] }: Finding): string {
  const place = path === undefined ? '' : ` (${escaped(path)})`;
  return [
    `- **${severity}** ${codeSpan(rule, false)}: ${escaped(message)}${place}`,
    ...(fix === undefined ? [] : [`  - **fix**: ${escaped(fix)}`]),
    ...details.map((detail) => `  - ${escaped(detail)}`),
  ].join('\n');
}

function timelineParts(timeline: Timeline): string[] {
  const standing = standingOf(timeline).map(
    ({ lane, row, text }) => `${[`**${escaped(lane)}**`, escaped(row)].join(' ').trim()}: ${escaped(text)}`,
  );
  return [
    `### ${escaped(timeline.caption)}`,
    escaped(`Days of ${timeline.timezone}`),
    items(standing),
    ...monthsOf(timeline).flatMap(monthParts),
  ];
}

function monthParts({ name, lines, spans }: Month): string[] {
  const opened = lines.map(
    ({ lane, row, days, times }) =>
      `**${escaped(lane)}** ${escaped(row)}, ${escaped(days)}: ${escaped(times.join(' · '))}`,
  );
  const frozen = spans.map(
    ({ span, days }) =>
      `freeze **${escaped(span.name)}**: ${escaped(days)}, ${escaped(span.lanes.join(', '))}; ${escaped(span.text)}`,
  );
  return [`#### ${name}`, opened.length === 0 ? 'nothing opens' : '', items([...opened, ...frozen])];
}
