import type { Entry, Report, Row } from '../../report/index.ts';

/* A report with every kind of block, as the calendar and exposure commands would make it. */

const dayMs = 86_400_000;

function day(month: number, date: number): string {
  return `2026-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
}

function entry(start: string, hours: number, ...times: string[]): Entry {
  const end = new Date(Date.parse(start) + hours * 3_600_000).toISOString();
  return { day: start.slice(0, 10), start, end, times };
}

/** The second Tuesdays of March to May 2026. */
const patchTuesdays = [day(3, 10), day(4, 14), day(5, 12)];

function install(plusDays: number): Row {
  const starts = patchTuesdays.map((tuesday) => new Date(Date.parse(tuesday) + plusDays * dayMs + 21 * 3_600_000));
  const entries = starts.map((start) =>
    entry(start.toISOString(), 3, '21:00–00:00 UTC', '17:00–20:00 America/New_York', 'starts 23:00 Europe/Berlin'),
  );
  return { name: 'install', weight: 'strong', entries };
}

const scans = Array.from({ length: 92 }, (_, number) => new Date(Date.UTC(2026, 2, 1 + number, 4)).toISOString());
const dailyScan: Row = {
  name: 'scan',
  weight: 'quiet',
  entries: scans.map((start) => entry(start, 1, '04:00–05:00 UTC')),
};

function daysUntil(values: readonly (number | null)[]) {
  return values.map((value, number) => ({
    at: `${['2026-01-13', '2026-02-10', '2026-03-10', '2026-04-14', '2026-05-12'][number]}T17:00:00Z`,
    value,
  }));
}

export const sample: Report = {
  title: 'Exposure of demo <fleet> & friends',
  verdict: { outcome: 'error', text: '1 release reaches test before dev; the order does not hold' },
  facts: [
    { name: 'fleet', value: 'fleet.yaml' },
    { name: 'as of', value: '2026-03-01T00:00:00Z' },
    { name: 'horizon', value: '3 months, until 2026-05-31' },
  ],
  sections: [
    {
      heading: 'What was found',
      blocks: [
        {
          kind: 'findings',
          none: 'nothing was found',
          findings: [
            {
              rule: 'rings/order',
              severity: 'error',
              path: 'fleet.yaml:42:7 rings[1].install.schedule',
              message: 'test must get every release after dev, got 1 release before it',
              fix: 'use patchTuesday({ plusDays: 8 }) for test',
              details: ['2026-03-10: dev on 2026-04-14, test on 2026-04-08', '2026-06-09: dev on 2026-07-14'],
            },
            {
              rule: 'rings/apt-ignores-delays',
              severity: 'warning',
              message: 'approveAfterDays must not be relied upon on UBUNTU, got 7',
            },
            { rule: 'rings/pinned', severity: 'info', message: 'prod awaits promotion since 2026-02-10' },
          ],
        },
      ],
    },
    {
      heading: 'Calendar',
      blocks: [
        { kind: 'paragraph', text: 'A release is assumed to be out at 10:00 America/Los_Angeles.' },
        {
          kind: 'timeline',
          caption: 'Windows by ring',
          timezone: 'UTC',
          firstDay: day(3, 5),
          lastDay: day(5, 31),
          lanes: [
            { name: 'dev', rows: [install(0), dailyScan] },
            { name: 'test', rows: [install(8), dailyScan] },
            {
              name: 'prod',
              rows: [
                install(15),
                { name: 'scan', weight: 'quiet', entries: [], always: 'every 30 minutes from creation' },
                { name: 'emergency', weight: 'strong', entries: [] },
              ],
            },
            { name: 'attic', rows: [] },
          ],
          spans: [
            {
              name: 'Easter',
              firstDay: day(3, 25),
              lastDay: day(4, 7),
              lanes: ['test', 'prod'],
              text: 'nobody is in; from 2026-03-25T00:00Z to 2026-04-08T00:00Z',
            },
          ],
        },
        {
          kind: 'table',
          caption: 'Install windows',
          columns: [
            { heading: 'ring' },
            { heading: 'schedule', kind: 'code' },
            { heading: 'time zone' },
            { heading: 'hours', kind: 'number' },
          ],
          rows: [
            ['dev', 'cron(0 21 ? * TUE#2 *)', 'UTC', '3'],
            ['test', 'cron(0 21 ? * TUE#2 *) + 6 days | offset', 'America/New_York', '12'],
            ['日本 🗾', 'rate(30 minutes)', 'Asia/Tokyo', '1'],
          ],
          empty: 'no ring has an install window',
        },
        {
          kind: 'table',
          caption: 'Waivers',
          columns: [{ heading: 'patch' }, { heading: 'until' }],
          rows: [],
          empty: 'no patch is waived',
        },
      ],
    },
    {
      heading: 'How long it takes',
      blocks: [
        {
          kind: 'line-chart',
          title: 'Days until each ring has each release',
          description: 'Every release reaches dev within 7 days, test within 35 and prod mostly within 30.',
          unit: 'days',
          missing: 'never',
          series: [
            { name: 'dev', points: daysUntil([0.2, 0.2, 35.2, 0.2, 7]) },
            { name: 'test', points: daysUntil([8.2, 8.2, 29.2, 8.2, 8.2]), limit: 14 },
            { name: 'prod', points: daysUntil([15.2, null, 36.2, 15.2]), limit: 30 },
          ],
        },
        {
          kind: 'bar-chart',
          title: 'Instances that fit each window',
          description: 'All of dev and test fit, of prod 240.',
          unit: 'instances',
          bars: [
            { name: 'dev', value: 12 },
            { name: 'test', value: 60 },
            { name: 'prod in a region with a long name', value: 240 },
            { name: 'attic', value: 0 },
          ],
        },
        { kind: 'list', items: ['Undated packages bypass delays.', '1. @octocat said #12 is fine'] },
      ],
    },
  ],
};
