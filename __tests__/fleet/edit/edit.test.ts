import { describe, expect, test } from '@jest/globals';
import { formatViolation } from '../../../core/problem.ts';
import { type Edit, editText } from '../../../fleet/edit/index.ts';
import { formatFilePath } from '../../../fleet/file-violation.ts';

function yaml(text: string, ...edits: Edit[]): string | undefined {
  return editText(text, 'yaml', edits).text;
}

function refusals(text: string, ...edits: Edit[]): string[] {
  const { violations = [] } = editText(text, 'yaml', edits);
  return violations.map((found) => `${formatFilePath(found.at)}: ${formatViolation(found)}`);
}

const fleet = `# The fleet of Acme.
version: 1

rings: # in this order
  - name: dev
    install:
      schedule: cron(0 4 ? * TUE *)   # early
      enabled: true # do not touch

  # the rest
  - name: prod
    install:
      schedule: "cron(0 4 ? * THU *)"
      # 10 nodes
      maxConcurrency: "10"

# accounts follow
accounts:
  - { account: "111111111111" }
`;

describe('editText', () => {
  test('changes a value in place and leaves its comment', () => {
    const after = yaml(fleet, { at: ['rings', 0, 'install', 'enabled'], set: false });
    expect(after).toBe(fleet.replace('enabled: true # do', 'enabled: false # do'));
  });

  test('adds a key below its siblings', () => {
    const after = yaml(fleet, { at: ['rings', 1, 'install', 'enabled'], set: false });
    expect(after).toBe(fleet.replace('maxConcurrency: "10"\n', 'maxConcurrency: "10"\n      enabled: false\n'));
  });

  test('makes the maps and lists on the way to a value', () => {
    const dates = { windows: ['2026-03-02', '2026-03-02'] };
    const after = yaml(fleet, { at: ['rings', 1, 'approveUntilDates'], set: dates });
    const lines = '    approveUntilDates:\n      windows: ["2026-03-02", "2026-03-02"]\n';
    expect(after).toBe(fleet.replace('maxConcurrency: "10"\n', `maxConcurrency: "10"\n${lines}`));
  });

  test('appends to a list that is not there', () => {
    const emergency = { name: 'now', patches: ['KB5034441'], at: '2026-12-01T22:00', maxErrors: '1' };
    expect(yaml(fleet, { at: ['emergencies'], append: emergency })).toBe(
      `${fleet}
emergencies:
  - name: now
    patches: [KB5034441]
    at: "2026-12-01T22:00"
    maxErrors: "1"
`,
    );
  });

  test('writes an item in brackets beside items in brackets', () => {
    const after = yaml(fleet, { at: ['accounts'], append: { account: '222222222222' } });
    expect(after).toBe(`${fleet}  - { account: "222222222222" }\n`);
  });

  test('takes lines out with the comments behind them, and leaves those above', () => {
    expect(yaml(fleet, { at: ['rings', 0, 'install', 'enabled'], remove: true })).toBe(
      fleet.replace('      enabled: true # do not touch\n', ''),
    );
    expect(yaml(fleet, { at: ['rings', 1], remove: true })).toBe(fleet.replace(/ {2}- name: prod[\s\S]*"10"\n/, ''));
  });

  test('the first key of an item makes room for the next one', () => {
    expect(yaml('a:\n  - b: 1\n    c: 2\n', { at: ['a', 0, 'b'], remove: true })).toBe('a:\n  - c: 2\n');
    expect(yaml('a:\n  - b: 1\n    # of c\n    c: 2\n', { at: ['a', 0, 'b'], remove: true })).toBe(
      'a:\n  -\n    # of c\n    c: 2\n',
    );
  });

  test('what loses its last entry is empty', () => {
    expect(yaml('a: # all\n  b: 1\nc: 2\n', { at: ['a', 'b'], remove: true })).toBe('a: {} # all\nc: 2\n');
    expect(yaml('a:\n- b # x\nc: 2\n', { at: ['a', 0], remove: true })).toBe('a: []\nc: 2\n'.replace('[]', '[] # x'));
  });

  test('empty brackets become lines where lines stand around them', () => {
    expect(yaml('a: [] # none yet\nb:\n  c: 1\n', { at: ['a'], append: { d: 1 } })).toBe(
      'a: # none yet\n  - d: 1\nb:\n  c: 1\n',
    );
  });

  test('goes by the habits of the file', () => {
    expect(yaml("a:\n    b: 'x'\nl:\n- c: 1\n", { at: ['o', 'm'], set: ['2026-01-01', { k: 'v' }] })).toBe(
      "a:\n    b: 'x'\nl:\n- c: 1\no:\n    m:\n    - '2026-01-01'\n    - k: v\n",
    );
    expect(yaml('a: 1\r\nb: 2', { at: ['c', 'd'], set: 1 })).toBe('a: 1\r\nb: 2\r\nc:\r\n  d: 1');
    expect(yaml('\ufeffa: 1\n', { at: ['a'], set: 2 })).toBe('\ufeffa: 2\n');
  });

  test('a comment deeper than the last entry stays with it', () => {
    expect(yaml('a:\n  - b\n  # - c\n\n# the end\n', { at: ['d'], set: 1 })).toBe(
      'a:\n  - b\n  # - c\nd: 1\n\n# the end\n',
    );
  });

  test('commas of brackets over several lines, with and without one behind the last', () => {
    expect(yaml('a: [\n  b, # first\n  c # last\n]\n', { at: ['a'], append: 'd' })).toBe(
      'a: [\n  b, # first\n  c, # last\n  d\n]\n',
    );
    expect(yaml('a: [\n  b,\n  c, # last\n]\n', { at: ['a'], append: 'd' })).toBe('a: [\n  b,\n  c, # last\n  d,\n]\n');
    expect(yaml('a: [\n  b,\n  c, # last\n]\n', { at: ['a', 1], remove: true })).toBe('a: [\n  b,\n]\n');
    expect(yaml('a: [\n  b, # first\n  c # last\n]\n', { at: ['a', 1], remove: true })).toBe('a: [\n  b # first\n]\n');
  });

  test('a map set in the place of a map changes what differs', () => {
    const before = 'a:\n  # one\n  b: 1 # x\n  c: "2" # y\n  d: 3\n';
    expect(yaml(before, { at: ['a'], set: { b: 1, c: '3', e: 4 } })).toBe(
      'a:\n  # one\n  b: 1 # x\n  c: "3" # y\n  e: 4\n',
    );
  });

  test('JSON goes on as it was printed', () => {
    const before = JSON.stringify({ rings: [{ name: 'dev' }], empty: [] }, null, 2);
    const { text } = editText(before, 'json', [
      { at: ['rings', 0, 'install', 'enabled'], set: false },
      { at: ['empty'], append: { a: '1' } },
    ]);
    const after = { rings: [{ name: 'dev', install: { enabled: false } }], empty: [{ a: '1' }] };
    expect(text).toBe(JSON.stringify(after, null, 2));
    expect(editText('{"a":1}', 'json', [{ at: ['b'], set: 'x' }]).text).toBe('{"a":1, "b": "x"}');
  });

  test('texts that YAML would read as something else are quoted', () => {
    const texts = [
      'yes',
      'null',
      '1',
      '1.5',
      '2026-12-01',
      '22:00',
      'a: b',
      'a #b',
      '#a',
      '-',
      '',
      ' a',
      'a ',
      '*a',
      '&a',
      '10%',
      'é',
    ];
    const { text = '' } = editText('a: 1\n', 'yaml', [{ at: ['b'], set: texts }]);
    expect(text).toBe(`a: 1\nb:\n${texts.map((each) => `  - ${JSON.stringify(each)}`).join('\n')}\n`);
    expect(yaml('a: 1\n', { at: ['b'], set: 'cron(0 2 ? * TUE#2 *)' })).toBe('a: 1\nb: cron(0 2 ? * TUE#2 *)\n');
  });
});

