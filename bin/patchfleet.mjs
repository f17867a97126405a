#!/usr/bin/env node
// In a checkout the sources run as they are; an installed package has them compiled.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const source = fileURLToPath(new URL('../cli/main.ts', import.meta.url));
if (existsSync(source)) {
  const { runTypeScript } = await import('./typescript.mjs');
  await runTypeScript(source);
} else {
  await import('../dist/cli/main.js');
}
