// Runs a bundle in CommonJS form, and keeps what V8 compiled of it for the next run: of a short command, compiling is
// a third. A kept file lies beside the one it was compiled from, so whoever can write it could change the program, too.
import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';

// V8 refuses what another version of it compiled; under a name of their own, two versions need not take turns.
const kept = `${process.version}-${process.arch}.cache`;
const hashBytes = 32;

/** Runs the main file of a bundle and returns what it exports. */
export function runBundle(entry) {
  const requireOther = createRequire(entry);
  const directory = dirname(entry);
  const modules = new Map();
  const compiled = [];
  const requireFile = (path) => {
    const known = modules.get(path);
    if (known !== undefined) return known.exports;
    const module = { exports: {} };
    modules.set(path, module);
    const { source, script, fresh } = compile(path);
    if (fresh) compiled.push({ path, source, script });
    script.runInThisContext()(module.exports, require, module, path, directory);
    return module.exports;
  };
  const require = (name) => (name.startsWith('./') ? requireFile(join(directory, name)) : requireOther(name));
  // At the end, when V8 has compiled every function that was called.
  process.once('exit', () => keep(compiled));
  return requireFile(entry);
}

function compile(path) {
  const source = readFileSync(path, 'utf8');
  const cachedData = readKept(path, source);
  // As Node itself wraps CommonJS; in one line, so that lines of traces are those of the file.
  const wrapped = `(function (exports, require, module, __filename, __dirname) { ${source}\n})`;
  const script = new Script(wrapped, { filename: path, ...(cachedData !== undefined && { cachedData }) });
  return { source, script, fresh: script.cachedDataRejected !== false };
}

/** V8 compares the length of a source and no more, and believes every byte of what it reads: a damaged one crashes it. */
function readKept(path, source) {
  try {
    const file = readFileSync(`${path}.${kept}`);
    const data = file.subarray(hashBytes);
    return hashOf(source, data).equals(file.subarray(0, hashBytes)) ? data : undefined;
  } catch {
    return undefined;
  }
}

function hashOf(source, data) {
  return createHash('sha256').update(source).update(data).digest();
}

function keep(compiled) {
  for (const { path, source, script } of compiled) {
    try {
      write(path, source, script);
    } catch {
      // Where nothing can be written, nothing is kept.
    }
  }
}

/** Runs side by side each write a file of their own, and the last one stays. */
function write(path, source, script) {
  const temporary = `${path}.${process.pid}.tmp`;
  // Before V8 is asked, which takes its time.
  const file = openSync(temporary, 'w');
  try {
    const data = script.createCachedData();
    writeFileSync(file, Buffer.concat([hashOf(source, data), data]));
    closeSync(file);
    renameSync(temporary, `${path}.${kept}`);
  } catch (failure) {
    rmSync(temporary, { force: true });
    throw failure;
  }
}
