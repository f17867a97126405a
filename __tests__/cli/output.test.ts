import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, expect } from '@jest/globals';
import { root } from '../support/command.ts';
import { itUnless } from '../support/skipped.ts';

describe('what a command prints', () => {
  const withoutFull = existsSync('/dev/full') ? undefined : 'this system has no /dev/full';

  itUnless(withoutFull)('is told to be lost where it cannot be written, and that is no finding', () => {
    const command = 'bin/patchfleet.mjs compliance --source examples/snapshots/2026-11-24 --format json';
    const { status, stderr } = spawnSync('sh', ['-c', `exec "${process.execPath}" ${command} >/dev/full`], {
      cwd: root,
      encoding: 'utf8',
    });
    expect(stderr.trim().split('\n').at(-1)).toBe(
      'patchfleet: what was found could not be written: ENOSPC: no space left on device, write',
    );
    expect(status).toBe(2);
  });
});
