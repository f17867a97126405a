import { describe, expect, it } from '@jest/globals';
import ICAL from 'ical.js';
import { patchfleet } from '../../support/run-command.ts';
import { Fleets, twoRings } from './fleets.ts';

const fleets = new Fleets();

const path = fleets.write(
  twoRings(
    'schedule: cron(30 2 ? * SUN *), timezone: Europe/Berlin, duration: 2',
    'schedule: cron(0/30 * * * ? *), duration: 1, cutoff: 0',
  ),
);

async function events(asOf: string) {
  const { exitCode, out } = await patchfleet(
    'calendar',
    '--fleet',
    path,
    '--as-of',
    asOf,
    '--months',
    '1',
    '--format',
    'ics',
  );
  expect(exitCode).toBe(0);
  const calendar = new ICAL.Component(ICAL.parse(out));
  const told = calendar.getAllSubcomponents('vevent').map((event) => new ICAL.Event(event));
  return { calendar, told, out };
}

/* Read by the parser of a well-known calendar, which is not the one that writes. */
describe('the calendar of events', () => {
  it('has each run at the instant at which the clocks of its zone show it, before and after they change', async () => {
    const { told } = await events('2026-10-10');
    expect(
      told.map(({ startDate, endDate }) => [startDate, endDate].map((time) => time.toJSDate().toISOString())),
    ).toEqual([
      ['2026-10-11T00:30:00.000Z', '2026-10-11T02:30:00.000Z'],
      ['2026-10-18T00:30:00.000Z', '2026-10-18T02:30:00.000Z'],
      // 02:30 happens twice on this night: the first one is meant.
      ['2026-10-25T00:30:00.000Z', '2026-10-25T02:30:00.000Z'],
      ['2026-11-01T01:30:00.000Z', '2026-11-01T03:30:00.000Z'],
      ['2026-11-08T01:30:00.000Z', '2026-11-08T03:30:00.000Z'],
    ]);
    expect(told[0]?.summary).toBe('Patching of dev');
    expect(told[0]?.description).toBe(
      'Window install of ring dev, cron(30 2 ? * SUN *) Europe/Berlin, open for 2 h; nothing new starts in the last 1 h.',
    );
  });

  it('names a run alike whenever it is told', async () => {
    const [first, second] = [await events('2026-10-10'), await events('2026-10-17')];
    const ids = first.told.map(({ uid }) => uid);
    expect(new Set(ids).size).toBe(5);
    expect(second.told.slice(0, 4).map(({ uid }) => uid)).toEqual(ids.slice(1));
    expect((await events('2026-10-10')).out).toBe(first.out);
  });

  it('names runs of windows apart whose names are the same when joined', async () => {
    const window = 'schedule: cron(0 22 ? * SAT *), maxConcurrency: 10%, maxErrors: "1"';
    const text = twoRings('schedule: cron(0 3 ? * SUN *)', 'schedule: cron(0 4 ? * SUN *)').replace(
      'rings:\n',
      `rings:
  - name: a
    install: [{ ${window} }, { name: scan, ${window} }]
  - name: a-install
    scan: { ${window} }
`,
    );
    const file = fleets.write(text, 'names.yaml');
    const args = ['--as-of', '2026-10-10', '--months', '1', '--format', 'ics'];
    const { out } = await patchfleet('calendar', '--fleet', file, ...args);
    const ids = out.split('\r\n').filter((line) => line.startsWith('UID:'));
    expect(ids.filter((id) => id.includes('20261010'))).toEqual([
      'UID:acme.a.install.20261010T220000Z@patchfleet',
      'UID:acme.a.install-scan.20261010T220000Z@patchfleet',
      'UID:acme.a-install.scan.20261010T220000Z@patchfleet',
    ]);
  });

  it('has no line of more than 75 bytes, as the format asks', async () => {
    const { out } = await events('2026-10-10');
    // What prints it adds the last line feed.
    const lines = `${out}\n`.split('\r\n');
    expect(lines.pop()).toBe('');
    expect(lines.filter((line) => /[\r\n]/.test(line))).toEqual([]);
    expect(lines.filter((line) => Buffer.byteLength(line) > 75)).toEqual([]);
    expect(lines.filter((line) => line.startsWith(' '))).not.toEqual([]);
    expect(lines.at(-1)).toBe('END:VCALENDAR');
  });

  it('tells what has no events of its own, and takes nobody’s time', async () => {
    const { calendar, told } = await events('2026-10-10');
    expect(calendar.getFirstPropertyValue('x-wr-caldesc')).toBe(
      'When each ring of the fleet is scanned and patched. Without events of its own: install of test, several times a day: cron(0/30 * * * ? *) UTC.',
    );
    expect(told.map(({ component }) => component.getFirstPropertyValue('transp'))).toEqual(
      Array(5).fill('TRANSPARENT'),
    );
    expect(new Set(told.map(({ component }) => String(component.getFirstPropertyValue('dtstamp'))))).toEqual(
      new Set(['2026-10-10T00:00:00Z']),
    );
  });
});
