import type { JsonSchema, SchemaNode } from './json-schema.ts';
import type { Section } from './section.ts';
import { sections } from './sections.ts';

const introduction = `# The fleet file

One file says how a fleet is patched: \`fleet.yaml\`, or another one with \`--fleet PATH\`, in YAML or JSON. This page is
written by \`npm run docs\` from the same source as the types, the checks and \`fleet.schema.json\`: change
\`fleet/schema/\`, not this page.

The first line of the example below makes editors complete and explain keys. The first examples of all sections together are
one valid file. Whole files are in [examples](../examples/README.md); \`npx patchfleet expand\` lists the stacks of a file.

A **name** is 1 to 40 lower-case letters, digits and \`-\`, beginning with a letter. Keys of maps are names, and most of them
are part of Terraform addresses: another key replaces what it names. \`{account}\` and others in braces are filled in, each
only where this page says so. Keys that are not listed here are errors.
`;

/** The reference page of the fleet file: every property of the schema, section by section, in Markdown. */
export function referencePage(schema: JsonSchema): string {
  const told = headingsOf(schema);
  const parts = sections.map((section) => partOf(schema, section, told));
  const untold = objectsOf(schema).filter((object) => !told.has(object));
  if (untold.length > 0) throw new Error(`no section tells ${untold.map((object) => JSON.stringify(object)).join()}`);
  return [introduction, ...parts].join('\n');
}

type Headings = ReadonlyMap<SchemaNode, string>;

/** The section that tells each object. */
function headingsOf(schema: JsonSchema): Headings {
  const headings = new Map<SchemaNode, string>();
  for (const { heading, path } of sections) {
    for (const object of objectsAt(schema, path)) if (!headings.has(object)) headings.set(object, heading);
  }
  return headings;
}

function partOf(schema: JsonSchema, section: Section, headings: Headings): string {
  const { heading, path, text, beside, examples = [] } = section;
  const objects = objectsAt(schema, path);
  const known = beside === undefined ? {} : propertiesOf(objectsAt(schema, beside));
  const own = Object.entries(propertiesOf(objects)).filter(([name, property]) => !isSame(known[name], property));
  const rows = own.map(([name, property]) => {
    const [first, ...rest] = rowOf(schema, name, property, objects);
    const about = innerObjects(schema, property).flatMap((object) => headings.get(object) ?? [])[0];
    return [about === undefined || about === heading ? `${first}` : `[${first}](#${anchorOf(about)})`, ...rest];
  });
  return [
    heading,
    '',
    ...(text === undefined ? [] : [wrapped(text), '']),
    '| property | value | default | meaning |',
    '| --- | --- | --- | --- |',
    ...rows.map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`),
    '',
    ...examples.flatMap((example) => ['```yaml', example.trimEnd(), '```', '']),
  ].join('\n');
}

function anchorOf(heading: string): string {
  return heading
    .replace(/^#+ /, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-');
}

/** In lines of 120 characters at most, which end neither in code nor in a link. */
function wrapped(text: string): string {
  const kept = text.replaceAll(/`[^`]*`|\[[^\]]*\]\([^)]*\)/g, (whole) => whole.replaceAll(' ', '\u00a0'));
  return kept.replaceAll(/(?=.{121})(.{1,120}) /g, '$1\n').replaceAll('\u00a0', ' ');
}

function isSame(known: SchemaNode | undefined, property: SchemaNode): boolean {
  return JSON.stringify(known) === JSON.stringify(property);
}

function rowOf(schema: JsonSchema, name: string, property: SchemaNode, objects: readonly SchemaNode[]): string[] {
  const description = property.description ?? explanationOf(schema, name, property, objects);
  const [meaning = '', given] = description.split(/\s*Default: (?=[^:]*\.$)/);
  const required = objects.some((object) => object.required?.includes(name));
  const isAlternative = objects.length > 1 && required;
  const value = [...new Set(valuesOf(schema, property))].join(' or ');
  const byDefault = given === undefined ? undefined : quotedValue(given.replace(/\.$/, ''), value);
  if (!required && byDefault === undefined) throw new Error(`${name} must say its default: ${description}`);
  return [`\`${name}\``, value, isAlternative ? 'one of these' : required ? '**required**' : `${byDefault}`, meaning];
}

/** A property without a description of its own says what its type does, or what the map around it does. */
function explanationOf(schema: JsonSchema, name: string, property: SchemaNode, objects: readonly SchemaNode[]): string {
  const around = objects.find((object) => object.properties?.[name] === property)?.description;
  const description = resolved(schema, property).description ?? around;
  if (description === undefined) throw new Error(`${name} must say what it means`);
  return description;
}

