import { beforeAll, describe, expect, it } from '@jest/globals';
import { ec2, instance, lacking, patch, place } from '../../compliance/support.ts';
import { inFormat, readCsv } from './in-format.ts';
import { acmeFleet, Snapshots } from './snapshots.ts';
import { elements, readXml } from './xml.ts';

describe('what nodes and people name themselves', () => {
  let snapshots: Snapshots;
  let args: readonly string[];
  const names = [
    "=cmd|' /C calc'!A0",
    '+1',
    '-2+3',
    '@SUM(A1)',
    '\t=1',
    '<b>&"]]>',
    'a\u0000\u001b[31mb',
    '"quoted", and more',
    '| pipe `code` |',
    'parted;=1+1',
    'broken\r\n=1+1',
  ];

  beforeAll(async () => {
    snapshots = new Snapshots();
    const fleet = snapshots.file('fleet.yaml', acmeFleet);
    const instances = names.map((name, index) =>
      lacking([patch({ title: name, patchId: name })], {
        instanceId: `i-0000000000000000${index.toString(16)}`,
        ec2: ec2({ tags: { Name: name, PatchGroup: 'web' } }),
      }),
    );
    args = [
      '--fleet',
      fleet,
      '--source',
      await snapshots.write(place([...instances, instance({ instanceId: 'i-0000000000000000f' })])),
    ];
  });

  it('is no formula in a spreadsheet', async () => {
    const text = await inFormat('csv', args);
    const rows = readCsv(text).filter(({ record }) => record === 'instance');
    expect(rows).toHaveLength(names.length + 1);
    for (const row of readCsv(text))
      for (const value of Object.values(row)) expect(value).not.toMatch(/(^|[;\t\r\n])\s*[=+\-@\t\r]/);
    expect(rows.slice(0, 4).map(({ name }) => name)).toEqual(names.slice(0, 4).map((name) => `'${name}`));
    expect(rows[4]?.name).toBe("' =1");
    expect(rows[5]?.name).toBe(names[5]);
    expect(rows.slice(7, 9).map(({ name }) => name)).toEqual(names.slice(7, 9));
  });

  it('is well-formed XML', async () => {
    const root = readXml(await inFormat('junit', args));
    expect(elements(root, 'failure')).toHaveLength(names.length);
    const cases = elements(root, 'testcase').map(({ attributes }) => attributes.name);
    expect(cases).toContain('i-00000000000000005 <b>&"]]>');
    expect(cases).toContain('i-00000000000000006 a [31mb');
  });

  it('is text on a terminal, in CSV and in Markdown', async () => {
    for (const format of ['table', 'markdown', 'csv']) {
      const text = await inFormat(format, args);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they would drive the terminal
      expect(text).not.toMatch(/[\u0000\u001b]/);
    }
    expect(await inFormat('markdown', args)).toContain('\\|');
  });
});
