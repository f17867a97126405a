import { describe, expect, it } from '@jest/globals';
import { type Block, type Report, renderHtml, renderMarkdown, renderText } from '../../report/index.ts';
import { blocksOf } from './blocks-of.ts';
import { exploring } from './exploring.ts';

/* One value, three formats: what one of them says, all of them say. */

/** What each block says, in words and numbers that every format must have. */
function saidBy(block: Block): string[] {
  switch (block.kind) {
    case 'paragraph':
      return [block.text];
    case 'list':
      return [...block.items];
    case 'figures':
      return block.figures.flatMap(({ name, value, note }) => [name, value, note ?? '']);
    case 'explorer':
      return [
        block.caption,
        ...block.columns.filter(({ aside }) => !aside).map(({ heading }) => heading),
        ...block.rows
          .slice(0, 20)
          .flatMap(({ cells }) => cells.filter((_, place) => !block.columns[place]?.aside).map((cell) => `${cell}`)),
      ];
    case 'table':
      return block.rows.length === 0
        ? [block.caption, block.empty]
        : [block.caption, ...block.columns.map(({ heading }) => heading), ...block.rows.flat()];
    case 'findings':
      return block.findings.flatMap(({ severity, rule, message, fix, path, details }) =>
        [severity, rule, message, fix ?? '', path ?? '', ...(details ?? [])].filter((text) => text !== ''),
      );
    case 'timeline':
      return [
        block.timezone,
        ...block.lanes.flatMap(({ name, rows }) => [
          name,
          ...rows.flatMap((row) => [row.name, row.always ?? '', ...row.entries.flatMap(({ times }) => times)]),
        ]),
        ...block.spans.flatMap(({ name, text }) => [name, text]),
      ];
    case 'line-chart':
      return [
        block.title,
        block.unit,
        ...block.series.flatMap(({ name, points, limit }) => [
          name,
          limit === undefined ? '' : `at most ${limit} days`,
          ...points.flatMap(({ at, value }) => [at.slice(0, 10), value === null ? block.missing : `${value}`]),
        ]),
      ];
    case 'bar-chart':
      return [block.title, block.unit, ...block.bars.flatMap(({ name, value }) => [name, `${value}`])];
  }
}

function saidByReport({ title, verdict, facts, sections }: Report): string[] {
  const opening = [title, verdict?.text ?? '', ...facts.flatMap(({ name, value }) => [name, value])];
  return [...opening, ...sections.flatMap(({ heading, blocks }) => [heading, ...blocks.flatMap(saidBy)])];
}

const readable: Record<string, () => Promise<string>> = {
  text: async () => renderText(exploring, { width: Number.POSITIVE_INFINITY }),
  Markdown: async () =>
    renderMarkdown(exploring)
      .replaceAll('<!-- -->', '')
      .replace(/\\([^\w\s])/g, '$1'),
  HTML: async () => {
    const body = (await renderHtml(exploring)).replace(/^.*<body[^>]*>/s, '').replace(/<[^>]*>/g, '');
    return body.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
  },
};

/** Days on which the sample opens, as months tell them. */
const days = ['Tue 10', 'Wed 18', 'Wed 25', 'Tue 14', 'Wed 22', 'Wed 29', 'Tue 12', 'Wed 20', 'Wed 27', '1–31', '1–30'];
const standing = ['does not open in these months', 'has no windows', '25–31', '1–7', 'March 2026', 'April 2026'];

describe.each(Object.keys(readable))('a report as %s', (format) => {
  it('says everything that is in it', async () => {
    const text = (await readable[format]?.()) ?? '';
    const said = [...saidByReport(exploring), ...days, ...standing];
    expect(said.length).toBeGreaterThan(200);
    expect(said.filter((wanted) => !text.includes(wanted))).toEqual([]);
  });

  it('tells how many rows there are of which it shows the first', async () => {
    const text = (await readable[format]?.()) ?? '';
    expect(text).toContain(format === 'HTML' ? 'Machines: 60 machines' : 'Machines: the first 20 of 60 machines');
  });

  it('has the same bytes every time, also from a report that was kept as JSON', async () => {
    const render = { text: renderText, Markdown: renderMarkdown, HTML: renderHtml }[format] as typeof renderHtml;
    const first = await render(exploring);
    expect(await render(exploring)).toBe(first);
    expect(await render(JSON.parse(JSON.stringify(exploring)))).toBe(first);
  });

  it('has no control characters but line breaks', async () => {
    const render = { text: renderText, Markdown: renderMarkdown, HTML: renderHtml }[format] as typeof renderHtml;
    const evil = '\u001b[31mred\u0007\r\nnext\u202eback\u2028';
    const found = await render({
      title: evil,
      verdict: { outcome: 'ok', text: evil },
      facts: [{ name: evil, value: evil }],
      sections: [{ heading: evil, blocks: [...blocksOf(evil)] }],
    });
    expect(found).toContain('[31mred');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect(found).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e]/);
  });
});
