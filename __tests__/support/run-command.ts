import { run } from '../../cli/run.ts';

const now = new Date('2026-11-23T12:00:00Z');

/** Runs one command line in this process, as of a fixed instant. */
export async function patchfleet(...args: string[]) {
  const lines = { out: [] as string[], err: [] as string[] };
  const exitCode = await run(args, {
    terminal: { out: (text) => lines.out.push(text), err: (text) => lines.err.push(text) },
    now,
    elapsed: () => 0,
    signal: new AbortController().signal,
    environment: process.env,
  });
  return { exitCode, out: lines.out.join('\n'), err: lines.err.join('\n') };
}
