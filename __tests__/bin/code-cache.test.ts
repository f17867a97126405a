import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { root, temporaryDirectory } from '../support/command.ts';

/* What is kept beside a bundle may make it faster, and never different. */

const runner = join(root, 'bin', 'code-cache.mjs');

describe('a bundle that is kept compiled', () => {
  let directory: string;
  const main = () => join(directory, 'main.cjs');
  const keptOf = (name: string) => join(directory, `${name}.${process.version}-${process.arch}.cache`);
  const run = () => {
    const program = `const { runBundle } = await import(${JSON.stringify(pathToFileURL(runner).href)});
await runBundle(${JSON.stringify(main())}).done;`;
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      encoding: 'utf8',
    });
    return { status, stdout, stderr };
  };
  const said = (stdout: string) => ({ status: 0, stdout, stderr: '' });

  beforeEach(() => {
    directory = temporaryDirectory();
    writeFileSync(
      main(),
      `const { word } = require('./part.cjs');
const { basename } = require('node:path');
exports.done = Promise.resolve().then(() => process.stdout.write(word() + ' ' + basename(__filename)));`,
    );
    writeFileSync(join(directory, 'part.cjs'), "exports.word = function word() { return 'first'; };");
  });

  it('says the same in the first run, which keeps each file, and in later ones, which write nothing', () => {
    expect(run()).toEqual(said('first main.cjs'));
    const kept = readFileSync(keptOf('part.cjs'));
    expect(readdirSync(directory)).toHaveLength(4);
    expect(run()).toEqual(said('first main.cjs'));
    expect(readFileSync(keptOf('part.cjs'))).toEqual(kept);
  });

  it('follows a change of a file, also to one of the same length', () => {
    run();
    writeFileSync(join(directory, 'part.cjs'), "exports.word = function word() { return 'other'; };");
    expect(run()).toEqual(said('other main.cjs'));
    expect(run()).toEqual(said('other main.cjs'));
  });

  it.each([
    ['cut', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    ['empty', () => Buffer.alloc(0)],
    ['zeroed', (bytes: Buffer) => Buffer.concat([bytes.subarray(0, 64), Buffer.alloc(bytes.length - 64)])],
    [
      'wrong in one byte',
      (bytes: Buffer) => bytes.map((byte, index) => (index === bytes.length - 100 ? byte ^ 255 : byte)),
    ],
  ])('replaces what is kept where it is %s', (_, damaged) => {
    run();
    const sound = readFileSync(keptOf('part.cjs'));
    const bytes = damaged(sound);
    writeFileSync(keptOf('part.cjs'), bytes);
    expect(run()).toEqual(said('first main.cjs'));
    expect(readFileSync(keptOf('part.cjs')).equals(bytes)).toBe(false);
    expect(run()).toEqual(said('first main.cjs'));
  });

  it('runs where nothing can be kept, and leaves nothing behind', () => {
    mkdirSync(keptOf('main.cjs'));
    mkdirSync(keptOf('part.cjs'));
    expect(run()).toEqual(said('first main.cjs'));
    expect(readdirSync(directory).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('names file, line and function in the trace of a defect', () => {
    writeFileSync(join(directory, 'part.cjs'), "\nexports.word = function word() { throw new Error('a defect'); };");
    for (const { status, stderr } of [run(), run()]) {
      expect(status).toBe(1);
      expect(stderr).toMatch(/Error: a defect\n {4}at word \(.*part\.cjs:2:\d+\)\n/);
    }
  });
});
