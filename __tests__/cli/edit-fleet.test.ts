import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { editFleet, openFleet } from '../../cli/edit-fleet.ts';
import type { Edit } from '../../fleet/edit/index.ts';
import { edited, valid } from '../fleet/load/files.ts';
import { inFleetDirectory } from '../support/in-fleet-directory.ts';

const asOf = new Date('2026-11-23T12:00:00Z');

const enable: Edit = { at: ['rings', 0, 'scan', 'enabled'], set: false };

describe('editing a fleet file', () => {
  const directory = inFleetDirectory();

  function edit(edits: readonly Edit[], { path = 'fleet.yaml', dryRun = false, meanwhile = () => {} } = {}) {
    const lines = { out: [] as string[], err: [] as string[] };
    const terminal = { out: (text: string) => lines.out.push(text), err: (text: string) => lines.err.push(text) };
    const open = openFleet(terminal, { fleet: path, allowLarge: false });
    meanwhile();
    const exitCode = open === undefined ? 2 : editFleet(terminal, open, edits, { asOf, dryRun });
    return { exitCode, out: lines.out.join('\n'), err: lines.err.join('\n') };
  }

  const diff = `--- fleet.yaml
+++ fleet.yaml
@@ -15,8 +15,9 @@
     scan:
       schedule: cron(0 6 ? * SUN *)
       maxConcurrency: "10%"
       maxErrors: "1"
+      enabled: false
 accounts:
   - account: "012345678901"
     name: shop
     regions: [eu-central-1]`;

  it('prints the diff and writes the file', () => {
    directory.files.write(valid);
    expect(edit([enable])).toEqual({
      exitCode: 0,
      out: diff,
      err: 'fleet.yaml: changed; review, commit and deploy it',
    });
    expect(readFileSync('fleet.yaml', 'utf8')).toBe(valid.replace('"1"\n', '"1"\n      enabled: false\n'));
    expect(readdirSync('.')).toEqual(['fleet.yaml']);
  });

  it('writes nothing with --dry-run', () => {
    directory.files.write(valid);
    expect(edit([enable], { dryRun: true })).toEqual({
      exitCode: 0,
      out: diff,
      err: 'fleet.yaml: left as it is',
    });
    expect(readFileSync('fleet.yaml', 'utf8')).toBe(valid);
  });

  it('says so where nothing changes', () => {
    directory.files.write(valid);
    const same: Edit = { at: ['rings', 0, 'scan', 'maxErrors'], set: '1' };
    expect(edit([same])).toEqual({ exitCode: 0, out: '', err: 'fleet.yaml: nothing to change' });
  });

  it('keeps line endings, a byte order mark and the mode of the file', () => {
    const before = `\ufeff${valid.replaceAll('\n', '\r\n')}`;
    directory.files.write(before);
    chmodSync('fleet.yaml', 0o640);
    expect(edit([enable]).exitCode).toBe(0);
    expect(readFileSync('fleet.yaml', 'utf8')).toBe(before.replace('"1"\r\n', '"1"\r\n      enabled: false\r\n'));
    expect(statSync('fleet.yaml').mode & 0o777).toBe(0o640);
  });

  it('writes where a link leads, and leaves the link', () => {
    directory.files.write(valid, 'real.yaml');
    symlinkSync('real.yaml', 'fleet.yaml');
    expect(edit([enable]).exitCode).toBe(0);
    expect(lstatSync('fleet.yaml').isSymbolicLink()).toBe(true);
    expect(readFileSync('real.yaml', 'utf8')).toContain('enabled: false');
  });

  it('refuses a change that brings an error, and tells it', () => {
    directory.files.write(valid);
    const result = edit([{ at: ['rings', 0, 'scan', 'cutoff'], set: 5 }]);
    expect(result).toEqual({
      exitCode: 2,
      out: '',
      err: `fleet.yaml: left as it is, since the change would bring
[fleet.yaml:19:7 rings[0].scan.cutoff] cutoff must be below duration (3), got 5; lower cutoff to 2 or lengthen the window [maintenance-window/cutoff-below-duration]
1 error`,
    });
    expect(readFileSync('fleet.yaml', 'utf8')).toBe(valid);
  });

  it('tells a warning that the change brings, and none that was there', () => {
    const warned = edited('classification: [SecurityUpdates]', 'product: [WindowsServer2016]');
    directory.files.write(warned);
    const result = edit([{ at: ['baselines', 'windows', 'approvalRules', 0, 'approveAfterDays'], set: 40 }]);
    expect(result.exitCode).toBe(0);
    expect(result.err).toContain('[patch-baseline/windows-superseded]');
    expect(result.err).not.toContain('leaves support');
  });

  it('edits a file that has an error already, which may be what it is for', () => {
    const wrong = valid.replace('maxErrors: "1"', 'maxErrors: "1"\n      cutoff: 3');
    directory.files.write(wrong);
    expect(edit([enable]).exitCode).toBe(0);
    expect(edit([{ at: ['rings', 0, 'scan', 'cutoff'], set: 0 }]).exitCode).toBe(0);
  });

  it('cannot run where the file is no fleet', () => {
    directory.files.write(valid.replace('version: 1', 'version: 2'));
    expect(edit([enable])).toEqual({
      exitCode: 2,
      out: '',
      err: '[fleet.yaml:1:1 version] version must be 1, got 2; write 1 [fleet/enum]\n1 error',
    });
    expect(edit([enable], { path: 'none.yaml' }).err).toContain('[fleet/file-readable]');
  });

  it('tells the line of what it cannot edit', () => {
    directory.files.write(
      valid
        .replace('    scan:\n', '    scan: &scan\n')
        .replace('accounts:', '  - name: other\n    install: *scan\n\naccounts:'),
    );
    expect(edit([{ at: ['rings', 1, 'install', 'enabled'], set: false }])).toEqual({
      exitCode: 2,
      out: '',
      err: '[fleet.yaml:20:5 rings[1].install.enabled] rings[1].install must be written where it is to be changed, got the alias *scan in line 20; write the values out in the place of *scan [fleet/edit-shared]\n1 error',
    });
  });

  it('refuses where the file changed in between', () => {
    directory.files.write(valid);
    const meanwhile = () => writeFileSync('fleet.yaml', `${valid}# mine\n`);
    expect(edit([enable], { meanwhile })).toEqual({
      exitCode: 2,
      out: '',
      err: 'patchfleet: fleet.yaml changed while it was edited, and is left as it is; run the command again',
    });
    expect(readFileSync('fleet.yaml', 'utf8')).toBe(`${valid}# mine\n`);
  });
});
