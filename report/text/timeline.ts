import { printable } from '../../core/problem.ts';
import { type Month, monthsOf, standingOf } from '../months.ts';
import type { Timeline } from '../report.ts';
import { columnLines } from './table.ts';
import { hanging, wrapped } from './width.ts';

/** What opens, month by month; what is the same in every month goes first. */
export function timelineLines(timeline: Timeline, width: number): string[] {
  const caption = `${timeline.caption} (days of ${timeline.timezone})`;
  const standing = standingOf(timeline).map(({ lane, row, text }) => [lane, row, text].map(printable));
  return [
    ...wrapped(printable(caption), width),
    ...columnLines(standing, width),
    ...monthsOf(timeline).flatMap((month) => ['', ...monthLines(month, width)]),
  ];
}

function monthLines({ name, lines, spans }: Month, width: number): string[] {
  const rows = lines.map(({ lane, row, days, times }) => [lane, row, days, times.join(' · ')].map(printable));
  const opened = rows.length === 0 ? ['  nothing opens'] : columnLines(rows, width);
  const frozen = spans.flatMap(({ span, days }) =>
    hanging('  ', printable(`freeze ${span.name}: ${days}, ${span.lanes.join(', ')}; ${span.text}`), width),
  );
  return [name, ...opened, ...frozen];
}
