import * as z from 'zod';
import { error, quoted, type Violation } from '../../core/problem.ts';
import { checkOneOf, didYouMean } from '../../core/value-checks.ts';
import { type FilePath, type FileViolation, formatFilePath } from '../file-violation.ts';
import { formatOf, kindOf, kindsOf, literalsOf, required, type Schema, wantedBy } from './wanted.ts';

/** Nobody reads more, and a file of another kind has no end of them. */
const mostViolations = 1000;

/** How the value at a place is written, where it is a number. */
export type SourceOf = (at: FilePath) => string | undefined;

/**
 * A value with the shape of a schema, or everything that keeps it from having it. zod judges, but names neither what is
 * allowed nor the branch of a union that was meant; so this walks schema and value side by side.
 */
export function parseShape<Shaped extends z.ZodType>(
  schema: Shaped,
  value: unknown,
  sourceOf: SourceOf,
): { readonly shaped?: z.infer<Shaped>; readonly violations: readonly FileViolation[] } {
  // Compiling the schema first, as zod does by itself, takes longer than reading the largest fleet without.
  const judgement = z.safeParse(schema, value, { jitless: true });
  if (judgement.success) return { shaped: judgement.data, violations: [] };
  const violations: FileViolation[] = [];
  for (const violation of walk(schema, value, [], sourceOf)) {
    if (violations.length === mostViolations) return { violations: [...violations, tooMany()] };
    violations.push(violation);
  }
  return { violations: violations.length > 0 ? violations : judgement.error.issues.map(inWordsOfZod) };
}

function tooMany(): FileViolation {
  const message = `the first ${mostViolations.toLocaleString('en-US')} problems must be solved before others are told`;
  return { ...error('fleet/too-many', message, 'is it the right file?'), at: [] };
}

/** For what a schema may say one day and this file doesn't know. */
function inWordsOfZod({ path, message }: z.core.$ZodIssue): FileViolation {
  const at = path.map((step) => (typeof step === 'number' ? step : String(step)));
  return { ...error('fleet/format', `${fieldOf(at)} is not accepted: ${message}`, `change ${fieldOf(at)}`), at };
}

type Violations = Generator<FileViolation, void>;

function* walk(schema: Schema, value: unknown, at: FilePath, sourceOf: SourceOf): Violations {
  const inner = required(schema);
  const kind = kindOf(value);
  if (!kindsOf(inner).includes(kind)) yield { ...wrongKind(inner, value, at, sourceOf(at)), at };
  else if (inner instanceof z.ZodUnion) yield* walkUnion(inner.options, value, at, sourceOf);
  else if (inner instanceof z.ZodNullable) {
    if (value !== null) yield* walk(inner.unwrap(), value, at, sourceOf);
  } else if (inner instanceof z.ZodObject) yield* walkObject(inner, value as object, at, sourceOf);
  else if (inner instanceof z.ZodRecord) yield* walkRecord(inner, value as object, at, sourceOf);
  else if (inner instanceof z.ZodArray) {
    for (const [index, item] of (value as unknown[]).entries()) {
      yield* walk(inner.element, item, [...at, index], sourceOf);
    }
  } else yield* wrongScalar([inner], value, at);
}

function* walkObject(schema: z.ZodObject, value: object, at: FilePath, sourceOf: SourceOf): Violations {
  const allowed = Object.keys(schema.shape);
  for (const key of Object.keys(value)) {
    if (!allowed.includes(key)) yield { ...unknownKey(key, allowed), at: [...at, key] };
  }
  for (const [key, part] of Object.entries(schema.shape)) {
    const item = Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
    // No file says `undefined`; in a fleet written in TypeScript such a key is absent.
    if (item !== undefined) {
      yield* walk(part, item, [...at, key], sourceOf);
    } else if (!(part instanceof z.ZodOptional)) {
      yield { ...error('fleet/required', `${key} must be given`, `add ${key}${explanationOf(part)}`), at };
    }
  }
}

function* walkRecord(schema: z.ZodRecord, value: object, at: FilePath, sourceOf: SourceOf): Violations {
  for (const [key, item] of Object.entries(value)) {
    const place = [...at, key];
    const format = formatOf(schema.keyType, key);
    if (format !== undefined) {
      const message = `key must be ${format}, got ${quoted(key)}`;
      yield { ...error('fleet/format', message, rewording(schema.keyType, 'key', key)), at: place };
    }
    yield* walk(schema.valueType, item, place, sourceOf);
  }
}

/** Tells what is wrong with the branch that was meant: of the kind of the value, with the fewest strange keys. */
function* walkUnion(options: readonly Schema[], value: unknown, at: FilePath, sourceOf: SourceOf): Violations {
  const branches = options.filter((option) => kindsOf(option).includes(kindOf(value)));
  const [first] = branches;
  if (typeof value !== 'object') return yield* wrongScalar(branches, value, at, options);
  if (first !== undefined && branches.length === 1) return yield* walk(first, value, at, sourceOf);
  const objects = branches.filter((branch) => branch instanceof z.ZodObject);
  const fitting = objects.filter((branch) => strangeKeys(branch, value as object) === 0);
  const [meant] = fitting.length > 0 ? fitting : objects.filter((branch) => accepts(branch, value));
  if (meant !== undefined) return yield* walk(meant, value, at, sourceOf);
  const allowed = [...new Set(objects.flatMap((branch) => Object.keys(branch.shape)))];
  const unknown = Object.keys(value as object).filter((key) => !allowed.includes(key));
  for (const key of unknown) yield { ...unknownKey(key, allowed), at: [...at, key] };
  if (unknown.length > 0) return;
  const keys = objects.map((branch) => Object.keys(branch.shape).join(' and ')).join(', or ');
  const received = Object.keys(value as object).join(' and ') || 'an empty map';
  const message = `${fieldOf(at)} must have either ${keys}, got ${received}`;
  yield { ...error('fleet/one-of', message, 'keep the keys of one kind'), at };
}

