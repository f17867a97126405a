import { describe, expect, it } from '@jest/globals';
import { patchfleet } from '../../support/run-command.ts';
import { Fleets, twoRings } from './fleets.ts';

const fleets = new Fleets();

const path = fleets.write(
  twoRings(
    'schedule: { patchTuesday: { plusDays: 1, at: "22:00" } }, timezone: Europe/Berlin',
    'schedule: rate(7 days), duration: 2',
  ),
);
const at = ['--fleet', path, '--as-of', '2026-11-25', '--months', '2'];

/** What is printed, with the path of the file as `fleet.yaml`. */
async function calendar(...args: string[]) {
  const { exitCode, out, err } = await patchfleet('calendar', ...args);
  return { exitCode, out: out.replaceAll(path, 'fleet.yaml'), err: err.replaceAll(path, 'fleet.yaml') };
}

describe('patchfleet calendar', () => {
  it('tells each window in UTC, in its own zone and in the reader’s, next and by day', async () => {
    const { exitCode, out, err } = await calendar(...at, '--timezone', 'America/New_York');
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    expect(out).toBe(`Patching calendar of acme
═════════════════════════
  fleet file  fleet.yaml
  as of       2026-11-25T00:00:00Z
  until       2027-01-25T00:00:00Z
  time zone   America/New_York

Next
────

The next time that each window opens
  window        does     next, UTC                   next, window's zone                next, America/New_York     hours
  ────────────  ───────  ──────────────────────────  ─────────────────────────────────  ─────────────────────────  ─────
  dev install   Install  2026-12-09T21:00:00Z        2026-12-09T22:00:00+01:00          2026-12-09T16:00:00-05:00      3
                                                     Europe/Berlin
  test install  Install  every 7 days from creation                                                                    2

By day
──────

When windows open (days of America/New_York)
  test  install  every 7 days from creation

November 2026
  nothing opens

December 2026
  dev  install  Wed 9  16:00–19:00 America/New_York · 21:00–00:00 next day UTC · 22:00–01:00 next day Europe/Berlin

January 2027
  dev  install  Wed 13  16:00–19:00 America/New_York · 21:00–00:00 next day UTC · 22:00–01:00 next day Europe/Berlin`);
  });

  it('tells the same as JSON, instants by three clocks', async () => {
    const { exitCode, out } = await calendar(...at, '--timezone', 'America/New_York', '--format', 'json');
    expect(exitCode).toBe(0);
    const told = JSON.parse(out);
    expect({ ...told, rings: undefined }).toEqual({
      version: 1,
      fleet: 'acme',
      file: 'fleet.yaml',
      asOf: '2026-11-25T00:00:00.000Z',
      to: '2027-01-25T00:00:00.000Z',
      timezone: 'America/New_York',
      freezes: [],
      order: null,
    });
    expect(told.rings).toHaveLength(2);
    expect(told.rings[1]).toMatchObject({
      ring: 'test',
      windows: [{ window: 'install', operation: 'Install', always: 'every 7 days from creation', runs: [] }],
    });
    expect(told.rings[0].windows[0]).toEqual({
      window: 'install',
      operation: 'Install',
      schedule: 'cron(0 22 ? * TUE#2 *)',
      timezone: 'Europe/Berlin',
      offsetDays: 1,
      startDate: null,
      endDate: null,
      durationHours: 3,
      cutoffHours: 1,
      enabled: true,
      always: null,
      runs: [
        {
          start: {
            utc: '2026-12-09T21:00:00Z',
            window: '2026-12-09T22:00:00+01:00',
            reader: '2026-12-09T16:00:00-05:00',
          },
          end: {
            utc: '2026-12-10T00:00:00Z',
            window: '2026-12-10T01:00:00+01:00',
            reader: '2026-12-09T19:00:00-05:00',
          },
          frozenBy: null,
        },
        expect.objectContaining({ start: expect.objectContaining({ utc: '2027-01-13T21:00:00Z' }) }),
      ],
    });
  });

  it('tells the rings that are asked for', async () => {
    const { out } = await calendar(...at, '--ring', 'test', '--format', 'json');
    expect(JSON.parse(out).rings.map(({ ring }: { ring: string }) => ring)).toEqual(['test']);
  });

  it('is a page of its own, or Markdown', async () => {
    const page = await calendar(...at, '--format', 'html');
    expect(page.out).toMatch(/^<!doctype html>/i);
    expect(page.out).toContain('21:00–00:00 next day UTC');
    const { out } = await calendar(...at, '--format', 'markdown');
    expect(out).toContain('# Patching calendar of acme');
    expect(out).toContain('2026-12-09T21:00:00Z');
  });

  it.each([
    [['--ring', 'tests'], 'patchfleet: --ring must be one of dev, test, got "tests"; did you mean "test"?'],
    [['--ring', 'prod'], 'patchfleet: --ring must be one of dev, test, got "prod"; use one of them'],
    [
      ['--months', '0'],
      "error: option '--months <n>' argument '0' is invalid. It must be a whole number from 1 to 60.\nsee patchfleet calendar --help",
    ],
    [
      ['--months', '100000'],
      "error: option '--months <n>' argument '100000' is invalid. It must be a whole number from 1 to 60.\nsee patchfleet calendar --help",
    ],
    [
      ['--timezone', 'CET'],
      "error: option '--timezone <zone>' argument 'CET' is invalid. It must be an IANA time zone name such as Europe/Berlin; name the region and city: an abbreviation means different zones to different readers.\nsee patchfleet calendar --help",
    ],
    [
      ['--as-of', '25.11.2026'],
      "error: option '--as-of <day>' argument '25.11.2026' is invalid. It must be a date or an instant of 1970 to 2199, like 2026-12-01 or 2026-12-01T09:00:00Z.\nsee patchfleet calendar --help",
    ],
    [
      ['--check-order', '--format', 'ics'],
      'patchfleet: --check-order has no place in a calendar of events; use another --format',
    ],
  ])('refuses %p', async (args, message) => {
    expect(await calendar('--fleet', path, ...args)).toEqual({ exitCode: 2, out: '', err: message });
  });

  it('cannot run on a fleet with errors', async () => {
    const { exitCode, out, err } = await calendar('--fleet', fleets.write('version: 2', 'broken.yaml'));
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
    expect(err).toContain('version must be 1, got 2');
  });
});

