import { isAbsolute, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { formatProblem, type Severity } from '../core/problem.ts';
import type { FileProblem } from '../fleet/load/index.ts';
import { version } from './version.ts';

/** One problem a line, `error [fleet.yaml:42:7 rings[1].install.cutoff] cutoff must be …`. */
export function formatAsText(problems: readonly FileProblem[], summary: string): string {
  return [...problems.map((problem) => `${problem.severity} ${formatProblem(problem)}`), summary].join('\n');
}

/** Version 1 of the format: members are added, never changed. */
export function formatAsJson(problems: readonly FileProblem[], fleet: string, asOf: Date): string {
  const described = problems.map(({ rule, severity, place, message, fix }) => ({
    rule,
    severity,
    path: { file: place.file, line: place.line ?? null, column: place.column ?? null, in: place.in },
    message,
    fix: fix ?? null,
  }));
  return JSON.stringify({ version: 1, fleet, asOf: asOf.toISOString(), problems: described }, null, 2);
}

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

/** A log that code scanning shows beside the lines. @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/ */
export function formatAsSarif(problems: readonly FileProblem[], workingDirectory: string): string {
  const rules = [...new Set(problems.map(({ rule }) => rule))].sort();
  const run = {
    tool: { driver: { name: 'patchfleet', version, rules: rules.map(describeRule) } },
    columnKind: 'utf16CodeUnits',
    results: problems.map((problem) => describeResult(problem, rules, workingDirectory)),
  };
  const $schema = 'https://json.schemastore.org/sarif-2.1.0.json';
  return JSON.stringify({ $schema, version: '2.1.0', runs: [run] }, null, 2);
}

/** `rings/soak-days` → `rings: soak days`. */
function describeRule(id: string) {
  const text = id.replace('/', ': ').replaceAll('-', ' ');
  return { id, shortDescription: { text }, fullDescription: { text }, help: { text: `${text}; see docs/rules.md` } };
}

function describeResult(problem: FileProblem, rules: readonly string[], workingDirectory: string) {
  const { rule, severity, message, fix, place } = problem;
  return {
    ruleId: rule,
    ruleIndex: rules.indexOf(rule),
    level: levels[severity],
    message: { text: fix === undefined ? message : `${message}; ${fix}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(place.file, workingDirectory) },
          ...(place.line !== undefined && { region: { startLine: place.line, startColumn: place.column } }),
        },
        ...(place.in !== '' && { logicalLocations: [{ fullyQualifiedName: place.in }] }),
      },
    ],
  };
}

/** Relative, so that it means the same file in another checkout; absolute only outside the working directory. */
function uriOf(file: string, workingDirectory: string): string {
  const path = relative(workingDirectory, isAbsolute(file) ? file : `${workingDirectory}${sep}${file}`);
  if (path.startsWith('..') || isAbsolute(path)) return pathToFileURL(file).href;
  return path.split(sep).map(encodeURIComponent).join('/');
}
