// Runs a TypeScript file. Everything it imports is bundled anew each time, in about 0.1 s, so there is no build to
// forget and a run never sees old sources.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

// Packages in CommonJS form call `require` for Node's own modules, which a bundle in ESM form has to bring along.
const banner =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

export async function runTypeScript(entry) {
  const source = await bundle(entry);
  if (source === undefined) return;
  const directory = mkdtempSync(join(tmpdir(), 'patchfleet-'));
  try {
    const file = join(directory, 'bundle.mjs');
    writeFileSync(file, source);
    await import(pathToFileURL(file).href);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The bundle's text; nothing where the source has errors, which are then on standard error with file and line. */
async function bundle(entry) {
  const { build } = await import('esbuild');
  try {
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
    return result.outputFiles[0].contents;
  } catch (failure) {
    if (!Array.isArray(failure.errors)) throw failure;
    process.exitCode = 2;
    return undefined;
  }
}
