// How sources become a bundle: the same for a checkout, which bundles when it runs, and for the package.
import { basename } from 'node:path';

// Packages in CommonJS form call `require` for Node's own modules, which a bundle in ESM form has to bring along.
const banner =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

/**
 * The `files` of a bundle, each `{ name, text }`, the name of its `main` file, and its `inputs`, as paths below `root`.
 * `commonJs` gives files that can be kept compiled (code-cache.mjs), of sources without `await` at the top level.
 *
 * @throws what esbuild throws; the errors of sources are then on standard error with file and line
 */
export async function bundle(root, entry, { commonJs = false, external = [] } = {}) {
  const { build } = await import('esbuild');
  const extension = commonJs ? '.cjs' : '.mjs';
  const { outputFiles, metafile } = await build({
    entryPoints: { main: entry },
    outdir: root,
    absWorkingDir: root,
    bundle: true,
    external,
    // What a command imports late stays in files of its own, which other commands need not read.
    splitting: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    outExtension: { '.js': extension },
    ...(!commonJs && { banner: { js: banner } }),
    // write-file-atomic names its temporary files by it.
    define: { __filename: 'import.meta.url' },
    legalComments: 'none',
    logLevel: 'error',
  });
  const files = outputFiles.map(({ path, text }) => ({ name: basename(path), text }));
  return {
    files: commonJs ? await Promise.all(files.map(asCommonJs)) : files,
    main: `main${extension}`,
    inputs: Object.keys(metafile.inputs),
  };
}

/** The bundler splits bundles in ESM form only, so each file is changed by itself. */
async function asCommonJs({ name, text }) {
  const { transform } = await import('esbuild');
  const { code } = await transform(text, {
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    supported: { 'dynamic-import': false },
    define: { 'import.meta.url': '__fileUrl' },
    ...(text.includes('import.meta.url') && {
      banner: "const __fileUrl = require('node:url').pathToFileURL(__filename).href;",
    }),
    // Smaller, while traces still name functions, and show a line that fits on a screen.
    minifySyntax: true,
    minifyWhitespace: true,
    lineLimit: 120,
    logLevel: 'error',
  });
  return { name, text: code };
}
