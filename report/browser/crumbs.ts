import { cellAt, columnPlace, type ExplorerData, identityOf } from '../explorer/data.ts';
import { filtered, type State, without } from '../explorer/state.ts';
import type { View } from '../explorer/view.ts';
import type { Address } from './address.ts';
import { element } from './dom.ts';

interface Crumb {
  readonly text: string;
  readonly state: State;
}

/** The way from all rows down to what is shown; every step of it leads back there. */
export function crumbsOf(data: ExplorerData, state: State, view: View, address: Address): HTMLElement {
  const crumbs = wayTo(data, state, view);
  const last = crumbs.length - 1;
  const items = crumbs.map(({ text, state: there }, place) => {
    const attributes: Record<string, string> = place === last ? { 'aria-current': 'page' } : {};
    return element('li', {}, address.linkTo({ explorer: data.name, state: there }, attributes, text));
  });
  const nav = element(
    'nav',
    { class: 'crumbs', 'aria-label': `Where in ${data.caption}` },
    element('ol', {}, ...items),
  );
  nav.hidden = items.length < 2;
  return nav;
}

function wayTo(data: ExplorerData, state: State, { row }: View): Crumb[] {
  const { levels = [], many } = data;
  const keys = levels.flatMap(({ columns }) => columns);
  const above = without(filtered(state, Object.fromEntries(keys.map((key) => [key, []]))), 'row', 'show', 'sort');
  // Other filters than those of levels, and a search, stay.
  const isAll = above.words === '' && Object.keys(above.filters).length === 0;
  const crumbs: Crumb[] = [{ text: isAll ? `all ${many}` : `${many} that match`, state: above }];
  let there = above;
  for (const { columns } of levels) {
    const values = columns.map((key) => settledValue(data, state, row, key));
    if (values.includes(undefined)) break;
    there = filtered(there, Object.fromEntries(columns.map((key, at) => [key, [values[at] ?? '']])));
    crumbs.push({ text: columns.map((key, at) => wordsOf(data, key, values[at] ?? '')).join(' '), state: there });
  }
  if (row !== undefined) crumbs.push({ text: titleOf(data, row), state: { ...there, row: identityOf(data, row) } });
  return crumbs;
}

/** Of the row that is looked at, else the one value that is filtered by. */
function settledValue(
  data: ExplorerData,
  { filters }: State,
  row: number | undefined,
  key: string,
): string | undefined {
  if (row !== undefined) return `${cellAt(data, columnPlace(data, key), row)}`;
  const values = filters[key] ?? [];
  return values.length === 1 ? values[0] : undefined;
}

/** What a value is called, also where there is none. */
export function wordsOf({ columns }: Pick<ExplorerData, 'columns'>, key: string, value: string): string {
  return value === '' ? (columns.find((column) => column.key === key)?.none ?? 'none') : value;
}

export function titleOf(data: ExplorerData, row: number): string {
  return `${cellAt(data, columnPlace(data, data.identity.at(-1) ?? ''), row)}`;
}