/** A default that is one of the values, as it is written in the file. */
function quotedValue(text: string, values: string): string {
  const [first = '', ...rest] = text.split(/(?=, decided by)/);
  const isValue = values.includes(`\`${first}\``) || /^(\d+|true|false)$/.test(first);
  return isValue ? `\`${first}\`${rest.join('')}` : text;
}

const namedTypes: Readonly<Record<string, string>> = { key: 'name', region: 'region', tags: 'map of text' };

/** What a value may be, each possibility in words. */
function valuesOf(schema: JsonSchema, node: SchemaNode): string[] {
  const name = node.$ref?.replace('#/$defs/', '');
  if (name !== undefined && Object.hasOwn(namedTypes, name)) return [namedTypes[name] as string];
  const { anyOf, const: constant, enum: values, type, items, additionalProperties: entries } = resolved(schema, node);
  if (anyOf !== undefined) return anyOf.flatMap((option) => valuesOf(schema, option));
  if (constant !== undefined) return [`\`${constant}\``];
  if (values !== undefined) return values.map((value) => `\`${value}\``);
  if (type === 'array') return [`list of ${plural(valuesOf(schema, items ?? {}))}`];
  if (type === 'object') return [typeof entries === 'object' ? `map of ${plural(valuesOf(schema, entries))}` : 'map'];
  if (type === 'null') return ['nothing'];
  if (type === 'boolean') return ['`true`', '`false`'];
  return [node.pattern === '^\\d{12}$' ? '12 digits in quotes' : type === 'string' ? 'text' : `${type}`];
}

function plural(values: readonly string[]): string {
  const words: Readonly<Record<string, string>> = { name: 'names', region: 'regions', map: 'maps', text: 'texts' };
  return values
    .filter((value) => value !== 'nothing')
    .map((value) => words[value] ?? value.replace(/^(map|list) of/, '$1s of'))
    .join(' or ');
}

/** The objects at a path; several where a value may have one of several shapes. */
function objectsAt(schema: JsonSchema, path: string): SchemaNode[] {
  const steps = path.match(/\[\]|\*|\w+/g) ?? [];
  const found = steps.reduce(
    (nodes, step) => nodes.flatMap((node) => stepInto(schema, node, step)),
    [schema as SchemaNode],
  );
  const objects = found.flatMap((node) => optionsOf(schema, node)).filter(isObject);
  if (objects.length > 0) return [...new Set(objects)];
  // The path of a plain property names the one shape that has it.
  const last = steps.at(-1) ?? '';
  const around = objectsAt(schema, path.slice(0, path.lastIndexOf('.')));
  return around.filter((object) => Object.hasOwn(object.properties ?? {}, last));
}

function stepInto(schema: JsonSchema, node: SchemaNode, step: string): SchemaNode[] {
  return optionsOf(schema, node).flatMap(({ items, properties = {}, additionalProperties: entries }) => {
    if (step === '[]') return items ?? [];
    if (step === '*') return typeof entries === 'object' ? entries : [];
    return properties[step] ?? [];
  });
}

/** The objects that a property holds, by itself, in a list or in a map. */
function innerObjects(schema: JsonSchema, property: SchemaNode): SchemaNode[] {
  return ['', '[]', '*'].flatMap((step) => {
    const nodes = step === '' ? [property] : stepInto(schema, property, step);
    return nodes.flatMap((node) => optionsOf(schema, node)).filter(isObject);
  });
}

/** A node without references, as each of the alternatives that it may be. */
function optionsOf(schema: JsonSchema, node: SchemaNode): SchemaNode[] {
  const inner = resolved(schema, node);
  const options = inner.anyOf?.flatMap((option) => optionsOf(schema, option)) ?? [inner];
  // A list of one kind of things is meant where the things themselves are.
  const items = options.flatMap(({ items }) => (items === undefined ? [] : [resolved(schema, items)]));
  return options.length > 1 && options.some((option) => items.includes(option))
    ? options.filter(({ type }) => type !== 'array')
    : options;
}

function resolved(schema: JsonSchema, node: SchemaNode): SchemaNode {
  if (node.$ref === undefined) return node;
  const target = schema.$defs[node.$ref.replace('#/$defs/', '')];
  if (target === undefined) throw new Error(`${node.$ref} must be there`);
  return target;
}

function isObject({ properties }: SchemaNode): boolean {
  return properties !== undefined && Object.keys(properties).length > 0;
}

function propertiesOf(objects: readonly SchemaNode[]): Readonly<Record<string, SchemaNode>> {
  return Object.assign({}, ...objects.map(({ properties }) => properties));
}

/** Every object of the schema that has properties. */
function objectsOf(node: unknown): SchemaNode[] {
  if (typeof node !== 'object' || node === null) return [];
  const inner = Object.values(node).flatMap(objectsOf);
  const { type, properties } = node as SchemaNode;
  return type === 'object' && properties !== undefined && isObject(node as SchemaNode) ? [node, ...inner] : inner;
}
