import { isScalar } from 'yaml';
import { error, type Violation } from '../../core/problem.ts';
import type { FilePath, FileViolation } from '../file-violation.ts';
import { type Fleet, fleetSchema } from '../schema/index.ts';
import { parseDocument } from './document.ts';
import type { Finding } from './finding.ts';
import { usualBytes } from './limits.ts';
import { type FilePlace, type FileProblem, fileProblem, formatAt, formatPlace, sortFileProblems } from './place.ts';
import { readFileText } from './read-file.ts';
import { parseShape } from './shape.ts';
import { valuesOf } from './values.ts';

export { type FileProblem, sortFileProblems } from './place.ts';

export interface LoadOptions {
  /** Larger files are refused. @default 1_000_000 */
  readonly maxBytes?: number;
}

export interface LoadedFleet {
  /**
   * The fleet, where the file has the shape of one. Other problems may be errors all the same, such as a key given twice:
   * it is there so that everything can be told at once, and to be used only where no problem is an error.
   */
  readonly fleet?: Fleet;
  /** Errors first, then in the order of the file. */
  readonly problems: readonly FileProblem[];
  /** `fleet.yaml:42:7 rings[1].install.cutoff`: the line of a part of the fleet, or of what is around it. */
  readonly locate: (at: FilePath) => string;
  /** Violations of the fleet as problems of the file. */
  readonly problemsOf: (violations: readonly FileViolation[]) => FileProblem[];
}

/** Reads a fleet file, YAML or JSON. Whatever the file is, this returns problems and never throws. */
export function loadFleet(path: string, { maxBytes = usualBytes }: LoadOptions = {}): LoadedFleet {
  const file = readFileText(path, maxBytes);
  if (file.text === undefined) {
    const { refusal, line, column } = file;
    const place = { file: path, in: '', ...(line !== undefined && column !== undefined && { line, column }) };
    return loaded([{ refusal, place }], () => place);
  }
  return loadText(path, file.text, maxBytes);
}

/** Reads the text of a fleet file that is not at hand as one, such as that of an earlier revision. */
export function loadText(path: string, text: string, maxBytes = usualBytes): LoadedFleet {
  const kind = path.toLowerCase().endsWith('.json') ? 'json' : 'yaml';
  const { root, findings, lines } = parseDocument(text, kind, maxBytes);
  const placeOf = (offset: number, at: FilePath): FilePlace => {
    const { line, col: column } = lines.linePos(offset);
    return { file: path, line, column, in: formatAt(at) };
  };
  const start = (at: FilePath) => placeOf(0, at);
  const inText = (all: readonly Finding[]) =>
    all.map(({ offset, at, ...refusal }) => ({ refusal, place: placeOf(offset, at) }));
  if (root === undefined) return loaded(inText(findings), start);
  if (root === null || (isScalar(root) && root.value === null))
    return loaded([{ refusal: empty, place: start([]) }], start);
  const values = valuesOf(root, (offset) => lines.linePos(offset).line);
  const place = (at: FilePath) => placeOf(values.markOf(at).offset, at);
  if (!values.complete) return loaded(inText(values.findings), place);
  const { shaped, violations } = parseShape(fleetSchema, values.value, (at) => values.markOf(at).source);
  const inFleet = violations.map(({ at, ...refusal }) => ({ refusal, place: place(at) }));
  return loaded([...inText(values.findings), ...inFleet], place, shaped);
}

const empty = error('fleet/empty', 'the file must describe a fleet, got nothing', 'begin with "version: 1"');

interface Refusal {
  readonly refusal: Violation;
  readonly place: FilePlace;
}

function loaded(refusals: readonly Refusal[], place: (at: FilePath) => FilePlace, fleet?: Fleet): LoadedFleet {
  return {
    ...(fleet !== undefined && { fleet }),
    problems: sortFileProblems(refusals.map(({ refusal, place: where }) => fileProblem(refusal, where))),
    locate: (at) => formatPlace(place(at)),
    problemsOf: (violations) => violations.map(({ at, ...violation }) => fileProblem(violation, place(at))),
  };
}
