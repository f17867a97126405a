// Runs a bundle in CommonJS form, and keeps what V8 compiled of it for the next run: of a short command, compiling is
// a third. A kept file lies beside the one it was compiled from, so whoever can write it could change the program, too.
import { closeSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';

// V8 refuses what another version of it compiled; under a name of their own, two versions need not take turns.
const kept = `${process.version}-${process.arch}.cache`;

/** Runs the entry of a bundle, a file whose name changes with its content, as do those of the files it requires. */
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
    const { script, fresh } = compile(path);
    if (fresh) compiled.push({ path, script });
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
  const cachedData = readKept(path);
  // As Node itself wraps CommonJS; in one line, so that lines of traces are those of the file.
  const wrapped = `(function (exports, require, module, __filename, __dirname) { ${source}\n})`;
  const script = new Script(wrapped, { filename: path, ...(cachedData !== undefined && { cachedData }) });
  return { script, fresh: script.cachedDataRejected !== false };
}

function readKept(path) {
  try {
    return readFileSync(`${path}.${kept}`);
  } catch {
    return undefined;
  }
}

function keep(compiled) {
  for (const { path, script } of compiled) {
    try {
      write(path, script);
    } catch {
      // Where nothing can be written, nothing is kept.
    }
  }
}

/** Runs side by side each write a file of their own, and the last one stays. */
function write(path, script) {
  const temporary = `${path}.${process.pid}.tmp`;
  // Before V8 is asked, which takes its time.
  const file = openSync(temporary, 'w');
  try {
    writeFileSync(file, script.createCachedData());
    closeSync(file);
    renameSync(temporary, `${path}.${kept}`);
  } catch (failure) {
    rmSync(temporary, { force: true });
    throw failure;
  }
}
