import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { root } from '../support/command.ts';

interface Entry {
  readonly version?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const text = readFileSync(join(root, 'package-lock.json'), 'utf8');
const packages = JSON.parse(text).packages as Record<string, Entry>;

describe('the lockfile', () => {
  it('has an entry for every package of another platform that a locked package names', () => {
    const platform = /-(linux|darwin|win32|freebsd|android|openbsd|netbsd|openharmony|sunos|aix|wasm32)\b/;
    const missing = Object.values(packages)
      .flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}))
      .filter((name) => platform.test(name) && packages[`node_modules/${name}`] === undefined);
    expect(missing).toEqual([]);
  });

  it('names no registry', () => {
    expect(text).not.toContain('"resolved"');
  });

  it('is left as it is by the script that completes it', () => {
    const script = join(root, 'scripts', 'complete-lockfile.mjs');
    const source = `import { readFileSync } from 'node:fs';
import { completed } from ${JSON.stringify(script)};
process.stdout.write(JSON.stringify(completed(JSON.parse(readFileSync('package-lock.json', 'utf8'))), null, 2) + '\\n');`;
    const options = { cwd: root, encoding: 'utf8' as const, maxBuffer: 64 * 1024 * 1024 };
    expect(execFileSync(process.execPath, ['--input-type=module', '-e', source], options)).toBe(text);
  });
});
