import type { ManagedFacts } from './facts.ts';
import { kept } from './kept.ts';
import type { OperatingSystem } from './patch-facts.ts';

/** Names of systems as agents report them, in lower case, and the operating system of Patch Manager. First match wins. */
const systems: readonly (readonly [name: RegExp, system: string])[] = [
  [/windows/, 'WINDOWS'],
  [/ubuntu/, 'UBUNTU'],
  [/raspbian|raspberry/, 'RASPBIAN'],
  [/debian/, 'DEBIAN'],
  [/red ?hat/, 'REDHAT_ENTERPRISE_LINUX'],
  [/rocky/, 'ROCKY_LINUX'],
  [/alma/, 'ALMA_LINUX'],
  [/centos/, 'CENTOS'],
  [/oracle/, 'ORACLE_LINUX'],
  [/suse|sles/, 'SUSE'],
  [/mac ?os/, 'MACOS'],
];

/**
 * The operating system of a node as Patch Manager names it, by which its baseline is chosen; absent where the agent
 * reported none that is known.
 */
export function operatingSystemOf(managed: ManagedFacts | undefined): OperatingSystem | undefined {
  if (managed === undefined) return undefined;
  const name = (managed.platformName ?? '').toLowerCase();
  if (name.includes('amazon linux')) return amazonLinux(name, managed.platformVersion ?? '');
  const known = systems.find(([pattern]) => pattern.test(name))?.[1];
  if (known !== undefined) return known;
  if (managed.platformType === 'Windows') return 'WINDOWS';
  return managed.platformType === 'MacOS' ? 'MACOS' : undefined;
}

function amazonLinux(name: string, version: string): OperatingSystem | undefined {
  const release = version === '' ? (/\d[\d.]*/.exec(name)?.[0] ?? '') : version;
  if (/^2(\.0)?$/.test(release)) return 'AMAZON_LINUX_2';
  if (/^2022/.test(release)) return 'AMAZON_LINUX_2022';
  if (/^20(2[3-9]|[3-9]\d)/.test(release)) return 'AMAZON_LINUX_2023';
  return /^201[1-8]\./.test(release) ? 'AMAZON_LINUX' : undefined;
}

/** What an agent says of the system it runs on. */
export interface Platform {
  readonly operatingSystem: OperatingSystem | undefined;
  /** `Amazon Linux 2023`, in its words. */
  readonly inWords: string | undefined;
}

/** Agents of a fleet say the same few things: by type, then by name, then by version. */
const platforms = new Map<ManagedFacts['platformType'], Map<string, Map<string, Platform>>>();

/** The same value for the same words of an agent, so that a very large report has each once. */
export function platformOf(managed: ManagedFacts): Platform {
  const { platformType: type, platformName: name = '', platformVersion: version = '' } = managed;
  const names = kept(platforms, type, () => new Map<string, Map<string, Platform>>());
  const versions = kept(names, name, () => new Map<string, Platform>());
  return kept(versions, version, () => {
    const words = [name, version].filter((word) => word !== '').join(' ');
    return { operatingSystem: operatingSystemOf(managed), inWords: words === '' ? undefined : words };
  });
}

export function isWindows(system: OperatingSystem | undefined): boolean {
  return system === 'WINDOWS';
}
