import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { instance, place } from '../compliance/support.ts';
import { root } from '../support/command.ts';
import { patchfleet } from '../support/run-command.ts';
import { acmeFleet, Snapshots } from './compliance/snapshots.ts';

const freeze = `freezes:
  - { name: sales, from: "2026-11-20", to: "2026-12-02", reason: sales }
`;
const large = `${acmeFleet}${freeze}#${'-'.repeat(1_200_000)}\n`;
const size = large.length.toLocaleString('en-US');

let snapshots: Snapshots;
let path: string;
let source: string;
beforeAll(async () => {
  snapshots = new Snapshots();
  path = snapshots.file('fleet.yaml', large);
  source = await snapshots.write(place([instance()]));
});

/** Commands that read the fleet file, as they end well. */
const commands: readonly (() => readonly string[])[] = [
  () => ['validate'],
  () => ['validate', '--against', path],
  () => ['expand'],
  () => ['calendar'],
  () => ['exposure'],
  () => ['freeze', 'sales', '--apply', '--dry-run'],
  () => ['promote', '--from', 'prod', '--to', 'prod'],
  () => ['emergency', '--patches', 'KB5034441', '--rings', 'prod', '--at', '2026-12-01T22:00', '--dry-run'],
  () => ['compliance', '--source', source],
  () => ['explain', 'i-00000000000000001', '--source', source],
];

describe('a fleet file of more than 1 MB', () => {
  it.each(commands.map((command) => [command().slice(0, 2).join(' '), command] as const))(
    'is refused by %s, and read with --allow-large, as the message says',
    async (_, command) => {
      const args = [...command(), '--fleet', path];
      const refused = await patchfleet(...args);
      expect({ exitCode: refused.exitCode, out: refused.out }).toEqual({ exitCode: 2, out: '' });
      expect(refused.err).toContain(
        `[${path}] the fleet file must have at most 1,000,000 bytes, got ${size} bytes; is it the right file? --allow-large reads it all the same [fleet/file-size]`,
      );
      const read = await patchfleet(...args, '--allow-large');
      expect(read.err).not.toContain('fleet/file-size');
    },
  );

  it('can be deployed: what cdktf runs reads it', () => {
    const { status, stderr } = spawnSync(process.execPath, [join(root, 'bin/run.mjs'), join(root, 'main.ts')], {
      cwd: snapshots.directory,
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('is an option of every command with --fleet', async () => {
    const { out } = await patchfleet('--help');
    const names = [...out.matchAll(/^ {2}([a-z]+) .*$/gm)].map(([, name]) => name as string);
    const told = await Promise.all(names.map(async (name) => [name, (await patchfleet(name, '--help')).out] as const));
    const withFleet = told.filter(([, help]) => help.includes('--fleet <path>'));
    expect(withFleet.map(([name]) => name)).toEqual(expect.arrayContaining(['synth', 'plan', 'snapshot', 'explain']));
    for (const [name, help] of withFleet)
      expect([name, help]).toEqual([name, expect.stringContaining('--allow-large')]);
  });
});
