import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import * as z from 'zod';
import { formatProblem } from '../../../core/problem.ts';
import { loadFleet } from '../../../fleet/load/index.ts';
import { readFleet } from '../../../fleet/read.ts';
import { fleetSchema } from '../../../fleet/schema/index.ts';
import { fleetDocs } from '../../../scripts/fleet-docs/index.ts';
import { root, temporaryDirectory } from '../../support/command.ts';
import { codeBlocks } from '../../support/markdown.ts';

const page = readFileSync(join(root, 'docs/fleet-file.md'), 'utf8');
const schemaText = readFileSync(join(root, 'fleet.schema.json'), 'utf8');
const schema = JSON.parse(schemaText);

/** `$ref`s of the schema, with the path that each stands at. */
function referencesIn(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) => (key === '$ref' ? [value as string] : referencesIn(value)));
}

describe('what is made of the schema of the fleet file', () => {
  it.each(Object.keys(fleetDocs()))('%s is up to date: otherwise run npm run docs', (path) => {
    expect(readFileSync(join(root, path), 'utf8')).toBe(fleetDocs()[path]);
  });

  it('tells the default of every property that may be left out', () => {
    const rows = [...page.matchAll(/^\| \[?`(\w+)`[^|]*\|[^|]*\|([^|]*)\|([^|]*)\|$/gm)];
    expect(rows.length).toBeGreaterThan(90);
    expect(rows.filter(([, , byDefault, meaning]) => byDefault?.trim() === '' || meaning?.trim() === '')).toEqual([]);
  });

  it('links only to sections that are there', () => {
    const anchors = [...page.matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
      (heading as string).toLowerCase().replaceAll(' ', '-'),
    );
    const links = [...page.matchAll(/\]\(#([^)]*)\)/g)].map(([, anchor]) => anchor);
    expect(links.length).toBeGreaterThan(20);
    expect(links.filter((link) => !anchors.includes(link as string))).toEqual([]);
  });
});

describe('fleet.schema.json', () => {
  it('is one of draft 2020-12, with a title, without an address of its own', () => {
    expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(schema.title).toBe('Fleet file of patchfleet');
    expect(schema).not.toHaveProperty('$id');
    expect(schemaText).not.toContain('"$id"');
  });

  it('says once, by a telling name, what is used twice', () => {
    const names = Object.keys(schema.$defs);
    expect(names).toEqual([...names].sort());
    expect(names.filter((name) => !/^[a-z][A-Za-z]+$/.test(name))).toEqual([]);
    expect([...new Set(referencesIn(schema))].sort()).toEqual(names.map((name) => `#/$defs/${name}`));
  });
});

/*
 * No JSON Schema validator is installed here. zod reads the schema back from its text, without the types and checks it
 * was made of: what the file says is what is judged by.
 */
const fromFile = z.fromJSONSchema(schema);
const accepts = (value: unknown) => fromFile.safeParse(value).success;

const examples = codeBlocks(page, 'yaml').map((text) => ({ text, keys: Object.keys(parse(text)) }));

/** The first example of each key in one file, as the page promises; an example beside them replaces its keys. */
function wholeWith(example: { readonly text: string; readonly keys: readonly string[] }): string {
  const taken = new Set(example.keys);
  const others = examples.filter(({ keys }) => {
    const isFree = !keys.some((key) => taken.has(key));
    for (const key of keys) taken.add(key);
    return isFree;
  });
  return [...others, example].map(({ text }) => text).join('\n');
}

/** Everything wrong with a fleet that is more than a remark. */
function warningsOf(path: string): string[] {
  return readFleet(path)
    .problems.filter(({ severity }) => severity !== 'info')
    .map((problem) => formatProblem(problem));
}

const files = ['examples/fleet.minimal.yaml', 'examples/fleet.full.yaml', 'examples/fleet.large.yaml'];

describe('the examples', () => {
  let directory: string;
  beforeAll(() => {
    directory = temporaryDirectory();
  });

  it('of the page hold every section', () => {
    const keys = new Set(examples.flatMap((example) => example.keys));
    expect([...keys].sort()).toEqual(Object.keys(fleetSchema.shape).sort());
  });

  it.each(examples)('of the page are valid: $keys', (example) => {
    const path = join(directory, 'fleet.yaml');
    writeFileSync(path, wholeWith(example));
    expect(loadFleet(path).problems).toEqual([]);
    expect(warningsOf(path)).toEqual([]);
    expect(accepts(parse(wholeWith(example)))).toBe(true);
  });

  it.each(files)('%s is valid, without a warning', (file) => {
    const path = join(root, file);
    expect(loadFleet(path).problems).toEqual([]);
    expect(warningsOf(path)).toEqual([]);
    expect(accepts(parse(readFileSync(path, 'utf8')))).toBe(true);
  });
});

it('accepts the walkthrough', () => {
  expect(accepts(parse(readFileSync(join(root, 'fleet.yaml'), 'utf8')))).toBe(true);
});

describe('the JSON schema refuses what the loader refuses', () => {
  const minimal = readFileSync(join(root, 'examples/fleet.minimal.yaml'), 'utf8');

  it.each([
    ['a key that is not known', minimal.replace('version: 1', 'version: 1\nteams: []')],
    ['a key that is missing', minimal.replace('version: 1', '')],
    ['a name with a capital letter', minimal.replace('fleet: web', 'fleet: Web')],
    ['an account as a number', minimal.replace('"111111111111"', '111111111111')],
    ['an operating system that AWS does not know', minimal.replace('UBUNTU', 'GENTOO')],
    ['a text in the place of a list', minimal.replace('regions: [eu-central-1]', 'regions: eu-central-1')],
  ])('%s', (_, text) => {
    expect(text).not.toBe(minimal);
    expect(fleetSchema.safeParse(parse(text)).success).toBe(false);
    expect(accepts(parse(text))).toBe(false);
  });
});
