import { cellAt, columnPlace, type ExplorerData, identityOf, type Values, valuePlace } from './data.ts';
import { ranksOf, type Selection, sortedBy } from './select.ts';
import { filtered, type State, start, without } from './state.ts';
import type { View } from './view.ts';

/** The rows that match, each leading to itself alone or to another explorer. */
export function rowsView(data: ExplorerData, state: State, selection: Selection): View {
  const { name, columns, identity, opens } = data;
  const shown = columns.flatMap((column, place) => (column.aside ? [] : [{ column, place }]));
  const naming = columnPlace(data, identity.at(-1) ?? '');
  const order = sortedRows(data, state, selection.rows);
  return {
    of: 'rows',
    caption: data.caption,
    headings: shown.map(({ column, place }) => ({ ...column, isName: place === naming })),
    size: order.length,
    cellsAt: (line) => shown.map(({ place }) => cellAt(data, place, order[line] ?? -1)),
    opensAt: (line) => {
      const row = order[line] ?? -1;
      if (opens === undefined) {
        return { explorer: name, state: { ...without(state, 'sort'), page: 1, row: identityOf(data, row) } };
      }
      const value = `${cellAt(data, naming, row)}`;
      return { explorer: opens.explorer, state: filtered({ ...start, show: 'rows' }, { [opens.filter]: [value] }) };
    },
    empty: data.size === 0 ? data.empty : `no ${data.one} matches`,
    selection,
  };
}

function sortedRows(data: ExplorerData, { sort }: State, rows: readonly number[]): readonly number[] {
  const place = columnPlace(data, sort?.key ?? '');
  const column = data.columns[place];
  if (sort === undefined || column === undefined) return rows;
  const values = data.cells[place] as Values;
  const ranks = ranksOf(values.values, column);
  return sortedBy(rows, (row) => ranks[valuePlace(values, row)] ?? Number.NaN, sort.descending);
}
