import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { error, type Problem, ProblemError, quoted, type Violation } from '../../core/problem.ts';
import type { FleetContext } from '../fleet-context.ts';
import { readStackOutput, type StackOutput } from '../stack-output.ts';

export interface ReadOutputs {
  readonly outputs: readonly StackOutput[];
  /** Files of stacks without nodes: of those with roles alone, and of any that was never applied. */
  readonly empty: readonly string[];
  /** What was read, for auditors. */
  readonly files: FleetContext['files'];
}

const fix =
  'run terraform output -json in the directory of each stack, and give its output as a file, or a directory of them';

/**
 * Reads what `terraform output -json` printed: a file of one stack, or a directory with a `.json` file for each. Stacks
 * without nodes, such as the global ones, put out nothing to look at.
 *
 * @throws ProblemError with everything that is wrong in any of them.
 */
export function readOutputs(path: string): ReadOutputs {
  const problems: Problem[] = [];
  const outputs: { readonly file: string; readonly output: StackOutput }[] = [];
  const empty: string[] = [];
  const files: { readonly file: string; readonly sha256: string }[] = [];
  const report = (file: string, ...violations: readonly Violation[]) =>
    problems.push(...violations.map((violation) => ({ ...violation, path: file })));
  for (const file of filesOf(path, report)) {
    const bytes = bytesOf(file, report);
    if (bytes === undefined) continue;
    files.push({ file, sha256: createHash('sha256').update(bytes).digest('hex') });
    const { output, violations } = parse(textOf(bytes));
    report(file, ...violations);
    const same = outputs.find(
      (other) => other.output.account_id === output?.account_id && other.output.region === output?.region,
    );
    if (same !== undefined)
      report(
        file,
        error(
          'compliance/outputs-once',
          `each stack must be given once, got the one of ${same.file} again`,
          'remove one of the files',
        ),
      );
    else if (output !== undefined) outputs.push({ file, output });
    else if (violations.length === 0) empty.push(file);
  }
  if (problems.length === 0 && outputs.length === 0)
    report(
      path,
      error('compliance/outputs-readable', 'outputs must be of at least one stack with nodes, got none', fix),
    );
  if (problems.length > 0) throw new ProblemError(problems);
  return { outputs: outputs.map(({ output }) => output), empty, files };
}

type Report = (file: string, ...violations: readonly Violation[]) => void;

function filesOf(path: string, report: Report): string[] {
  try {
    if (!statSync(path).isDirectory()) return [path];
    const names = readdirSync(path).filter((name) => name.endsWith('.json'));
    return names.sort().map((name) => join(path, name));
  } catch (failure) {
    report(path, unreadable(failure));
    return [];
  }
}

function bytesOf(file: string, report: Report): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (failure) {
    report(file, unreadable(failure));
    return undefined;
  }
}

/** Windows PowerShell begins files with a mark, and writes what a program printed as UTF-16. */
function textOf(bytes: Buffer): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return bytes.toString(isUtf16 ? 'utf16le' : 'utf8').replace(/^\uFEFF/, '');
}

function unreadable(failure: unknown): Violation {
  const { code } = failure as NodeJS.ErrnoException;
  const received = code === 'ENOENT' ? 'nothing of this name' : (code ?? 'an unknown error');
  return error(
    'compliance/outputs-readable',
    `outputs must be a file or a directory that can be read, got ${received}`,
    fix,
  );
}

function parse(text: string): ReturnType<typeof readStackOutput> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const received = text.trim() === '' ? 'nothing' : quoted(text.trim().slice(0, 40));
    return { violations: [error('compliance/outputs-readable', `outputs must be JSON, got ${received}`, fix)] };
  }
  return readStackOutput(value);
}
