#!/usr/bin/env node
// In a checkout the sources run as they are; an installed package has them bundled.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const source = fileURLToPath(new URL('../cli/main.ts', import.meta.url));
if (existsSync(source)) {
  const { runTypeScript } = await import('./typescript.mjs');
  await runTypeScript(source, { codeCache: true });
} else {
  const { runBundle } = await import('./code-cache.mjs');
  await runBundle(fileURLToPath(new URL('../dist/command/main.cjs', import.meta.url))).done;
}
