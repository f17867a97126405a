import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { eachLine } from '../../../compliance/file/zipped-lines.ts';

/** Lines that hardly can be zipped, with characters of several bytes at every place. */
function linesOf(count: number): string[] {
  return Array.from({ length: count }, (_, line) => {
    const words = createHash('sha512').update(`${line}`).digest('hex');
    return `ü€${words.slice(0, line % 128)}😀${words}`;
  });
}

async function read(zipped: Buffer, take: (line: string) => boolean = () => true) {
  const taken: string[] = [];
  const all = await eachLine(zipped, (line) => {
    taken.push(line);
    return take(line);
  });
  return { all, taken };
}

describe.each([
  ['a small file', 50],
  ['a file that is unzipped as it is read', 15_000],
])('the lines of %s', (name, count) => {
  const lines = linesOf(count);
  const zipped = gzipSync(`${lines.join('\n')}\n`);

  it('come one by one, whatever chunks they lie in', async () => {
    expect(zipped.length > 1024 * 1024).toBe(name !== 'a small file');
    expect(await read(zipped)).toEqual({ all: true, taken: lines });
  });

  it('may lack their last end', async () => {
    expect(await read(gzipSync(lines.join('\n')))).toEqual({ all: true, taken: lines });
  });

  it('end with the first that is not taken', async () => {
    const [, , third = ''] = lines;
    expect(await read(zipped, (line) => line !== third)).toEqual({ all: false, taken: lines.slice(0, 3) });
    const last = lines.at(-1);
    expect((await read(gzipSync(lines.join('\n')), (line) => line !== last)).all).toBe(false);
  });

  it('fail where the file is cut short', async () => {
    await expect(read(zipped.subarray(0, zipped.length - 100))).rejects.toThrow('unexpected end of file');
  });

  it('fail with what the reader of a line throws', async () => {
    const fails = () => {
      throw new SyntaxError('no JSON');
    };
    await expect(read(zipped, fails)).rejects.toThrow('no JSON');
  });
});
