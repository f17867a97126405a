import { createGunzip, gunzipSync } from 'node:zlib';

/** How much is unzipped at once, in bytes. */
const chunkSize = 256 * 1024;

/** From so many zipped bytes on a file is unzipped as it is read: it may be of one place with very many nodes. */
const largeBytes = 1024 * 1024;

const lineEnd = 0x0a;

/**
 * Hands over one line after the other, until one is not taken: then it is false. All of them together may be longer than a
 * string can be. Throws what zlib does where the bytes are not whole.
 */
export async function eachLine(zipped: Buffer, take: (line: string) => boolean): Promise<boolean> {
  // A stream costs more than a small place does.
  if (zipped.length < largeBytes) {
    const bytes = gunzipSync(zipped, { chunkSize });
    const rest = takeLines(bytes, take);
    return rest !== undefined && (rest.length === 0 || take(rest.toString('utf8')));
  }
  const unzipping = createGunzip({ chunkSize });
  unzipping.end(zipped);
  let rest: Buffer | undefined = Buffer.alloc(0);
  for await (const chunk of unzipping) {
    rest = takeLines(rest.length === 0 ? chunk : Buffer.concat([rest, chunk]), take);
    if (rest === undefined) return false;
  }
  return rest.length === 0 || take(rest.toString('utf8'));
}

/** What stands after the last end of a line; undefined where a line was not taken. */
function takeLines(bytes: Buffer, take: (line: string) => boolean): Buffer | undefined {
  let start = 0;
  for (let end = bytes.indexOf(lineEnd); end !== -1; end = bytes.indexOf(lineEnd, start)) {
    if (!take(bytes.toString('utf8', start, end))) return undefined;
    start = end + 1;
  }
  return bytes.subarray(start);
}
