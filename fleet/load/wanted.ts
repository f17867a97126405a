import * as z from 'zod';

/** A schema, of which only zod's own classes are told apart. */
export type Schema = z.core.$ZodType;

/** What a value is, in the words of the file. */
export type Kind = 'text' | 'number' | 'true or false' | 'nothing' | 'list' | 'map';

export function kindOf(value: unknown): Kind {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'string') return 'text';
  if (typeof value === 'boolean') return 'true or false';
  return typeof value === 'object' ? 'map' : 'number';
}

/** The schema without what only says that it may be left out. */
export function required(schema: Schema): Schema {
  return schema instanceof z.ZodOptional ? required(schema.unwrap()) : schema;
}

/** The kinds of values a schema may accept; none for a schema it doesn't know. */
export function kindsOf(schema: Schema): readonly Kind[] {
  const inner = required(schema);
  if (inner instanceof z.ZodString) return ['text'];
  if (inner instanceof z.ZodNumber) return ['number'];
  if (inner instanceof z.ZodBoolean) return ['true or false'];
  if (inner instanceof z.ZodArray) return ['list'];
  if (inner instanceof z.ZodObject || inner instanceof z.ZodRecord) return ['map'];
  if (inner instanceof z.ZodNullable) return [...kindsOf(inner.unwrap()), 'nothing'];
  if (inner instanceof z.ZodUnion) return inner.options.flatMap(kindsOf);
  return [...new Set(literalsOf(inner).map(kindOf))];
}

/** The values of an enum or a literal. */
export function literalsOf(schema: Schema): readonly unknown[] {
  if (schema instanceof z.ZodEnum) return schema.options;
  return schema instanceof z.ZodLiteral ? [...schema.values] : [];
}

/** What one of the schemas wants, to follow "must be": `a number`, `12 digits in quotes or "current"`. */
export function wantedBy(schemas: readonly Schema[]): string {
  return [...new Set(schemas.flatMap(wishes))].join(' or ');
}

const plain: Readonly<Record<Kind, string>> = {
  text: 'text',
  number: 'a number',
  'true or false': 'true or false',
  nothing: 'nothing',
  list: 'a list',
  map: 'a map',
};

function wishes(schema: Schema): readonly string[] {
  const inner = required(schema);
  if (inner instanceof z.ZodUnion) return inner.options.flatMap(wishes);
  if (inner instanceof z.ZodNullable) return [...wishes(inner.unwrap()), 'nothing'];
  const literals = literalsOf(inner);
  if (literals.length > 1) return [`one of ${literals.join(', ')}`];
  if (literals.length === 1) return [JSON.stringify(literals[0])];
  // A schema says in its message what its texts look like; no such schema accepts an empty one.
  const format = inner instanceof z.ZodString ? formatOf(inner, '') : undefined;
  return format !== undefined ? [format] : kindsOf(inner).map((kind) => plain[kind]);
}

/** `12 digits in quotes`, where the text doesn't have the format. */
export function formatOf(schema: Schema, text: string): string | undefined {
  const { error } = z.safeParse(schema, text);
  return error?.issues[0]?.message.replace(/^must be /, '');
}
