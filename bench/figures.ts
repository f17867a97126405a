/** The middle value and the range of one measure over all runs. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** Median, minimum and maximum; `undefined` when a value is missing, since a spread of some runs would mislead. */
export function spread(values: readonly (number | undefined)[]): Spread | undefined {
  const sorted = values.filter((value) => value !== undefined).sort((a, b) => a - b);
  const [min, max] = [sorted[0], sorted.at(-1)];
  if (min === undefined || max === undefined || sorted.length < values.length) return undefined;
  const upper = sorted[Math.floor(sorted.length / 2)] ?? max;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? min;
  return { median: (lower + upper) / 2, min, max };
}

/** How many times ours fits into theirs, by medians; `undefined` without both. */
export function ratio(ours: Spread | undefined, theirs: Spread | undefined): number | undefined {
  return ours === undefined || theirs === undefined ? undefined : theirs.median / ours.median;
}

/** `0.31 s (0.29–0.35)`. */
export function formatSpread(value: Spread | undefined, unit: 's' | 'MB'): string {
  if (value === undefined) return 'n/a';
  const digits = unit === 's' ? 2 : 0;
  return `${value.median.toFixed(digits)} ${unit} (${value.min.toFixed(digits)}–${value.max.toFixed(digits)})`;
}

/** `12.3×`. Cut, never rounded up: a target of 6 is not reached by 5.99. */
export function formatRatio(value: number | undefined): string {
  return value === undefined ? 'n/a' : `${(Math.floor(value * 10) / 10).toFixed(1)}×`;
}

/** Columns as wide as their widest cell, two spaces apart, a rule under the heading. */
export function formatTable(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = heading.map((_, column) => Math.max(...[heading, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd();
  return [line(heading), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

/** The peak memory in MB (10⁶ bytes) that `/usr/bin/time` wrote: GNU's `%M` in KiB, or the report of BSD's `-l` in bytes. */
export function peakMegabytes(timeOutput: string): number | undefined {
  const bsd = /(\d+)\s+maximum resident set size/.exec(timeOutput)?.[1];
  if (bsd !== undefined) return Number(bsd) / 1e6;
  const gnu = /^(\d+)\s*$/m.exec(timeOutput)?.[1];
  return gnu === undefined ? undefined : (Number(gnu) * 1024) / 1e6;
}

/** What one `cdk.tf.json` holds, as far as it is counted. */
export interface SynthesizedStack {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly output?: Readonly<Record<string, unknown>>;
}

export type Counts = Readonly<Record<string, number>>;

/** How often each kind occurs: `aws_instance`, `data.aws_partition` and `output`. */
export function countKinds(stacks: readonly SynthesizedStack[]): Counts {
  const counts: Record<string, number> = {};
  const add = (kind: string, amount: number) => {
    if (amount > 0) counts[kind] = (counts[kind] ?? 0) + amount;
  };
  for (const stack of stacks) {
    for (const [type, instances] of Object.entries(stack.resource ?? {})) add(type, Object.keys(instances).length);
    for (const [type, instances] of Object.entries(stack.data ?? {}))
      add(`data.${type}`, Object.keys(instances).length);
    add('output', Object.keys(stack.output ?? {}).length);
  }
  return counts;
}

/** Resources alone, without data sources and outputs. */
export function resourceTotal(counts: Counts): number {
  return Object.entries(counts)
    .filter(([kind]) => kind !== 'output' && !kind.includes('.'))
    .reduce((total, [, count]) => total + count, 0);
}

/** One row a kind, sorted: kind, ours, stock, and `differs` where they do. */
export function compareCounts(ours: Counts, stock: Counts): { rows: readonly (readonly string[])[]; equal: boolean } {
  const kinds = [...new Set([...Object.keys(ours), ...Object.keys(stock)])].sort();
  const rows = kinds.map((kind) => {
    const [mine, theirs] = [ours[kind] ?? 0, stock[kind] ?? 0];
    return [kind, String(mine), String(theirs), mine === theirs ? '' : 'differs'];
  });
  return { rows, equal: rows.every((row) => row[3] === '') };
}

/** `reached  walkthrough: at least 6× faster (36.1×)`; a missing figure is `unknown`. */
export function formatTarget(name: string, least: number, actual: number | undefined): string {
  const verdict = actual === undefined ? 'unknown' : actual >= least ? 'reached' : 'missed';
  return `${verdict.padEnd(7)}  ${name} (${formatRatio(actual)})`;
}

/** `kept     validate: seconds at most 1 s (0.43 s)`. Rounded up, never down: a limit of 1.3 is not kept by 1.301. */
export function formatLimit(name: string, most: number, actual: number | undefined, unit: 's' | 'MB' | '×'): string {
  const verdict = actual === undefined ? 'unknown' : actual <= most ? 'kept' : 'missed';
  const text = (value: number) => `${value}${unit === '×' ? unit : ` ${unit}`}`;
  const rounded = actual === undefined ? 'n/a' : text(Math.ceil(actual * 100 - 1e-9) / 100);
  return `${verdict.padEnd(7)}  ${name} at most ${text(most)} (${rounded})`;
}
