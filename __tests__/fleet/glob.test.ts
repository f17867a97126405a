import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { expressionOf, isGlob } from '../../fleet/glob.ts';

describe('a glob', () => {
  it.each([
    ['team-01', ['team-01'], ['team-011', 'a-team-01', 'team-0']],
    ['team-*', ['team-', 'team-01', 'team-a-b'], ['team', 'my-team-1']],
    ['*', ['a', '111111111111', ''], []],
    ['team-0[1-4]', ['team-01', 'team-04'], ['team-05', 'team-0', 'team-0-']],
    ['team-0[!1-4]', ['team-05', 'team-0a'], ['team-01', 'team-04']],
    ['team-[13a-c-]', ['team-1', 'team-b', 'team--'], ['team-2', 'team-d']],
    ['?-prod', ['a-prod', '1-prod'], ['-prod', 'ab-prod']],
    ['1111*', ['111111111111', '1111'], ['111', '211111111111']],
    ['*-prod-*', ['a-prod-b', '-prod-'], ['a-prod', 'prod-a']],
  ])('%s matches whole texts', (glob, matching, others) => {
    expect(isGlob(glob)).toBe(true);
    const expression = expressionOf([glob]);
    expect(matching.filter((text) => !expression.test(text))).toEqual([]);
    expect(others.filter((text) => expression.test(text))).toEqual([]);
  });

  it('may be one of several', () => {
    const expression = expressionOf(['a', 'b*']);
    expect(['a', 'b', 'bc', 'ab', 'c'].map((text) => expression.test(text))).toEqual([true, true, true, false, false]);
  });

  it.each([
    [''],
    ['Team'],
    ['team 1'],
    ['team.1'],
    ['(a|b)'],
    ['a+'],
    ['{a,b}'],
    ['a/b'],
    ['team-['],
    ['team-[]'],
    ['team-[!]'],
    ['team-]'],
    ['[9-0]'],
    ['a\n'],
    ['*a*b*'],
    ['a'.repeat(61)],
    ['['.repeat(60)],
    [`${'[a'.repeat(29)}`],
  ])('is not %j', (text) => {
    expect(isGlob(text)).toBe(false);
  });

  it('of any accepted text is an expression, and answers at once', () => {
    const characters = fc.constantFrom('a', 'b', '1', '-', '*', '?', '[', ']', '!');
    fc.assert(
      fc.property(fc.string({ unit: characters, maxLength: 62 }), fc.string({ maxLength: 40 }), (text, name) => {
        if (isGlob(text)) expect(typeof expressionOf([text]).test(name)).toBe('boolean');
      }),
      { numRuns: 500 },
    );
    const worst = expressionOf(Array.from({ length: 50 }, () => '*a*ab'));
    // An expression that goes back and forth would take for ever.
    for (let account = 0; account < 100; account += 1) expect(worst.test('a'.repeat(40))).toBe(false);
  });

  it('without wildcards matches itself alone', () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,39}$/);
    fc.assert(
      fc.property(name, name, (one, other) => {
        expect(isGlob(one)).toBe(true);
        expect(expressionOf([one]).test(other)).toBe(one === other);
      }),
    );
  });
});
