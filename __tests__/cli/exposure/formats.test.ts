import { beforeAll, describe, expect, it } from '@jest/globals';
import { patchfleet } from '../../support/run-command.ts';
import { Fleets } from '../calendar/fleets.ts';
import { fleetOfRings, installs } from './rings.ts';

const fleets = new Fleets();

const path = fleets.write(
  fleetOfRings(
    [
      { name: 'dev', text: ['approveAfterDays: 0', installs('cron(0 20 * * ? *)')], patchGroups: ['windows', 'linux'] },
      {
        name: 'prod',
        text: ['approveAfterDays: 7', 'patchWithinDays: 12', installs('cron(0 22 ? * SAT *)')],
        patchGroups: ['windows', 'linux'],
      },
    ],
    `waivers:
  - { patches: [KB5034441], rings: [prod], owner: team-web, reason: Fails, ticket: OPS-1, expires: 2027-01-31 }
freezes:
  - { name: spring, from: 2027-03-08, to: 2027-03-20, rings: [prod], reason: Sale }
`,
  ),
);

type Format = 'text' | 'json' | 'markdown' | 'html';

async function printed(format: Format): Promise<string> {
  const args = ['--fleet', path, '--as-of', '2026-11-25', '--months', '4', '--format', format];
  const { exitCode, out } = await patchfleet('exposure', ...args);
  // Prod has Linux patches later than 12 days, and Windows ones in the freeze.
  expect(exitCode).toBe(1);
  return out.replaceAll(path, 'fleet.yaml');
}

