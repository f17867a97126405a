import type { Violation } from '../../core/problem.ts';
import type { FilePath, FileViolation } from '../file-violation.ts';

/** Fields and phrases of a module, and how the file says them. */
export type Words = Readonly<Record<string, string>>;

/**
 * What a module finds wrong with a part of the fleet, in the words of the file and at its place there. A message begins
 * with the field it is about (`output.s3BucketName must be …`): where the file has that field, it is the place.
 */
export function inFile(
  path: FilePath,
  part: unknown,
  violations: readonly Violation[],
  words: Words = {},
): FileViolation[] {
  return violations.map((violation) => {
    const { fix } = violation;
    // What was received stands behind and is left as it is.
    const end = violation.message.indexOf(', got ');
    const [before, received] =
      end < 0 ? [violation.message, ''] : [violation.message.slice(0, end), violation.message.slice(end)];
    const message = translated(before, words) + received;
    return {
      ...violation,
      message,
      ...(fix !== undefined && { fix: translated(fix, words) }),
      at: [...path, ...fieldOf(message, part)],
    };
  });
}

function translated(text: string, words: Words): string {
  const known = Object.keys(words).sort((a, b) => b.length - a.length);
  return known.reduce((result, word) => {
    const whole = new RegExp(`(?<![\\w.])${word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?!\\w)`, 'g');
    return result.replace(whole, () => words[word] as string);
  }, text);
}

/** `approvalRules[0].product` at the beginning of a message, as far as the part has it. */
function fieldOf(message: string, part: unknown): (string | number)[] {
  const [field = ''] = /^[A-Za-z]\w*(\[\d+\]|\.\w+)*/.exec(message) ?? [];
  const path: (string | number)[] = [];
  let value = part;
  for (const [step] of field.matchAll(/\w+/g)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) break;
    path.push(Array.isArray(value) ? Number(step) : step);
    value = (value as Readonly<Record<string, unknown>>)[step];
  }
  return path;
}

/** An object without what is `undefined`: for checks a key that is there was given. */
export function given<Value extends object>(value: Value): Value {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as Value;
}

/** `linux, windows and 12 more`. */
export function listed(names: Iterable<string>): string {
  const all = [...names].sort();
  return all.length <= 10 ? all.join(', ') : `${all.slice(0, 9).join(', ')} and ${all.length - 9} more`;
}
