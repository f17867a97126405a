import { describe, expect, it } from '@jest/globals';
import { patchfleet } from '../../support/run-command.ts';
import { Fleets } from '../calendar/fleets.ts';
import { fleetOfRings, installs } from './rings.ts';

const fleets = new Fleets();

/** `more` of the windows of prod: weekly, at a rate, and monthly. */
function fleetWith(closed: string, more = '') {
  const prod = [
    'approveAfterDays: 7',
    `install: [{ schedule: cron(0 22 ? * SAT *), maxConcurrency: 10%, maxErrors: "1"${more} }, { name: monthly, schedule: cron(0 22 1 * ? *), maxConcurrency: 10%, maxErrors: "1" }]`,
  ];
  const rings = [
    { name: 'dev', text: ['approveAfterDays: 0', installs('cron(0 20 * * ? *)')] },
    { name: 'prod', text: prod },
  ];
  return fleetOfRings(
    rings,
    `freezes:
  - { name: spring, from: 2027-03-08, to: 2027-03-20, timezone: Europe/Berlin, rings: [prod], reason: Sale${closed} }
`,
  );
}

const path = fleets.write(fleetWith(''));

async function freezesOf(fleet: string, asOf: string) {
  const { exitCode, out } = await patchfleet('exposure', '--fleet', fleet, '--as-of', asOf);
  const [, rest = ''] = out.split('\nFreezes\n───────\n\n');
  return { exitCode, text: rest.split('\n\nWhat is assumed\n')[0] };
}

describe('the freezes of patchfleet exposure', () => {
  it('tell which installs fall into them, and that their windows are open still', async () => {
    // The window that opens on Saturday 2027-03-20 is within; 2027-03-06 is before, and over by then.
    expect(await freezesOf(path, '2026-11-25')).toEqual({
      exitCode: 0,
      text: `Times in which nothing is installed (UTC)
  freeze  from              to                rings  why
  ──────  ────────────────  ────────────────  ─────  ────
  spring  2027-03-07 23:00  2027-03-20 23:00  prod   Sale

Installs that fall into them (UTC)
  freeze  window        installs  first             last              the window is
  ──────  ────────────  ────────  ────────────────  ────────────────  ──────────────────────────────────────
  spring  prod/install         2  2027-03-13 22:00  2027-03-20 22:00  open: patchfleet freeze spring --apply`,
    });
  });

  it('tell that a window is closed for one, and that it is to be opened when it is over', async () => {
    const closed = fleets.write(fleetWith(', closed: [prod/install]', ', enabled: false'), 'closed.yaml');
    expect((await freezesOf(closed, '2026-11-25')).text).toMatch(
      / {2}spring {2}prod\/install +2 {2}2027-03-13 22:00 {2}2027-03-20 22:00 {2}closed for it$/,
    );
    const { exitCode, err } = await patchfleet('exposure', '--fleet', closed, '--as-of', '2027-04-01');
    expect(exitCode).toBe(2);
    expect(err).toContain('npx patchfleet freeze spring --lift [fleet/freeze-opens-windows]');
  });

  it('tell what somebody closed by hand', async () => {
    const off = fleets.write(fleetWith('', ', enabled: false'), 'off.yaml');
    expect((await freezesOf(off, '2026-11-25')).text).toMatch(/ {2}prod\/install .* closed, not by this freeze$/);
  });

  it('are the same as JSON, run by run', async () => {
    const { out } = await patchfleet('exposure', '--fleet', path, '--as-of', '2026-11-25', '--format', 'json');
    expect(JSON.parse(out).freezes).toEqual([
      {
        name: 'spring',
        from: '2027-03-07T23:00:00.000Z',
        to: '2027-03-20T23:00:00.000Z',
        rings: ['prod'],
        reason: 'Sale',
        installs: [
          {
            ring: 'prod',
            window: 'install',
            state: 'open',
            always: null,
            runs: [
              { start: '2027-03-13T22:00:00.000Z', end: '2027-03-14T01:00:00.000Z' },
              { start: '2027-03-20T22:00:00.000Z', end: '2027-03-21T01:00:00.000Z' },
            ],
          },
        ],
      },
    ]);
  });

  it('are left out of a report of a fleet without any', async () => {
    const without = fleets.write(fleetOfRings([{ name: 'all', text: [installs('cron(0 20 * * ? *)')] }]), 'none.yaml');
    const { out } = await patchfleet('exposure', '--fleet', without);
    expect(out).not.toContain('Freezes');
    expect(out).not.toContain('Waivers');
  });
});
