import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatViolation, type Violation } from '../../core/problem.ts';
import {
  checkBoolean,
  checkCount,
  checkGiven,
  checkOneOf,
  checkText,
  checkWholeNumber,
  didYouMean,
  listOf,
} from '../../core/value-checks.ts';

const said = (violations: readonly Violation[]) => violations.map(formatViolation);
const rule = 'test/rule';

describe('checkText', () => {
  const name = (value: unknown) =>
    said(checkText('name', value, { rule, min: 3, max: 5, pattern: /^[a-z]*$/, allowed: 'lower-case letters' }));

  it('passes what is not given, and every length within the limits', () => {
    for (const value of [undefined, 'abc', 'abcde']) expect(name(value)).toEqual([]);
  });

  it('refuses one character too few', () => {
    expect(name('ab')).toEqual([
      'name must be 3 to 5 characters of lower-case letters, got "ab"; change name [test/rule]',
    ]);
  });

  it('refuses one character too many, and counts them', () => {
    expect(name('abcdef')).toEqual([
      'name must be 3 to 5 characters of lower-case letters, got 6 characters: "abcdef"; change name [test/rule]',
    ]);
  });

  it.each([
    ['aBc', '"aBc"'],
    ['abc\n', '"abc\\n"'],
    [5, '5'],
    [null, 'null'],
    [['abc'], '["abc"]'],
  ])('refuses %j', (value, got) => {
    expect(name(value)).toEqual([
      `name must be 3 to 5 characters of lower-case letters, got ${got}; change name [test/rule]`,
    ]);
  });

  it('counts characters, not halves of them', () => {
    expect(said(checkText('name', '😀😀😀', { rule, min: 3, max: 3 }))).toEqual([]);
    expect(said(checkText('name', '😀', { rule, min: 2, max: 3 }))).toEqual([
      'name must be 2 to 3 characters, got "😀"; change name [test/rule]',
    ]);
  });
});

describe('checkWholeNumber', () => {
  const days = (value: unknown) => said(checkWholeNumber('days', value, { rule, min: 0, max: 360, unit: 'days' }));

  it('passes what is not given, and the limits themselves', () => {
    for (const value of [undefined, 0, 360]) expect(days(value)).toEqual([]);
  });

  it.each([
    [-1, '-1'],
    [361, '361'],
    [1.5, '1.5'],
    ['7', '"7"'],
    [null, 'null'],
    [Number.NaN, 'NaN'],
    [7n, '7'],
  ])('refuses %p', (value, got) => {
    expect(days(value)).toEqual([
      `days must be a whole number of days from 0 to 360, got ${got}; set days within the range [test/rule]`,
    ]);
  });

  it('says nothing of a unit where there is none', () => {
    expect(said(checkWholeNumber('priority', 6, { rule, min: 0, max: 5 }))).toEqual([
      'priority must be a whole number from 0 to 5, got 6; set priority within the range [test/rule]',
    ]);
  });
});

describe('checkOneOf', () => {
  const action = (value: unknown) => said(checkOneOf('action', value, ['ALLOW', 'BLOCK'], rule));

  it('passes what is not given, and each of the allowed values', () => {
    for (const value of [undefined, 'ALLOW', 'BLOCK']) expect(action(value)).toEqual([]);
  });

  it('asks whether a near miss was meant', () => {
    expect(action('block')).toEqual([
      'action must be one of ALLOW, BLOCK, got "block"; did you mean "BLOCK"? [test/rule]',
    ]);
  });

  it.each([
    ['PERMIT', '"PERMIT"'],
    [null, 'null'],
    [0, '0'],
    [['BLOCK'], '["BLOCK"]'],
  ])('refuses %j', (value, got) => {
    expect(action(value)).toEqual([`action must be one of ALLOW, BLOCK, got ${got}; use one of them [test/rule]`]);
  });
});

