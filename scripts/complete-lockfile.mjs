// A registry that lacks some platform packages makes npm write a lockfile without them, and `npm ci` then refuses it.
// Every optional dependency that a locked package names gets an entry, so that any npm accepts the lockfile on any machine.
// Run after the lockfile changes: npm run lockfile
import { readFileSync, writeFileSync } from 'node:fs';

const operatingSystems = [
  'linux',
  'darwin',
  'win32',
  'freebsd',
  'android',
  'openbsd',
  'netbsd',
  'openharmony',
  'sunos',
  'aix',
];
const architectures = ['x64', 'arm64', 'arm', 'ia32', 'ppc64', 's390x', 'riscv64', 'loong64', 'wasm32'];

/** The `os` and `cpu` of a platform package, read from its name: `@biomejs/cli-linux-x64-musl` is linux, x64. */
export function platformOf(name) {
  const words = name.replace(/^@[^/]*\//, '').split('-');
  const os = operatingSystems.filter((candidate) => words.includes(candidate));
  const cpu = architectures.filter((candidate) => words.includes(candidate));
  return { ...(os.length > 0 && { os }), ...(cpu.length > 0 && { cpu }) };
}

/** The lockfile with an entry for each optional platform package that it names but does not hold, and no download hosts. */
export function completed(lockfile) {
  const packages = { ...lockfile.packages };
  for (const entry of Object.values(lockfile.packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      const path = `node_modules/${name}`;
      const platform = platformOf(name);
      if (packages[path] !== undefined || (platform.os ?? platform.cpu) === undefined) continue;
      packages[path] = {
        version: version.replace(/^[\^~]/, ''),
        ...(entry.dev && { dev: true }),
        optional: true,
        ...platform,
      };
    }
  }
  const sorted = Object.keys(packages).sort((a, b) => (a < b ? -1 : 1));
  const entries = sorted.map((path) => {
    const { resolved: _host, ...entry } = packages[path];
    return [path, entry];
  });
  return { ...lockfile, packages: Object.fromEntries(entries) };
}

if (import.meta.url === `file://${process.argv[1]}`) {
  const lockfile = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  const result = completed(lockfile);
  const added = Object.keys(result.packages).length - Object.keys(lockfile.packages).length;
  writeFileSync('package-lock.json', `${JSON.stringify(result, null, 2)}\n`);
  process.stdout.write(`package-lock.json: ${added} platform packages added\n`);
}
