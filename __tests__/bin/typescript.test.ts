import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { root, temporaryDirectory } from '../support/command.ts';

describe('a checkout', () => {
  it('runs its sources where nothing can be kept in node_modules, and leaves nothing behind', () => {
    const checkout = temporaryDirectory();
    cpSync(join(root, 'bin'), join(checkout, 'bin'), { recursive: true });
    const [modules, temporary] = [join(checkout, 'node_modules'), join(checkout, 'tmp')] as const;
    for (const directory of [modules, temporary]) mkdirSync(directory);
    symlinkSync(join(root, 'node_modules', 'esbuild'), join(modules, 'esbuild'));
    // Root may write any directory; nobody may make one below a file.
    writeFileSync(join(modules, '.cache'), '');
    writeFileSync(join(checkout, 'part.ts'), "export const word: string = 'said';");
    writeFileSync(
      join(checkout, 'entry.ts'),
      "const { word } = await import('./part.ts'); process.stdout.write(word);",
    );
    const run = spawnSync(process.execPath, ['bin/run.mjs', 'entry.ts'], {
      cwd: checkout,
      encoding: 'utf8',
      env: { ...process.env, TMPDIR: temporary },
    });
    expect(run).toMatchObject({ status: 0, stdout: 'said', stderr: '' });
    expect(readdirSync(temporary)).toEqual([]);
  });
});
