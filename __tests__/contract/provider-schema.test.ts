import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { everyArgument } from '../support/every-argument.ts';
import { type Block, synth } from '../support/template.ts';
import { synthesised } from '../support/walkthrough.ts';

/*
 * provider-schema.json is the schema of hashicorp/aws 6.25.0, cut to what we emit.
 */

interface SchemaBlock {
  readonly attributes: Readonly<
    Record<
      string,
      { readonly type: unknown; readonly required?: true; readonly optional?: true; readonly computed?: true }
    >
  >;
  readonly blocks: Readonly<
    Record<
      string,
      { readonly nesting: string; readonly min?: number; readonly max?: number; readonly block: SchemaBlock }
    >
  >;
}

const schema = JSON.parse(readFileSync(join(__dirname, 'provider-schema.json'), 'utf8')) as {
  readonly provider_version: string;
  readonly resources: Readonly<Record<string, SchemaBlock>>;
  readonly data_sources: Readonly<Record<string, SchemaBlock>>;
};

const documents: Readonly<Record<string, Block>> = {
  walkthrough: JSON.parse(synthesised()),
  ...Object.fromEntries(Object.entries(everyArgument).map(([name, build]) => [name, synth(build).json])),
};

const metaArguments = ['//', 'depends_on', 'lifecycle', 'provider', 'count', 'for_each'];

/** What a block says that the schema does not know, or lacks that it requires; and every path it uses. */
function compare(where: string, block: Block, expected: SchemaBlock, used: Set<string>): string[] {
  const names = Object.keys(block).filter((name) => !metaArguments.includes(name));
  const missing = Object.entries(expected.attributes)
    .filter(([name, attribute]) => attribute.required && block[name] === undefined)
    .map(([name]) => `${where}.${name} is required`);
  return [
    ...missing,
    ...names.flatMap((name) => compareArgument(`${where}.${name}`, block[name], name, expected, used)),
  ];
}

function compareArgument(
  path: string,
  value: unknown,
  name: string,
  expected: SchemaBlock,
  used: Set<string>,
): string[] {
  const attribute = expected.attributes[name];
  const nested = expected.blocks[name];
  used.add(path);
  if (attribute !== undefined) {
    if (!attribute.required && !attribute.optional) return [`${path} is only computed`];
    return fits(value, attribute.type)
      ? []
      : [`${path} is no ${JSON.stringify(attribute.type)}: ${JSON.stringify(value)}`];
  }
  if (nested === undefined) return [`${path} is unknown to the provider`];
  const blocks = (Array.isArray(value) ? value : [value]) as Block[];
  const count = nested.max !== undefined && blocks.length > nested.max ? [`${path} has ${blocks.length} blocks`] : [];
  return [...count, ...blocks.flatMap((block) => compare(path, block, nested.block, used))];
}

function fits(value: unknown, type: unknown): boolean {
  if (typeof value === 'string' && value.includes('${')) return true;
  if (!Array.isArray(type)) return typeof value === (type === 'bool' ? 'boolean' : type);
  const [kind, element] = type;
  if (kind === 'map')
    return typeof value === 'object' && Object.values(value as object).every((item) => fits(item, element));
  return Array.isArray(value) && value.every((item) => fits(item, element));
}

function resources(document: Block, kind: 'resource' | 'data'): [type: string, block: Block][] {
  const types = (document[kind] ?? {}) as Record<string, Record<string, Block>>;
  return Object.entries(types).flatMap(([type, blocks]) =>
    Object.values(blocks).map((block): [string, Block] => [type, block]),
  );
}

function settablePaths(where: string, block: SchemaBlock): string[] {
  return [
    // The framework adds `id` to every binding; Terraform does not let anyone choose it.
    ...Object.entries(block.attributes)
      .filter(([name, attribute]) => (attribute.required || attribute.optional) && name !== 'id' && name !== 'tags_all')
      .map(([name]) => `${where}.${name}`),
    ...Object.entries(block.blocks).flatMap(([name, nested]) => settablePaths(`${where}.${name}`, nested.block)),
  ];
}

describe('what is emitted, against the schema of the provider', () => {
  it('is the schema of the provider version that the bindings ask for', () => {
    expect(documents.walkthrough?.terraform).toMatchObject({
      required_providers: { aws: { version: schema.provider_version } },
    });
  });

  it.each(Object.keys(documents))('knows every block and attribute of: %s', (name) => {
    const document = documents[name] as Block;
    const problems = [
      ...resources(document, 'resource')
        .filter(([type]) => type !== 'terraform_data')
        .map(([type, block]) => [type, block, schema.resources[type]] as const),
      ...resources(document, 'data').map(
        ([type, block]) => [`data.${type}`, block, schema.data_sources[type]] as const,
      ),
    ].flatMap(([type, block, expected]) =>
      expected === undefined ? [`${type} is not in the schema`] : compare(type, block, expected, new Set()),
    );
    expect(problems).toEqual([]);
  });

  it('reaches every argument of the Systems Manager resources', () => {
    const used = new Set<string>();
    for (const document of Object.values(documents)) {
      for (const [type, block] of resources(document, 'resource')) {
        const expected = schema.resources[type];
        if (expected !== undefined) compare(type, block, expected, used);
      }
    }
    const wanted = Object.entries(schema.resources)
      .filter(([type]) => type.startsWith('aws_ssm_'))
      .flatMap(([type, block]) => settablePaths(type, block));
    expect(wanted.length).toBeGreaterThan(70);
    expect(wanted.filter((path) => !used.has(path))).toEqual([]);
  });
});