describe('what editText refuses', () => {
  const shared = 'a: &common\n  b: 1\nc: *common\nd:\n  <<: *common\n  e: 1\n';

  test('to change by an alias what stands elsewhere', () => {
    expect(refusals(shared, { at: ['c', 'b'], set: 2 })).toEqual([
      'c.b: c must be written where it is to be changed, got the alias *common in line 3; write the values out in the place of *common [fleet/edit-shared]',
    ]);
  });

  test('to change what an alias uses elsewhere', () => {
    expect(refusals(shared, { at: ['a', 'b'], set: 2 })).toEqual([
      'a.b: a must be of one place to be changed, got the anchor &common in line 2, which is used elsewhere; write the values out where *common stands [fleet/edit-shared]',
    ]);
    expect(refusals(shared, { at: ['a'], remove: true })).toEqual([
      'a: a must be of one place to be changed, got the anchor &common in line 2, which is used elsewhere; write the values out where *common stands [fleet/edit-shared]',
    ]);
    expect(refusals('a:\n  b: &x 1\nc: *x\n', { at: ['a'], remove: true })).toEqual([
      'a: a must hold nothing that is used elsewhere, got the anchor &x; write the values out where *x stands [fleet/edit-shared]',
    ]);
  });

  test('to remove what is merged in, or to change something inside it; a key of its own takes its place', () => {
    expect(yaml(shared, { at: ['d', 'b'], set: 2 })).toBe(`${shared}  b: 2\n`);
    expect(refusals('a: &x\n  b: {c: 1}\nd:\n  <<: *x\n', { at: ['d', 'b', 'c'], set: 2 })).toEqual([
      'd.b.c: d.b must be written where it is to be changed, got a map that << merges in; write out what is to be changed [fleet/edit-shared]',
    ]);
    expect(refusals(shared, { at: ['d', 'b'], remove: true })).toEqual([
      'd.b: d.b must be there to be removed, got nothing; change it by hand [fleet/edit-place]',
    ]);
  });

  test('places that a value does not have', () => {
    expect(refusals('a: text\n', { at: ['a', 'b'], set: 1 })).toEqual([
      'a.b: a must be a map, to have a.b, got something else; change it by hand [fleet/edit-place]',
    ]);
    expect(refusals('a: [1]\n', { at: ['a', 3], set: 1 })).toEqual([
      'a[3]: a[3] must follow the last item of its list, got a gap; change it by hand [fleet/edit-place]',
    ]);
    expect(refusals('a: {b: 1}\n', { at: ['a'], append: 1 })).toEqual([
      'a: a must be a list, got something else; change it by hand [fleet/edit-place]',
    ]);
    expect(refusals('a: 1\na: 2\n', { at: ['a'], set: 3 })).toEqual([
      'a: a must be written once, got it twice; change it by hand [fleet/edit-place]',
    ]);
    expect(refusals('a: [b: 1]\n', { at: ['a', 0, 'b'], set: 3 })).toEqual([
      'a[0].b: a[0] must be a map in braces of its own, got a pair in a list; change it by hand [fleet/edit-place]',
    ]);
    expect(refusals('a: 1\n', { at: ['a'], remove: true })).toEqual([
      'a: the file must keep something, got nothing left; change it by hand [fleet/edit-place]',
    ]);
    expect(refusals('a: [\n', { at: ['a'], set: 3 })).toEqual([
      ': what a bracket opens must be closed by ]; add ] [fleet/syntax]',
    ]);
    expect(refusals('# nothing\n', { at: ['a'], set: 3 })).toEqual([
      ': the file must describe a fleet, got nothing; begin with "version: 1" [fleet/empty]',
    ]);
  });

  test('everything, where one of several cannot be made', () => {
    const result = editText('a: 1\nb: 2\n', 'yaml', [
      { at: ['a'], set: 2 },
      { at: ['c'], remove: true },
    ]);
    expect(Object.keys(result)).toEqual(['violations']);
  });
});
