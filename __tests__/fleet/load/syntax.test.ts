import { beforeAll, describe, expect, it } from '@jest/globals';
import { edited, FleetFiles, valid } from './files.ts';

describe('the text of a fleet file', () => {
  let files: FleetFiles;
  beforeAll(() => {
    files = new FleetFiles();
  });

  it.each([
    ['', 'an empty file'],
    [' \n\n', 'empty lines'],
    ['# nothing yet\n', 'comments alone'],
    ['---\n', 'an empty document'],
    ['null', 'null'],
    ['\t', 'a tab'],
  ])('must describe a fleet: %j is %s', (text) => {
    expect(files.problems(text)).toEqual([
      '[fleet.yaml:1:1] the file must describe a fleet, got nothing; begin with "version: 1" [fleet/empty]',
    ]);
  });

  it.each([
    ['- 1\n- 2\n', 'the file must be a map, got [1,2]; change the file'],
    ['just words', 'the file must be a map, got "just words"; change the file'],
    ['012345678901', 'the file must be a map, got 012345678901; change the file'],
  ])('must be a map: %j', (text, problem) => {
    expect(files.problems(text)).toEqual([`[fleet.yaml:1:1] ${problem} [fleet/type]`]);
  });

  it.each([
    ['rings:\n\t- name: a\n', '2:1] lines must be indented with spaces, got a tab; replace the tab with spaces'],
    ['a: [1, 2\nb: 3\n', '2:1] what a bracket opens must be closed by ], got "b: 3"; add ]'],
    ['a: "text\n', '2:1] quoted text must end with "; add "'],
    [
      'a:\n    b: 1\n  c: 2\n',
      '3:1] keys of one map must begin in the same column, got "c: 2"; align it with its neighbours',
    ],
    ['a: |\n\tb\n', '2:1] what belongs to a key must be indented, got "b"; indent it with spaces'],
    ['a: b: c\n', '1:4] a line must hold one key and its value, got "b: c"; break the line, or quote the text'],
    [
      'version: 1\nfleet acme\n',
      '2:1] a line must be "key: value" or "- value", got "fleet acme"; is a colon missing?',
    ],
    ['a: @here\n', '1:4] text that begins with a sign must be quoted, got "@here"; put it in double quotes'],
    [
      'a: "\\d"\n',
      '1:5] a backslash in double quotes must begin an escape, got "\\\\d\\""; write \\\\, or use single quotes',
    ],
    ['? [a]\n: b\n', '1:3] keys must be text, got "[a]"; write the key as text'],
    ['a: - b\n', '1:4] a list must begin on a line of its own, got "- b"; break the line before the -'],
    ['a: }\n', '1:4] the text must be YAML, got "}"; remove it, or quote the text it belongs to'],
    [
      '%YAML 1.1\n---\na: yes\n',
      '1:1] the file must be plain YAML 1.2, got the directive "%YAML 1.1"; remove the directive',
    ],
  ])('must be YAML 1.2: %j', (text, problem) => {
    expect(files.problems(text)[0]).toBe(`[fleet.yaml:${problem} [fleet/syntax]`);
  });

  it('tells the first syntax error of each line, and no more than twenty', () => {
    expect(files.problems('a: @\nb: 1\nc: `\n')).toEqual([
      '[fleet.yaml:1:4] text that begins with a sign must be quoted, got "@"; put it in double quotes [fleet/syntax]',
      '[fleet.yaml:3:4] text that begins with a sign must be quoted, got "`"; put it in double quotes [fleet/syntax]',
    ]);
    expect(files.problems('- @\n'.repeat(50))).toHaveLength(20);
  });

  it('may say that it is YAML 1.2, and where it begins and ends', () => {
    expect(files.problems(`%YAML 1.2\n---\n${valid}...\n`)).toEqual([]);
  });

  it('is one document', () => {
    expect(files.problems(`${valid}---\n${valid}`)).toEqual([
      '[fleet.yaml:27:1] the file must hold one document, got several; remove the line --- [fleet/one-document]',
    ]);
  });

  it.each([
    ['lists', '['.repeat(10_000) + ']'.repeat(10_000), '1:101'],
    ['maps', '{a: '.repeat(10_000) + '}'.repeat(10_000), '1:398'],
    ['indented lines', Array.from({ length: 500 }, (_, level) => `${' '.repeat(level)}a:`).join('\n'), '100:101'],
  ])('nests %s at most a hundred levels deep', (_, text, position) => {
    expect(files.problems(text)).toEqual([
      `[fleet.yaml:${position}] maps and lists must nest at most 100 levels deep, got more; nest them less [fleet/depth]`,
    ]);
  });

  it('may be JSON, with positions all the same', () => {
    const { fleet } = files.load(valid);
    const json = JSON.stringify(fleet, null, '\t');
    expect(files.load(json, 'fleet.json')).toMatchObject({ fleet, problems: [] });
    expect(files.problems(json.replace('"fleet": "acme"', '"fleet": 7'), 'fleet.json')).toEqual([
      '[fleet.json:3:2 fleet] fleet must be 1 to 40 lower-case letters, digits and -, beginning with a letter, got 7; such as "fleet-7" [fleet/type]',
    ]);
    expect(files.problems('{\n"version": 1, "fleet": acme}', 'fleet.json')).toEqual([
      '[fleet.json:2:24] text in JSON must be quoted, got "acme"; put it in double quotes [fleet/syntax]',
    ]);
  });

  it('keeps what YAML 1.1 would turn into something else', () => {
    const { fleet } = files.load(edited('name: shop', 'name: no'));
    expect(fleet?.accounts[0]?.name).toBe('no');
  });
});