describe('checkCount', () => {
  const patches = (items: unknown, min?: number) =>
    said(checkCount('patches', items as string[], { rule, max: 2, ...(min !== undefined && { min }) }));

  it('passes what is not given, and the limits themselves', () => {
    expect(patches(undefined)).toEqual([]);
    expect(patches([])).toEqual([]);
    expect(patches(['a', 'b'])).toEqual([]);
    expect(patches(['a'], 1)).toEqual([]);
  });

  it('refuses one entry too many', () => {
    expect(patches(['a', 'b', 'c'])).toEqual(['patches must hold at most 2 entries, got 3; remove some [test/rule]']);
  });

  it('refuses one entry too few', () => {
    expect(patches([], 1)).toEqual(['patches must hold 1 to 2 entries, got 0; add one [test/rule]']);
  });

  it.each([
    ['ab', '"ab"'],
    [null, 'null'],
    [{ length: 1 }, '{"length":1}'],
    [1, '1'],
  ])('refuses %j, which is no list', (items, got) => {
    expect(patches(items)).toEqual([`patches must be a list, got ${got}; write a list [test/rule]`]);
  });

  it('gives the fix it is told', () => {
    expect(said(checkCount('groups', [1], { rule, max: 0, fix: 'share groups' }))).toEqual([
      'groups must hold at most 0 entries, got 1; share groups [test/rule]',
    ]);
  });
});

describe('checkBoolean', () => {
  it('passes true, false and what is not given', () => {
    for (const value of [true, false, undefined]) expect(checkBoolean('enabled', value, rule)).toEqual([]);
  });

  it.each([
    ['false', '"false"'],
    [0, '0'],
    [null, 'null'],
  ])('refuses %j', (value, got) => {
    expect(said(checkBoolean('enabled', value, rule))).toEqual([
      `enabled must be true or false, got ${got}; set enabled to true or false [test/rule]`,
    ]);
  });
});

describe('checkGiven', () => {
  it('passes a key whose value is known only when Terraform applies', () => {
    expect(checkGiven({ name: undefined }, 'name', rule)).toEqual([]);
  });

  it('refuses an absent key, under the name of the field', () => {
    expect(said(checkGiven({}, 'name', rule))).toEqual(['name must be given; set name [test/rule]']);
    expect(said(checkGiven({}, 'name', rule, 'sources[0].name'))).toEqual([
      'sources[0].name must be given; set sources[0].name [test/rule]',
    ]);
  });
});

describe('listOf', () => {
  it('gives the list itself, and nothing of what is none', () => {
    expect(listOf(['a', null])).toEqual(['a', null]);
    for (const value of [undefined, null, 'ab', 5, { length: 2 }]) expect(listOf(value as undefined)).toEqual([]);
  });
});

describe('didYouMean', () => {
  const severities = ['Critical', 'Important', 'Low'];

  it.each([
    ['critical', 'did you mean "Critical"?'],
    ['Critcal', 'did you mean "Critical"?'],
    ['Importent', 'did you mean "Important"?'],
    ['Lo', 'did you mean "Low"?'],
  ])('takes %s for a slip of the pen', (value, meant) => {
    expect(didYouMean(value, severities)).toBe(meant);
  });

  it.each(['Severe', '', 'Lxx', 5, null, undefined])('does not guess at %j', (value) => {
    expect(didYouMean(value, severities)).toBeUndefined();
  });

  it('has nothing to offer when nothing is allowed', () => {
    expect(didYouMean('Critical', [])).toBeUndefined();
  });
});

describe('every value check', () => {
  it('never throws, whatever it is given', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withNullPrototype: true, withSparseArray: true }), (value) => {
        checkText('field', value, { rule, min: 1, max: 2, pattern: /^a+$/ });
        checkWholeNumber('field', value, { rule, min: 1, max: 2 });
        checkOneOf('field', value, ['a'], rule);
        checkCount('field', value as unknown[], { rule, max: 2 });
        checkBoolean('field', value, rule);
        listOf(value as unknown[]);
      }),
      { numRuns: 500 },
    );
  });
});
