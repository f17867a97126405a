import type { Explorer, Report } from '../../report/index.ts';
import { sample } from './sample.ts';

/* The sample, and rows to explore: three sites with machines, and parts that these lack. */

const sites = ['north', 'south', ''];
const states = ['broken', 'unheard of', 'fine'];

export const machines: Explorer = {
  kind: 'explorer',
  name: 'machines',
  caption: 'Machines',
  one: 'machine',
  many: 'machines',
  columns: [
    { key: 'id', heading: 'machine', kind: 'code' },
    { key: 'site', heading: 'site', filter: true, none: 'no site' },
    {
      key: 'state',
      heading: 'state',
      filter: true,
      values: [
        { value: 'broken', tone: 'bad' },
        { value: 'unheard of', tone: 'unsure' },
        { value: 'fine', tone: 'good' },
      ],
    },
    { key: 'hours', heading: 'hours', kind: 'number', summed: true },
    { key: 'serial', heading: 'serial number', aside: true },
  ],
  rows: Array.from({ length: 60 }, (_, number) => ({
    cells: [
      `m-${number}`,
      sites[number % 3] ?? '',
      states[number % 5 === 0 ? 0 : number % 5 === 1 ? 1 : 2] ?? '',
      number % 7 === 0 ? '' : number,
      `S${1000 + number}`,
    ],
    ...(number % 5 !== 1 && { details: number % 5 === 0 ? [0, 1 + (number % 2)] : [] }),
  })),
  identity: ['site', 'id'],
  levels: [{ one: 'site', many: 'sites', columns: ['site'] }],
  tally: { column: 'state', share: 'fine %' },
  details: {
    caption: 'Parts that it lacks',
    one: 'part',
    many: 'parts',
    columns: [
      { key: 'part', heading: 'part', kind: 'code' },
      { key: 'price', heading: 'price', kind: 'number' },
    ],
    rows: [
      ['bolt', 3],
      ['nut-9', 1],
      ['nut-10', 2],
    ],
    filter: 'part',
    empty: 'It lacks nothing.',
    unknown: 'Nobody looked.',
  },
  empty: 'There is no machine.',
};

export const exploring: Report = {
  ...sample,
  sections: [
    ...sample.sections,
    {
      heading: 'Machines',
      blocks: [
        { kind: 'figures', figures: [{ name: 'Fine', value: '60 %', note: 'of all machines', tone: 'good' }] },
        machines,
      ],
    },
  ],
};
