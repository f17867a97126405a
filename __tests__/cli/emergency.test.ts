import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { edited, valid } from '../fleet/load/files.ts';
import { inFleetDirectory } from '../support/in-fleet-directory.ts';
import { patchfleet } from '../support/run-command.ts';

const fleet = edited(
  '    scan:',
  '    install: { schedule: cron(0 2 ? * SAT *), maxConcurrency: 25%, maxErrors: "2" }\n    scan:',
);

const entry = `emergencies:
  - name: kb5034441-2026-12-01
    patches: [KB5034441]
    rings: [pilot]
    at: "2026-12-01T22:00"
    timezone: Europe/Berlin
    expires: "2026-12-08"
    maxConcurrency: "25%"
    maxErrors: "2"
`;

const told =
  'note: what else is approved by then is installed as well; delete the entry when it is done, at the latest on 2026-12-08';

describe('patchfleet emergency', () => {
  const directory = inFleetDirectory();

  const emergency = (...args: string[]) =>
    patchfleet('emergency', '--patches', 'KB5034441', '--rings', 'pilot', '--at', '2026-12-01T22:00', ...args);

  it('adds an entry with everything written out', async () => {
    directory.files.write(fleet);
    expect(await emergency('--timezone', 'Europe/Berlin')).toEqual({
      exitCode: 0,
      out: `--- fleet.yaml
+++ fleet.yaml
@@ -24,4 +24,13 @@
     assignments:
       default:
         ring: pilot
         patchGroups: [web]
${entry.trimEnd().replace(/^/gm, '+')}`,
      err: `fleet.yaml: changed; review, commit and deploy it\n${told}`,
    });
    expect(readFileSync('fleet.yaml', 'utf8')).toBe(fleet + entry);
  });

  it('takes every part as it is given', async () => {
    directory.files.write(fleet);
    const given = ['--name', 'bad-day', '--expires', '2026-12-31', '--max-concurrency', '5', '--max-errors', '0'];
    expect((await emergency(...given, '--reason', 'it is: used in the wild')).exitCode).toBe(0);
    expect(readFileSync('fleet.yaml', 'utf8')).toBe(`${fleet}emergencies:
  - name: bad-day
    reason: "it is: used in the wild"
    patches: [KB5034441]
    rings: [pilot]
    at: "2026-12-01T22:00"
    expires: "2026-12-31"
    maxConcurrency: "5"
    maxErrors: "0"
`);
  });

  it('appends to those that are there, in the style of the file', async () => {
    directory.files.write(fleet + entry);
    await emergency('--name', 'second');
    expect(readFileSync('fleet.yaml', 'utf8').startsWith(`${fleet}${entry}  - name: second\n`)).toBe(true);
    const { parse } = await import('yaml');
    const value = parse(fleet);
    directory.files.write(JSON.stringify(value, null, 2), 'fleet.json');
    await emergency('--timezone', 'Europe/Berlin', '--fleet', 'fleet.json');
    const after = JSON.parse(readFileSync('fleet.json', 'utf8'));
    expect(after).toEqual({ ...value, ...parse(entry) });
  });

  it('writes nothing with --dry-run', async () => {
    directory.files.write(fleet);
    expect(await emergency('--dry-run')).toMatchObject({ exitCode: 0, err: `fleet.yaml: left as it is\n${told}` });
    expect(readFileSync('fleet.yaml', 'utf8')).toBe(fleet);
  });

  it('refuses what is over, rings that there are none, and times of another notation', async () => {
    directory.files.write(fleet);
    expect(await emergency('--as-of', '2026-12-01T22:00:00Z')).toEqual({
      exitCode: 2,
      out: '',
      err: 'patchfleet: --at must lie in the future, got "2026-12-01T22:00" in UTC, which is 2026-12-01T22:00:00.000Z, and it is 2026-12-01T22:00:00.000Z; name a later time: a window that is over never opens [fleet/emergency-at]',
    });
    const wrong = ['--patches', 'KB5034441', '--rings', 'pilt', '--at', '1.12.2026 22:00'];
    expect(await patchfleet('emergency', ...wrong)).toEqual({
      exitCode: 2,
      out: '',
      err: [
        'patchfleet: --rings must name rings (pilot), got "pilt"; did you mean "pilot"? [fleet/emergency-rings]',
        'patchfleet: --at must be a day and time written YYYY-MM-DDThh:mm, by the clocks of timezone, got "1.12.2026 22:00"; write 2026-12-01T22:00 [fleet/emergency-at]',
      ].join('\n'),
    });
    expect((await patchfleet('emergency', '--patches', 'a,,b', '--rings', 'pilot', '--at', 'x')).exitCode).toBe(2);
  });

  it('wants limits where no install window says any, or several say different ones', async () => {
    directory.files.write(valid);
    expect(await emergency()).toEqual({
      exitCode: 2,
      out: '',
      err: [
        'patchfleet: --max-concurrency must be given where the first install windows of the rings do not agree, got pilot without one; set --max-concurrency, such as to 10% [fleet/emergency-limits]',
        'patchfleet: --max-errors must be given where the first install windows of the rings do not agree, got pilot without one; set --max-errors, such as to 1 [fleet/emergency-limits]',
      ].join('\n'),
    });
    expect((await emergency('--max-concurrency', '10%', '--max-errors', '1')).exitCode).toBe(0);
  });

  it('refuses what validate would refuse, and writes nothing', async () => {
    directory.files.write(fleet);
    expect(
      await patchfleet('emergency', '--patches', 'CVE-2026-1234', '--rings', 'pilot', '--at', '2026-12-01T22:00'),
    ).toEqual({
      exitCode: 2,
      out: '',
      err: `fleet.yaml: left as it is, since the change would bring
[fleet.yaml:30:15 emergencies[0].patches[0]] patches must have names that a baseline of the rings takes (WINDOWS), got "CVE-2026-1234"; name the patch as the operating system does, or leave it out [fleet/emergency-patch-taken]
1 error`,
    });
    expect((await emergency('--name', 'Bad Day')).err).toContain('[fleet/format]');
    expect(readFileSync('fleet.yaml', 'utf8')).toBe(fleet);
  });

  it.each([
    ['CVE-2026-1234', 'cve-2026-1234-2026-12-01'],
    ['12345', 'patch-12345-2026-12-01'],
    ['RHSA-2017:0864', 'rhsa-2017-0864-2026-12-01'],
    ['a-package-with-a-name-that-is-far-too-long', 'a-package-with-a-name-that-is-2026-12-01'],
  ])('names the entry after %s and the day', async (patch, name) => {
    directory.files.write(
      fleet
        .replace('operatingSystem: WINDOWS', 'operatingSystem: AMAZON_LINUX_2')
        .replace('SecurityUpdates', 'Security'),
    );
    const { exitCode, out } = await patchfleet(
      'emergency',
      '--patches',
      patch,
      '--rings',
      'pilot',
      '--at',
      '2026-12-01T22:00',
    );
    expect(exitCode).toBe(0);
    expect(out).toContain(`+  - name: ${name}\n`);
  });
});
