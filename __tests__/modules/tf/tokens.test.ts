import { describe, expect, it } from '@jest/globals';
import { Fn, Lazy, TerraformStack, TerraformVariable, Testing, Token } from 'cdktf';
import fc from 'fast-check';
import { isUnresolved, known, sortedTexts } from '../../../modules/tf/tokens.ts';

function variable(type: string): TerraformVariable {
  return new TerraformVariable(new TerraformStack(Testing.app(), 'Test'), 'Variable', { type });
}

const text = () => Token.asString(variable('string').stringValue);
const list = () => Token.asList(variable('list(string)').listValue);
const number = () => Token.asNumber(variable('number').numberValue);

describe('isUnresolved', () => {
  it('sees every kind of token of the framework', () => {
    const tokens = [
      variable('string').stringValue,
      variable('list(string)').listValue,
      variable('number').numberValue,
      variable('bool').booleanValue,
      text(),
      list(),
      number(),
      Token.asAny({ a: 1 }),
      Lazy.stringValue({ produce: () => 'late' }),
      Fn.join('-', ['a', text()]),
      `web-${text()}`,
      `${number()} days`,
    ];
    for (const token of tokens) expect(isUnresolved(token)).toBe(true);
  });

  it.each(['${var.name}', 'web-${data.aws_region.current.region}', '%{ if true }a%{ endif }'])(
    'sees what Terraform would replace in %s',
    (value) => {
      expect(isUnresolved(value)).toBe(true);
    },
  );

  it.each([
    'web',
    '',
    '$releasever',
    '100%',
    '{}',
    '$ {a}',
    '-1.5e+300',
    0,
    -1,
    Number.NaN,
    true,
    false,
    null,
    undefined,
    [],
    ['a'],
    {},
  ])('does not see one in %p', (value) => {
    expect(isUnresolved(value)).toBe(false);
  });
});

describe('known', () => {
  it('leaves plain values alone', () => {
    const value = { name: 'web', days: 7, on: false, none: null, tags: { a: 'b' }, list: ['x', { y: 1 }] };
    expect(known(value)).toEqual(value);
  });

  it('shows a token as undefined, whose key stays', () => {
    const facts = known({ name: text(), days: number(), list: list() });
    expect(Object.entries(facts ?? {})).toEqual([
      ['name', undefined],
      ['days', undefined],
      ['list', undefined],
    ]);
  });

  it('is undefined for a token itself', () => {
    expect(known(text())).toBeUndefined();
    expect(known(list())).toBeUndefined();
    expect(known(number())).toBeUndefined();
  });

  it('looks into lists without changing their count, and into objects in them', () => {
    expect(known(['a', text(), 'b'])).toEqual(['a', undefined, 'b']);
    expect(known([{ name: text(), on: true }, [number()]])).toStrictEqual([{ name: undefined, on: true }, [undefined]]);
  });

  it('leaves out what is not given: absent and unresolved stay apart', () => {
    expect(Object.keys(known({ name: undefined, days: number() }) ?? {})).toEqual(['days']);
  });

  it('leaves out entries whose key is unresolved', () => {
    expect(known({ [text()]: 'a', Name: 'web' })).toEqual({ Name: 'web' });
  });

  it('looks into maps without a prototype', () => {
    const map: Record<string, string> = Object.assign(Object.create(null), { Name: text(), Team: 'web' });
    expect({ ...known(map) }).toStrictEqual({ Name: undefined, Team: 'web' });
  });

  it('gives instances of classes back as they are', () => {
    const day = new Date(0);
    expect(known({ day })?.day).toBe(day);
  });
});

describe('sortedTexts', () => {
  it('sorts and says nothing twice', () => {
    expect(sortedTexts(['b', 'a', 'b', 'C'])).toEqual(['C', 'a', 'b']);
  });

  it('keeps a token of a whole list as it is', () => {
    const token = list();
    expect(sortedTexts(token)).toBe(token);
  });

  it('puts texts that are not known behind the others, in the order given', () => {
    const [first, second] = [text(), text()];
    expect(sortedTexts([first, 'b', second, 'a'])).toEqual(['a', 'b', first, second]);
  });

  it('does not depend on the order of known texts, and leaves what it is given alone', () => {
    const texts = fc.array(fc.string(), { maxLength: 10 });
    fc.assert(
      fc.property(texts, (given) => {
        const before = [...given];
        expect(sortedTexts(given)).toEqual(sortedTexts([...given].reverse()));
        expect(given).toEqual(before);
      }),
    );
  });
});
