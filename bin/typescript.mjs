// Runs a TypeScript file of this checkout. It is bundled with everything it imports; the bundle is kept, and used again
// only while every source in it still has the same content: there is no build to forget, and no run sees old sources.
// Every command begins here, so what only a new bundle needs is loaded late.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const cache = join(root, 'node_modules', '.cache', 'patchfleet');
const keptForMs = 24 * 60 * 60 * 1000;

// Packages in CommonJS form call `require` for Node's own modules, which a bundle in ESM form has to bring along.
const banner =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

export async function runTypeScript(entry) {
  const path = resolve(entry);
  const inCheckout = !relative(root, path).startsWith('..') && existsSync(path);
  const kept = inCheckout ? await keptBundle(path) : undefined;
  if (kept !== undefined) {
    await import(pathToFileURL(kept).href);
    return;
  }
  const built = await bundle(path);
  if (built === undefined) return;
  if (inCheckout) {
    await import(pathToFileURL(await keep(path, built)).href);
    return;
  }
  const { tmpdir } = await import('node:os');
  const directory = mkdtempSync(join(tmpdir(), 'patchfleet-'));
  try {
    write(directory, built.outputs);
    await import(pathToFileURL(join(directory, built.main)).href);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The bundle of an earlier run, where none of its sources has changed since, nor any installed package. */
async function keptBundle(path) {
  try {
    const { sources, main } = JSON.parse(readFileSync(recordOf(path), 'utf8'));
    for (const [source, { stamp, hash }] of Object.entries(sources)) {
      const file = join(root, source);
      // A file with another content has another stamp; one with another stamp may have the same content.
      if (stampOf(file) !== stamp && (await hashOf(file)) !== hash) return undefined;
    }
    return existsSync(main) ? main : undefined;
  } catch {
    return undefined;
  }
}

function recordOf(path) {
  return join(cache, `${encodeURIComponent(relative(root, path))}.json`);
}

/** When a file last changed, its content or what is known of it: that time, unlike the time of its content, cannot be set. */
function stampOf(path) {
  const { ino, size, mtimeMs, ctimeMs } = statSync(path);
  return [ino, size, mtimeMs, ctimeMs].join(' ');
}

async function hashOf(path) {
  const { createHash } = await import('node:crypto');
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

/** The bundle's files; nothing where the source has errors, which are then on standard error with file and line. */
async function bundle(path) {
  const { build } = await import('esbuild');
  const started = Date.now();
  try {
    const { outputFiles, metafile } = await build({
      entryPoints: { main: path },
      outdir: root,
      absWorkingDir: root,
      bundle: true,
      // What a command imports late stays in files of its own, which other commands need not read.
      splitting: true,
      write: false,
      metafile: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      outExtension: { '.js': '.mjs' },
      banner: { js: banner },
      // write-file-atomic names its temporary files by it.
      define: { __filename: 'import.meta.url' },
      legalComments: 'none',
      logLevel: 'error',
    });
    const outputs = outputFiles.map((file) => ({ name: basename(file.path), text: file.contents }));
    return { outputs, main: 'main.mjs', inputs: Object.keys(metafile.inputs), started };
  } catch (failure) {
    if (!Array.isArray(failure.errors)) throw failure;
    process.exitCode = 2;
    return undefined;
  }
}

/** Keeps a bundle for the next run; a directory once written never changes, so runs side by side don't meet. */
async function keep(path, { outputs, main, inputs, started }) {
  mkdirSync(cache, { recursive: true });
  removeOld();
  const directory = mkdtempSync(join(cache, 'bundle-'));
  write(directory, outputs);
  // npm rewrites this file whenever it changes an installed package.
  const packages = 'node_modules/.package-lock.json';
  const sources = [
    // How it is bundled.
    'bin/typescript.mjs',
    ...inputs.filter((source) => existsSync(join(root, source)) && !source.startsWith('node_modules/')),
    packages,
  ];
  if (!sources.every((source) => existsSync(join(root, source)))) return join(directory, main);
  const known = {};
  for (const source of sources) {
    const file = join(root, source);
    known[source] = { stamp: stampOf(file), hash: await hashOf(file) };
  }
  // A source that was saved while it was bundled may be in the bundle as it was before.
  if (sources.every((source) => changedAt(join(root, source)) < started)) {
    const record = join(directory, 'record.json');
    writeFileSync(record, JSON.stringify({ sources: known, main: join(directory, main) }));
    renameSync(record, recordOf(path));
  }
  return join(directory, main);
}

function changedAt(path) {
  const { mtimeMs, ctimeMs } = statSync(path);
  return Math.max(mtimeMs, ctimeMs);
}

function write(directory, outputs) {
  for (const { name, text } of outputs) writeFileSync(join(directory, name), text);
}

function removeOld() {
  for (const name of readdirSync(cache)) {
    const path = join(cache, name);
    if (Date.now() - statSync(path).mtimeMs > keptForMs) rmSync(path, { recursive: true, force: true });
  }
}
