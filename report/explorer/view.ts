import type { Cell, ExplorerColumn, Tone } from '../report.ts';
import type { Selection } from './select.ts';
import type { State } from './state.ts';

/** What a state shows, as one table. Cells are asked for line by line: of ten thousand lines a page shows a hundred. */
export interface View {
  /** What lines are: `rows` of the explorer, groups of a `level`, or `details` of one row. */
  readonly of: 'rows' | 'level' | 'details';
  readonly caption: string;
  readonly headings: readonly Heading[];
  /** How many lines there are, in the order asked for. */
  readonly size: number;
  readonly cellsAt: (line: number) => readonly Cell[];
  /** Where the name of a line leads. */
  readonly opensAt: (line: number) => Target | undefined;
  /** What a line is called, where its name alone does not tell it from others. @default its name */
  readonly titleAt?: (line: number) => string;
  /** How many rows of a group have each tone. @default lines are no groups */
  readonly tonesAt?: (line: number) => Readonly<Record<Tone, number>>;
  /** Said in place of a table without lines. */
  readonly empty: string;
  readonly selection: Selection;
  /** The row that is looked at. */
  readonly row?: number;
}

export interface Heading extends Pick<ExplorerColumn, 'key' | 'heading' | 'kind' | 'values' | 'none'> {
  /** Whether its cells are the name of a line, which leads on. */
  readonly isName?: boolean;
  readonly isShare?: boolean;
}

/** Another state, of this explorer or of the one that is named. */
export interface Target {
  readonly explorer: string;
  readonly state: State;
}
