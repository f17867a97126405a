import fs from 'node:fs';
import { describe, expect, it, jest } from '@jest/globals';
import { formatFileFailure, isFileFailure } from '../../cli/file-problem.ts';
import { valid } from '../fleet/load/files.ts';
import { inFleetDirectory } from '../support/in-fleet-directory.ts';
import { patchfleet } from '../support/run-command.ts';

const failure = (code: string, syscall: string, path: string) =>
  Object.assign(new Error(`${code}: ${syscall} '${path}'`), { code, syscall, path });

describe('a file or directory that cannot be used', () => {
  const directory = inFleetDirectory();

  it('is told as every problem is', () => {
    expect(formatFileFailure(failure('EACCES', 'mkdir', 'cdktf.out'))).toBe(
      '[cdktf.out] it must be a directory that is there or can be made, got no permission (EACCES); allow yourself to write it, or name another path [file/usable]',
    );
    expect(formatFileFailure(failure('EROFS', 'open', 'plans/a.log'))).toBe(
      '[plans/a.log] it must be a file that can be opened, got a file system that is read-only (EROFS); name another path [file/usable]',
    );
    expect(formatFileFailure(failure('EIO', 'read', 'plans'))).toBe(
      '[plans] it must be usable, got an error of the system (EIO); see what it is, or name another path [file/usable]',
    );
  });

  it('is a failure that has a path, and no other', () => {
    expect(isFileFailure(failure('EACCES', 'mkdir', 'cdktf.out'))).toBe(true);
    expect(isFileFailure(new Error('EACCES'))).toBe(false);
  });

  // A new file takes the place of the old one, so it takes both.
  it.each([
    ['file', 'fleet.yaml'],
    ['directory', process.cwd],
  ])('keeps an emergency out of a fleet file whose %s may not be written', async (_, place) => {
    directory.files.write(valid);
    const refused = typeof place === 'string' ? place : fs.realpathSync(place());
    // Whoever runs the tests may be root, to whom the system refuses nothing.
    jest.spyOn(fs, 'accessSync').mockImplementation((path) => {
      if (path === refused) throw failure('EACCES', 'access', refused);
    });
    const ring = /- name: (\w+)/.exec(valid)?.[1] ?? '';
    const args = [
      '--patches',
      'KB5034441',
      '--rings',
      ring,
      '--at',
      '2026-12-01T22:00',
      '--max-concurrency',
      '10%',
      '--max-errors',
      '1',
    ];
    const { exitCode, out, err } = await patchfleet('emergency', ...args);
    jest.restoreAllMocks();
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
    expect(err).toContain(
      `[${refused}] it must be a file or directory that can be written, got no permission (EACCES); allow yourself to write it, or name another path [file/usable]`,
    );
    expect(fs.readFileSync('fleet.yaml', 'utf8')).toBe(valid);
  });
});
