import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { error, quoted, type Violation } from '../../core/problem.ts';
import { fixOfSize } from './limits.ts';

/** The text of a file, or why there is none; `line` and `column` where the reason has a place in it. */
export type FileText =
  | { readonly text: string; readonly refusal?: never }
  | { readonly text?: never; readonly refusal: Violation; readonly line?: number; readonly column?: number };

/** Reads a file of UTF-8 text of at most `maxBytes`. Never throws. */
export function readFileText(path: string, maxBytes: number): FileText {
  try {
    const refusal = refuseUnread(path, maxBytes);
    return refusal === undefined ? decoded(readFileSync(path)) : { refusal };
  } catch (failure) {
    return { refusal: unreadable(failure as NodeJS.ErrnoException) };
  }
}

function refuseUnread(path: string, maxBytes: number): Violation | undefined {
  const stats = statSync(path);
  if (stats.isDirectory()) {
    const inside = join(path, 'fleet.yaml');
    const fix = existsSync(inside) ? `did you mean ${quoted(inside)}?` : 'name the file';
    return error('fleet/file-readable', 'the fleet must be a file, got a directory', fix);
  }
  // A pipe or device may never end.
  if (!stats.isFile()) {
    return error('fleet/file-readable', 'the fleet must be a file, got a pipe or device', 'write it to a file');
  }
  if (stats.size <= maxBytes) return undefined;
  const message = `the fleet file must have at most ${inBytes(maxBytes)}, got ${inBytes(stats.size)}`;
  return error('fleet/file-size', message, fixOfSize(maxBytes));
}

function inBytes(count: number): string {
  return `${count.toLocaleString('en-US')} bytes`;
}

function unreadable({ code }: NodeJS.ErrnoException): Violation {
  const rule = 'fleet/file-readable';
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return error(rule, 'the fleet file must exist, got no file of this name', 'name another with --fleet');
    case 'EACCES':
    case 'EPERM':
      return error(rule, 'the fleet file must be readable, got no permission', 'allow yourself to read it');
    default:
      return error(rule, `the fleet file must be readable, got ${code ?? 'an unknown error'}`, 'name another file');
  }
}

/** What YAML forbids: control characters, and a carriage return that ends no line. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|\r(?!\n)/;

function decoded(bytes: Buffer): FileText {
  if (bytes.subarray(0, 2).equals(Buffer.of(0xff, 0xfe)) || bytes.subarray(0, 2).equals(Buffer.of(0xfe, 0xff))) {
    return { refusal: notText('UTF-16'), line: 1, column: 1 };
  }
  if (!isUtf8(bytes)) return { refusal: notText('other bytes'), line: firstBrokenLine(bytes), column: 1 };
  const text = bytes.toString('utf8').replace(/^\ufeff/, '');
  const match = forbidden.exec(text);
  if (match === null) return { text };
  const before = text.slice(0, match.index).split('\n');
  const code = (match[0].codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0');
  return {
    refusal: notText(`the control character U+${code}`),
    line: before.length,
    column: (before.at(-1) as string).length + 1,
  };
}

function notText(received: string): Violation {
  return error('fleet/text', `the fleet file must be UTF-8 text, got ${received}`, 'save it as UTF-8 text');
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** As `isUtf8` of `node:buffer`, which takes longer to load than the whole file to read. */
function isUtf8(bytes: Buffer): boolean {
  try {
    utf8.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function firstBrokenLine(bytes: Buffer): number {
  let line = 1;
  let start = 0;
  for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, start)) {
    if (!isUtf8(bytes.subarray(start, end))) return line;
    line += 1;
    start = end + 1;
  }
  return line;
}
