import type { AvailablePatch, PatchFacts } from './patch-facts.ts';

type Named = Pick<PatchFacts, 'patchId' | 'title'>;

/**
 * What one patch is known by on every node: `KB5034441` on Windows. On Linux the id is the package, so it is the title,
 * which also holds the version: `kernel.x86_64:0:5.10.205-195.807.amzn2`.
 */
export function patchKeyOf({ patchId, title }: Named): string {
  return isKb(patchId) ? patchId.toUpperCase() : title === '' ? patchId : title;
}

/** The keys by which nodes may know an available patch. */
export function keysOfAvailable({ kbId, name, arch, epoch = 0, version, release, title }: AvailablePatch): string[] {
  if (kbId !== undefined) return [kbId.toUpperCase()];
  if (name === undefined || version === undefined) return title === undefined ? [] : [title];
  const suffix = release === undefined ? version : `${version}-${release}`;
  return [`${name}${arch === undefined ? '' : `.${arch}`}:${epoch}:${suffix}`];
}

/** In one order, whichever place and page they come from: of those with one key the earliest release first. */
export function inOrder(available: readonly AvailablePatch[]): AvailablePatch[] {
  const keyed = available.map((patch) => ({
    patch,
    key: JSON.stringify([keysOfAvailable(patch), patch.releasedAt ?? '', Object.entries(patch).sort()]),
  }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ patch }) => patch);
}

function isKb(text: string): boolean {
  return /^kb\d+$/i.test(text);
}

/**
 * Whether a name of `approvedPatches`, `rejectedPatches` or a waiver means this patch: a KB id, a CVE, or a package as
 * `name`, `name.arch` or with its version; `*` stands for anything.
 */
export function namesPatch(pattern: string, patch: Named & Pick<PatchFacts, 'cveIds'>): boolean {
  if (/^cve-/i.test(pattern)) return patch.cveIds?.includes(pattern.toUpperCase()) ?? false;
  const matches = matcherOf(pattern);
  return namesOf(patch).some(matches);
}

/** The whole title, the id, and what package managers call it: `kernel`, `kernel.x86_64`, `kernel-5.10.205-195`. */
function namesOf({ patchId, title }: Named): string[] {
  const [package_ = '', , version] = title.split(':');
  const name = withoutArchitecture(package_);
  const idName = withoutArchitecture(patchId);
  const versions = version === undefined ? [] : [`${name}-${version}`, `${name}.${version}`];
  return [title, patchId, idName, package_, name, ...versions];
}

/** Of `python3.11` the end is no architecture. */
function withoutArchitecture(name: string): string {
  return name.replace(/\.(x86_64|i[3-6]86|aarch64|arm64|amd64|noarch|all)$/, '');
}

const matchers = new Map<string, (name: string) => boolean>();

function matcherOf(pattern: string): (name: string) => boolean {
  const known = matchers.get(pattern);
  if (known !== undefined) return known;
  const source = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  const expression = new RegExp(`^${source.join('.*')}$`, 'i');
  const matcher = (name: string) => expression.test(name);
  matchers.set(pattern, matcher);
  return matcher;
}
