import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  countProblems,
  error,
  formatProblem,
  formatViolation,
  type Problem,
  ProblemError,
  quoted,
  sortProblems,
  warning,
} from '../../core/problem.ts';

const problem = (path: string, rule: string, message: string, severity: Problem['severity'] = 'error'): Problem => ({
  path,
  rule,
  message,
  severity,
});

describe('error and warning', () => {
  it('are plain data, without a fix when there is none', () => {
    expect(error('a/rule', 'a must hold')).toEqual({ rule: 'a/rule', severity: 'error', message: 'a must hold' });
    expect(Object.keys(error('a/rule', 'a must hold'))).not.toContain('fix');
    expect(warning('a/rule', 'a is risky', 'change a')).toEqual({
      rule: 'a/rule',
      severity: 'warning',
      message: 'a is risky',
      fix: 'change a',
    });
  });
});

describe('formatViolation and formatProblem', () => {
  it('say what is wrong, the fix, the rule and the place', () => {
    const violation = error('window/cutoff', 'cutoff must be below duration', 'lower it');
    expect(formatViolation(violation)).toBe('cutoff must be below duration; lower it [window/cutoff]');
    expect(formatProblem({ ...violation, path: 'Test/Window' })).toBe(
      '[Test/Window] cutoff must be below duration; lower it [window/cutoff]',
    );
  });

  it('leave out the fix when there is none', () => {
    expect(formatViolation(error('window/cutoff', 'cutoff must be below duration'))).toBe(
      'cutoff must be below duration [window/cutoff]',
    );
  });

  it('stay on one line, and move no cursor', () => {
    const text = formatProblem(problem('a\nb', 'r', 'red \u001b[31mand\r\nnew\u0085line\u2028\u2029end\u007f'));
    expect(text).toBe('[a b] red  [31mand new line end  [r]');
  });

  it('hold no control character, whatever they are given', () => {
    const texts = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(texts, texts, texts, (path, message, fix) => {
        expect(formatProblem({ ...error('r', message, fix), path })).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
      }),
    );
  });
});

describe('sortProblems', () => {
  it('puts errors first, then goes by place, rule and message', () => {
    const sorted = [
      problem('a', 'r1', 'm1'),
      problem('a', 'r1', 'm2'),
      problem('a', 'r2', 'm1'),
      problem('b', 'r1', 'm1'),
      problem('a', 'r1', 'm1', 'warning'),
      problem('a', 'r1', 'm1', 'info'),
    ];
    expect(sortProblems([...sorted].reverse())).toEqual(sorted);
  });

  it('puts line 9 of a file before line 10', () => {
    const problem = (path: string) => ({ ...error('fleet/type', 'must be a number'), path });
    const paths = ['fleet.yaml:10:3 b', 'fleet.yaml:9:12 a', 'fleet.yaml:9:2 a'];
    expect(sortProblems(paths.map(problem)).map(({ path }) => path)).toEqual([
      'fleet.yaml:9:2 a',
      'fleet.yaml:9:12 a',
      'fleet.yaml:10:3 b',
    ]);
  });

  it('gives the same order whatever the order it is given', () => {
    const problems = fc.array(
      fc.record({
        path: fc.constantFrom('a', 'a/b', 'ab', 'b'),
        rule: fc.constantFrom('r1', 'r2'),
        message: fc.constantFrom('m1', 'm2'),
        severity: fc.constantFrom('error' as const, 'warning' as const, 'info' as const),
      }),
      { maxLength: 8 },
    );
    const shuffled = problems.chain((given) =>
      fc.tuple(fc.constant(given), fc.shuffledSubarray(given, { minLength: given.length, maxLength: given.length })),
    );
    fc.assert(fc.property(shuffled, ([given, other]) => expect(sortProblems(other)).toEqual(sortProblems(given))));
  });

  it('leaves the list it is given alone', () => {
    const given = Object.freeze([problem('b', 'r', 'm'), problem('a', 'r', 'm')]);
    expect(sortProblems(given).map(({ path }) => path)).toEqual(['a', 'b']);
    expect(given.map(({ path }) => path)).toEqual(['b', 'a']);
  });
});

describe('countProblems', () => {
  const of = (...severities: Problem['severity'][]) => severities.map((severity) => problem('a', 'r', 'm', severity));

  it('counts each severity in words', () => {
    expect(countProblems(of('error', 'warning', 'error', 'info', 'info'))).toBe('2 errors, 1 warning, 2 info');
    expect(countProblems(of('warning', 'error', 'warning'))).toBe('1 error, 2 warnings');
  });

  it('is empty when there is nothing to count', () => {
    expect(countProblems([])).toBe('');
  });
});

describe('ProblemError', () => {
  it('tells every problem on a line of its own, sorted, and then how many', () => {
    const thrown = new ProblemError([problem('b', 'r', 'second'), problem('a', 'r', 'first')]);
    expect(thrown.message).toBe('[a] first [r]\n[b] second [r]\n2 errors');
    expect(thrown.problems.map(({ message }) => message)).toEqual(['first', 'second']);
    expect(thrown.name).toBe('ProblemError');
    expect(thrown).toBeInstanceOf(Error);
  });
});

describe('quoted', () => {
  it.each([
    ['text', '"text"'],
    ['a "quote"\n', '"a \\"quote\\"\\n"'],
    [null, 'null'],
    [undefined, 'undefined'],
    [true, 'true'],
    [[1, 'a'], '[1,"a"]'],
    [{ a: 1 }, '{"a":1}'],
    [Number.NaN, 'NaN'],
    [Number.NEGATIVE_INFINITY, '-Infinity'],
    [12345678901234567890n, '12345678901234567890'],
    [Symbol('a'), 'Symbol(a)'],
  ])('shows %p as %s', (value, text) => {
    expect(quoted(value)).toBe(text);
  });

  it('cuts after 80 characters and not one earlier', () => {
    expect(quoted('x'.repeat(78))).toBe(`"${'x'.repeat(78)}"`);
    expect(quoted('x'.repeat(79))).toBe(`"${'x'.repeat(76)}...`);
  });

  it('never throws', () => {
    const circular: unknown[] = [];
    circular.push(circular);
    expect(quoted(circular)).toBe('a value without JSON form');
    expect(quoted({ days: 1n })).toBe('a value without JSON form');
    fc.assert(fc.property(fc.anything({ withBigInt: true, withNullPrototype: true }), (v) => quoted(v).length <= 80));
  });
});
