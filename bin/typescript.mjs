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
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const cache = join(root, 'node_modules', '.cache', 'patchfleet');
const keptForMs = 24 * 60 * 60 * 1000;

/** `codeCache` also keeps the bundle compiled; its sources then have no `await` at the top level. */
export async function runTypeScript(entry, { codeCache = false } = {}) {
  const path = resolve(entry);
  const inCheckout = !relative(root, path).startsWith('..') && existsSync(path);
  const kept = inCheckout ? await keptBundle(path) : undefined;
  if (kept !== undefined) {
    await run(kept);
    return;
  }
  const built = await bundled(path, { commonJs: codeCache });
  if (built === undefined) return;
  const keptNow = inCheckout ? await keep(path, built) : undefined;
  if (keptNow !== undefined) {
    await run(keptNow);
    return;
  }
  const { tmpdir } = await import('node:os');
  const directory = mkdtempSync(join(tmpdir(), 'patchfleet-'));
  try {
    await run(write(directory, built));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function run(main) {
  if (!main.endsWith('.cjs')) await import(pathToFileURL(main).href);
  else await (await import('./code-cache.mjs')).runBundle(main).done;
}

/** The bundle of an earlier run, where none of its sources has changed since, nor any installed package. */
async function keptBundle(path) {
  try {
    const { sources, main } = JSON.parse(readFileSync(recordOf(path), 'utf8'));
    const now = {};
    let touched = false;
    for (const [source, { stamp, hash }] of Object.entries(sources)) {
      const file = root + source;
      // A file with another content has another stamp; one with another stamp may have the same content.
      const stampNow = stampOf(file);
      if (stampNow !== stamp) {
        if ((await hashOf(file)) !== hash) return undefined;
        touched = true;
      }
      now[source] = { stamp: stampNow, hash };
    }
    if (!existsSync(main)) return undefined;
    // So that the next run need not read those files again.
    if (touched) record(path, main, now);
    return main;
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

/** The bundle; nothing where the source has errors, which are then on standard error with file and line. */
async function bundled(path, options) {
  const { bundle } = await import('./bundle.mjs');
  const started = Date.now();
  try {
    return { ...(await bundle(root, path, options)), started };
  } catch (failure) {
    if (!Array.isArray(failure.errors)) throw failure;
    process.exitCode = 2;
    return undefined;
  }
}

/**
 * Keeps a bundle for the next run; its files once written never change, so runs side by side don't meet. Nothing where
 * `node_modules` cannot be written.
 */
async function keep(path, { inputs, started, ...built }) {
  const main = writeKept(built);
  if (main === undefined) return undefined;
  const sources = [
    // How it is bundled.
    'bin/typescript.mjs',
    'bin/bundle.mjs',
    ...inputs.filter((source) => existsSync(join(root, source)) && !source.startsWith('node_modules/')),
    // npm rewrites this file whenever it changes an installed package.
    'node_modules/.package-lock.json',
  ];
  if (!sources.every((source) => existsSync(join(root, source)))) return main;
  const known = {};
  for (const source of sources) {
    const file = join(root, source);
    known[source] = { stamp: stampOf(file), hash: await hashOf(file) };
  }
  // A source that was saved while it was bundled may be in the bundle as it was before.
  if (sources.every((source) => changedAt(join(root, source)) < started)) record(path, main, known);
  return main;
}

function writeKept(built) {
  try {
    mkdirSync(cache, { recursive: true });
    removeOld();
    return write(mkdtempSync(join(cache, 'bundle-')), built);
  } catch {
    return undefined;
  }
}

function record(path, main, sources) {
  const file = join(dirname(main), `record-${process.pid}.json`);
  writeFileSync(file, JSON.stringify({ sources, main }));
  renameSync(file, recordOf(path));
}

function changedAt(path) {
  const { mtimeMs, ctimeMs } = statSync(path);
  return Math.max(mtimeMs, ctimeMs);
}

/** Returns the path of the main file. */
function write(directory, { files, main }) {
  for (const { name, text } of files) writeFileSync(join(directory, name), text);
  return join(directory, main);
}

function removeOld() {
  for (const name of readdirSync(cache)) {
    const path = join(cache, name);
    if (Date.now() - statSync(path).mtimeMs > keptForMs) rmSync(path, { recursive: true, force: true });
  }
}