/** Rows of every table, cells of a row: what a reader of the format sees. */
const rowsOf: Readonly<Record<Exclude<Format, 'json'>, (out: string) => string[][]>> = {
  text: (out) =>
    out
      .split('\n')
      .filter((line) => line.startsWith('  '))
      .map((line) =>
        line
          .replaceAll(/[█▏▎▍▌▋▊▉]+/g, '')
          .trim()
          .split(/ {2,}/)
          .map((cell) => cell.trim()),
      ),
  markdown: (out) =>
    out
      .split('\n')
      .filter((line) => line.startsWith('| '))
      .map((line) =>
        line
          .slice(2, -2)
          .split(' | ')
          .map((cell) => cell.replaceAll(/[`\\]/g, '')),
      ),
  html: (out) =>
    [...out.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row]) =>
      [...`${row}`.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell]) => `${cell}`.replaceAll(/<[^>]*>/g, '')),
    ),
};

interface Told {
  readonly findings: readonly { readonly message: string; readonly rule: string; readonly fix: string }[];
  readonly rings: readonly {
    readonly ring: string;
    readonly cadence: string;
    readonly approval: { readonly baseline: string; readonly label: string };
    readonly releases: number;
    readonly fewestDays: number;
    readonly mostDays: number;
    readonly steps: readonly { readonly release: string; readonly installed: string; readonly days: number }[];
  }[];
}

describe('the formats of patchfleet exposure', () => {
  const outputs = {} as Record<Format, string>;
  let told: Told;
  beforeAll(async () => {
    for (const format of ['text', 'json', 'markdown', 'html'] as const) outputs[format] = await printed(format);
    told = JSON.parse(outputs.json);
  });

  it('JSON is versioned, and says what it was made of and for', () => {
    expect(told).toMatchObject({
      version: 1,
      fleet: 'acme',
      file: 'fleet.yaml',
      asOf: '2026-11-25T00:00:00Z',
      months: 4,
      firstDay: '2026-11-25',
      lastDay: '2027-03-24',
    });
    expect(Object.keys(told)).toEqual([
      'version',
      'fleet',
      'file',
      'asOf',
      'months',
      'firstDay',
      'lastDay',
      'assumptions',
      'rings',
      'findings',
      'freezes',
      'waivers',
    ]);
  });

  it.each(['text', 'markdown', 'html'] as const)('%s has the days of each ring and rule', (format) => {
    const rows = rowsOf[format](outputs[format]).map((row) => row.join('|'));
    const expected = told.rings.map(({ ring, approval, releases, fewestDays, mostDays }) => {
      // A label may go on in the next line of a text.
      return [ring, approval.baseline, approval.label.split(',')[0], `${releases}`, `${fewestDays}`, `${mostDays}`];
    });
    expect(expected).toHaveLength(6);
    const found = expected.map(([ring, baseline, label, ...numbers]) =>
      rows.filter((row) => row.startsWith([ring, baseline, label].join('|')) && row.endsWith(numbers.join('|'))),
    );
    expect(found.map((same) => same.length)).toEqual(expected.map(() => 1));
  });

  it.each(['text', 'markdown', 'html'] as const)('%s has each release of Windows in each ring', (format) => {
    const rows = rowsOf[format](outputs[format]);
    const windows = told.rings.filter(({ cadence }) => cadence === 'monthly');
    const [dev, prod] = windows.map(({ steps }) => steps);
    expect(dev?.map(({ release }) => release.slice(0, 10))).toEqual([
      '2026-12-08',
      '2027-01-12',
      '2027-02-09',
      '2027-03-09',
    ]);
    const cell = (step: Told['rings'][number]['steps'][number] | undefined) =>
      `${step?.installed.slice(0, 16).replace('T', ' ')} (${step?.days})`;
    for (const [index, step] of (dev ?? []).entries()) {
      expect(rows).toContainEqual([step.release.slice(0, 10), cell(step), cell(prod?.[index])]);
      // The numbers of the chart.
      expect(rows).toContainEqual([step.release.slice(0, 10), `${step.days}`, `${prod?.[index]?.days}`]);
    }
  });

  it.each(['text', 'markdown', 'html'] as const)('%s has the worst of each month of Linux', (format) => {
    const rows = rowsOf[format](outputs[format]);
    const daily = told.rings.filter(({ cadence }) => cadence === 'daily');
    const worst = (ring: string, month: string) =>
      Math.max(
        ...daily
          .filter((each) => each.ring === ring)
          .flatMap(({ steps }) => steps.filter(({ release }) => release.startsWith(month)).map(({ days }) => days)),
      );
    for (const month of ['2026-11', '2026-12', '2027-01', '2027-02', '2027-03']) {
      expect(rows).toContainEqual([month, `${worst('dev', month)}`, `${worst('prod', month)}`]);
    }
  });

  it.each(['text', 'markdown', 'html'] as const)('%s has every finding with its rule and its fix', (format) => {
    const plain = (text: string) =>
      text
        .replaceAll('&#34;', '"')
        .replaceAll(/<[^>]*>|[\\`]/g, '')
        .replaceAll(/\s+/g, ' ');
    expect(told.findings.map(({ rule }) => rule)).toEqual(['exposure/too-late', 'exposure/too-late']);
    for (const { message, fix, rule } of told.findings) {
      for (const part of [message, fix, rule]) expect(plain(outputs[format])).toContain(plain(part));
    }
  });

  it.each(['text', 'markdown', 'html'] as const)('%s has the freeze and the waiver', (format) => {
    const rows = rowsOf[format](outputs[format]);
    expect(rows).toContainEqual(['spring', '2027-03-08 00:00', '2027-03-21 00:00', 'prod', 'Sale']);
    const command = 'open: patchfleet freeze spring --apply';
    expect(rows).toContainEqual(['spring', 'prod/install', '2', '2027-03-13 22:00', '2027-03-20 22:00', command]);
    expect(rows).toContainEqual(['KB5034441', 'prod', '2027-01-31', 'team-web', 'Fails', 'OPS-1']);
  });

  it('the page has a chart for each kind of release, with its deadline', () => {
    const charts = [...outputs.html.matchAll(/<svg role="img"[^>]*>\n<title[^>]*>(.*?)<\/title>/g)];
    expect(charts.map(([, title]) => title)).toEqual(['Windows', 'Linux and macOS']);
    expect(outputs.html.match(/<br>prod: at most 12 days/g)).toHaveLength(2);
  });

  it('says the same as of the same day', async () => {
    expect(await printed('html')).toBe(outputs.html);
  });
});
