import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { root } from '../support/command.ts';
import { inFleetDirectory } from '../support/in-fleet-directory.ts';
import { patchfleet } from '../support/run-command.ts';

const full = readFileSync(join(root, 'examples/fleet.full.yaml'), 'utf8');

const step =
  'warning --from must name the ring directly before that of --to, got "dev" with ring "test" between: ring "prod" can get patches before it does; promote --from test --to prod [fleet/promote-step]';
const lastFirst =
  'warning rings after that of --to must be pinned before it, got ring "prod" without approveUntilDates: ring "prod" can get patches before ring "test" does; first promote --from test --to prod [fleet/promote-last-first]';

describe('the order of promotions', () => {
  const directory = inFleetDirectory();
  const promote = (from: string, to: string, ...args: string[]) =>
    patchfleet('promote', '--from', from, '--to', to, ...args);
  const warnings = (err: string) => err.split('\n').filter((line) => line.includes('[fleet/promote-'));

  it('holds as docs/operations.md shows it', async () => {
    const page = readFileSync(join(root, 'docs/operations.md'), 'utf8');
    const [, block = ''] = /## Promoting.*?```sh\n(.*?)```/s.exec(page) ?? [];
    const commands = block.trim().split('\n');
    expect(commands.map((command) => command.split(' ')[2])).toEqual(['promote', 'promote', 'exposure']);
    directory.files.write(full);
    for (const command of commands) {
      const { exitCode, err } = await patchfleet(...command.split(' ').slice(2));
      expect({ exitCode, warnings: warnings(err) }).toEqual({ exitCode: 0, warnings: [] });
    }
  });

  it('is warned of where a ring lies between the two, which exposure then refuses', async () => {
    directory.files.write(full);
    const { exitCode, err } = await promote('dev', 'prod', '--as-of', '2026-11-25');
    expect({ exitCode, warnings: warnings(err) }).toEqual({ exitCode: 0, warnings: [step] });
    expect((await patchfleet('exposure', '--as-of', '2026-11-25')).exitCode).toBe(1);
  });

  it('is warned of where a later ring is not pinned, which exposure then refuses', async () => {
    directory.files.write(full);
    const { exitCode, err } = await promote('dev', 'test', '--as-of', '2026-11-23');
    expect({ exitCode, warnings: warnings(err) }).toEqual({ exitCode: 0, warnings: [lastFirst] });
    expect((await patchfleet('exposure', '--as-of', '2026-11-25')).exitCode).toBe(1);
  });

  it('is not warned of where nothing is written', async () => {
    directory.files.write(full);
    expect(warnings((await promote('dev', 'prod', '--check')).err)).toEqual([]);
  });
});
