/**
 * The operating systems Patch Manager knows, in AWS's spelling.
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreatePatchBaseline.html
 */
export const OperatingSystem = {
  WINDOWS: 'WINDOWS',
  AMAZON_LINUX: 'AMAZON_LINUX',
  AMAZON_LINUX_2: 'AMAZON_LINUX_2',
  AMAZON_LINUX_2022: 'AMAZON_LINUX_2022',
  AMAZON_LINUX_2023: 'AMAZON_LINUX_2023',
  UBUNTU: 'UBUNTU',
  REDHAT_ENTERPRISE_LINUX: 'REDHAT_ENTERPRISE_LINUX',
  SUSE: 'SUSE',
  CENTOS: 'CENTOS',
  ORACLE_LINUX: 'ORACLE_LINUX',
  DEBIAN: 'DEBIAN',
  MACOS: 'MACOS',
  RASPBIAN: 'RASPBIAN',
  ROCKY_LINUX: 'ROCKY_LINUX',
  ALMA_LINUX: 'ALMA_LINUX',
} as const;

export type OperatingSystem = keyof typeof OperatingSystem;

export const operatingSystems = Object.keys(OperatingSystem) as readonly OperatingSystem[];

/**
 * Operating systems that share filter keys and the format of patch names: `apt` are Ubuntu, Debian and Raspbian, `rpm`
 * the other Linuxes (yum, dnf and zypper).
 */
export type OperatingSystemFamily = 'windows' | 'macos' | 'apt' | 'rpm';

/** The family of one operating system, as a type. */
export type FamilyOf<System extends OperatingSystem> = System extends 'WINDOWS'
  ? 'windows'
  : System extends 'MACOS'
    ? 'macos'
    : System extends 'UBUNTU' | 'DEBIAN' | 'RASPBIAN'
      ? 'apt'
      : 'rpm';

const apt: readonly string[] = ['UBUNTU', 'DEBIAN', 'RASPBIAN'] satisfies OperatingSystem[];

export function familyOf<System extends OperatingSystem>(system: System): FamilyOf<System> {
  const family = system === 'WINDOWS' ? 'windows' : system === 'MACOS' ? 'macos' : apt.includes(system) ? 'apt' : 'rpm';
  return family as FamilyOf<System>;
}
