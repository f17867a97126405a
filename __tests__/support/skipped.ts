import { describe, it } from '@jest/globals';

/* Skips tests where everybody sees it: the summary of a whole run only counts what was skipped. */

export function describeSkipped(name: string, reason: string, tests: () => void): void {
  tell(name, reason);
  describe.skip(`${name} (skipped: ${reason})`, tests);
}

/** `it`, where nothing stands in its way. */
export function itUnless(reason: string | undefined): (name: string, test: () => void) => void {
  return (name, test) => {
    if (reason === undefined) return it(name, test);
    tell(name, reason);
    return it.skip(`${name} (skipped: ${reason})`, test);
  };
}

function tell(name: string, reason: string): void {
  process.stderr.write(`skipped: ${name}: ${reason}\n`);
}
