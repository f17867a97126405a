import { Token } from 'cdktf';

/** What the checks see of a value: the same shape, with `undefined` wherever Terraform decides only when it applies. */
export type Known<T> = T extends string | number | boolean | null | undefined
  ? T | undefined
  : T extends readonly (infer Item)[]
    ? readonly Known<Item>[] | undefined
    : T extends object
      ? { readonly [Key in keyof T]?: Known<T[Key]> | undefined }
      : T | undefined;

/**
 * Whether Terraform, and not this program, decides the value: a token of the framework, or text with `${…}` or `%{…}`
 * in it. Looks at the value alone; `known` looks into arrays and objects.
 */
export function isUnresolved(value: unknown): boolean {
  if (Token.isUnresolved(value)) return true;
  return typeof value === 'string' && (/[$%]\{/.test(value) || holdsNumberToken(value));
}

/**
 * The part of a value that can be checked now. Unresolved values become `undefined`, inside lists and maps too; entries
 * of a map whose key is unresolved are left out, and so are those that are `undefined` already: they are not given.
 * Counts of lists stay true.
 */
export function known<T>(value: T): Known<T> {
  if (isUnresolved(value)) return undefined as Known<T>;
  if (Array.isArray(value)) return value.map((item) => known(item)) as Known<T>;
  if (isPlainObject(value)) {
    const entries = Object.entries(value).filter(([key, item]) => item !== undefined && !isUnresolved(key));
    return Object.fromEntries(entries.map(([key, item]) => [key, known(item)])) as Known<T>;
  }
  return value as Known<T>;
}

/** Known texts sorted and without repetition, so that their order in the source never makes a diff; others follow as given. */
export function sortedTexts(texts: readonly string[]): string[] {
  if (Token.isUnresolved(texts)) return texts as string[];
  const literal = [...new Set(texts.filter((text) => !isUnresolved(text)))].sort();
  return [...literal, ...texts.filter((text) => isUnresolved(text))];
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** The framework writes a number it does not know yet as one far below any that means something, also inside text. */
function holdsNumberToken(text: string): boolean {
  return (text.match(/-\d(\.\d+)?e\+\d+/g) ?? []).some((digits) => Token.isUnresolved(Number(digits)));
}
