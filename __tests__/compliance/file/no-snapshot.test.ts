import { createHash } from 'node:crypto';
import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { writeSnapshot } from '../../../compliance/file/index.ts';
import { sourceOf } from '../support.ts';
import { directory, first, firstFile, options, reading, second } from './written.ts';

describe('what is no snapshot is told, and is no stack trace', () => {
  const damaged =
    'every file must be as it was written, got one that is cut short or was changed; copy the snapshot whole, or take it anew [compliance/snapshot-intact]';

  const changeManifest = (change: object) => {
    const path = join(options().out, 'manifest.json');
    writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), ...change }));
  };

  it('files that are cut short, all at once, and after the others were read', async () => {
    await writeSnapshot(sourceOf(first, second), options());
    for (const file of [firstFile, '222222222222-us-east-1.jsonl.gz']) truncateSync(join(options().out, file), 100);
    expect(await reading()).toEqual([
      `[DIR/snapshot/${firstFile}] ${damaged}`,
      `[DIR/snapshot/222222222222-us-east-1.jsonl.gz] ${damaged}`,
      '2 errors',
    ]);
  });

  it.each([0, 1, 10])('a file of %d bytes', async (size) => {
    await writeSnapshot(sourceOf(first), options());
    truncateSync(join(options().out, firstFile), size);
    expect(await reading()).toEqual([`[DIR/snapshot/${firstFile}] ${damaged}`, '1 error']);
  });

  it('a file with one other instance', async () => {
    await writeSnapshot(sourceOf(first), options());
    const path = join(options().out, firstFile);
    writeFileSync(path, gzipSync(gunzipSync(readFileSync(path)).toString().replaceAll('MISSING', 'INSTALLED')));
    expect(await reading()).toEqual([`[DIR/snapshot/${firstFile}] ${damaged}`, '1 error']);
  });

  it('a file that is gone', async () => {
    await writeSnapshot(sourceOf(first), options());
    rmSync(join(options().out, firstFile));
    expect(await reading()).toEqual([
      `[DIR/snapshot/${firstFile}] every file that manifest.json names must be readable, got ENOENT; copy the snapshot whole, or take it anew [compliance/snapshot-readable]`,
      '1 error',
    ]);
  });

  it.each([
    ['[]'],
    ['{"instance":{"instanceId":"i-1"}}'],
    ['{"place":{}}'],
    [''],
    ['null'],
    ['7'],
    ['{}'],
    [
      '{"place":{"place":{"account":"111111111111","region":"eu-central-1"},"observedAt":"2026-11-23T12:00:00.000Z","permissions":[]}}\n{"instance":{"instanceId":7}}',
    ],
    [
      '{"place":{"place":{"account":"111111111111","region":"eu-central-1"},"observedAt":"2026-11-23T12:00:00.000Z","permissions":[]}}\n{"secret":{}}',
    ],
    [
      '{"place":{"place":{"account":"222222222222","region":"eu-central-1"},"observedAt":"2026-11-23T12:00:00.000Z","permissions":[]}}',
    ],
    [
      '{"place":{"place":{"account":"111111111111","region":"us-east-1"},"observedAt":"2026-11-23T12:00:00.000Z","permissions":[]}}',
    ],
  ])('a file that others have written, of the right hash: %s', async (text) => {
    await writeSnapshot(sourceOf(first), options());
    const bytes = gzipSync(text);
    writeFileSync(join(options().out, firstFile), bytes);
    const manifest = JSON.parse(readFileSync(join(options().out, 'manifest.json'), 'utf8'));
    changeManifest({ files: [{ ...manifest.files[0], sha256: createHash('sha256').update(bytes).digest('hex') }] });
    expect(await reading()).toEqual([
      `[DIR/snapshot/${firstFile}] every file of a snapshot must hold the facts of its place, got other content; take the snapshot anew [compliance/snapshot-format]`,
      '1 error',
    ]);
  });

  it('a newer version', async () => {
    await writeSnapshot(sourceOf(first), options());
    changeManifest({ version: 2 });
    expect(await reading()).toEqual([
      '[DIR/snapshot] a snapshot must be of version 1, got 2; read it with the version of patchfleet that wrote it, or a newer one [compliance/snapshot-version]',
      '1 error',
    ]);
  });

  it.each([
    [
      '{"a":1}',
      'a.json must be a snapshot of patchfleet, got another file; name a directory that npx patchfleet snapshot --out has written',
    ],
    ['not json', 'manifest.json must be JSON, got other text; take the snapshot anew'],
    [
      '{"format":"patchfleet-snapshot","version":1}',
      'manifest.json must say what it holds, got a part of it; take the snapshot anew',
    ],
    [
      '{"format":"patchfleet-snapshot","version":1,"toolVersion":"","from":"2026-11-23T12:00:00.000Z","to":"2026-11-23T12:00:00.000Z","details":"all","files":[{"file":"a.jsonl.gz","account":"","region":"","sha256":""},{"file":"a.jsonl.gz","account":"","region":"","sha256":""}]}',
      'manifest.json must say what it holds, got a part of it; take the snapshot anew',
    ],
    [
      '{"format":"patchfleet-snapshot","version":1,"toolVersion":"","from":"2026-11-23T12:00:00.000Z","to":"2026-11-23T12:00:00.000Z","details":"all","files":[{"file":"a.jsonl.gz","account":"1","region":"a","sha256":""},{"file":"b.jsonl.gz","account":"1","region":"a","sha256":""}]}',
      'manifest.json must say what it holds, got a part of it; take the snapshot anew',
    ],
    [
      '{"format":"patchfleet-snapshot","version":1,"toolVersion":"","from":"2026-11-23T12:00:00.000Z","to":"2026-11-23T12:00:00.000Z","details":"all","files":[{"file":"../../etc/x.jsonl.gz","account":"","region":"","sha256":""}]}',
      'manifest.json must say what it holds, got a part of it; take the snapshot anew',
    ],
    [
      '{"format":"patchfleet-snapshot","version":1,"toolVersion":"","from":"2026-11-23T12:00:00.000Z","details":"all","files":[],"missing":[{"account":1}]}',
      'manifest.json must say what it holds, got a part of it; take the snapshot anew',
    ],
    [
      '{"format":"patchfleet-snapshot","version":1,"toolVersion":"","from":"2026-11-23T12:00:00.000Z","to":"yesterday","details":"all","files":[]}',
      'manifest.json must say what it holds, got a part of it; take the snapshot anew',
    ],
    [
      '{"format":"patchfleet-snapshot","version":1,"toolVersion":"","from":"2026-11-23","to":"2026-11-23T12:00:00.000Z","details":"all","files":[]}',
      'manifest.json must say what it holds, got a part of it; take the snapshot anew',
    ],
  ])('another file: %s', async (text, told) => {
    const path = join(directory, 'a.json');
    writeFileSync(path, text);
    expect(await reading(path)).toEqual([`[DIR/a.json] ${told} [compliance/snapshot-format]`, '1 error']);
  });

  it('nothing, or a directory around it', async () => {
    expect(await reading(join(directory, 'none'))).toEqual([
      '[DIR/none] a snapshot must exist, got no file or directory of this name; name a directory that npx patchfleet snapshot --out has written [compliance/snapshot-readable]',
      '1 error',
    ]);
    await writeSnapshot(sourceOf(first), options());
    expect(await reading(directory)).toEqual([
      '[DIR] a snapshot must have a manifest.json, got a directory without; did you mean "DIR/snapshot"? [compliance/snapshot-readable]',
      '1 error',
    ]);
  });
});
