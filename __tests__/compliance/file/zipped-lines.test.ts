import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { linesOfZipped } from '../../../compliance/file/zipped-lines.ts';

/** Lines that hardly can be zipped, with characters of several bytes at every place. */
function linesOf(count: number): string[] {
  return Array.from({ length: count }, (_, line) => {
    const words = createHash('sha512').update(`${line}`).digest('hex');
    return `ü€${words.slice(0, line % 128)}😀${words}`;
  });
}

async function read(zipped: Buffer): Promise<string[]> {
  const read: string[] = [];
  for await (const lines of linesOfZipped(zipped)) read.push(...lines);
  return read;
}

describe.each([
  ['a small file', 50],
  ['a file that is unzipped as it is read', 15_000],
])('the lines of %s', (name, count) => {
  const lines = linesOf(count);
  const zipped = gzipSync(`${lines.join('\n')}\n`);

  it('come in their order, whatever chunks they lie in', async () => {
    expect(zipped.length > 1024 * 1024).toBe(name !== 'a small file');
    expect(await read(zipped)).toEqual(lines);
  });

  it('may lack their last end', async () => {
    expect(await read(gzipSync(lines.join('\n')))).toEqual(lines);
  });

  it('fail where the file is cut short', async () => {
    await expect(read(zipped.subarray(0, zipped.length - 100))).rejects.toThrow('unexpected end of file');
  });
});

it('lines that are longer than what is decoded at once come whole, and so do those around them', async () => {
  const lines = ['a', 'ü'.repeat(100_000), '', 'b', '€'.repeat(30_000), 'c'];
  expect(await read(gzipSync(lines.join('\n')))).toEqual(lines);
  expect(await read(gzipSync(`${lines.join('\n')}\n`))).toEqual(lines);
});

it('a file of nothing has no lines', async () => {
  expect(await read(gzipSync(''))).toEqual([]);
});
