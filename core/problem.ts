/** How bad a problem is: an `error` stops the command, a `warning` is legal but risky, an `info` only informs. */
export type Severity = 'error' | 'warning' | 'info';

/** A broken rule, before it is known where: what must hold, the value received, and the fix. */
export interface Violation {
  /** Stable id, `module/what-must-hold`. */
  readonly rule: string;
  readonly severity: Severity;
  /** What must hold and what was received; lower case, no full stop. */
  readonly message: string;
  /** What to change. */
  readonly fix?: string;
}

/** A violation with its place: a construct path, `file:line:column`, or a Terraform address. */
export interface Problem extends Violation {
  readonly path: string;
}

export function error(rule: string, message: string, fix?: string): Violation {
  return { rule, severity: 'error', message, ...(fix !== undefined && { fix }) };
}

export function warning(rule: string, message: string, fix?: string): Violation {
  return { ...error(rule, message, fix), severity: 'warning' };
}

/** `message; fix [rule]`, on one line and free of control characters. */
export function formatViolation(violation: Violation): string {
  const fix = violation.fix === undefined ? '' : `; ${violation.fix}`;
  return printable(`${violation.message}${fix} [${violation.rule}]`);
}

/** `[path] message; fix [rule]`. */
export function formatProblem(problem: Problem): string {
  return `[${printable(problem.path)}] ${formatViolation(problem)}`;
}

const severityOrder: Record<Severity, number> = { error: 0, warning: 1, info: 2 };

/** Errors first, then by place (line 9 before line 10), rule and message: the same problems always read the same. */
export function sortProblems(problems: readonly Problem[]): Problem[] {
  const numbered = (path: string) => path.replace(/\d+/g, (digits) => digits.padStart(12, '0'));
  const key = (p: Problem) => [severityOrder[p.severity], numbered(p.path), p.rule, p.message].join('\u0000');
  return [...problems].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

/** `2 errors, 1 warning`; empty when there is nothing to count. */
export function countProblems(problems: readonly Problem[]): string {
  const counts = (['error', 'warning', 'info'] as const).map((severity) => {
    const count = problems.filter((p) => p.severity === severity).length;
    return count === 0 ? '' : `${count} ${severity}${count === 1 || severity === 'info' ? '' : 's'}`;
  });
  return counts.filter((text) => text !== '').join(', ');
}

/** Everything that stops a command, at once. Its message is for people and is printed without a stack trace. */
export class ProblemError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const sorted = sortProblems(problems);
    super([...sorted.map(formatProblem), countProblems(sorted)].join('\n'));
    this.name = 'ProblemError';
    this.problems = sorted;
  }
}

/** How a received value is quoted in a message: as JSON where it has any, cut after 80 characters. */
export function quoted(value: unknown): string {
  const text = jsonOf(value);
  return text.length <= 80 ? text : `${text.slice(0, 77)}...`;
}

function jsonOf(value: unknown): string {
  // JSON calls NaN and Infinity null, which would hide what was received.
  if (typeof value === 'number') return `${value}`;
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return typeof value === 'bigint' ? `${value}` : 'a value without JSON form';
  }
}

/** One line: control characters, and those that turn the direction of writing, become a space. */
export function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]+/g, ' ');
}
