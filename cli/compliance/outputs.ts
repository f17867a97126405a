import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { placeKey } from '../../compliance/place-index.ts';
import { readStackOutput, type StackOutput } from '../../compliance/stack-output.ts';
import { error, type Problem, ProblemError, quoted, type Violation } from '../../core/problem.ts';

export interface FileHash {
  readonly file: string;
  readonly sha256: string;
}

export interface StackOutputs {
  readonly outputs: readonly StackOutput[];
  readonly files: readonly FileHash[];
  /** The file that told an output. */
  readonly fileOf: ReadonlyMap<StackOutput, string>;
}

const fix = 'run terraform output -json in the directory of each stack, and give what it prints';

/**
 * Reads what `terraform output -json` printed: a file, or every `*.json` of a directory.
 *
 * @throws ProblemError with everything that is wrong, before anything is asked of AWS.
 */
export function readOutputs(path: string): StackOutputs {
  const problems: Problem[] = [];
  const files: FileHash[] = [];
  const fileOf = new Map<StackOutput, string>();
  const firstOf = new Map<string, string>();
  const tell = (file: string, violations: readonly Violation[]) =>
    problems.push(...violations.map((violation) => ({ path: file, ...violation })));
  for (const file of filesOf(path)) {
    const bytes = readFileSync(file);
    files.push({ file, sha256: createHash('sha256').update(bytes).digest('hex') });
    const { output, violations } = readText(bytes.toString('utf8'));
    tell(file, violations);
    if (output === undefined) continue;
    const place = placeKey({ account: output.account_id, region: output.region });
    const first = firstOf.get(place);
    if (first === undefined) firstOf.set(place, file);
    else tell(file, [twice(place, first)]);
    fileOf.set(output, file);
  }
  if (problems.length === 0 && fileOf.size === 0) tell(path, [nothing]);
  if (problems.length > 0) throw new ProblemError(problems);
  return { outputs: [...fileOf.keys()], files, fileOf };
}

function filesOf(path: string): string[] {
  const stats = statSync(path, { throwIfNoEntry: false });
  const refuse = (message: string): never => {
    throw new ProblemError([{ path, ...error('compliance/outputs-readable', message, fix) }]);
  };
  if (stats === undefined) return refuse('outputs must exist, got no file or directory of this name');
  if (!stats.isDirectory()) return [path];
  const names = readdirSync(path).filter((name) => name.toLowerCase().endsWith('.json'));
  if (names.length === 0) return refuse('a directory of outputs must hold files that end in .json, got none');
  return names.sort().map((name) => join(path, name));
}

function readText(text: string): ReturnType<typeof readStackOutput> {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return { violations: [error('compliance/stack-output', 'outputs must be JSON, got other text', fix)] };
  }
  if (isForeign(value))
    return {
      violations: [
        error('compliance/stack-output', `outputs must be those of Terraform, got other JSON: ${quoted(value)}`, fix),
      ],
    };
  return readStackOutput(value);
}

/** Neither the value `patch_manager`, nor a map whose members all have a value as Terraform's outputs do. */
function isForeign(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return true;
  if ('account_id' in value) return false;
  return Object.values(value).some(
    (output) => typeof output !== 'object' || output === null || !('value' in output) || !('sensitive' in output),
  );
}

const nothing = error(
  'compliance/stack-output',
  'some stack must put out patch_manager, got none that does',
  'deploy a stack of a region, and give its outputs',
);

function twice(place: string, first: string): Violation {
  return error(
    'compliance/outputs-once',
    `each account and region must have outputs once, got ${place} again`,
    `${first} has them already: give one of the two`,
  );
}
