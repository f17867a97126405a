import { describe, expect, test } from '@jest/globals';
import { beyondReading, commandSides } from '../../bench/commands.ts';
import {
  compareCounts,
  countKinds,
  formatLimit,
  formatRatio,
  formatSpread,
  formatTable,
  formatTarget,
  peakMegabytes,
  ratio,
  resourceTotal,
  spread,
} from '../../bench/figures.ts';
import { fleetText, oneStack } from '../../bench/fleet.ts';
import { checkFleet } from '../../fleet/check/index.ts';
import { expand } from '../../fleet/expand.ts';
import { loadText } from '../../fleet/load/index.ts';

describe('spread', () => {
  test.each([
    { values: [3, 1, 2], expected: { median: 2, min: 1, max: 3 } },
    { values: [4, 1, 3, 2], expected: { median: 2.5, min: 1, max: 4 } },
    { values: [10, 9, 100], expected: { median: 10, min: 9, max: 100 } },
    { values: [7], expected: { median: 7, min: 7, max: 7 } },
  ])('of $values', ({ values, expected }) => {
    expect(spread(values)).toEqual(expected);
  });

  test('is unknown without values, or when one is missing', () => {
    expect(spread([])).toBeUndefined();
    expect(spread([1, undefined, 2])).toBeUndefined();
  });

  test('prints seconds with two digits, memory with none, and n/a', () => {
    expect(formatSpread({ median: 0.309, min: 0.29, max: 0.351 }, 's')).toBe('0.31 s (0.29–0.35)');
    expect(formatSpread({ median: 80.6, min: 79, max: 82.2 }, 'MB')).toBe('81 MB (79–82)');
    expect(formatSpread(undefined, 'MB')).toBe('n/a');
  });
});

describe('ratio', () => {
  const at = (median: number) => ({ median, min: median, max: median });

  test('says how many times ours fits into theirs', () => {
    expect(ratio(at(0.5), at(4))).toBe(8);
    expect(ratio(undefined, at(4))).toBeUndefined();
    expect(ratio(at(4), undefined)).toBeUndefined();
  });

  test('is never rounded up to a target', () => {
    expect(formatRatio(5.99)).toBe('5.9×');
    expect(formatRatio(undefined)).toBe('n/a');
    expect(formatTarget('at least 6× faster', 6, 5.99)).toBe('missed   at least 6× faster (5.9×)');
    expect(formatTarget('at least 6× faster', 6, 6)).toBe('reached  at least 6× faster (6.0×)');
    expect(formatTarget('at least 6× faster', 6, undefined)).toBe('unknown  at least 6× faster (n/a)');
  });
});

test('a table aligns its columns and leaves no blanks at the end', () => {
  const rows = [
    ['walkthrough', '0.31 s'],
    ['x', ''],
  ];
  expect(formatTable(['case', 'ours'], rows)).toBe(
    ['case         ours', '-----------  ------', 'walkthrough  0.31 s', 'x'].join('\n'),
  );
});

describe('peak memory', () => {
  test.each([
    { name: 'GNU time', text: '81920\n', expected: 83.88608 },
    { name: 'GNU time after a message', text: 'Command exited with non-zero status 1\n1000\n', expected: 1.024 },
    {
      name: 'BSD time',
      text: '        0.29 real         0.25 user         0.05 sys\n            84934656  maximum resident set size\n                   0  swaps\n',
      expected: 84.934656,
    },
  ])('is read from $name', ({ text, expected }) => {
    expect(peakMegabytes(text)).toBe(expected);
  });

  test('is unknown when the report says nothing of it', () => {
    expect(peakMegabytes('')).toBeUndefined();
    expect(peakMegabytes('real 0.29\n')).toBeUndefined();
  });
});

