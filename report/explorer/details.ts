import { detailsAt, type ExplorerData } from './data.ts';
import { ranksOf, type Selection, sortedBy } from './select.ts';
import { filtered, type State, start } from './state.ts';
import type { View } from './view.ts';

/** One row: its details as a table. Which of them lack what others lack, too, is one step away. */
export function detailsView(data: ExplorerData, { sort }: State, selection: Selection, row: number): View {
  const { details, name, one } = data;
  const known = details && detailsAt(data, row);
  const columns = details?.columns ?? [];
  const cell = (line: number, place: number) => details?.rows[line]?.[place] ?? '';
  const place = columns.findIndex(({ key }) => key === sort?.key);
  const lines = known ?? [];
  const ranks = ranksOf(
    lines.map((line) => cell(line, place)),
    columns[place] ?? {},
  );
  const sorted = sortedBy(
    lines.map((_, index) => index),
    (index) => ranks[index] ?? Number.NaN,
    sort?.descending ?? false,
  );
  const order = sort === undefined || place === -1 ? lines : sorted.map((index) => lines[index] ?? -1);
  const naming = columns.findIndex(({ key }) => key === details?.filter);
  return {
    of: 'details',
    caption: details?.caption ?? one,
    headings: columns.map((column, at) => ({ ...column, isName: at === naming })),
    size: order.length,
    cellsAt: (line) => columns.map((_, at) => cell(order[line] ?? -1, at)),
    opensAt: (line) => {
      const values = [`${cell(order[line] ?? -1, naming)}`];
      return { explorer: name, state: filtered({ ...start, show: 'rows' }, { [columns[naming]?.key ?? '']: values }) };
    },
    empty: (known === undefined ? details?.unknown : details?.empty) ?? '',
    selection,
    row,
  };
}
