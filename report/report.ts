import type { Violation } from '../core/problem.ts';

/*
 * What a command has to say, before it is text, Markdown or a page. Plain values only, so that a report can be kept as
 * JSON and every format shows the same words and numbers. All text is plain: no markup, one line; renderers escape it and
 * take control characters out. Whoever makes a report also rounds its numbers and writes its times in the zones that
 * matter: renderers know neither clock nor zone.
 */

export interface Report {
  readonly title: string;
  /** The answer in one sentence, above everything else. @default none */
  readonly verdict?: Verdict;
  /** What the report was made from and for: fleet, as of, horizon. Shown under the title. */
  readonly facts: readonly Fact[];
  readonly sections: readonly Section[];
}

export interface Verdict {
  /** `ok` when all is well, else the worst severity found. */
  readonly outcome: 'ok' | Violation['severity'];
  readonly text: string;
}

export interface Fact {
  readonly name: string;
  readonly value: string;
}

export interface Section {
  readonly heading: string;
  readonly blocks: readonly Block[];
}

export type Block = Paragraph | List | Figures | Table | Explorer | Findings | Timeline | LineChart | BarChart;

export interface Paragraph {
  readonly kind: 'paragraph';
  readonly text: string;
}

export interface List {
  readonly kind: 'list';
  readonly items: readonly string[];
}

/** The few numbers that matter most. */
export interface Figures {
  readonly kind: 'figures';
  readonly figures: readonly Figure[];
}

export interface Figure {
  readonly name: string;
  /** Rounded, with its unit: `85.2 %`. */
  readonly value: string;
  /** What it is out of, or what it leaves out. @default nothing */
  readonly note?: string;
  /** @default none */
  readonly tone?: Tone;
}

/** What a value means, shown by colour beside the words: `unsure` is what nobody knows, `idle` what does not count. */
export type Tone = 'good' | 'bad' | 'unsure' | 'idle';

export interface Table {
  readonly kind: 'table';
  /** What the rows are: `Install windows of each ring`. */
  readonly caption: string;
  readonly columns: readonly Column[];
  /** A cell for every column. The first cell names its row. */
  readonly rows: readonly (readonly string[])[];
  /** What is said in place of a table without rows: `no ring has an install window`. */
  readonly empty: string;
}

export interface Column {
  readonly heading: string;
  /** `number` is set right; `code` keeps every character, such as an expression or an id. @default 'text' */
  readonly kind?: 'text' | 'number' | 'code';
}

/**
 * Many rows to search, filter, sort and drill into, such as every instance of a fleet. A page lets its reader do so;
 * where nothing can be done, the first rows stand for all, and it is said how many there are.
 */
export interface Explorer {
  readonly kind: 'explorer';
  /** Its name in the page's address, different from others of the report: `instances`. Letters alone. */
  readonly name: string;
  readonly caption: string;
  /** What rows are: `instance`, `instances`. */
  readonly one: string;
  readonly many: string;
  readonly columns: readonly ExplorerColumn[];
  /** What matters most comes first. */
  readonly rows: readonly ExplorerRow[];
  /** Keys of the columns whose cells together no two rows share. The last of them names the row. */
  readonly identity: readonly string[];
  /** How rows are grouped, the widest first. @default they are not */
  readonly levels?: readonly Level[];
  /** The column whose values are counted for every group. @default none */
  readonly tally?: Tally;
  /** What rows are made of, such as the patches of instances. @default nothing */
  readonly details?: Details;
  /** Another explorer that the name of a row opens, filtered by it. @default the row alone */
  readonly opens?: { readonly explorer: string; readonly filter: string };
  readonly empty: string;
}

export interface ExplorerColumn extends Column {
  /** Its name in the page's address: letters alone; none of q, sort, page, show, row. */
  readonly key: string;
  /** Values in the order in which they are sorted and offered; others follow. @default as they sort */
  readonly values?: readonly Value[];
  /** Whether rows can be filtered by it. @default false */
  readonly filter?: boolean;
  /** What an empty cell is called: `no ring`. @default 'none' */
  readonly none?: string;
  /** Only told of a row alone, not in tables of many. @default false */
  readonly aside?: boolean;
  /** Whether groups have a sum of it. @default false */
  readonly summed?: boolean;
}

export interface Value {
  readonly value: string;
  /** @default none */
  readonly tone?: Tone;
}

export interface ExplorerRow {
  /** For every column; empty where there is nothing, or nothing is known. */
  readonly cells: readonly Cell[];
  /** Places among the rows of the details. @default they are not known */
  readonly details?: readonly number[];
}

export type Cell = string | number;

