import type { BarChart, LineChart, Table } from './report.ts';

/** The numbers of a chart, for those who read rather than look. */
export function tableOf(chart: LineChart | BarChart): Table {
  const caption = `${chart.title} (${chart.unit})`;
  const empty = 'no values';
  if (chart.kind === 'bar-chart') {
    const rows = chart.bars.map(({ name, value }) => [name, `${value}`]);
    return { kind: 'table', caption, columns: [{ heading: '' }, { heading: chart.unit, kind: 'number' }], rows, empty };
  }
  const instants = instantsOf(chart);
  const { heading, nameOf } = namingOf(chart, instants);
  const columns = chart.series.map(({ name }) => ({ heading: name, kind: 'number' as const }));
  const values = chart.series.map(({ points }) => new Map(points.map(({ at, value }) => [at, value])));
  const rows = instants.map((at) => [nameOf(at), ...values.map((series) => valueText(series.get(at), chart.missing))]);
  return { kind: 'table', caption, columns: [{ heading }, ...columns], rows, empty };
}

/** Months, days where each has one instant at most, or times. */
function namingOf(
  { each }: LineChart,
  instants: readonly string[],
): { readonly heading: string; readonly nameOf: (at: string) => string } {
  if (each === 'month') return { heading: 'month', nameOf: (at) => at.slice(0, 7) };
  const days = new Set(instants.map((at) => at.slice(0, 10)));
  if (days.size === instants.length) return { heading: 'day (UTC)', nameOf: (at) => at.slice(0, 10) };
  return { heading: 'time (UTC)', nameOf: (at) => at.slice(0, 16).replace('T', ' ') };
}

/** Every instant that some series has, ascending. */
function instantsOf(chart: LineChart): string[] {
  return [...new Set(chart.series.flatMap(({ points }) => points.map(({ at }) => at)))].sort();
}

/** Series by the limit they should keep, `dev, test: at most 14 days`; none without limits. */
export function limitsOf(chart: LineChart): { readonly value: number; readonly text: string }[] {
  const names = new Map<number, string[]>();
  for (const { name, limit } of chart.series)
    if (limit !== undefined) names.set(limit, [...(names.get(limit) ?? []), name]);
  return [...names].map(([value, of]) => ({ value, text: `${of.join(', ')}: at most ${value} ${chart.unit}` }));
}

function valueText(value: number | null | undefined, missing: string): string {
  if (value === undefined) return '';
  return value === null ? missing : `${value}`;
}
