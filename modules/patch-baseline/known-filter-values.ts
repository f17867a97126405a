import { familyOf, type OperatingSystem } from './operating-system.ts';

/**
 * Filter values AWS is known to accept. Only its API has the whole list, and it grows; where AWS publishes none there
 * is no entry.
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribePatchProperties.html
 */
export const knownFilterValues = {
  windowsClassification: [
    'CriticalUpdates',
    'DefinitionUpdates',
    'Drivers',
    'FeaturePacks',
    'SecurityUpdates',
    'ServicePacks',
    'Tools',
    'UpdateRollups',
    'Updates',
    'Upgrades',
  ],
  msrcSeverity: ['Critical', 'Important', 'Moderate', 'Low', 'Unspecified'],
  patchSet: ['OS', 'APPLICATION'],
  rpmClassification: ['Security', 'Bugfix', 'Enhancement', 'Recommended', 'Newpackage'],
  suseClassification: ['Security', 'Recommended', 'Optional', 'Feature', 'Document', 'Yast'],
  severity: ['Critical', 'Important', 'Medium', 'Low'],
  moderateSeverity: ['Critical', 'Important', 'Moderate', 'Low'],
  priority: ['Required', 'Important', 'Standard', 'Optional', 'Extra'],
} as const;

const unpublished: readonly string[] = ['ROCKY_LINUX', 'ALMA_LINUX', 'RASPBIAN'] satisfies OperatingSystem[];

/** The values known for a filter of an operating system, or `undefined` where AWS publishes none. */
export function knownValuesOf(system: OperatingSystem, property: string): readonly string[] | undefined {
  if (unpublished.includes(system)) return undefined;
  switch (`${familyOf(system)} ${property}`) {
    case 'windows classification':
      return knownFilterValues.windowsClassification;
    case 'windows msrcSeverity':
      return knownFilterValues.msrcSeverity;
    case 'windows patchSet':
      return knownFilterValues.patchSet;
    case 'apt priority':
      return knownFilterValues.priority;
    case 'rpm classification':
      return system === 'SUSE' ? knownFilterValues.suseClassification : knownFilterValues.rpmClassification;
    case 'rpm severity':
      return system === 'SUSE' || system === 'ORACLE_LINUX'
        ? knownFilterValues.moderateSeverity
        : knownFilterValues.severity;
    default:
      return undefined;
  }
}

/** What names of products look like, and one of them. */
export interface ProductForm {
  readonly pattern: RegExp;
  readonly example: string;
}

const productForms: Partial<Readonly<Record<OperatingSystem, ProductForm>>> = {
  WINDOWS: { pattern: /^Windows/, example: 'WindowsServer2022' },
  AMAZON_LINUX: { pattern: /^AmazonLinux20\d\d\.\d\d$/, example: 'AmazonLinux2018.03' },
  AMAZON_LINUX_2: { pattern: /^AmazonLinux2(\.0)?$/, example: 'AmazonLinux2' },
  AMAZON_LINUX_2022: { pattern: /^Amazon ?Linux ?2022/, example: 'AmazonLinux2022' },
  AMAZON_LINUX_2023: { pattern: /^Amazon ?Linux ?2023/, example: 'AmazonLinux2023' },
  REDHAT_ENTERPRISE_LINUX: { pattern: /^RedhatEnterpriseLinux\d+(\.\d+)?$/, example: 'RedhatEnterpriseLinux9.4' },
  CENTOS: { pattern: /^CentOS/, example: 'CentOS8.1' },
  SUSE: { pattern: /^Suse\d+\.\d+$/, example: 'Suse15.5' },
  UBUNTU: { pattern: /^Ubuntu\d\d\.\d\d$/, example: 'Ubuntu22.04' },
  DEBIAN: { pattern: /^Debian\d+$/, example: 'Debian12' },
};

/** The form of an operating system's product names, or `undefined` where AWS publishes none. */
export function productFormOf(system: OperatingSystem): ProductForm | undefined {
  return productForms[system];
}
