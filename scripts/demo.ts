import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { run } from '../cli/run.ts';

/** Reports on the example snapshots, without AWS: a table, and a page to look at. `npm run demo`. */
const directory = 'examples/snapshots';
const page = resolve('demo.out', 'compliance.html');
const args = [
  'compliance',
  ...['--fleet', join(directory, 'fleet.yaml'), '--outputs', join(directory, 'outputs')],
  ...['--source', join(directory, '2026-11-24'), '--since', join(directory, '2026-11-10')],
  // It is a demonstration: what it finds is no failure of anybody.
  ...['--fail-on', 'none'],
];

async function report(format: string, out: (text: string) => void): Promise<number> {
  return run([...args, '--format', format], {
    terminal: {
      out,
      err: (text) => process.stderr.write(`${text}\n`),
      columns: process.stdout.columns,
    },
    now: new Date(),
    elapsed: () => performance.now(),
    signal: new AbortController().signal,
    environment: process.env,
  });
}

const told = await report('table', (text) => process.stdout.write(`${text}\n`));
mkdirSync(resolve('demo.out'), { recursive: true });
const shown = await report('html', (text) => writeFileSync(page, `${text}\n`));
process.stdout.write(`\nthe same to look at: ${page}\n`);
process.exitCode = Math.max(told, shown);
