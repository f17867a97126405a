import type { Cell, Details, Explorer, ExplorerColumn } from '../report.ts';

/**
 * An explorer as a page carries it, column by column: each value once, and for each row the place of its value. Small in
 * the file, and quick to filter and sort.
 */
export interface ExplorerData extends Omit<Explorer, 'kind' | 'rows' | 'details'> {
  readonly size: number;
  readonly cells: readonly Values[];
  readonly details?: DetailsData;
}

export interface Values {
  readonly values: readonly Cell[];
  /** Of each row; absent where every row has a value of its own, in their order. */
  readonly of?: readonly number[];
}

export interface DetailsData extends Details {
  /** What some rows have in common: places among the details. */
  readonly sets: readonly (readonly number[])[];
  /** Of each row, a place among the sets; -1 where its details are not known. */
  readonly of: readonly number[];
}

export function dataOf({ kind: _, rows, details, ...rest }: Explorer): ExplorerData {
  return {
    ...rest,
    size: rows.length,
    cells: rest.columns.map((_, column) => valuesOf(rows.map(({ cells }) => cells[column] ?? ''))),
    ...(details && { details: { ...details, ...setsOf(rows) } }),
  };
}

function valuesOf(cells: readonly Cell[]): Values {
  const places = new Map<Cell, number>();
  const of = cells.map((cell) => placeIn(places, cell));
  return places.size === cells.length ? { values: cells } : { values: [...places.keys()], of };
}

function setsOf(rows: Explorer['rows']): Pick<DetailsData, 'sets' | 'of'> {
  const places = new Map<string, number>();
  const of = rows.map(({ details }) => (details === undefined ? -1 : placeIn(places, JSON.stringify(details))));
  return { sets: [...places.keys()].map((set) => JSON.parse(set)), of };
}

function placeIn<Key>(places: Map<Key, number>, key: Key): number {
  const known = places.get(key);
  if (known !== undefined) return known;
  places.set(key, places.size);
  return places.size - 1;
}

/** Place of a column by its key; -1 where there is none. */
export function columnPlace({ columns }: { readonly columns: readonly ExplorerColumn[] }, key: string): number {
  return columns.findIndex((column) => column.key === key);
}

/** Place of a row's value among the values of a column. */
export function valuePlace({ of }: Values, row: number): number {
  return of === undefined ? row : (of[row] ?? -1);
}

export function cellAt({ cells }: ExplorerData, column: number, row: number): Cell {
  const values = cells[column];
  return values?.values[valuePlace(values, row)] ?? '';
}

/** What tells a row from all others, as the address names it. */
export function identityOf(data: ExplorerData, row: number): string {
  return data.identity.map((key) => cellAt(data, columnPlace(data, key), row)).join('/');
}

/** The details of a row; undefined where they are not known. */
export function detailsAt({ details }: ExplorerData, row: number): readonly number[] | undefined {
  return details?.sets[details.of[row] ?? -1];
}
