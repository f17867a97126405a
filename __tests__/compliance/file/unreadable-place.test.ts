import { mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { PlaceFacts } from '../../../compliance/facts.ts';
import { FileSource, writeSnapshot } from '../../../compliance/file/index.ts';
import type { PatchStateSource } from '../../../compliance/source.ts';
import { sourceOf } from '../support.ts';
import { first, firstFile, options, problems, read, reading, second } from './written.ts';

/* The file of a place that cannot be read, or cannot be written, while a snapshot is filled. */

const partly: PlaceFacts = { ...second, gaps: [{ area: 'windows', reason: 'throttled', message: '' }] };
const file = () => join(options().out, firstFile);
const fill = (source = sourceOf(first, second)) => writeSnapshot(source, options());

describe('a place whose file cannot be read', () => {
  it.each([
    ['is gone', () => undefined],
    ['leads nowhere but to itself', () => symlinkSync(file(), file())],
  ])('is read again where the file %s', async (_, spoil) => {
    await writeSnapshot(sourceOf(first, partly), options());
    rmSync(file());
    spoil();
    expect(await fill()).toMatchObject({ kept: 0, finished: true, unread: [] });
    expect(await read(new FileSource(options().out))).toEqual([first, second]);
  });

  it('is told by what the file system says, where the snapshot is reported on', async () => {
    await writeSnapshot(sourceOf(first), options());
    rmSync(file());
    symlinkSync(file(), file());
    expect(await reading()).toEqual([
      `[DIR/snapshot/${firstFile}] every file that manifest.json names must be readable, got ELOOP; copy the snapshot whole, or take it anew [compliance/snapshot-readable]`,
      '1 error',
    ]);
  });

  it('is still told as unread where its file goes while the others are read', async () => {
    await writeSnapshot(sourceOf({ ...first, gaps: partly.gaps }, partly), options());
    const removing: PatchStateSource = {
      ...sourceOf(),
      async *places() {
        rmSync(join(options().out, '222222222222-us-east-1.jsonl.gz'));
        yield first;
      },
    };
    expect((await fill(removing)).unread).toEqual([{ place: second.place, gaps: partly.gaps }]);
  });
});

describe('a place whose file cannot be written, because a directory stands there', () => {
  it.each([
    ['file', firstFile],
    ['file that becomes it', `${firstFile}.part`],
  ])('is told in place of the %s, and nothing else is lost', async (_, name) => {
    await writeSnapshot(sourceOf({ ...first, gaps: partly.gaps }, second), options());
    rmSync(file());
    mkdirSync(join(options().out, name));
    expect(await problems(fill)).toEqual([
      `[DIR/snapshot] --out must have room for the file ${name}, got a directory of that name; move it away, and run it again [compliance/snapshot-out]`,
      '1 error',
    ]);
    expect(readdirSync(options().out).sort()).toEqual([name, '222222222222-us-east-1.jsonl.gz', 'manifest.json']);
    rmSync(join(options().out, name), { recursive: true });
    expect(await fill()).toMatchObject({ kept: 1, finished: true, unread: [] });
    expect(await read(new FileSource(options().out))).toEqual([first, second]);
  });
});
