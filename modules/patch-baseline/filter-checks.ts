import { error, quoted, type Violation, warning } from '../../core/problem.ts';
import { checkCount, checkText, didYouMean } from '../../core/value-checks.ts';
import { knownValuesOf } from './known-filter-values.ts';
import { familyOf, type OperatingSystem, type OperatingSystemFamily } from './operating-system.ts';
import { type FilterFacts, filterKey } from './patch-filters.ts';

/** @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribePatchProperties.html */
const keysOfFamily: Readonly<Record<OperatingSystemFamily, readonly string[]>> = {
  windows: ['PRODUCT', 'PRODUCT_FAMILY', 'CLASSIFICATION', 'MSRC_SEVERITY', 'PATCH_SET'],
  rpm: ['PRODUCT', 'CLASSIFICATION', 'SEVERITY'],
  apt: ['PRODUCT', 'PRIORITY'],
  macos: ['PRODUCT', 'CLASSIFICATION'],
};

/** The filters of one rule, which `where` names. */
export function checkFilters(where: string, system: OperatingSystem, filters: FilterFacts): Violation[] {
  const allowed = keysOfFamily[familyOf(system)];
  const entries = Object.entries(filters).map(([property, values]) => [filterKey(property), values] as const);
  return [
    ...(entries.length === 0
      ? [
          error(
            'patch-baseline/rule-has-filter',
            `${where} must have at least one filter, got none`,
            'use product: ["*"] for all products',
          ),
        ]
      : []),
    ...entries.flatMap(([key, values]) =>
      allowed.includes(key)
        ? checkFilterValues(`${where} ${key}`, system, key, values)
        : [
            error(
              'patch-baseline/filter-key',
              `${where} must filter ${system} by ${allowed.join(', ')}, got ${key}`,
              fixForKey(key, allowed),
            ),
          ],
    ),
  ];
}

/** Filters that hold for the whole baseline. @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreatePatchBaseline.html */
export function checkGlobalFilters(system: OperatingSystem, filters: FilterFacts): Violation[] {
  const allowed = ['PRODUCT', 'CLASSIFICATION', 'MSRC_SEVERITY', 'PATCH_ID'];
  const entries = Object.entries(filters).map(([property, values]) => [filterKey(property), values] as const);
  return entries.flatMap(([key, values]) =>
    allowed.includes(key)
      ? checkFilterValues(`globalFilters ${key}`, system, key, values)
      : [
          error(
            'patch-baseline/global-filter-key',
            `globalFilters must use ${allowed.join(', ')}, got ${key}`,
            'remove it',
          ),
        ],
  );
}

function checkFilterValues(
  where: string,
  system: OperatingSystem,
  key: string,
  values: FilterFacts[string],
): Violation[] {
  const known = knownValuesOf(system, key);
  return [
    ...checkCount(where, values, { rule: 'patch-baseline/filter-value-count', min: 1, max: 20 }),
    ...(values ?? []).flatMap((value) => {
      if (value === undefined) return [];
      if (typeof value === 'string' && value.toLowerCase() === 'all') {
        const message = `${where} must not be the console's word ${quoted(value)}: AWS refuses it when it is applied`;
        return [error('patch-baseline/filter-value-all', message, 'use "*" for all')];
      }
      const unknown = known !== undefined && typeof value === 'string' && value !== '*' && !known.includes(value);
      return [
        ...checkText(where, value, { rule: 'patch-baseline/filter-value-length', min: 1, max: 64 }),
        ...(unknown
          ? [
              warning(
                'patch-baseline/filter-value-known',
                `${where} ${quoted(value)} is none of the values known for ${system}: ${known.join(', ')}`,
                didYouMean(value, known) ?? 'check it with aws ssm describe-patch-properties',
              ),
            ]
          : []),
      ];
    }),
  ];
}

function fixForKey(key: string, allowed: readonly string[]): string {
  const counterpart: Record<string, string> = {
    SEVERITY: 'MSRC_SEVERITY',
    MSRC_SEVERITY: 'SEVERITY',
    CLASSIFICATION: 'PRIORITY',
    PRIORITY: 'SEVERITY',
  };
  const other = counterpart[key];
  return other !== undefined && allowed.includes(other) ? `use ${other} there` : `remove ${key}`;
}