export interface Level {
  /** What groups are: `account and region`, `accounts and regions`. */
  readonly one: string;
  readonly many: string;
  /** Keys of columns; rows of a group have the same cells in all of them. */
  readonly columns: readonly string[];
  /** Keys of columns that these settle, told beside them: the name of an account. @default none */
  readonly beside?: readonly string[];
}

export interface Tally {
  readonly column: string;
  /** Heading of the share of rows whose value has the tone `good`, in percent: `compliant %`. @default no share */
  readonly share?: string;
}

export interface Details {
  /** `Patches that count against it`. */
  readonly caption: string;
  readonly one: string;
  readonly many: string;
  readonly columns: readonly ExplorerColumn[];
  /** Each once, whatever the number of rows that have it. */
  readonly rows: readonly (readonly Cell[])[];
  /** Key of the column that rows can be looked for by: all that lack one patch. */
  readonly filter: string;
  /** What is said of a row that has none, and of one whose details are not known. */
  readonly empty: string;
  readonly unknown: string;
}

export interface Findings {
  readonly kind: 'findings';
  readonly findings: readonly Finding[];
  /** What is said when nothing was found: `no release reaches a later ring first`. */
  readonly none: string;
}

export interface Finding extends Violation {
  /** Where: `fleet.yaml:42:7 rings[1].install`, a stack, an address. @default the whole fleet */
  readonly path?: string;
  /** What shows it, such as each release with its dates. @default none */
  readonly details?: readonly string[];
}

/** What opens when: a lane for each ring, in it a row for each window. Days are those of one time zone. */
export interface Timeline {
  readonly kind: 'timeline';
  readonly caption: string;
  /** The zone whose days are meant, as the reader knows it: `Europe/Berlin`. */
  readonly timezone: string;
  /** First and last day shown, `2026-03-01`; the months they lie in are shown, days outside are greyed out. */
  readonly firstDay: string;
  readonly lastDay: string;
  readonly lanes: readonly Lane[];
  /** Freezes and the like: days on which nothing should open. */
  readonly spans: readonly Span[];
}

export interface Lane {
  /** Different from other lanes of the timeline. */
  readonly name: string;
  readonly rows: readonly Row[];
}

export interface Row {
  /** Different from other rows of the lane: `install`. */
  readonly name: string;
  /** `strong` for what changes machines, `quiet` for what only looks. */
  readonly weight: 'strong' | 'quiet';
  /** Ascending by start. Empty when `always` says it all. */
  readonly entries: readonly Entry[];
  /** What is too dense for entries: `every 5 minutes from creation`. @default nothing */
  readonly always?: string;
}

export interface Entry {
  /** Day of the start in the zone of the timeline, `2026-03-10`. */
  readonly day: string;
  /** ISO-8601 instants. */
  readonly start: string;
  readonly end: string;
  /** From when to when, in each zone that matters: `02:00–05:00 UTC`. Days with the same times are told as one line, so
   * times name a day only where it is another one than `day`. */
  readonly times: readonly string[];
}

export interface Span {
  readonly name: string;
  /** First and last day, both within, in the zone of the timeline. */
  readonly firstDay: string;
  readonly lastDay: string;
  /** Names of the lanes concerned. */
  readonly lanes: readonly string[];
  /** Why, and from when to when. */
  readonly text: string;
}

/** Values over time, several series: days until each ring has each release. */
export interface LineChart {
  readonly kind: 'line-chart';
  readonly title: string;
  /** What it shows, in a sentence, for those who cannot see it. */
  readonly description: string;
  /** Of the values: `days`. */
  readonly unit: string;
  /** What an instant stands for: itself, or the month that begins with it. @default 'instant' */
  readonly each?: 'instant' | 'month';
  /** The largest value there can be: 100 percent. @default as large as needed */
  readonly most?: number;
  readonly series: readonly Series[];
  /** What a value of null means: `never`. */
  readonly missing: string;
}

export interface Series {
  /** Different from other series of the chart. */
  readonly name: string;
  /** Ascending, one value an instant; an instant that only other series have is left blank. */
  readonly points: readonly Point[];
  /** The value it should stay at or below. @default none */
  readonly limit?: number;
}

export interface Point {
  /** ISO-8601 instant in UTC, ending in Z. */
  readonly at: string;
  /** Rounded already: it is printed as it is. */
  readonly value: number | null;
}

/** One value a name. */
export interface BarChart {
  readonly kind: 'bar-chart';
  readonly title: string;
  readonly description: string;
  /** Of the values: `instances`. */
  readonly unit: string;
  /** The largest value there can be: 100 percent. @default as large as needed */
  readonly most?: number;
  readonly bars: readonly Bar[];
}

export interface Bar {
  readonly name: string;
  /** 0 or more; rounded already: it is printed as it is. */
  readonly value: number;
}
