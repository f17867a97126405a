import * as z from 'zod';
import { fleetSchema } from '../../fleet/schema/index.ts';

/** A part of a JSON Schema, as far as the fleet's uses it. */
export interface SchemaNode {
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly anyOf?: readonly SchemaNode[];
  readonly items?: SchemaNode;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly required?: readonly string[];
  readonly propertyNames?: SchemaNode;
  readonly additionalProperties?: SchemaNode | boolean;
}

export interface JsonSchema extends SchemaNode {
  readonly $schema: string;
  readonly $defs: Readonly<Record<string, SchemaNode>>;
}

/** The fleet file as a JSON Schema of draft 2020-12. Parts with an id stand once, under `$defs`, sorted. */
export function fleetJsonSchema(): JsonSchema {
  const { $schema, $defs, ...root } = z.toJSONSchema(fleetSchema, { io: 'input', target: 'draft-2020-12' });
  const title = 'Fleet file of patchfleet';
  return { $schema, title, ...root, $defs: sorted($defs ?? {}) } as JsonSchema;
}

function sorted<Value>(values: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

const lineWidth = 120;

/** JSON as the formatter of this checkout would write it: a list of plain values on one line where it fits. */
export function formatJson(value: unknown, indentation = '', before = 0): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indentation}  `;
  if (Array.isArray(value)) {
    const items = value.map((item) => formatJson(item, inner));
    const isPlain = value.every((item) => typeof item !== 'object');
    const line = `[${items.join(', ')}]`;
    if (isPlain && indentation.length + before + line.length < lineWidth) return line;
    return `[\n${items.map((item) => `${inner}${item}`).join(',\n')}\n${indentation}]`;
  }
  const entries = Object.entries(value).map(([key, entry]) => {
    const name = `${JSON.stringify(key)}: `;
    return `${inner}${name}${formatJson(entry, inner, name.length)}`;
  });
  return entries.length === 0 ? '{}' : `{\n${entries.join(',\n')}\n${indentation}}`;
}
