import { describe, expect, it } from '@jest/globals';
import { type Block, renderMarkdown } from '../../report/index.ts';
import { codeSpan, escaped } from '../../report/markdown/escape.ts';

function markdownOf(block: Block): string {
  return renderMarkdown({ title: 't', facts: [], sections: [{ heading: 'h', blocks: [block] }] }).slice(
    '# t\n\n## h\n\n'.length,
  );
}

describe('text in Markdown', () => {
  it.each([
    ['a | b', 'a \\| b'],
    ['<img src=x>', '\\<img src=x\\>'],
    ['`code` *bold* ~no~', '\\`code\\` \\*bold\\* \\~no\\~'],
    ['[a](b)', '\\[a\\](b)'],
    ['America/New_York, _italic_', 'America/New_York, \\_italic\\_'],
    ['&lt; & co', '\\&lt; & co'],
    ['back\\slash', 'back\\\\slash'],
    ['@octocat', '@<!-- -->octocat'],
    ['TUE#2', 'TUE#<!-- -->2'],
    ['https://example.com www.example.com', 'https\\://example.com www\\.example.com'],
    ['# heading', '\\# heading'],
    ['- item', '\\- item'],
    ['--- rule', '\\--- rule'],
    ['1. item', '1\\. item'],
    ['0.2', '0.2'],
    ['12:00 on 2026-03-10', '12:00 on 2026-03-10'],
  ])('shows %s as it is', (text, markdown) => {
    expect(escaped(text)).toBe(markdown);
  });

  it.each([
    ['cron(0 21 ? * TUE#2 *)', '`cron(0 21 ? * TUE#2 *)`'],
    ['a | b', '`a \\| b`'],
    ['a`b``c', '```a`b``c```'],
    ['`a`', '`` `a` ``'],
    [' ', ''],
  ])('keeps %s in a code span', (text, markdown) => {
    expect(codeSpan(text, true)).toBe(markdown);
  });
});

describe('a report as Markdown', () => {
  it('aligns the columns of a table', () => {
    const table: Block = {
      kind: 'table',
      caption: 'Windows',
      columns: [{ heading: 'ring' }, { heading: 'schedule', kind: 'code' }, { heading: 'hours', kind: 'number' }],
      rows: [['dev', 'rate(1 day)', '3']],
      empty: 'no windows',
    };
    expect(markdownOf(table)).toBe(
      '**Windows**\n\n| ring | schedule | hours |\n| --- | --- | ---: |\n| dev | `rate(1 day)` | 3 |\n',
    );
    expect(markdownOf({ ...table, rows: [] })).toBe('**Windows**\n\nno windows\n');
  });

  it('sets fix and details under their finding', () => {
    const finding = {
      rule: 'rings/order',
      severity: 'error' as const,
      path: 'fleet.yaml:4:2 rings[1]',
      message: 'test must follow dev',
      fix: 'move test',
      details: ['2026-03-10'],
    };
    expect(markdownOf({ kind: 'findings', findings: [finding], none: '' })).toBe(
      '- **error** `rings/order`: test must follow dev (fleet.yaml:4:2 rings\\[1\\])\n  - **fix**: move test\n  - 2026-03-10\n',
    );
  });
});
