import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatViolation, type Violation } from '../../core/problem.ts';
import { checkArn, checkEc2Tags, checkSystemsManagerName, checkTags } from '../../core/resource-checks.ts';

const said = (violations: readonly Violation[]) => violations.map(formatViolation);

describe('checkSystemsManagerName', () => {
  const name = (value: unknown) => checkSystemsManagerName('windowName', value, 'test/name');

  it('passes every name of 3 to 128 letters, digits, _ - .', () => {
    const names = fc.stringMatching(/^[a-zA-Z0-9_\-.]{3,128}$/);
    fc.assert(fc.property(names, (value) => expect(name(value)).toEqual([])));
    for (const value of ['a.b', 'x'.repeat(128), undefined]) expect(name(value)).toEqual([]);
  });

  it('refuses any other text, in one line without control characters', () => {
    const others = fc
      .string({ unit: 'binary', maxLength: 140 })
      .filter((text) => !/^[a-zA-Z0-9_\-.]{3,128}$/.test(text));
    fc.assert(
      fc.property(others, (value) => {
        const [message, ...more] = said(name(value));
        expect(more).toEqual([]);
        expect(message).toMatch(
          /^windowName must be 3 to 128 characters of letters, digits, _ - \., got .*\[test\/name\]$/,
        );
        expect(message).not.toMatch(/\p{Cc}/u);
      }),
    );
  });

  it.each([
    ['ab', '"ab"'],
    ['a b', '"a b"'],
    ['abc\n', '"abc\\n"'],
    ['größe', '"größe"'],
    [`x${'y'.repeat(128)}`, `129 characters: "x${'y'.repeat(75)}...`],
    [7, '7'],
  ])('refuses %j', (value, got) => {
    expect(said(name(value))).toEqual([
      `windowName must be 3 to 128 characters of letters, digits, _ - ., got ${got}; change windowName [test/name]`,
    ]);
  });
});

describe('checkTags', () => {
  it('passes what is not given, empty values, and the longest keys and values', () => {
    expect(checkTags(undefined)).toEqual([]);
    expect(checkTags({ Name: '', later: undefined, ['k'.repeat(128)]: 'v'.repeat(256) })).toEqual([]);
  });

  it('refuses the 51st tag', () => {
    const tags = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 'v']));
    expect(checkTags(tags(50))).toEqual([]);
    expect(said(checkTags(tags(51)))).toEqual(['tags must hold at most 50 entries, got 51; remove some [tags/count]']);
  });

  it.each(['aws:cloudformation', 'AWS:name'])("refuses the key %s, whose prefix is AWS's", (key) => {
    expect(said(checkTags({ [key]: 'x' }))).toEqual([
      `tag key "${key}" must not begin with aws:; AWS keeps that prefix; rename it [tags/reserved-key]`,
    ]);
  });

  it('passes a key that merely begins like that prefix', () => {
    expect(checkTags({ awsome: 'x' })).toEqual([]);
  });

  it('refuses an empty key and one of 129 characters', () => {
    expect(said(checkTags({ '': 'x' }))).toEqual([
      'tag key must be 1 to 128 characters, got ""; change tag key [tags/key-length]',
    ]);
    expect(said(checkTags({ ['k'.repeat(129)]: 'x' }))).toEqual([
      `tag key must be 1 to 128 characters, got 129 characters: "${'k'.repeat(76)}...; change tag key [tags/key-length]`,
    ]);
  });

  it('refuses values that are too long, or no texts', () => {
    expect(said(checkTags({ a: 'v'.repeat(257), b: 5, c: null }))).toEqual([
      `tag "a" must be 0 to 256 characters, got 257 characters: "${'v'.repeat(76)}...; change tag "a" [tags/value-length]`,
      'tag "b" must be 0 to 256 characters, got 5; change tag "b" [tags/value-length]',
      'tag "c" must be 0 to 256 characters, got null; change tag "c" [tags/value-length]',
    ]);
  });

  it.each([
    [null, 'null'],
    ['Name=web', '"Name=web"'],
    [['Name'], '["Name"]'],
    [5, '5'],
  ])('refuses %j, which is no map', (tags, got) => {
    expect(said(checkTags(tags as unknown as Record<string, string>))).toEqual([
      `tags must map keys to values, got ${got}; write { Name: "value" } [tags/map]`,
    ]);
  });
});

describe('characters of tags', () => {
  it('pass where Systems Manager and IAM take them, in keys and values', () => {
    const taken = 'Größe 日本\u00a0٣_.:/=+-@';
    expect(checkTags({ [taken]: taken, later: undefined })).toEqual([]);
  });

  it.each(['a&b', 'a;b', 'a\tb', '{account}', '#1', 'a,b', '"a"', '🙂'])('are refused in %j', (text) => {
    expect(said(checkTags({ Owner: text }))).toEqual([
      `tag "Owner" must hold only letters, digits, spaces and _ . : / = + - @, got ${JSON.stringify(text)}; change its value: only EC2 takes others [tags/characters]`,
    ]);
    expect(said(checkTags({ [text]: '' }))).toEqual([
      `tag key must hold only letters, digits, spaces and _ . : / = + - @, got ${JSON.stringify(text)}; rename it: only EC2 takes others [tags/characters]`,
    ]);
    expect(checkEc2Tags({ Owner: text, [text]: '' })).toEqual([]);
  });

  it('are left to EC2 on its own resources, unlike every other limit', () => {
    expect(said(checkEc2Tags({ 'Aws:a;b': 'v'.repeat(257) }))).toEqual([
      `tag "Aws:a;b" must be 0 to 256 characters, got 257 characters: "${'v'.repeat(76)}...; change tag "Aws:a;b" [tags/value-length]`,
      'tag key "Aws:a;b" must not begin with aws:; AWS keeps that prefix; rename it [tags/reserved-key]',
    ]);
  });
});

describe('checkArn', () => {
  it.each([
    'arn:aws:sns:us-east-1:111111111111:patching',
    'arn:aws-us-gov:sns:us-gov-west-1:111111111111:patching',
    'arn:aws-cn:sns:cn-north-1:111111111111:patching',
    undefined,
  ])('passes %s', (arn) => {
    expect(checkArn('topicArn', arn, 'test/arn', 'sns')).toEqual([]);
  });

  it.each([
    ['arn:aws:sqs:us-east-1:111111111111:patching', '"arn:aws:sqs:us-east-1:111111111111:patching"'],
    ['patching', '"patching"'],
    [5, '5'],
    [null, 'null'],
  ])('refuses %j where a topic is wanted', (arn, got) => {
    expect(said(checkArn('topicArn', arn, 'test/arn', 'sns'))).toEqual([
      `topicArn must be an ARN of sns, got ${got}; give the whole arn:partition:service:… text [test/arn]`,
    ]);
  });

  it('takes any service where none is named, and an account of AWS', () => {
    expect(checkArn('policyArn', 'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore', 'test/arn')).toEqual([]);
    expect(said(checkArn('policyArn', 'arn:aws:iam', 'test/arn'))).toEqual([
      'policyArn must be an ARN, got "arn:aws:iam"; give the whole arn:partition:service:… text [test/arn]',
    ]);
  });
});
