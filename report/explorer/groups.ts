import type { Cell, Level, Tone } from '../report.ts';
import { cellAt, columnPlace, type ExplorerData, type Values, valuePlace } from './data.ts';
import { ranksOf, type Selection, sortedBy } from './select.ts';
import { filtered, type State, without } from './state.ts';
import type { Heading, View } from './view.ts';

interface Group {
  /** Of the columns of its level, and of those beside them. */
  readonly labels: readonly Cell[];
  size: number;
  /** Of the tally's column, by place of the value. */
  readonly counts: number[];
  readonly sums: number[];
}

/** Rows that match, counted by the groups of a level. */
export function groupsView(data: ExplorerData, state: State, selection: Selection, place: number): View {
  const level = data.levels?.[place] as Level;
  const groups = groupsOf(data, level, selection.rows);
  const columns = [
    ...labelColumns(data, level),
    { key: 'size', heading: data.many, kind: 'number' as const, cellOf: ({ size }: Group) => size },
    ...tallyColumns(data),
    ...summedColumns(data),
  ];
  const byNames = columns.slice(0, level.columns.length);
  const sorted = [...byNames.toReversed(), ...columns.filter(({ key }) => key === state.sort?.key)];
  const order = sorted.reduce<readonly number[]>(
    (lines, column) => {
      const ranks = ranksOf(groups.map(column.cellOf), column);
      const descending = column.key === state.sort?.key && state.sort.descending;
      return sortedBy(lines, (line) => ranks[line] ?? Number.NaN, descending);
    },
    groups.map((_, index) => index),
  );
  const groupAt = (line: number) => groups[order[line] ?? -1] as Group;
  return {
    of: 'level',
    caption: `${data.caption}: ${level.many}`,
    headings: columns.map(({ cellOf: _, ...heading }) => heading),
    size: groups.length,
    cellsAt: (line) => columns.map(({ cellOf }) => cellOf(groupAt(line))),
    titleAt: (line) => byNames.map(({ cellOf, none = 'none' }) => cellOf(groupAt(line)) || none).join(' '),
    opensAt: (line) => {
      const { labels: values } = groupAt(line);
      const labels = level.columns.map((key, at) => [key, [`${values[at] ?? ''}`]] as const);
      const within = filtered(without(state, 'show', 'sort'), Object.fromEntries(labels));
      return { explorer: data.name, state: within };
    },
    ...(data.tally && { tonesAt: (line: number) => tonesOf(data, groupAt(line).counts) }),
    empty: data.size === 0 ? data.empty : `no ${data.one} matches`,
    selection,
  };
}

type GroupColumn = Heading & { readonly cellOf: (group: Group) => Cell };

function labelColumns(data: ExplorerData, { columns, beside = [] }: Level): GroupColumn[] {
  return [...columns, ...beside].map((key, at) => ({
    ...(data.columns[columnPlace(data, key)] ?? { key, heading: key }),
    isName: at === 0,
    cellOf: ({ labels }) => labels[at] ?? '',
  }));
}

/** Values that no row has are left out. */
function tallyColumns(data: ExplorerData): GroupColumn[] {
  const { tally } = data;
  if (tally === undefined) return [];
  const place = columnPlace(data, tally.column);
  const had = data.cells[place]?.values ?? [];
  const known = data.columns[place]?.values ?? [];
  const share = (heading: string): GroupColumn => ({
    key: 'share',
    heading,
    kind: 'number',
    isShare: true,
    cellOf: ({ size, counts }) => shareOf(tonesOf(data, counts).good, size),
  });
  const values = known.flatMap(({ value }, number): GroupColumn[] => {
    const at = had.indexOf(value);
    if (at === -1) return [];
    return [{ key: `value${number}`, heading: value, kind: 'number', cellOf: ({ counts }) => counts[at] ?? 0 }];
  });
  return tally.share === undefined ? values : [share(tally.share), ...values];
}

/** In percent, rounded down to one digit after the point: 999 of 1,000 are never all. */
function shareOf(part: number, whole: number): number {
  return Math.floor((part * 1000) / whole) / 10;
}

function summedColumns({ columns }: ExplorerData): GroupColumn[] {
  const summed = columns.filter(({ summed }) => summed);
  return summed.map(({ key, heading }, at) => ({
    key,
    heading,
    kind: 'number',
    cellOf: ({ sums }) => sums[at] ?? 0,
  }));
}

function groupsOf(data: ExplorerData, level: Level, rows: readonly number[]): Group[] {
  const columns = level.columns.map((key) => columnPlace(data, key));
  const beside = (level.beside ?? []).map((key) => columnPlace(data, key));
  const tally = data.cells[columnPlace(data, data.tally?.column ?? '')];
  const summed = data.columns.flatMap((column, place) => (column.summed ? [place] : []));
  const groups = new Map<string, Group>();
  for (const row of rows) {
    const key = columns.map((column) => valuePlace(data.cells[column] as Values, row)).join(' ');
    let group = groups.get(key);
    if (group === undefined) {
      const labels = [...columns, ...beside].map((column) => cellAt(data, column, row));
      group = { labels, size: 0, counts: [], sums: summed.map(() => 0) };
      groups.set(key, group);
    }
    group.size += 1;
    if (tally !== undefined) {
      const value = valuePlace(tally, row);
      group.counts[value] = (group.counts[value] ?? 0) + 1;
    }
    for (const [at, column] of summed.entries())
      group.sums[at] = (group.sums[at] ?? 0) + Number(cellAt(data, column, row));
  }
  return [...groups.values()];
}

/** Counts of values, added by what they mean. */
function tonesOf(data: ExplorerData, counts: readonly number[]): Record<Tone, number> {
  const tones = { good: 0, bad: 0, unsure: 0, idle: 0 };
  const place = columnPlace(data, data.tally?.column ?? '');
  for (const [at, value] of data.cells[place]?.values.entries() ?? []) {
    const tone = data.columns[place]?.values?.find((known) => known.value === value)?.tone;
    if (tone !== undefined) tones[tone] += counts[at] ?? 0;
  }
  return tones;
}
