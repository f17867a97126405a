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

/** The values known for a filter key of an operating system, or `undefined` where AWS publishes none. */
export function knownValuesOf(system: OperatingSystem, key: string): readonly string[] | undefined {
  switch (`${familyOf(system)} ${key}`) {
    case 'windows CLASSIFICATION':
      return knownFilterValues.windowsClassification;
    case 'windows MSRC_SEVERITY':
      return knownFilterValues.msrcSeverity;
    case 'windows PATCH_SET':
      return knownFilterValues.patchSet;
    case 'apt PRIORITY':
      return knownFilterValues.priority;
    case 'rpm CLASSIFICATION':
      return system === 'SUSE' ? knownFilterValues.suseClassification : knownFilterValues.rpmClassification;
    case 'rpm SEVERITY':
      return system === 'SUSE' || system === 'ORACLE_LINUX'
        ? knownFilterValues.moderateSeverity
        : knownFilterValues.severity;
    default:
      return undefined;
  }
}
