// Runs a TypeScript file of this checkout. It is bundled with everything it imports; the bundle is kept, and used again
// only while every source in it still has the same content: there is no build to forget, and no run sees old sources.
import { createHash } from 'node:crypto';
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
import { tmpdir } from 'node:os';
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
  const kept = inCheckout ? keptBundle(path) : undefined;
  if (kept !== undefined) {
    await import(pathToFileURL(kept).href);
    return;
  }
  const built = await bundle(path);
  if (built === undefined) return;
  if (inCheckout) {
    await import(pathToFileURL(keep(path, built)).href);
    return;
  }
  const directory = mkdtempSync(join(tmpdir(), 'patchfleet-'));
  try {
    write(directory, built.outputs);
    await import(pathToFileURL(join(directory, built.main)).href);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The bundle of an earlier run, where none of its sources has changed since, nor any installed package. */
function keptBundle(path) {
  try {
    const { sources, main } = JSON.parse(readFileSync(recordOf(path), 'utf8'));
    const current = Object.entries(sources).every(([source, hash]) => hashOf(join(root, source)) === hash);
    return current && existsSync(main) ? main : undefined;
  } catch {
    return undefined;
  }
}

function recordOf(path) {
  return join(cache, `${createHash('sha256').update(path).digest('hex').slice(0, 16)}.json`);
}

function hashOf(path) {
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
function keep(path, { outputs, main, inputs, started }) {
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
  // A source that was saved while it was bundled may be in the bundle as it was before.
  const settled = sources.every(
    (source) => existsSync(join(root, source)) && statSync(join(root, source)).mtimeMs < started,
  );
  if (settled) {
    const hashes = Object.fromEntries(sources.map((source) => [source, hashOf(join(root, source))]));
    const record = join(directory, 'record.json');
    writeFileSync(record, JSON.stringify({ sources: hashes, main: join(directory, main) }));
    renameSync(record, recordOf(path));
  }
  return join(directory, main);
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