describe('patchfleet calendar --check-order', () => {
  const order = (dev: string, test: string, ...args: string[]) => {
    const file = fleets.write(twoRings(`schedule: cron(0 21 ? * ${dev} *)`, `schedule: cron(0 21 ? * ${test} *)`));
    return calendar('--fleet', file, '--check-order', '--as-of', '2026-01-01', '--months', '60', ...args);
  };
  const monthsOf = (out: string) =>
    JSON.parse(out).order.findings.flatMap(({ inversions }: { inversions: readonly { month: string }[] }) =>
      inversions.map(({ month }) => month),
    );

  it('finds the eight months of five years in which the second Wednesday comes before the second Tuesday', async () => {
    const { exitCode, out } = await order('TUE#2', 'WED#2', '--format', 'json');
    expect(exitCode).toBe(1);
    expect(monthsOf(out)).toEqual([
      '2026-04',
      '2026-07',
      '2027-09',
      '2027-12',
      '2028-03',
      '2028-11',
      '2029-08',
      '2030-05',
    ]);
  });

  it('finds that the first Sunday follows the first Tuesday in 17 of 60 months only', async () => {
    const { exitCode, out } = await order('TUE#1', 'SUN#1', '--format', 'json');
    expect(exitCode).toBe(1);
    expect(60 - monthsOf(out).length).toBe(17);
  });

  it('tells them with a fix that holds, in words', async () => {
    const { exitCode, out } = await order('TUE#2', 'WED#2');
    expect(exitCode).toBe(1);
    expect(out).toContain('error: One ring installs before an earlier one, in 60 months from 2026-01 on\n');
    expect(out).toContain('  - 2026-04: 2026-04-08T21:00Z, before 2026-04-14T21:00Z\n');
    expect(out).toContain('patchTuesday({ plusDays: 1, at: "21:00" })');
    const mended = fleets.write(
      twoRings('schedule: cron(0 21 ? * TUE#2 *)', 'schedule: { patchTuesday: { plusDays: 1, at: "21:00" } }'),
      'mended.yaml',
    );
    const after = await calendar('--fleet', mended, '--check-order', '--as-of', '2026-01-01', '--months', '60');
    expect(after.exitCode).toBe(0);
    expect(after.out).toContain('ok: No ring installs before an earlier one, in 60 months from 2026-01 on\n');
  });

  it('looks two years ahead where nobody says how far', async () => {
    const { out } = await calendar('--fleet', path, '--check-order', '--as-of', '2026-11-25', '--format', 'json');
    expect(JSON.parse(out).order).toMatchObject({ firstMonth: '2026-11', months: 24 });
  });

  const ordered = async (dev: string, test: string, ...args: string[]) => {
    const file = fleets.write(twoRings(dev, test));
    const { exitCode, out } = await calendar('--fleet', file, '--check-order', '--as-of', '2026-11-25', ...args);
    return { exitCode, out, verdict: out.split('\n')[2] };
  };

  it('compares a ring that is asked for with all others, and tells what is found about it', async () => {
    const [late, early] = ['schedule: cron(0 22 ? * SAT#3 *)', 'schedule: cron(0 22 ? * SAT#2 *)'];
    for (const ring of ['dev', 'test']) {
      const { exitCode, verdict } = await ordered(late, early, '--ring', ring);
      expect([exitCode, verdict]).toEqual([
        1,
        'error: One ring installs before an earlier one, in 24 months from 2026-11 on',
      ]);
    }
    const third = twoRings(late, early).replace(
      'accounts:',
      `  - name: prod
    install: { schedule: cron(0 22 ? * SAT#4 *), maxConcurrency: 10%, maxErrors: "1" }
accounts:`,
    );
    const file = fleets.write(third);
    const { exitCode, out } = await calendar(
      '--fleet',
      file,
      '--check-order',
      '--as-of',
      '2026-11-25',
      '--ring',
      'prod',
    );
    expect([exitCode, out.split('\n')[2]]).toEqual([
      0,
      'ok: No ring installs before an earlier one, in 24 months from 2026-11 on',
    ]);
  });

  it('looks at every hour of two years', async () => {
    const hourly = 'schedule: cron(0 0/1 * * ? *), duration: 1, cutoff: 0';
    const { exitCode, out } = await ordered(`${hourly}, endDate: "2028-10-01T00:00:00Z"`, hourly);
    expect(exitCode).toBe(1);
    expect(out.replaceAll(/\s+/g, ' ')).toContain(
      'error ring "test" must not install before ring "dev" inside a month, got 1 of 24 months: 2028-10 (2028-10-01T00:00Z, "dev" not since 2028-09-30T23:00Z), ',
    );
    expect(out).toContain('\n  - and 684 more\n');
  });

  it('warns where it did not look at all of it', async () => {
    const often = 'schedule: cron(0/15 * * * ? *), duration: 1, cutoff: 0';
    const { exitCode, out, verdict } = await ordered(often, often);
    expect([exitCode, verdict]).toEqual([
      0,
      'warning: No ring installs before an earlier one, in 24 months from 2026-11 on; not all of that time was looked at',
    ]);
    expect(out.replaceAll(/\s+/g, ' ')).toContain(
      'warning ring "test" installs too often to look at all of it, got 20000 installs until 2027-05-26T08:00Z: whether it is in order from then on was not looked at; look at fewer months, or at a later day [ring-order/cut-short]',
    );
  });

  it('warns where nothing could be compared, or not every ring', async () => {
    const monthly = 'schedule: cron(0 22 ? * SAT#2 *)';
    const rate = 'schedule: rate(7 days)';
    const none = await ordered(rate, monthly);
    expect([none.exitCode, none.verdict]).toEqual([
      0,
      'warning: No two rings were compared: at most one installs at times that are known, in 24 months from 2026-11 on',
    ]);
    const third = twoRings(monthly, 'schedule: cron(0 22 ? * SAT#3 *)').replace(
      'accounts:',
      `  - name: prod
    install: { ${rate}, maxConcurrency: 10%, maxErrors: "1" }
accounts:`,
    );
    const file = fleets.write(third);
    const { out } = await calendar('--fleet', file, '--check-order', '--as-of', '2026-11-25');
    expect(out.split('\n')[2]).toBe(
      'warning: No ring installs before an earlier one, in 24 months from 2026-11 on; prod was not compared',
    );
  });
});
