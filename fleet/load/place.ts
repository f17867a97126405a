import type { Problem, Severity, Violation } from '../../core/problem.ts';
import { type FilePath, formatFilePath } from '../file-violation.ts';

/** A place in a file, for people and machines; lines and columns begin at 1, and are absent for the file as such. */
export interface FilePlace {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  /** `rings[1].install.cutoff`; empty for the top. */
  readonly in: string;
}

/** A problem of a file, its place also in parts. */
export interface FileProblem extends Problem {
  readonly place: FilePlace;
}

/** Longer keys are cut where a place is told. */
const longestStep = 60;

export function formatAt(at: FilePath): string {
  const short = at.map((step) =>
    typeof step === 'string' && step.length > longestStep ? `${step.slice(0, longestStep - 3)}...` : step,
  );
  return formatFilePath(short);
}

/** `fleet.yaml:42:7 rings[1].install.cutoff`. */
export function formatPlace({ file, line, column, in: inside }: FilePlace): string {
  const position = line === undefined ? file : `${file}:${line}:${column}`;
  return inside === '' ? position : `${position} ${inside}`;
}

export function fileProblem({ rule, severity, message, fix }: Violation, place: FilePlace): FileProblem {
  return { rule, severity, path: formatPlace(place), message, ...(fix !== undefined && { fix }), place };
}

const severities: readonly Severity[] = ['error', 'warning', 'info'];

/** Errors first, then in the order of the file. */
export function sortFileProblems(problems: readonly FileProblem[]): FileProblem[] {
  return [...problems].sort(
    (a, b) =>
      severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
      (a.place.line ?? 0) - (b.place.line ?? 0) ||
      (a.place.column ?? 0) - (b.place.column ?? 0) ||
      compare(a.rule, b.rule) ||
      compare(a.message, b.message),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
