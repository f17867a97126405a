import type { Explorer, ExplorerColumn, Table } from '../report.ts';
import { dataOf } from './data.ts';
import { groupsView } from './groups.ts';
import { searchOf, select } from './select.ts';
import { start } from './state.ts';
import type { View } from './view.ts';

/** The first rows of an explorer as a table, whose caption tells how many there are. */
export function rowsTable({ caption, many, columns, rows, empty }: Explorer, most: number): Table {
  const shown = columns.flatMap((column, place) => (column.aside ? [] : [{ column, place }]));
  const told =
    rows.length > most ? `the first ${most} of ${counted(rows.length)} ${many}` : `${counted(rows.length)} ${many}`;
  return {
    kind: 'table',
    caption: `${caption}: ${told}`,
    columns: shown.map(({ column }) => plainColumn(column)),
    rows: rows.slice(0, most).map(({ cells }) => shown.map(({ place }) => `${cells[place] ?? ''}`)),
    empty,
  };
}

/** Each level of an explorer as a table, whatever the number of its groups. */
export function levelTables(explorer: Explorer): Table[] {
  const data = dataOf(explorer);
  const all = select(data, start, searchOf(data));
  return (explorer.levels ?? []).map((level, place, levels) => {
    // A group is told with those that it lies in.
    const columns = levels.slice(0, place + 1).flatMap((wider) => wider.columns);
    const whole = { ...data, levels: [{ ...level, columns }] };
    return tableOf(groupsView(whole, start, all, 0));
  });
}

function tableOf({ caption, headings, size, cellsAt, empty }: View): Table {
  return {
    kind: 'table',
    caption,
    columns: headings.map(plainColumn),
    rows: Array.from({ length: size }, (_, line) =>
      cellsAt(line).map((cell, at) => {
        if (typeof cell === 'number') return counted(cell);
        return cell === '' ? (headings[at]?.none ?? '') : cell;
      }),
    ),
    empty,
  };
}

function plainColumn({ heading, kind }: Pick<ExplorerColumn, 'heading' | 'kind'>) {
  return { heading, ...(kind !== undefined && { kind }) };
}

/** `10,000`. */
function counted(count: number): string {
  return `${count}`.replace(/\B(?=(\d{3})+$)/g, ',');
}
