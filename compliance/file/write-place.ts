import { createHash } from 'node:crypto';
import { createWriteStream, renameSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { PlaceFacts } from '../facts.ts';
import type { SnapshotFile } from './manifest.ts';
import { linesOf } from './records.ts';

/** Writes the file of a place, which appears when it is whole. */
export async function writePlace(out: string, facts: PlaceFacts): Promise<SnapshotFile> {
  const { account, region } = facts.place;
  const file = `${account}-${region}.jsonl.gz`;
  const path = join(out, file);
  const hash = createHash('sha256');
  const hashing = new Transform({
    transform(bytes, _, done) {
      hash.update(bytes);
      done(null, bytes);
    },
  });
  try {
    await pipeline(Readable.from(chunks(facts)), createGzip({ level: 9 }), hashing, createWriteStream(`${path}.part`));
    renameSync(`${path}.part`, path);
  } catch (failure) {
    // What stopped it counts, and not that it cannot be tidied up either.
    await rm(`${path}.part`, { force: true }).catch(() => undefined);
    throw failure;
  }
  const { instances, gaps } = facts;
  return { file, account, region, sha256: hash.digest('hex'), instances: instances.length, gaps: gaps.length };
}

const chunkCharacters = 64 * 1024;

/** Lines in pieces of some size: a stream costs the more the smaller its pieces are. */
function* chunks(facts: PlaceFacts): Generator<string> {
  let chunk = '';
  for (const line of linesOf(facts)) {
    chunk += `${line}\n`;
    if (chunk.length < chunkCharacters) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}
