import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { inFleetDirectory } from '../support/in-fleet-directory.ts';
import { patchfleet } from '../support/run-command.ts';

const fleet = `version: 1
fleet: acme
baselines:
  windows: { operatingSystem: WINDOWS, preset: aws-default }
patchGroups:
  web: { name: web, baselines: [windows] }
rings:
  - name: early
    install:
      schedule: cron(0 4 ? * TUE *)
      maxConcurrency: 10%
      maxErrors: 5%
  - name: late
    scan:
      schedule: cron(0 0 * * ? *)
      maxConcurrency: 50%
      maxErrors: 10%
    install:
      # Thursdays suit the shops.
      - schedule: cron(0 4 ? * THU *)
        maxConcurrency: 10%
        maxErrors: 5%
      - name: second
        enabled: false # never ready
        schedule: cron(0 8 ? * THU *)
        maxConcurrency: 10%
        maxErrors: 5%
freezes:
  - name: year-end # as every year
    from: 2026-12-18
    to: 2027-01-04
    rings: [late]
    reason: Annual accounts
accounts:
  - account: "111111111111"
    regions: [eu-central-1]
    assignments:
      default: { ring: early, patchGroups: [web] }
  - account: "222222222222"
    regions: [eu-central-1]
    assignments:
      default: { ring: late, patchGroups: [web] }
`;

const applied = fleet
  .replace(
    '        maxErrors: 5%\n      - name: second',
    '        maxErrors: 5%\n        enabled: false\n      - name: second',
  )
  .replace('    reason: Annual accounts\n', '    reason: Annual accounts\n    closed: [late/install]\n');

