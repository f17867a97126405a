import { describe, expect, it } from '@jest/globals';
import { patchfleet } from '../../support/run-command.ts';
import { Fleets } from '../calendar/fleets.ts';
import { fleetOfRings, installs, type TestRing } from './rings.ts';

const fleets = new Fleets();

async function exposed(rings: readonly TestRing[], more = '', ...args: string[]) {
  const path = fleets.write(fleetOfRings(rings, more));
  const { exitCode, out, err } = await patchfleet('exposure', '--fleet', path, '--as-of', '2026-11-25', ...args);
  return { exitCode, out, err, words: out.replaceAll(/\s+/g, ' ') };
}

const daily = installs('cron(0 20 * * ? *)');
const saturdays = installs('cron(0 22 ? * SAT *)');

/** The lines of a section of the text. */
function section(out: string, heading: string): string {
  const [, rest = ''] = out.split(new RegExp(`^${heading}\n─+\n\n`, 'm'));
  return rest.split(/\n\n[^\n]+\n─+\n/)[0] ?? '';
}

describe('patchfleet exposure', () => {
  it('exits with 0 and says so where everything holds', async () => {
    const { exitCode, out } = await exposed([
      { name: 'dev', text: ['approveAfterDays: 0', daily] },
      { name: 'prod', text: ['approveAfterDays: 7', 'soakDays: 6', 'patchWithinDays: 30', saturdays] },
    ]);
    expect(exitCode).toBe(0);
    expect(out).toContain('\nok: The rollout holds for the releases of 24 months\n');
    expect(section(out, 'What does not hold')).toBe('nothing: every ring is in order and in time');
  });

  it('exits with 1 where a ring is too late, and tells when it is', async () => {
    const { exitCode, out, words } = await exposed([
      { name: 'prod', text: ['approveAfterDays: 7', 'patchWithinDays: 10', saturdays] },
    ]);
    expect(exitCode).toBe(1);
    expect(out).toContain('\nerror: 1 thing does not hold for the releases of 24 months\n');
    expect(words).toContain(
      'error ring "prod" must have a patch within 10 days (patchWithinDays) of its release, got 24 of 24 releases later (windows approvalRules[0]): 2026-12-08 at 2026-12-19T22:00Z, 11.2 days later; ',
    );
  });

  it('knows that a window with a list of its own installs nothing that is approved', async () => {
    const own = installs('cron(0 20 * * ? *)', "installOverrideList: 'https://example.com/list.yaml'");
    const { exitCode, words } = await exposed([
      { name: 'dev', text: ['approveAfterDays: 0', own] },
      { name: 'prod', text: ['approveAfterDays: 7', saturdays] },
    ]);
    expect(exitCode).toBe(1);
    expect(words).toContain(
      'error ring "dev" must get every patch that is released to it, got 24 of 24 releases never, as its install windows install a list of their own (installOverrideList) (windows approvalRules[0]): 2026-12-08; 2027-01-12; 2027-02-09; 21 more; give it a window that installs what its baselines approve [exposure/never]',
    );
  });

  it('warns where only windows that do not reboot meet a deadline', async () => {
    const prod = (install: string) => [{ name: 'prod', text: ['approveAfterDays: 7', 'patchWithinDays: 10', install] }];
    const alone = await exposed(prod(installs('cron(0 22 * * ? *)', 'rebootOption: NoReboot')));
    expect(alone.exitCode).toBe(0);
    expect(alone.words).toContain(
      'warning ring "prod" must be rebooted within 10 days (patchWithinDays) of a release to be compliant with it, got 24 of 24 releases that only windows with NoReboot install by then (windows approvalRules[0]): 2026-12-08 at 2026-12-15T22:00Z; 2027-01-12 at 2027-01-19T22:00Z; 2027-02-09 at 2027-02-16T22:00Z; 21 more; reboot the nodes by other means in that time, or leave rebootOption out in one of its windows [exposure/pending-reboot]',
    );
    const both = (day: string) =>
      `install: [{ schedule: cron(0 22 * * ? *), maxConcurrency: 10%, maxErrors: "1", rebootOption: NoReboot }, { name: reboot, schedule: cron(0 22 ? * ${day} *), maxConcurrency: 10%, maxErrors: "1" }]`;
    // Approved on Tuesdays, seven days after release: the Thursday after is in time, the Friday is not.
    expect((await exposed(prod(both('THU')))).words).not.toContain('exposure/pending-reboot');
    expect((await exposed(prod(both('FRI')))).words).toContain('got 24 of 24 releases that only windows with NoReboot');
  });

  it('shows that apt ignores delays, as a warning that counts with --strict alone', async () => {
    const rings: TestRing[] = [
      { name: 'dev', text: ['approveAfterDays: 0', daily], patchGroups: ['ubuntu'] },
      { name: 'prod', text: ['approveAfterDays: 7', 'soakDays: 6', saturdays], patchGroups: ['ubuntu'] },
    ];
    const { exitCode, out, words } = await exposed(rings);
    expect(exitCode).toBe(0);
    expect(out).toContain('\nwarning: The rollout holds for the releases of 24 months, with 1 warning\n');
    expect(words).toContain(
      'warning ring "prod" must get a patch at least 6 days (soakDays) after ring "dev", got 627 of 731 daily releases sooner (ubuntu approvalRules[0]): the worst 2026-11-28 at 2026-11-28T22:00Z, 0.1 days after "dev" at 2026-11-28T20:00Z; 626 more; apt knows no delay: only a mirror of your own, which holds packages back, lets them soak [exposure/soak-too-short]',
    );
    expect(section(out, 'Days until a patch is installed')).toMatch(
      / {2}prod {2}ubuntu .* at once: no release dates +731/,
    );
    expect((await exposed(rings, '', '--strict')).exitCode).toBe(1);
  });

  it('counts nothing with --strict where nothing is found', async () => {
    expect((await exposed([{ name: 'all', text: [daily] }], '', '--strict')).exitCode).toBe(0);
  });

  it('shows that undated packages of other Linux systems pass every delay', async () => {
    const { out } = await exposed([
      { name: 'dev', text: ['approveAfterDays: 0', daily], patchGroups: ['linux'] },
      { name: 'prod', text: ['approveAfterDays: 7', saturdays], patchGroups: ['linux'] },
    ]);
    const waits = section(out, 'Days until a patch is installed');
    expect(waits).toMatch(/ {2}dev {3}linux {6}Bugfix +at once +731 +0.8 +0.8\n/);
    expect(waits).toMatch(/ {2}prod {2}linux {6}Bugfix +after 7 days \(undated: at once\) +731 +7.9 +13.9\n/);
    expect(section(out, 'What is assumed').replaceAll(/\s+/g, ' ')).toContain(
      'packages without a release date are approved at once, whatever the delay; exposure cannot know which.',
    );
  });

  it('fails for a ring that scans only: nothing that is released comes to it', async () => {
    const { exitCode, out, words } = await exposed([
      { name: 'new', text: ['scan: { schedule: cron(0 3 * * ? *), maxConcurrency: 50%, maxErrors: 10% }'] },
    ]);
    expect(exitCode).toBe(1);
    expect(words).toContain(
      'error ring "new" must get every patch that is released to it, got 24 of 24 releases never, as it has no install window (windows approvalRules[0]): 2026-12-08; 2027-01-12; 2027-02-09; 21 more; give it an install window, or take its patch groups out of the ring [exposure/never]',
    );
    expect(section(out, 'Days until a patch is installed')).toMatch(/ when +releases +fewest days +most +never\n/);
    expect(section(out, 'Windows, release by release')).toContain('  2026-12-08  never: no install window');
  });

  describe('of a ring that is pinned by date', () => {
    const pinned = (day: string): TestRing[] => [
      { name: 'dev', text: ['approveAfterDays: 0', daily] },
      {
        name: 'prod',
        text: ['patchWithinDays: 30', saturdays, `approveUntilDates: { windows: ["${day}"] }`],
      },
    ];

    it('says that it awaits promotion, which is no failure', async () => {
      const { exitCode, out, words } = await exposed(pinned('2026-11-09'));
      expect(exitCode).toBe(0);
      expect(words).toContain(
        'info ring "prod" gets a patch when its approval date is moved, got 1 of 1 release that waits (windows approvalRules[0]): 2026-11-10; promote to ring "prod" what has soaked before it [exposure/awaiting-promotion]',
      );
      expect(section(out, 'Days until a patch is installed')).toMatch(/ most {2}awaiting promotion\n/);
      expect(section(out, 'Windows, release by release')).toMatch(/ {2}2026-12-08 {2}.* awaiting promotion\n/);
    });

    it('fails past the days within which the ring must have it', async () => {
      const { exitCode, words } = await exposed(pinned('2026-10-12'));
      expect(exitCode).toBe(1);
      expect(words).toContain(
        'error ring "prod" must have a patch within 30 days (patchWithinDays) of its release, got 1 of 2 releases still awaiting promotion (windows approvalRules[0]): 2026-10-13; promote to ring "prod" what has soaked before it [exposure/too-late]',
      );
    });
  });

  it('shows waivers, and those that have expired on the day asked for', async () => {
    const rings: TestRing[] = [{ name: 'all', text: [daily] }];
    const waivers = `waivers:
  - { patches: [KB5034441], rings: [all], owner: team-web, reason: Fails, ticket: OPS-1, expires: 2027-01-31 }
`;
    const { exitCode, out } = await exposed(rings, waivers);
    expect(exitCode).toBe(0);
    expect(section(out, 'Waivers')).toBe(`Patches that some rings go without
  patches    rings  until       owner     why    ticket
  ─────────  ─────  ──────────  ────────  ─────  ──────
  KB5034441  all    2027-01-31  team-web  Fails  OPS-1`);
  });

  it.each([
    ['no number of months', ['--months', '0'], 'It must be a whole number from 1 to 60.'],
    ['an absurd horizon', ['--months', '100000'], 'It must be a whole number from 1 to 60.'],
    [
      'a day in local notation',
      ['--as-of', '25.11.2026'],
      'It must be a date or an instant of 1970 to 2199, like 2026-12-01 or 2026-12-01T09:00:00Z.',
    ],
    ['a format that there is not', ['--format', 'pdf'], 'Allowed choices are text, json, markdown, html.'],
  ])('refuses %s', async (_, args, message) => {
    const { exitCode, out, err } = await patchfleet('exposure', ...args);
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
    expect(err).toContain(message);
  });

  it('cannot run on a fleet that is not valid, and tells what is wrong with it', async () => {
    const { exitCode, out, err } = await exposed([{ name: 'dev', text: [installs('cron(0 20 ? * TUE#6 *)')] }]);
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
    expect(err).toContain('TUE#6');
    expect(err).toMatch(/fleet\.yaml:\d+:\d+ rings\[0\]\.install\.schedule\]/);
  });

  it('cannot run on a file that is not there', async () => {
    const { exitCode, out, err } = await patchfleet('exposure', '--fleet', 'no-such-fleet.yaml');
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
    expect(err).toContain('no-such-fleet.yaml');
  });
});
