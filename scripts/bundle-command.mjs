// Bundles the command into the package: node scripts/bundle-command.mjs [DIRECTORY], `dist/command` otherwise. The
// framework stays outside, a peer of the package; the licences of what is inside are kept beside it.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from '../bin/bundle.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const directory = resolve(process.argv[2] ?? join(root, 'dist', 'command'));
const { peerDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const { files, inputs } = await bundle(root, join(root, 'cli', 'main.ts'), {
  commonJs: true,
  external: Object.keys(peerDependencies),
});
rmSync(directory, { recursive: true, force: true });
mkdirSync(directory, { recursive: true });
for (const { name, text } of files) writeFileSync(join(directory, name), text);
writeFileSync(join(directory, 'LICENSES.txt'), licencesOf(inputs));

/** The licence of every package that a bundle has sources of. */
function licencesOf(sources) {
  const packages = sources.flatMap((source) => /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(source)?.[0] ?? []);
  return [...new Set(packages)].sort().map(licenceOf).join('\n\n');
}

function licenceOf(path) {
  const { name, version, license } = JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8'));
  const texts = readdirSync(join(root, path), { withFileTypes: true })
    .filter((entry) => entry.isFile() && /^(licen[cs]e|notice)/i.test(entry.name))
    .map((entry) => readFileSync(join(root, path, entry.name), 'utf8').trim());
  return [`${name} ${version}, ${license}`, ...texts].join('\n\n');
}
