import { type ExplorerData, identityOf } from './data.ts';
import { detailsView } from './details.ts';
import { groupsView } from './groups.ts';
import { rowsView } from './rows.ts';
import { type Search, select } from './select.ts';
import type { State } from './state.ts';
import type { View } from './view.ts';

/** What a state shows of an explorer. */
export function viewOf(data: ExplorerData, state: State, search: Search): View {
  const selection = select(data, state, search);
  const row = state.row === undefined ? undefined : rowNamed(data, state.row);
  if (row !== undefined) return detailsView(data, state, selection, row);
  const shown = shownBy(data, state);
  return shown === 'rows' ? rowsView(data, state, selection) : groupsView(data, state, selection, shown);
}

/** What the reader chose, or rows where something is searched for, or the first level that is not settled by filters. */
export function shownBy({ levels = [] }: ExplorerData, { show, words, filters }: State): 'rows' | number {
  if (show !== undefined) return show;
  if (words !== '') return 'rows';
  const open = levels.findIndex(({ columns }) => !columns.every((key) => filters[key]?.length === 1));
  return open === -1 ? 'rows' : open;
}

function rowNamed(data: ExplorerData, name: string): number | undefined {
  for (let row = 0; row < data.size; row += 1) if (identityOf(data, row) === name) return row;
  return undefined;
}
