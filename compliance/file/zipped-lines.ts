import { createGunzip, gunzipSync } from 'node:zlib';

/** How much is unzipped at once, in bytes. */
const chunkSize = 256 * 1024;

/** From so many zipped bytes on a file is unzipped as it is read: it may be of one place with very many nodes. */
const largeBytes = 1024 * 1024;

const lineEnd = 0x0a;

/** How much is decoded at once, in bytes. */
const pieceSize = 64 * 1024;

/**
 * The lines of a file, some at a time: all of them together may be longer than a string can be. Throws what zlib does where
 * the bytes are not whole.
 */
export async function* linesOfZipped(zipped: Buffer): AsyncGenerator<Iterable<string>> {
  // A stream costs more than a small place does.
  if (zipped.length < largeBytes) {
    yield linesIn(gunzipSync(zipped, { chunkSize }));
    return;
  }
  const unzipping = createGunzip({ chunkSize });
  unzipping.end(zipped);
  let rest = Buffer.alloc(0);
  for await (const chunk of unzipping) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const end = bytes.lastIndexOf(lineEnd) + 1;
    yield linesIn(bytes.subarray(0, end));
    rest = bytes.subarray(end);
  }
  yield linesIn(rest);
}

function* linesIn(bytes: Buffer): Generator<string> {
  for (let start = 0; start < bytes.length; ) {
    const end = endOfPiece(bytes, start);
    const piece = bytes.toString('utf8', start, end);
    for (let from = 0; from < piece.length; ) {
      const found = piece.indexOf('\n', from);
      const to = found === -1 ? piece.length : found;
      yield piece.slice(from, to);
      from = to + 1;
    }
    start = end;
  }
}

/** Where so many whole lines end that they are decoded together: fewer cost more, and engines keep larger texts apart. */
function endOfPiece(bytes: Buffer, start: number): number {
  const last = bytes.lastIndexOf(lineEnd, start + pieceSize);
  if (last >= start) return last + 1;
  const next = bytes.indexOf(lineEnd, start);
  return next === -1 ? bytes.length : next + 1;
}
