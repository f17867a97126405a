/**
 * Compares versions of packages, or releases, as rpm does: -1 where the first is older, 1 where it is newer. Numbers count
 * as numbers, letters by the alphabet, and what lies between only parts them; `~` comes before a version, `^` after it.
 *
 * @see https://rpm-software-management.github.io/rpm/manual/spec.html (versions), rpmvercmp(3)
 */
export function compareVersions(one: string, other: string): -1 | 0 | 1 {
  const [parts, others] = [partsOf(one), partsOf(other)];
  for (let at = 0; at < Math.max(parts.length, others.length); at++) {
    const order = compareParts(parts[at] ?? '', others[at] ?? '');
    if (order !== 0) return order;
  }
  return 0;
}

/** Numbers without leading zeros, so that the longer one is the larger one. */
function partsOf(version: string): string[] {
  return (version.match(/\d+|[a-z]+|[~^]/gi) ?? []).map((part) => part.replace(/^0+(?=\d)/, ''));
}

function compareParts(part: string, other: string): -1 | 0 | 1 {
  const order = rankOf(part) - rankOf(other) || (isNumber(part) ? part.length - other.length : 0);
  if (order !== 0) return order < 0 ? -1 : 1;
  return part < other ? -1 : part > other ? 1 : 0;
}

/** Of parts of different kinds, the end of the version among them. */
function rankOf(part: string): number {
  if (part === '~') return 0;
  if (part === '') return 1;
  if (part === '^') return 2;
  return isNumber(part) ? 4 : 3;
}

function isNumber(part: string): boolean {
  return /^\d/.test(part);
}

/** A version of a package as nodes report it: `kernel.x86_64:0:6.1.115-126.197.amzn2023`. */
export interface PackageVersion {
  /** `kernel.x86_64`. */
  readonly name: string;
  readonly epoch: string;
  readonly version: string;
  readonly release: string;
}

/** Reads the name under which nodes report a package; absent where it is none. */
export function packageVersionOf(title: string): PackageVersion | undefined {
  const [, name, epoch, version, release = ''] = /^([^:]+):(\d+):([^-]+)(?:-(.+))?$/.exec(title) ?? [];
  if (name === undefined || epoch === undefined || version === undefined) return undefined;
  return { name, epoch, version, release };
}

/** Compares versions of one package: -1 where the first is older, 1 where it is newer. */
export function comparePackages(one: PackageVersion, other: PackageVersion): -1 | 0 | 1 {
  return (
    compareVersions(one.epoch, other.epoch) ||
    compareVersions(one.version, other.version) ||
    compareVersions(one.release, other.release)
  );
}
