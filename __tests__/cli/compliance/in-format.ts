import { patchfleet } from '../../support/run-command.ts';
import { type Element, elements } from './xml.ts';

/* A report in its formats, and how they are read. */

export const example = [
  ...['--fleet', 'examples/snapshots/fleet.yaml', '--outputs', 'examples/snapshots/outputs'],
  ...['--source', 'examples/snapshots/2026-11-24', '--since', 'examples/snapshots/2026-11-10'],
  ...['--patch', 'KB5071001'],
];

export async function inFormat(format: string, args: readonly string[] = example): Promise<string> {
  return (await patchfleet('compliance', ...args, '--format', format)).out;
}

/** Rows of a CSV by RFC 4180, as its header names them. */
export function readCsv(csv: string): Record<string, string>[] {
  const rows: string[][] = [[]];
  const field = /("(?:[^"]|"")*"|[^,\n"]*)(,|\n|$)/y;
  while (field.lastIndex < csv.length) {
    const found = field.exec(csv);
    if (found === null) throw new Error(`no CSV from ${csv.slice(field.lastIndex, 80)}`);
    const [, value = '', end] = found;
    rows.at(-1)?.push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value);
    if (end === '\n') rows.push([]);
  }
  const [header = [], ...others] = rows;
  return others.map((row) => Object.fromEntries(header.map((name, column) => [name, row[column] ?? ''])));
}

export function propertyOf(root: Element, name: string): string | undefined {
  return elements(root, 'property').find(({ attributes }) => attributes.name === name)?.attributes.value;
}
