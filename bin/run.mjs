#!/usr/bin/env node
// Runs a TypeScript file of this checkout: node bin/run.mjs main.ts [arguments]
import { runTypeScript } from './typescript.mjs';

const [entry] = process.argv.splice(2, 1);
if (entry === undefined) {
  process.stderr.write('usage: node bin/run.mjs FILE.ts [arguments]\n');
  process.exitCode = 2;
} else {
  await runTypeScript(entry);
}
