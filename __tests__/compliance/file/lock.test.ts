import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { FileSource, writeSnapshot } from '../../../compliance/file/index.ts';
import type { PatchStateSource } from '../../../compliance/source.ts';
import { node, root } from '../../support/command.ts';
import { asOf, sourceOf } from '../support.ts';
import { directory, first, firstFile, options, problems, read, second } from './written.ts';

/* Two commands that write into one directory at once. */

const lock = () => join(options().out, 'snapshot.lock');
const take = (source = sourceOf(first, second)) => writeSnapshot(source, options());

function leave(text: string) {
  mkdirSync(options().out);
  writeFileSync(lock(), text);
}

const leftBy = (holder: object) => leave(JSON.stringify({ run: 'r', host: hostname(), since: asOf, ...holder }));

/** A process that has ended. */
const over = spawnSync(process.execPath, ['--version']).pid;

const held = (who: string) => [
  `[DIR/snapshot] --out must be written by one command at a time, got snapshot.lock of ${who}; wait until that has ended, or name another directory; if it runs no more, remove snapshot.lock [compliance/snapshot-lock]`,
  '1 error',
];

/** A source that tells what stands in the directory while it is read. */
function during(look: () => void | Promise<void>): PatchStateSource {
  return {
    ...sourceOf(),
    async *places() {
      yield first;
      await look();
      yield second;
    },
  };
}

describe('a directory that a snapshot is written into', () => {
  it('is refused to others, who are told by whom, and harms neither', async () => {
    await take(
      during(async () => {
        expect(await problems(take)).toEqual(held(`process ${process.pid} on ${hostname()} since ${asOf}`));
        expect(existsSync(lock())).toBe(true);
      }),
    );
    expect(await read(new FileSource(options().out))).toEqual([first, second]);
    expect(readdirSync(options().out).sort()).toEqual([firstFile, '222222222222-us-east-1.jsonl.gz', 'manifest.json']);
  });

  it.each([
    [
      'a process that still runs',
      () => leftBy({ pid: process.ppid }),
      `process ${process.ppid} on ${hostname()} since ${asOf}`,
    ],
    ['another host', () => leftBy({ pid: over, host: 'elsewhere' }), `process ${over} on elsewhere since ${asOf}`],
    ['somebody else', () => leave('mine'), 'somebody that it does not name'],
    ['somebody who has just begun', () => leave(''), 'somebody that it does not name'],
    ['a lock that says half', () => leave('{"pid":1}'), 'somebody that it does not name'],
  ])('is left to %s', async (_, make, who) => {
    make();
    const before = readFileSync(lock(), 'utf8');
    expect(await problems(take)).toEqual(held(who));
    expect(readFileSync(lock(), 'utf8')).toBe(before);
    expect(readdirSync(options().out)).toEqual(['snapshot.lock']);
  });

  it.each([
    ['a process that was killed', () => leftBy({ pid: over })],
    ['one that had the same id', () => leftBy({ pid: process.pid })],
  ])('is taken over from %s', async (_, make) => {
    make();
    expect(await take()).toMatchObject({ finished: true });
    expect(readdirSync(options().out).sort()).toEqual([firstFile, '222222222222-us-east-1.jsonl.gz', 'manifest.json']);
  });

  it('is free again where the command fails, or is interrupted', async () => {
    const failing = during(() => {
      throw new Error('power cut');
    });
    await expect(take(failing)).rejects.toThrow('power cut');
    expect(existsSync(lock())).toBe(false);
    const control = new AbortController();
    const interrupted = during(() => control.abort());
    await writeSnapshot(interrupted, options({ signal: control.signal }));
    expect(existsSync(lock())).toBe(false);
  });

  it('is free again where the process is ended at once', () => {
    const script = join(directory, 'end.ts');
    writeFileSync(
      script,
      `import { existsSync } from 'node:fs';
import { writeSnapshot } from '${root}/compliance/file/index.ts';
const out = '${options().out}';
const source = { async *places() { process.exit(existsSync(out + '/snapshot.lock') ? 7 : 8); } };
await writeSnapshot(source as never, { out, details: 'none', toolVersion: '0.1.0', now: () => new Date(0) });
`,
    );
    expect(node(['bin/run.mjs', script])).toMatchObject({ status: 7, stderr: '' });
    expect(existsSync(lock())).toBe(false);
  });

  it('is not taken from somebody who made a lock of their own', async () => {
    const other = JSON.stringify({ run: 'other', pid: process.ppid, host: hostname(), since: asOf });
    await take(during(() => writeFileSync(lock(), other)));
    expect(readFileSync(lock(), 'utf8')).toBe(other);
  });
});
