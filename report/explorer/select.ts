import type { Cell, ExplorerColumn } from '../report.ts';
import { columnPlace, type ExplorerData, type Values, valuePlace } from './data.ts';
import type { State } from './state.ts';

export interface Selection {
  /** Rows that match, in their order. */
  readonly rows: readonly number[];
  /** By key of a column that rows are filtered by: how many rows match beside this filter, for each of its values. */
  readonly counts: ReadonlyMap<string, readonly number[]>;
}

/** Whether a row holds what is searched for. */
export type Search = (words: string) => ((row: number) => boolean) | undefined;

/** Whether a row passes, by the place of its column's value or by its details. */
interface Filter {
  readonly key: string;
  readonly passes: (row: number) => boolean;
}

/** Rows that match, and what choosing another value of a filter would come to, in one pass. */
export function select(data: ExplorerData, { words, filters }: State, search: Search): Selection {
  const found = search(words);
  const active = Object.entries(filters).map(([key, values]) => filterOf(data, key, values));
  const offered = data.columns.flatMap(({ key, filter }, place) => (filter ? [{ key, place }] : []));
  const counts = offered.map(({ key, place }) => {
    const values = data.cells[place] as Values;
    return { key, values, counted: values.values.map(() => 0) };
  });
  const rows: number[] = [];
  for (let row = 0; row < data.size; row += 1) {
    if (found !== undefined && !found(row)) continue;
    const failed = firstFailed(active, row);
    if (failed === undefined) rows.push(row);
    else if (active.some((filter) => filter !== failed && !filter.passes(row))) continue;
    for (const { key, values, counted } of counts) {
      const place = valuePlace(values, row);
      if (failed === undefined || failed.key === key) counted[place] = (counted[place] ?? 0) + 1;
    }
  }
  return { rows, counts: new Map(counts.map(({ key, counted }) => [key, counted])) };
}

function firstFailed(filters: readonly Filter[], row: number): Filter | undefined {
  return filters.find(({ passes }) => !passes(row));
}

function filterOf(data: ExplorerData, key: string, wanted: readonly string[]): Filter {
  const { details } = data;
  const isWanted = (cell: Cell | undefined) => wanted.includes(`${cell ?? ''}`);
  if (details !== undefined && key === details.filter) {
    const place = columnPlace(details, key);
    const sets = details.sets.map((set) => set.some((detail) => isWanted(details.rows[detail]?.[place])));
    return { key, passes: (row) => sets[details.of[row] ?? -1] ?? false };
  }
  const values = data.cells[columnPlace(data, key)];
  const allowed = values?.values.map(isWanted) ?? [];
  return { key, passes: (row) => values !== undefined && (allowed[valuePlace(values, row)] ?? false) };
}

/**
 * Finds rows that hold every word, in any case, in some cell or detail. What is searched is put together at the first
 * search, and kept.
 */
export function searchOf(data: ExplorerData): Search {
  let rows: readonly string[] | undefined;
  let details: readonly string[] | undefined;
  return (text) => {
    const words = text
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== '');
    if (words.length === 0) return undefined;
    rows ??= Array.from({ length: data.size }, (_, row) =>
      searchable(data.cells.map((values) => values.values[valuePlace(values, row)] ?? '')),
    );
    details ??= data.details?.rows.map(searchable) ?? [];
    const wanted = words.map((word) => ({ word, inSet: setsWith(word, data, details ?? []) }));
    return (row) =>
      wanted.every(
        ({ word, inSet }) => (rows?.[row] ?? '').includes(word) || (inSet[data.details?.of[row] ?? -1] ?? false),
      );
  };
}

function searchable(cells: readonly Cell[]): string {
  return cells.join('\n').toLowerCase();
}

function setsWith(word: string, { details }: ExplorerData, texts: readonly string[]): readonly boolean[] {
  const has = texts.map((text) => text.includes(word));
  return details?.sets.map((set) => set.some((detail) => has[detail])) ?? [];
}

const collator = new Intl.Collator('en', { numeric: true });

/** A number for each value by which values are sorted: as the column has them in order, else as they read. Empty ones have none. */
export function ranksOf(values: readonly Cell[], { values: ordered = [] }: Partial<ExplorerColumn>): number[] {
  const order = new Map<Cell, number>(ordered.map(({ value }, place) => [value, place - ordered.length]));
  const texts = values.filter((value): value is string => typeof value === 'string' && !order.has(value));
  const places = new Map<Cell, number>([...new Set(texts)].sort(collator.compare).map((text, place) => [text, place]));
  return values.map((value) => {
    if (value === '') return Number.NaN;
    return order.get(value) ?? (typeof value === 'number' ? value : (places.get(value) ?? Number.NaN));
  });
}

/** Sorted by rank; what has none is last either way, and what has the same stays in its order. */
export function sortedBy(lines: readonly number[], rankOf: (line: number) => number, descending: boolean): number[] {
  const sign = descending ? -1 : 1;
  return [...lines].sort((a, b) => {
    const [left, right] = [rankOf(a), rankOf(b)];
    if (Number.isNaN(left) || Number.isNaN(right)) return Number(Number.isNaN(left)) - Number(Number.isNaN(right));
    return (left - right) * sign;
  });
}
