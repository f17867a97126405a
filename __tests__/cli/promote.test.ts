import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { inFleetDirectory } from '../support/in-fleet-directory.ts';
import { patchfleet } from '../support/run-command.ts';

const fleet = `version: 1
fleet: acme
baselines:
  windows:
    operatingSystem: WINDOWS
    approvalRules:
      - { classification: [SecurityUpdates], approveAfterDays: 7 }
patchGroups:
  web: { name: web, baselines: [windows] }
rings:
  - name: dev # first
    approveAfterDays: 3
    scan: { schedule: cron(0 6 ? * SUN *), maxConcurrency: "10%", maxErrors: "1" }

  # Customers are here.
  - name: prod
    scan: { schedule: cron(0 6 ? * MON *), maxConcurrency: "10%", maxErrors: "1" }
accounts:
  - account: "111111111111"
    regions: [eu-central-1]
    assignments: { default: { ring: dev, patchGroups: [web] } }
  - account: "222222222222"
    regions: [eu-central-1]
    assignments: { default: { ring: prod, patchGroups: [web] } }
`;

const diff = `--- fleet.yaml
+++ fleet.yaml
@@ -14,8 +14,10 @@
 
   # Customers are here.
   - name: prod
     scan: { schedule: cron(0 6 ? * MON *), maxConcurrency: "10%", maxErrors: "1" }
+    approveUntilDates:
+      windows: ["2026-11-20"]
 accounts:
   - account: "111111111111"
     regions: [eu-central-1]
     assignments: { default: { ring: dev, patchGroups: [web] } }`;

const promised =
  'note: each day is approved whole; packages superseded or unpublished since can differ from what was installed before';

describe('patchfleet promote', () => {
  const directory = inFleetDirectory();

  const promote = (...args: string[]) => patchfleet('promote', '--from', 'dev', '--to', 'prod', ...args);

  it('writes the days and prints the diff; the next run finds nothing to do', async () => {
    directory.files.write(fleet);
    const begun = 'ring prod as ring dev was on 2026-11-23T12:00:00.000Z';
    expect(await promote()).toEqual({
      exitCode: 0,
      out: diff,
      err: `${begun}\nfleet.yaml: changed; review, commit and deploy it\n${promised}`,
    });
    const days = '    approveUntilDates:\n      windows: ["2026-11-20"]\n';
    expect(readFileSync('fleet.yaml', 'utf8')).toBe(fleet.replace('accounts:\n', `${days}accounts:\n`));
    expect(await promote()).toEqual({ exitCode: 0, out: '', err: `${begun}\nfleet.yaml: nothing to change` });
    const later = await promote('--as-of', '2026-11-24');
    expect(later.out).toContain('-      windows: ["2026-11-20"]\n+      windows: ["2026-11-21"]');
  });

  it('writes nothing with --dry-run or --check, which exits with 1 where something would have to change', async () => {
    directory.files.write(fleet);
    expect(await promote('--dry-run')).toMatchObject({ exitCode: 0, out: diff });
    expect(await promote('--check')).toMatchObject({ exitCode: 1, out: diff });
    expect(readFileSync('fleet.yaml', 'utf8')).toBe(fleet);
    await promote();
    expect(await promote('--check')).toMatchObject({ exitCode: 0, out: '' });
    expect(await promote('--check', '--as-of', '2026-11-01')).toMatchObject({ exitCode: 0, out: '' });
    expect(await promote('--check', '--as-of', '2026-11-24')).toMatchObject({ exitCode: 1 });
  });

  it('refuses to move a day backwards', async () => {
    directory.files.write(fleet);
    await promote();
    expect(await promote('--as-of', '2026-11-20')).toEqual({
      exitCode: 2,
      out: '',
      err: 'patchfleet: the cut-off of baseline "windows" must not move backwards, from 2026-11-20 in ring "prod" to 2026-11-17; name a later --as-of, or change approveUntilDates by hand [fleet/promote-backwards]',
    });
  });

  it('edits JSON as it was printed, and files of Windows with their line ends', async () => {
    const { parse } = await import('yaml');
    const value = parse(fleet);
    directory.files.write(`${JSON.stringify(value, null, 4)}\n`, 'fleet.json');
    expect((await promote('--fleet', 'fleet.json')).exitCode).toBe(0);
    value.rings[1].approveUntilDates = { windows: ['2026-11-20'] };
    expect(readFileSync('fleet.json', 'utf8')).toBe(`${JSON.stringify(value, null, 4)}\n`);
    directory.files.write(fleet.replaceAll('\n', '\r\n'));
    await promote();
    const days = '    approveUntilDates:\n      windows: ["2026-11-20"]\n';
    expect(readFileSync('fleet.yaml', 'utf8')).toBe(
      fleet.replace('accounts:\n', `${days}accounts:\n`).replaceAll('\n', '\r\n'),
    );
  });

  it('cannot run on a fleet with errors, or without its rings', async () => {
    directory.files.write(fleet.replace('approveAfterDays: 3', 'approveAfterDays: -3'));
    expect(await promote()).toEqual({
      exitCode: 2,
      out: '',
      err: '[fleet.yaml:12:5 rings[0].approveAfterDays] approveAfterDays must be a whole number of days from 0 to 360, got -3; set approveAfterDays within the range [patch-baseline/approve-after-days]\n1 error',
    });
    directory.files.write(fleet);
    expect(await patchfleet('promote', '--from', 'prod', '--to', 'dev')).toEqual({
      exitCode: 2,
      out: '',
      err: 'patchfleet: --from must name a ring that stands before that of --to, got "prod" after "dev"; promote --from dev --to prod, or change the order of rings [fleet/promote-ring]',
    });
    expect((await patchfleet('promote', '--from', 'prod')).exitCode).toBe(2);
  });
});
