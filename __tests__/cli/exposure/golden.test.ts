import { describe, expect, it } from '@jest/globals';
import { patchfleet } from '../../support/run-command.ts';
import { Fleets } from '../calendar/fleets.ts';
import { fleetOfRings, installs } from './rings.ts';

const fleets = new Fleets();

/** Dev on the second Tuesday and test on the second Wednesday, which is before it in months that begin on a Wednesday. */
function devAndTest(approveAfterDays: number, test = 'cron(0 21 ? * WED#2 *)'): string {
  const delay = `approveAfterDays: ${approveAfterDays}`;
  const text = fleetOfRings([
    { name: 'dev', text: [delay, installs('cron(0 21 ? * TUE#2 *)')] },
    { name: 'test', text: [delay, installs(test)] },
  ]);
  return fleets.write(text, `${approveAfterDays}.yaml`);
}

async function exposed(path: string, ...args: string[]) {
  const { exitCode, out } = await patchfleet('exposure', '--fleet', path, '--as-of', '2026-01-01', ...args);
  return { exitCode, out };
}

const fiveYears = ['--months', '60', '--format', 'json'] as const;

describe('patchfleet exposure of dev on TUE#2 and test on WED#2, of the 60 releases of 2026 to 2030', () => {
  it('finds nothing without a delay', async () => {
    const { exitCode, out } = await exposed(devAndTest(0), ...fiveYears);
    expect(exitCode).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ months: 60, firstDay: '2026-01-01', lastDay: '2030-12-31', findings: [] });
  });

  it('finds nine that come to test first with a delay of three days, each with its dates', async () => {
    const { exitCode, out } = await exposed(devAndTest(3), ...fiveYears);
    expect(exitCode).toBe(1);
    const { findings } = JSON.parse(out);
    const inverted = findings.filter(({ rule }: { rule: string }) => rule === 'exposure/inverted');
    expect(inverted).toHaveLength(1);
    expect(inverted[0]).toMatchObject({
      severity: 'error',
      ring: 'test',
      earlierRing: 'dev',
      releases: 60,
      count: 9,
    });
    expect(inverted[0].cases).toHaveLength(9);
    expect(inverted[0].cases[0]).toEqual({
      release: '2026-03-10T17:00:00Z',
      installed: '2026-04-08T21:00:00Z',
      earlierInstalled: '2026-04-14T21:00:00Z',
    });
  });

  it('names three of them in words, and lists the others once', async () => {
    const { exitCode, out } = await exposed(devAndTest(3), '--months', '60');
    expect(exitCode).toBe(1);
    const words = out.replaceAll(/\s+/g, ' ');
    expect(words).toContain(
      'error ring "test" must not get a patch before ring "dev", got 9 of 60 releases earlier (windows approvalRules[0]): 2026-03-10 at 2026-04-08T21:00Z, in "dev" at 2026-04-14T21:00Z; 2026-06-09 at 2026-07-08T21:00Z, in "dev" at 2026-07-14T21:00Z; 2027-08-10 at 2027-09-08T21:00Z, in "dev" at 2027-09-14T21:00Z; 6 more; let ring "dev" install at patchTuesday({ plusDays: 3, at: "21:00" }) in UTC, and let ring "test" install at patchTuesday({ plusDays: 4, at: "21:00" }) in UTC: then nothing fails in ring "test" over the whole time [exposure/inverted] - 2027-11-09: test 2027-12-08 21:00 UTC, dev 2027-12-14 21:00 UTC - 2028-02-08: test 2028-03-08 21:00 UTC, dev 2028-03-14 21:00 UTC - 2028-10-10: test 2028-11-08 21:00 UTC, dev 2028-11-14 21:00 UTC - 2029-07-10: test 2029-08-08 21:00 UTC, dev 2029-08-14 21:00 UTC - 2030-04-09: test 2030-05-08 21:00 UTC, dev 2030-05-14 21:00 UTC - 2030-12-10: test 2031-01-08 21:00 UTC, dev 2031-01-14 21:00 UTC ',
    );
  });

  it('holds with the fix that it names', async () => {
    const text = fleetOfRings([
      { name: 'dev', text: ['approveAfterDays: 3', installs('{ patchTuesday: { plusDays: 3, at: "21:00" } }')] },
      { name: 'test', text: ['approveAfterDays: 3', installs('{ patchTuesday: { plusDays: 4, at: "21:00" } }')] },
    ]);
    const { exitCode, out } = await exposed(fleets.write(text, 'mended.yaml'), ...fiveYears);
    expect({ exitCode, findings: JSON.parse(out).findings }).toEqual({ exitCode: 0, findings: [] });
  });
});
