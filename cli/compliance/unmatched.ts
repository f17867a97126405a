import type { Terminal } from '../terminal.ts';
import type { ChosenPlaces } from './places.ts';

/** Tells the globs of `--only` that match nothing. */
export function refuseUnmatched(terminal: Terminal, { unmatched }: ChosenPlaces): boolean {
  const globs = unmatched();
  for (const glob of globs) terminal.err(`patchfleet: no stack matches ${JSON.stringify(glob)}`);
  return globs.length > 0;
}