/** Keys the branch doesn't know, and keys it misses. */
function strangeKeys(branch: z.ZodObject, value: object): number {
  const unknown = Object.keys(value).filter((key) => !Object.hasOwn(branch.shape, key));
  const missing = Object.entries(branch.shape).filter(
    ([key, part]) => !(part instanceof z.ZodOptional) && !Object.hasOwn(value, key),
  );
  return unknown.length + missing.length;
}

function accepts(schema: Schema, value: unknown): boolean {
  return z.safeParse(schema, value).success;
}

/** Text, a number or a boolean that is of the right kind, but not what any of the schemas accepts. */
function* wrongScalar(schemas: readonly Schema[], value: unknown, at: FilePath, wanted = schemas): Violations {
  if (schemas.some((schema) => accepts(schema, value))) return;
  const literals = schemas.flatMap(literalsOf);
  const field = fieldOf(at);
  const [format] = schemas.filter((schema) => schema instanceof z.ZodString);
  const message = `${field} must be ${wantedBy(wanted)}, got ${quoted(value)}`;
  const texts = literals.filter((literal) => typeof literal === 'string');
  const only = literals.length === 1 ? `write ${JSON.stringify(literals[0])}` : 'use one of them';
  // A number that is none, such as .nan, where any other is right.
  if (format === undefined && literals.length === 0)
    yield { ...error('fleet/type', message, 'write it in digits'), at };
  else if (format === undefined) yield { ...error('fleet/enum', message, didYouMean(value, texts) ?? only), at };
  else yield { ...error('fleet/format', message, didYouMean(value, texts) ?? rewording(format, field, value)), at };
}

function unknownKey(key: string, allowed: readonly string[]): Violation {
  const [violation] = checkOneOf('key', key, allowed, 'fleet/unknown-key');
  return violation ?? error('fleet/unknown-key', `key must be known, got ${quoted(key)}`, 'remove it');
}

/** The same text, as the schema would accept it. */
function rewording(schema: Schema, field: string, value: unknown): string {
  if (typeof value !== 'string') return `change ${field}`;
  const name = value.toLowerCase().replace(/[^a-z0-9-]+/g, '-');
  // A name that begins with a digit gets a word before it.
  const [word = ''] = /^[a-z]+/.exec(field.toLowerCase()) ?? [];
  const written = [name, `${word}-${name}`].map((text) => text.slice(0, 40)).find((text) => accepts(schema, text));
  return written === undefined || name === '' ? `change ${field}` : `such as ${quoted(written)}`;
}

function wrongKind(schema: Schema, value: unknown, at: FilePath, source: string | undefined): Violation {
  const field = fieldOf(at);
  const kind = kindOf(value);
  const received = kind === 'nothing' ? 'nothing' : (source ?? quoted(value));
  const message = `${field} must be ${wantedBy([schema])}, got ${received}`;
  const wanted = kindsOf(schema);
  if (kind === 'nothing')
    return error('fleet/type', message, at.length === 0 ? 'write it' : `fill in or remove ${field}`);
  if (source !== undefined && wanted.includes('text')) {
    if (at[0] === 'accounts' && at.at(-1) === 'account') return accountId(message, source);
    return error('fleet/type', message, inQuotes(schema, source) ?? rewording(schema, field, source));
  }
  return error('fleet/type', message, rewritten(schema, value, source) ?? `change ${field}`);
}

/** YAML reads `012345678901` as the number 12345678901. */
function accountId(message: string, source: string): Violation {
  const fix = /^\d{12}$/.test(source) ? `write ${quoted(source)}` : 'write its 12 digits in quotes';
  return error('fleet/account-id-quoted', message, fix);
}

const truths: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  on: true,
  false: false,
  no: false,
  off: false,
};

/** The same letters as text, where text may have them. */
function inQuotes(schema: Schema, text: string): string | undefined {
  return accepts(schema, text) ? `write ${quoted(text)}` : undefined;
}

/** The same value, as one of the kinds that are wanted. */
function rewritten(schema: Schema, value: unknown, source: string | undefined): string | undefined {
  const wanted = kindsOf(schema);
  if (wanted.includes('list') && typeof value !== 'object') {
    const item = [value, source ?? `${value}`].find((one) => accepts(schema, [one]));
    return item === undefined ? 'write a list' : `write [${quoted(item)}]`;
  }
  if (wanted.includes('text') && typeof value === 'boolean') return inQuotes(schema, `${value}`);
  if (typeof value !== 'string') return undefined;
  if (wanted.includes('number') && /^-?\d+(\.\d+)?$/.test(value)) return `write ${value}`;
  const truth = Object.hasOwn(truths, value.toLowerCase()) ? truths[value.toLowerCase()] : undefined;
  return wanted.includes('true or false') && truth !== undefined ? `write ${truth}` : undefined;
}

/** `cutoff`, `regions[1]`. */
function fieldOf(at: FilePath): string {
  const last = at.findLastIndex((step) => typeof step === 'string');
  return at.length === 0 ? 'the file' : formatFilePath(at.slice(Math.max(last, 0)));
}

/** ` (nodes at a time, "2" or "10%")`: the first sentence of a description. */
function explanationOf(schema: Schema): string {
  const description = z.globalRegistry.get(schema)?.description;
  const [sentence] = description?.split(/\.(?= |$)/, 1) ?? [];
  if (sentence === undefined || sentence === '') return '';
  const words = sentence.replaceAll('`', '').replace(/^[A-Z](?=[a-z ])/, (letter) => letter.toLowerCase());
  return ` (${words})`;
}
