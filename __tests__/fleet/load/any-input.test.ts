import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { FileProblem } from '../../../fleet/load/index.ts';
import { fleetSchema } from '../../../fleet/schema/index.ts';
import { FleetFiles, valid } from './files.ts';

describe('whatever the file is', () => {
  let files: FleetFiles;
  beforeAll(() => {
    files = new FleetFiles();
  });

  /** Loads, and holds the loader to what it promises of any input. */
  const load = (content: string | Uint8Array, name?: string) => {
    const { fleet, problems } = files.load(content, name);
    expect(fleet === undefined && problems.length === 0).toBe(false);
    expect(problems.filter((problem) => !isClear(problem))).toEqual([]);
    return { fleet, problems };
  };

  it('bytes of any kind get problems, not a stack trace', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void load(bytes)),
      { numRuns: 100 },
    );
  });

  it('signs of YAML in any order do', () => {
    const sign = fc.constantFrom(
      ...'[]{}:-?,#&*!|>\'"%@` \n\t\\',
      'a',
      '1',
      '<<',
      '&a ',
      '*a',
      '- ',
      ': ',
      '\n  ',
      '---\n',
      '!!int ',
      '~',
    );
    const text = fc.array(sign, { maxLength: 60 }).map((signs) => signs.join(''));
    fc.assert(
      fc.property(text, fc.constantFrom('fleet.yaml', 'fleet.json'), (content, name) => void load(content, name)),
      {
        numRuns: 500,
      },
    );
  });

  it('a fleet file with a passage cut out, doubled or overwritten does', () => {
    const place = fc.nat({ max: valid.length });
    const scrap = fc.constantFrom(
      '',
      ' ',
      '\t',
      '\n',
      ':',
      '"',
      '[',
      '}',
      '*',
      '0',
      '${',
      '- ',
      '!x ',
      '&a ',
      '\u0000',
      '\ud800',
    );
    fc.assert(
      fc.property(place, fc.nat({ max: 30 }), scrap, fc.boolean(), (start, length, inserted, twice) => {
        const passage = valid.slice(start, start + length);
        load(valid.slice(0, start) + inserted + (twice ? passage + passage : '') + valid.slice(start + length));
      }),
      { numRuns: 250 },
    );
  });

  it('values that the schema refuses get a problem, and others none', () => {
    const fleet = files.load(valid).fleet as object;
    const any = fc.jsonValue({ maxDepth: 3 });
    fc.assert(
      fc.property(fc.constantFrom(...pathsOf(fleet)), any, (path, value) => {
        const changed = JSON.stringify(replaced(fleet, path, value));
        const accepted = fleetSchema.safeParse(JSON.parse(changed)).success;
        const loaded = load(changed, 'fleet.json');
        if (!loaded.problems.some(({ rule }) => structural.includes(rule)))
          expect(loaded.fleet !== undefined).toBe(accepted);
      }),
      { numRuns: 250 },
    );
  });

  it.each<[string, string]>([
    ['a million brackets', '['.repeat(999_000)],
    ['a million closing brackets', ']'.repeat(999_000)],
    ['a million commas', `{${','.repeat(998_000)}`],
    ['a line of a million letters', `fleet: ${'a'.repeat(990_000)}`],
    [
      'fifty thousand keys of a map',
      `baselines:\n${Array.from({ length: 50_000 }, (_, index) => ` K${index}:`).join('\n')}`,
    ],
    ['ninety thousand empty rings', `rings: [${'{},'.repeat(90_000)}]`],
    ['a long text named a thousand times', `fleet: &a "${'A'.repeat(500_000)}"\nrings:\n${'- *a\n'.repeat(1000)}`],
    ['a quarter of a million directives', '%a\n'.repeat(250_000)],
  ])('%s gets problems, too', (_, text) => {
    expect(load(text).fleet).toBeUndefined();
  });
});

function isClear({ rule, severity, message, fix, place: { line = 0, column = 0 } }: FileProblem): boolean {
  const identified = /^fleet\/[a-z-]+$/.test(rule) && severity === 'error' && line > 0 && column > 0;
  return identified && message.length < 1000 && !/undefined|\[object|(^|\s)[A-Z]\w*Error: /.test(message) && fix !== '';
}

/** What stops the reading before the shape is judged, or is wrong beside it. */
const structural: readonly string[] = ['fleet/reserved-key', 'fleet/no-interpolation', 'fleet/syntax', 'fleet/text'];

function pathsOf(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, part]) => pathsOf(part, [...path, key]))];
}

function replaced(value: unknown, [step, ...rest]: readonly string[], replacement: unknown): unknown {
  if (step === undefined) return replacement;
  if (Array.isArray(value))
    return value.map((item, index) => (`${index}` === step ? replaced(item, rest, replacement) : item));
  const map = value as Record<string, unknown>;
  return { ...map, [step]: replaced(map[step], rest, replacement) };
}
