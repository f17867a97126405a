import type { ExplorerData } from './data.ts';

/** What the reader of an explorer looks at. It is kept in the page's address. */
export interface State {
  /** What is searched for: every word of it must be found. */
  readonly words: string;
  /** By column, the values of which a row must have one. */
  readonly filters: Readonly<Record<string, readonly string[]>>;
  /** Rows, or the place of a level, where the reader has chosen it. */
  readonly show?: 'rows' | number;
  readonly sort?: Sort;
  /** The first is 1. */
  readonly page: number;
  /** Identity of the one row that is looked at. */
  readonly row?: string;
}

export interface Sort {
  readonly key: string;
  readonly descending: boolean;
}

export const start: State = { words: '', filters: {}, page: 1 };

/** What an address says about an explorer: `instances.ring=prod&instances.sort=-overdue`. Other explorers have others. */
export function stateIn(address: URLSearchParams, data: ExplorerData): State {
  const told = (name: string) => address.get(`${data.name}.${name}`) ?? '';
  const filters: Record<string, readonly string[]> = {};
  for (const key of filterKeys(data)) {
    const values = address.getAll(`${data.name}.${key}`);
    if (values.length > 0) filters[key] = values;
  }
  const show = shownIn(told('show'), data);
  const sort = told('sort');
  const page = Number(told('page'));
  return {
    words: told('q'),
    filters,
    ...(show !== undefined && { show }),
    ...(sort !== '' && { sort: { key: sort.replace(/^-/, ''), descending: sort.startsWith('-') } }),
    page: Number.isInteger(page) && page > 0 ? page : 1,
    ...(told('row') !== '' && { row: told('row') }),
  };
}

/** The reverse of `stateIn`; what is not told is as it is at the start. */
export function tellState(address: URLSearchParams, name: string, state: State): void {
  const { words, filters, show, sort, page, row } = state;
  const tell = (key: string, value: string) => address.append(`${name}.${key}`, value);
  for (const [key, values] of Object.entries(filters)) for (const value of values) tell(key, value);
  if (words !== '') tell('q', words);
  if (show !== undefined) tell('show', `${show}`);
  if (sort !== undefined) tell('sort', `${sort.descending ? '-' : ''}${sort.key}`);
  if (page !== 1) tell('page', `${page}`);
  if (row !== undefined) tell('row', row);
}

/** With other filters; none of its columns is filtered by nothing. Begins at the first page. */
export function filtered(state: State, changes: State['filters']): State {
  const filters = Object.entries({ ...state.filters, ...changes }).filter(([, values]) => values.length > 0);
  return { ...state, filters: Object.fromEntries(filters), page: 1 };
}

/** Without some of its parts. */
export function without<Key extends 'show' | 'sort' | 'row'>(state: State, ...keys: readonly Key[]): State {
  return Object.fromEntries(Object.entries(state).filter(([key]) => !keys.includes(key as Key))) as unknown as State;
}

/** Keys of all that rows can be filtered by. */
function filterKeys({ columns, levels = [], details }: ExplorerData): ReadonlySet<string> {
  const filters = columns.filter(({ filter }) => filter).map(({ key }) => key);
  return new Set([...filters, ...levels.flatMap((level) => level.columns), ...(details ? [details.filter] : [])]);
}

function shownIn(told: string, { levels = [] }: ExplorerData): State['show'] {
  if (told === 'rows') return 'rows';
  return /^\d+$/.test(told) && Number(told) < levels.length ? Number(told) : undefined;
}