describe('patchfleet freeze', () => {
  const directory = inFleetDirectory();

  const freeze = (...args: string[]) => patchfleet('freeze', ...args);
  const near = ['--as-of', '2026-12-14'];
  const after = ['--as-of', '2027-01-05'];
  const text = () => readFileSync('fleet.yaml', 'utf8');

  it('closes the windows concerned, and no other', async () => {
    directory.files.write(fleet);
    expect(await freeze('year-end', '--apply', ...near)).toEqual({
      exitCode: 0,
      out: `--- fleet.yaml
+++ fleet.yaml
@@ -19,8 +19,9 @@
       # Thursdays suit the shops.
       - schedule: cron(0 4 ? * THU *)
         maxConcurrency: 10%
         maxErrors: 5%
+        enabled: false
       - name: second
         enabled: false # never ready
         schedule: cron(0 8 ? * THU *)
         maxConcurrency: 10%
@@ -30,8 +31,9 @@
     from: 2026-12-18
     to: 2027-01-04
     rings: [late]
     reason: Annual accounts
+    closed: [late/install]
 accounts:
   - account: "111111111111"
     regions: [eu-central-1]
     assignments:`,
      err: `freeze "year-end" closes late/install, in every account of the ring (as of 2026-12-14T00:00:00Z)
fleet.yaml: changed; review, commit and deploy it`,
    });
    expect(text()).toBe(applied);
  });

  it('makes validate content, before and after', async () => {
    directory.files.write(fleet);
    const validate = async (asOf: readonly string[]) => (await patchfleet('validate', ...asOf)).exitCode;
    expect(await validate(near)).toBe(1);
    await freeze('year-end', '--apply', ...near);
    expect(await validate(near)).toBe(0);
    expect(await validate(after)).toBe(1);
    await freeze('year-end', '--lift', ...after);
    expect(await validate(after)).toBe(0);
  });

  it('opens what it closed, so that the file is as it was', async () => {
    directory.files.write(applied);
    const { exitCode, err } = await freeze('year-end', '--lift', ...after);
    expect(exitCode).toBe(0);
    expect(err).toContain(
      'freeze "year-end" opens late/install, in every account of the ring (as of 2027-01-05T00:00:00Z)',
    );
    expect(text()).toBe(fleet);
  });

  it('keeps a comment that stands at enabled', async () => {
    const commented = fleet.replace(
      '      - schedule: cron(0 4',
      '      - enabled: true # since June\n        schedule: cron(0 4',
    );
    directory.files.write(commented);
    await freeze('year-end', '--apply', ...near);
    expect(text()).toContain('      - enabled: false # since June\n');
    expect((await freeze('year-end', '--lift', ...after)).exitCode).toBe(0);
    expect(text()).toBe(commented);
  });

  it('edits JSON as well', async () => {
    const windows = { schedule: 'cron(0 4 ? * THU *)', maxConcurrency: '10%', maxErrors: '5%' };
    const json = {
      version: 1,
      fleet: 'acme',
      baselines: { windows: { operatingSystem: 'WINDOWS', preset: 'aws-default' } },
      patchGroups: { web: { name: 'web', baselines: ['windows'] } },
      rings: [{ name: 'late', install: windows }],
      freezes: [{ name: 'year-end', from: '2026-12-18', to: '2027-01-04', reason: 'accounts' }],
      accounts: [
        {
          account: '111111111111',
          regions: ['eu-central-1'],
          assignments: { default: { ring: 'late', patchGroups: ['web'] } },
        },
      ],
    };
    const before = `${JSON.stringify(json, null, 2)}\n`;
    directory.files.write(before, 'fleet.json');
    expect((await freeze('year-end', '--apply', '--fleet', 'fleet.json', ...near)).exitCode).toBe(0);
    expect(JSON.parse(readFileSync('fleet.json', 'utf8'))).toEqual({
      ...json,
      rings: [{ name: 'late', install: { ...windows, enabled: false } }],
      freezes: [{ ...json.freezes[0], closed: ['late/install'] }],
    });
    expect((await freeze('year-end', '--lift', '--fleet', 'fleet.json', ...after)).exitCode).toBe(0);
    expect(readFileSync('fleet.json', 'utf8')).toBe(before);
  });

  it('writes nothing with --dry-run', async () => {
    directory.files.write(fleet);
    const { exitCode, out, err } = await freeze('year-end', '--apply', '--dry-run', ...near);
    expect(exitCode).toBe(0);
    expect(out).toContain('+    closed: [late/install]');
    expect(err).toMatch(/^fleet\.yaml: left as it is/m);
    expect(text()).toBe(fleet);
  });

  it('says so where there is nothing to do', async () => {
    directory.files.write(applied);
    expect(await freeze('year-end', '--apply', ...near)).toEqual({
      exitCode: 0,
      out: '',
      err: 'fleet.yaml: nothing to change, freeze "year-end" has closed its windows already (as of 2026-12-14T00:00:00Z)',
    });
    directory.files.write(fleet);
    expect(await freeze('year-end', '--lift', ...after)).toEqual({
      exitCode: 0,
      out: '',
      err: 'fleet.yaml: nothing to change, freeze "year-end" has closed no window (as of 2027-01-05T00:00:00Z)',
    });
    expect(await freeze('year-end', '--apply', '--as-of', '2026-12-31T07:00:00Z')).toEqual({
      exitCode: 0,
      out: '',
      err: 'fleet.yaml: nothing to change, freeze "year-end" concerns no install window that is open (as of 2026-12-31T07:00:00Z)',
    });
    expect(await freeze('year-end', '--apply', ...after)).toEqual({
      exitCode: 2,
      out: '',
      err: 'patchfleet: freeze "year-end" ended at 2027-01-05T00:00:00Z, as of 2027-01-05T00:00:00Z: there is nothing to close',
    });
  });

  it('is not lifted while windows must be closed', async () => {
    directory.files.write(applied);
    expect(await freeze('year-end', '--lift', '--as-of', '2026-12-28')).toEqual({
      exitCode: 2,
      out: '',
      err: `freeze "year-end" opens late/install, in every account of the ring (as of 2026-12-28T00:00:00Z)
fleet.yaml: left as it is, since the change would bring
[fleet.yaml:29:5 freezes[0]] freeze "year-end" lasts until 2027-01-05T00:00:00Z, and 1 install window is open: late/install (2026-12-31T04:00:00Z to 2026-12-31T07:00:00Z); npx patchfleet freeze year-end --apply [fleet/freeze-closes-windows]
1 error
freeze "year-end" lasts until 2027-01-05T00:00:00Z: to lift it sooner, first set its "to" to an earlier time`,
    });
    expect(text()).toBe(applied);
  });

  it('hands over to a freeze that follows', async () => {
    const second = '  - { name: inventory, from: 2027-01-06, to: 2027-01-10, rings: [late], reason: Counting }\n';
    directory.files.write(applied.replace('accounts:\n', `${second}accounts:\n`));
    expect((await freeze('year-end', '--lift', ...after)).err).toContain(
      'freeze "inventory" begins at 2027-01-06T00:00:00Z',
    );
    expect((await freeze('inventory', '--apply', ...after)).exitCode).toBe(0);
    expect(text()).toContain('reason: Counting, closed: [late/install] }');
    expect((await freeze('year-end', '--lift', ...after)).err).toContain(
      'freeze "year-end" opens no window, since another freeze keeps them closed',
    );
    expect(text()).toContain('maxErrors: 5%\n        enabled: false\n');
    expect((await freeze('inventory', '--lift', '--as-of', '2027-01-11')).exitCode).toBe(0);
    expect(text()).not.toContain('closed:');
    expect(text()).toContain('maxErrors: 5%\n      - name: second');
  });

  it.each([
    [['year-end'], 'patchfleet: freeze must be told --apply or --lift, got neither'],
    [['year-end', '--apply', '--lift'], 'patchfleet: freeze must be told --apply or --lift, got both'],
    [['yearend', '--apply'], 'patchfleet: no freeze has the name "yearend"; did you mean "year-end"?'],
    [['easter', '--lift'], 'patchfleet: no freeze has the name "easter"; there is year-end'],
  ])('cannot run as freeze %j', async (args, err) => {
    directory.files.write(fleet);
    expect(await freeze(...args)).toEqual({ exitCode: 2, out: '', err });
    expect(text()).toBe(fleet);
  });

  it('cannot run on a freeze that is not sound', async () => {
    directory.files.write(
      fleet.replace('2026-12-18', '18.12.2026').replace('rings: [late]\n', 'rings: [late]\n    timezone: Berlin\n'),
    );
    expect(await freeze('year-end', '--apply', ...near)).toEqual({
      exitCode: 2,
      out: '',
      err: `[fleet.yaml:30:5 freezes[0].from] from must be a day that exists, written YYYY-MM-DD, or an instant with its offset, got "18.12.2026"; write 2026-12-18 [fleet/freeze-date]
[fleet.yaml:33:5 freezes[0].timezone] timezone must be an IANA time zone name such as Europe/Berlin, got "Berlin"; write Europe/Berlin [schedule/time-zone]`,
    });
  });

  it('does not close what two rings share by an alias', async () => {
    const shared = fleet
      .replace(
        '    install:\n      schedule: cron(0 4 ? * TUE *)',
        '    install: &window\n      schedule: cron(0 4 ? * TUE *)',
      )
      .replace(/ {6}# Thursdays[\s\S]*?(?=freezes:)/, '')
      .replace('    install:\nfreezes:', '    install: *window\nfreezes:');
    directory.files.write(shared);
    const { exitCode, err } = await freeze('year-end', '--apply', ...near);
    expect(exitCode).toBe(2);
    expect(err).toContain('[fleet/edit-shared]');
    expect(text()).toBe(shared);
  });
});
