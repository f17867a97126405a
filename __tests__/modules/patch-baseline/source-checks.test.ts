import { describe, expect, it } from '@jest/globals';
import { problemsWith } from './sound-baseline.ts';

const source = { name: 'internal', products: ['AmazonLinux2023'], configuration: '[internal]\nenabled=1' };

const problemsWithSource = (changes: object, system?: string) =>
  problemsWith({ sources: [{ ...source, ...changes }] }, system).filter((problem) => problem.startsWith('sources'));

describe('patch sources', () => {
  it.each(['WINDOWS', 'MACOS'])('are not for %s', (system) => {
    expect(problemsWith({ sources: [] }, system)).toEqual([]);
    expect(problemsWith({ sources: [source] }, system)).toEqual([
      `sources must be left out for ${system}: they are for Linux; remove them [patch-baseline/sources-linux-only]`,
    ]);
  });

  it('are at most 20', () => {
    const sources = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ ...source, name: `repo${index}` }));
    expect(problemsWith({ sources: sources(20) })).toEqual([]);
    expect(problemsWith({ sources: sources(21) })).toEqual([
      'sources must hold at most 20 entries, got 21; remove some [patch-baseline/source-count]',
    ]);
  });

  it('have names of their own', () => {
    expect(problemsWith({ sources: [source, { ...source, name: 'extras' }, source] })).toEqual([
      'sources[2].name must be unique, got "internal" again; rename it [patch-baseline/source-name-unique]',
    ]);
  });

  it.each(['abc', 'a.b_c-d', 'x'.repeat(50)])('are named %s', (name) => {
    expect(problemsWithSource({ name })).toEqual([]);
  });

  it.each([
    ['ab', '"ab"'],
    ['my repo', '"my repo"'],
    ['x'.repeat(51), `51 characters: "${'x'.repeat(51)}"`],
    [null, 'null'],
  ])('are not named %s', (name, got) => {
    expect(problemsWithSource({ name })).toEqual([
      `sources[0].name must be 3 to 50 characters of letters, digits, _ - ., got ${got}; change sources[0].name [patch-baseline/source-name]`,
    ]);
  });

  it('are for 1 to 20 products of 1 to 128 characters', () => {
    const products = (count: number) => ({ products: Array.from({ length: count }, (_, index) => `p${index}`) });
    for (const count of [1, 20]) expect(problemsWithSource(products(count))).toEqual([]);
    for (const [count, fix] of [
      [0, 'add one'],
      [21, 'remove some'],
    ] as const) {
      expect(problemsWithSource(products(count))).toEqual([
        `sources[0].products must hold 1 to 20 entries, got ${count}; ${fix} [patch-baseline/source-products]`,
      ]);
    }
    expect(problemsWithSource({ products: ['p'.repeat(128)] })).toEqual([]);
    expect(problemsWithSource({ products: ['', 'p'.repeat(129)] })).toEqual([
      'sources[0].products must be 1 to 128 characters, got ""; change sources[0].products [patch-baseline/source-products]',
      `sources[0].products must be 1 to 128 characters, got 129 characters: "${'p'.repeat(76)}...; change sources[0].products [patch-baseline/source-products]`,
    ]);
  });

  it('have a configuration of 1 to 1024 characters', () => {
    for (const length of [1, 1024]) expect(problemsWithSource({ configuration: 'c'.repeat(length) })).toEqual([]);
    for (const length of [0, 1025]) {
      expect(problemsWithSource({ configuration: 'c'.repeat(length) })).toEqual([
        `sources[0].configuration must be 1 to 1024 characters, got ${length} characters; write what the package manager reads, such as [repo] [patch-baseline/source-configuration]`,
      ]);
    }
  });

  it('have one line of configuration for apt', () => {
    expect(problemsWithSource({ configuration: 'deb https://packages.example.com jammy main\n' }, 'UBUNTU')).toEqual(
      [],
    );
    expect(
      problemsWithSource({ configuration: 'deb https://a.example.com a\ndeb https://b.example.com b' }, 'UBUNTU'),
    ).toEqual([
      'sources[0].configuration must be one line for apt, got 2; write it like "deb https://example.com focal main" [patch-baseline/source-configuration]',
    ]);
  });

  it('have all three parts', () => {
    expect(problemsWith({ sources: [{}] })).toEqual([
      'sources[0].name must be given; set sources[0].name [patch-baseline/source]',
      'sources[0].products must be given; set sources[0].products [patch-baseline/source]',
      'sources[0].configuration must be given; set sources[0].configuration [patch-baseline/source]',
    ]);
  });

  it('may be known later', () => {
    expect(problemsWithSource({ name: undefined, products: undefined, configuration: undefined })).toEqual([]);
  });

  it.each([['a text'], [null], [5]])('are not %j, and what may be secret is not shown', (value) => {
    expect(problemsWith({ sources: [value] })).toEqual([
      'sources[0] must have a name, products and a configuration; give all three [patch-baseline/source]',
    ]);
    expect(problemsWith({ sources: value })).toEqual([
      'sources must be a list; write [{ name, products, configuration }] [patch-baseline/source]',
    ]);
  });

  it('never show a configuration in a problem', () => {
    const configuration = 'password=hunter2'.repeat(100);
    for (const wrong of [{ configuration }, { configuration: [configuration] }, { configuration: { configuration } }]) {
      const problems = problemsWithSource(wrong);
      expect(problems).toHaveLength(1);
      expect(problems.join()).not.toContain('hunter2');
    }
  });
});
