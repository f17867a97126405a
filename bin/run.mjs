#!/usr/bin/env node
// Runs a TypeScript file of this checkout: node bin/run.mjs main.ts [arguments]. Everything it imports is bundled anew
// each time, in about 0.1 s, so there is no build to forget and a run never sees old sources.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

// Packages in CommonJS form call `require` for Node's own modules, which a bundle in ESM form has to bring along.
const banner =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

export async function runTypeScript(entry) {
  const { build } = await import('esbuild');
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    banner: { js: banner },
    legalComments: 'none',
    logLevel: 'error',
  });
  const directory = mkdtempSync(join(tmpdir(), 'patchfleet-'));
  try {
    const bundle = join(directory, 'bundle.mjs');
    writeFileSync(bundle, result.outputFiles[0].contents);
    await import(pathToFileURL(bundle).href);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const [entry] = process.argv.splice(2, 1);
  if (entry === undefined) {
    process.stderr.write('usage: node bin/run.mjs FILE.ts [arguments]\n');
    process.exitCode = 2;
  } else {
    await runTypeScript(entry);
  }
}