describe('kinds', () => {
  const stack = {
    resource: {
      aws_instance: { windows: {}, linux: {} },
      aws_security_group: { own: {} },
    },
    data: { aws_partition: { partition: {} } },
    output: { windows_instance_id: {} },
  };

  test('are counted over all stacks', () => {
    const counts = countKinds([stack, { resource: { aws_instance: { other: {} } } }, {}]);
    expect(counts).toEqual({
      aws_instance: 3,
      aws_security_group: 1,
      'data.aws_partition': 1,
      output: 1,
    });
    expect(resourceTotal(counts)).toBe(4);
  });

  test('that differ are marked', () => {
    expect(compareCounts({ a: 1, b: 2 }, { b: 2, c: 1 })).toEqual({
      rows: [
        ['a', '1', '0', 'differs'],
        ['b', '2', '2', ''],
        ['c', '0', '1', 'differs'],
      ],
      equal: false,
    });
    expect(compareCounts({ a: 1 }, { a: 1 }).equal).toBe(true);
  });
});

describe('a limit', () => {
  test('is kept up to itself, and never by rounding', () => {
    expect(formatLimit('validate: seconds', 1, 0.4321, 's')).toBe('kept     validate: seconds at most 1 s (0.44 s)');
    expect(formatLimit('one stack', 1.3, 1.3, '×')).toBe('kept     one stack at most 1.3× (1.3×)');
    expect(formatLimit('one stack', 1.3, 1.3001, '×')).toBe('missed   one stack at most 1.3× (1.31×)');
    expect(formatLimit('memory', 150, undefined, 'MB')).toBe('unknown  memory at most 150 MB (n/a)');
  });

  test('of one stack leaves out what reading the larger file takes more', () => {
    const at = (median: number) => ({ median, min: median - 1, max: median + 1 });
    expect(beyondReading(at(9), at(5), at(2))).toEqual({ median: 6, min: 5, max: 7 });
    expect(beyondReading(at(9), undefined, at(2))).toBeUndefined();
  });

  test('is measured on the file that bin names', () => {
    const files = { large: '/tmp/large.yaml', single: '/tmp/one.yaml', hostile: '/tmp/hostile.yaml' };
    const sides = commandSides('/checkout', '/installed', files);
    const commands = Object.fromEntries(sides.map(({ name, command }) => [name, command]));
    expect(commands).toMatchObject({
      'node -e 0': 'node -e 0',
      help: 'node bin/patchfleet.mjs --help',
      'validate, minimal example': 'node bin/patchfleet.mjs validate --fleet examples/fleet.minimal.yaml',
      'help, installed': 'node /installed/bin/patchfleet.mjs --help',
      'validate, minimal example, installed':
        'node /installed/bin/patchfleet.mjs validate --fleet examples/fleet.minimal.yaml',
      'validate, 90,000 empty rings': 'node bin/patchfleet.mjs validate --fleet /tmp/hostile.yaml',
      'synth, one of 1,000': `node bin/patchfleet.mjs synth --fleet /tmp/large.yaml --only ${oneStack}`,
    });
    expect(sides.filter(({ exitCode }) => exitCode !== undefined).map(({ name }) => name)).toEqual([
      'validate, 90,000 empty rings',
    ]);
  });
});

describe('the fleet of the benchmark', () => {
  const read = (text: string) => {
    const { fleet, problems } = loadText('fleet.yaml', text);
    if (fleet === undefined) throw new Error(problems.map(({ message }) => message).join());
    return fleet;
  };

  test('has 1,000 account-regions with two assignments each, and nothing wrong', () => {
    const fleet = read(fleetText(250, 4));
    const regional = expand(fleet).filter(({ kind }) => kind === 'regional');
    expect(regional).toHaveLength(1000);
    expect(regional.every((each) => each.kind === 'regional' && each.assignments.length === 2)).toBe(true);
    expect(regional.map(({ stackId }) => stackId)).toContain(oneStack);
    expect(checkFleet(fleet)).toEqual([]);
  });

  test('is the same text each time, and one stack of one account in one region', () => {
    expect(fleetText(250, 4)).toBe(fleetText(250, 4));
    expect(expand(read(fleetText(1, 1))).map(({ stackId }) => stackId)).toEqual([oneStack]);
  });
});
