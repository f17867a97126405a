import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { formatProblem } from '../../../core/problem.ts';
import { loadFleet } from '../../../fleet/load/index.ts';
import { itUnless } from '../../support/skipped.ts';
import { FleetFiles, valid } from './files.ts';

describe('a fleet file', () => {
  let files: FleetFiles;
  beforeEach(() => {
    files = new FleetFiles();
  });

  const problemsAt = (name: string) =>
    loadFleet(join(files.directory, name)).problems.map((problem) => files.nameless(formatProblem(problem)));

  it('must exist', () => {
    expect(problemsAt('nothing.yaml')).toEqual([
      '[nothing.yaml] the fleet file must exist, got no file of this name; name another with --fleet [fleet/file-readable]',
    ]);
    files.write(valid);
    expect(problemsAt('fleet.yaml/inside.yaml')).toEqual([
      '[fleet.yaml/inside.yaml] the fleet file must exist, got no file of this name; name another with --fleet [fleet/file-readable]',
    ]);
  });

  it('is no directory, and the one inside is suggested', () => {
    mkdirSync(join(files.directory, 'fleets'));
    expect(problemsAt('fleets')).toEqual([
      '[fleets] the fleet must be a file, got a directory; name the file [fleet/file-readable]',
    ]);
    files.write(valid, 'fleets/fleet.yaml');
    expect(problemsAt('fleets')).toEqual([
      '[fleets] the fleet must be a file, got a directory; did you mean "fleets/fleet.yaml"? [fleet/file-readable]',
    ]);
  });

  it('is no device, which might never end', () => {
    expect(loadFleet('/dev/zero').problems.map(formatProblem)).toEqual([
      '[/dev/zero] the fleet must be a file, got a pipe or device; write it to a file [fleet/file-readable]',
    ]);
  });

  it.each(['name\u0000.yaml', 'n'.repeat(300)])('with an impossible name is refused', (name) => {
    expect(problemsAt(name)).toHaveLength(1);
    expect(problemsAt(name)[0]).toMatch(/the fleet file must be readable, got (ERR_INVALID_ARG_VALUE|ENAMETOOLONG);/);
  });

  itUnless(process.getuid?.() === 0 ? 'root reads whatever it wants' : undefined)('must be readable', () => {
    chmodSync(files.write(valid), 0);
    expect(problemsAt('fleet.yaml')).toEqual([
      '[fleet.yaml] the fleet file must be readable, got no permission; allow yourself to read it [fleet/file-readable]',
    ]);
  });

  it('has at most a million bytes unless more are allowed', () => {
    const padded = (bytes: number) => `${valid}#${'-'.repeat(bytes - valid.length - 1)}`;
    expect(files.problems(padded(1_000_000))).toEqual([]);
    expect(files.problems(padded(1_000_001))).toEqual([
      '[fleet.yaml] the fleet file must have at most 1,000,000 bytes, got 1,000,001 bytes; is it the right file? --allow-large reads it all the same [fleet/file-size]',
    ]);
    expect(files.problems(padded(1_000_001), 'fleet.yaml', { maxBytes: 2_000_000 })).toEqual([]);
  });

  it.each<[string, Uint8Array, string]>([
    [
      'a binary',
      Buffer.from('\u007fELF\u0002\u0001\u0000'),
      '1:1] the fleet file must be UTF-8 text, got the control character U+007F',
    ],
    [
      'a NUL',
      Buffer.from('version: 1\nfleet: a\u0000b\n'),
      '2:9] the fleet file must be UTF-8 text, got the control character U+0000',
    ],
    [
      'a carriage return that ends no line',
      Buffer.from('version: 1\rfleet: a\r'),
      '1:11] the fleet file must be UTF-8 text, got the control character U+000D',
    ],
    [
      'Latin 1',
      Buffer.from('version: 1\nfleet: caf\u00e9\n', 'latin1'),
      '2:1] the fleet file must be UTF-8 text, got other bytes',
    ],
    [
      'half a character at the end',
      Buffer.from('version: 1\nfleet: é').subarray(0, -1),
      '2:1] the fleet file must be UTF-8 text, got other bytes',
    ],
    ['UTF-16', Buffer.from(`\ufeff${valid}`, 'utf16le'), '1:1] the fleet file must be UTF-8 text, got UTF-16'],
  ])('is no text with %s', (_, content, problem) => {
    expect(files.problems(content)).toEqual([`[fleet.yaml:${problem}; save it as UTF-8 text [fleet/text]`]);
  });

  it('may begin with a byte order mark and end its lines with CRLF', () => {
    expect(files.problems(`\ufeff${valid.replaceAll('\n', '\r\n')}`)).toEqual([]);
    expect(files.problems('\ufeffverson: 1\r\n')[0]).toContain('[fleet.yaml:1:1] accounts must be given');
  });
});
