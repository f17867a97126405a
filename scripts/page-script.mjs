// Writes the script of pages with explorers into the source that brings it along, so that nothing has to be built where
// a report is made: npm run docs. With --check it only tells whether that is up to date.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const path = 'report/html/explorer-script.ts';

const { outputFiles } = await build({
  absWorkingDir: root,
  entryPoints: ['report/browser/main.ts'],
  bundle: true,
  minify: true,
  write: false,
  format: 'iife',
  platform: 'browser',
  target: 'es2022',
  charset: 'utf8',
  tsconfigRaw: {},
  logLevel: 'error',
});
const script = outputFiles[0].text.trim();
// A script within a page ends where this stands, also inside a string.
if (/<\/script|<!--/i.test(script)) throw new Error('the script of pages must not hold </script or <!--');

const source = `// Made of report/browser by npm run docs: change that, and run it again.
export const explorerScript = \`${script.replace(/[\\`]|\$(?=\{)/g, '\\$&')}\`;
`;
if (!process.argv.includes('--check')) {
  writeFileSync(join(root, path), source);
  process.stdout.write(`${path}\n`);
} else if (readFileSync(join(root, path), 'utf8') !== source) {
  process.stderr.write(`${path} is not what report/browser makes: run npm run docs\n`);
  process.exitCode = 1;
}
