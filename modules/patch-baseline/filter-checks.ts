import { error, quoted, type Violation, warning } from '../../core/problem.ts';
import { checkCount, checkText, didYouMean, listOf } from '../../core/value-checks.ts';
import { checkApplications, isNamedAsApplication, isOfApplications } from './application-checks.ts';
import { knownValuesOf, productFormOf } from './known-filter-values.ts';
import { familyOf, type OperatingSystem, type OperatingSystemFamily } from './operating-system.ts';
import type { FilterFacts } from './patch-filters.ts';

/** @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribePatchProperties.html */
const filtersOfFamily: Readonly<Record<OperatingSystemFamily, readonly string[]>> = {
  windows: ['product', 'productFamily', 'classification', 'msrcSeverity', 'patchSet'],
  rpm: ['product', 'classification', 'severity'],
  apt: ['product', 'priority'],
  macos: ['product', 'classification'],
};

/** What else a rule says: a typing error in one of these arrives here as a filter. */
const otherProps = ['approveAfterDays', 'approveUntilDate', 'complianceLevel', 'enableNonSecurity'];

const globalFilters = ['product', 'classification', 'msrcSeverity', 'patchId'];

/** Other systems' words for how urgent a patch is. */
const urgency = ['msrcSeverity', 'severity', 'priority'];

/** The filters of one rule, which `where` names. */
export function checkFilters(where: string, system: OperatingSystem, filters: FilterFacts): Violation[] {
  const allowed = filtersOfFamily[familyOf(system)];
  const entries = Object.entries(filters);
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
    ...entries.flatMap(([filter, values]) =>
      allowed.includes(filter)
        ? checkFilterValues(`${where}.${filter}`, system, filter, values)
        : [
            error(
              'patch-baseline/filter-key',
              `${where} must filter ${system} by ${allowed.join(', ')}, got ${filter}`,
              fixForFilter(filter, allowed),
            ),
          ],
    ),
    ...(system === 'WINDOWS' ? checkApplications(where, filters) : []),
    ...checkProducts(`${where}.product`, system, filters),
  ];
}

/** Filters that hold for the whole baseline. @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreatePatchBaseline.html */
export function checkGlobalFilters(system: OperatingSystem, filters: unknown): Violation[] {
  if (filters === undefined) return [];
  const rule = 'patch-baseline/global-filter-key';
  if (typeof filters !== 'object' || filters === null || Array.isArray(filters)) {
    return [
      error(rule, `globalFilters must map filters to values, got ${quoted(filters)}`, 'write { product: ["*"] }'),
    ];
  }
  return Object.entries(filters as FilterFacts).flatMap(([filter, values]) =>
    globalFilters.includes(filter)
      ? checkFilterValues(`globalFilters.${filter}`, system, filter, values)
      : [
          error(
            rule,
            `globalFilters must use ${globalFilters.join(', ')}, got ${filter}`,
            didYouMean(filter, globalFilters) ?? `remove ${filter}`,
          ),
        ],
  );
}

function checkFilterValues(
  where: string,
  system: OperatingSystem,
  filter: string,
  values: FilterFacts[string],
): Violation[] {
  const known = knownValuesOf(system, filter);
  return [
    ...checkCount(where, values, { rule: 'patch-baseline/filter-value-count', min: 1, max: 20 }),
    ...listOf(values).flatMap((value) => {
      if (typeof value === 'string' && value.toLowerCase() === 'all') {
        const message = `${where} must not be the console's word ${quoted(value)}: AWS refuses it when it is applied`;
        return [error('patch-baseline/filter-value-all', message, 'use "*" for all')];
      }
      const length = checkText(where, value, { rule: 'patch-baseline/filter-value-length', min: 1, max: 64 });
      if (length.length > 0 || value === undefined || value === '*' || (known?.includes(value) ?? true)) return length;
      return [
        warning(
          'patch-baseline/filter-value-known',
          `${where} ${quoted(value)} is none of the values known for ${system}: ${known?.join(', ')}`,
          didYouMean(value, known ?? []) ?? 'look it up with aws ssm describe-patch-properties',
        ),
      ];
    }),
  ];
}

/** A product of another system, or written another way, is found by AWS only when it is applied. */
function checkProducts(where: string, system: OperatingSystem, filters: FilterFacts): Violation[] {
  const form = productFormOf(system);
  if (form === undefined || isOfApplications(filters)) return [];
  const lookUp = 'look it up with aws ssm describe-patch-properties';
  const fix = system === 'WINDOWS' ? `${lookUp}; of an application? set patchSet: ["APPLICATION"]` : lookUp;
  return listOf(filters.product)
    .filter((product) => typeof product === 'string' && product !== '' && product.length <= 64)
    .filter((product) => !/^(\*|all)$/i.test(product as string) && !form.pattern.test(product as string))
    .filter((product) => system !== 'WINDOWS' || !isNamedAsApplication(product as string))
    .map((product) =>
      warning(
        'patch-baseline/filter-value-known',
        `${where} ${quoted(product)} is not written like the products known for ${system}, such as ${form.example}`,
        fix,
      ),
    );
}

function fixForFilter(filter: string, allowed: readonly string[]): string {
  const counterpart = urgency.includes(filter) ? urgency.find((other) => allowed.includes(other)) : undefined;
  if (counterpart !== undefined) return `use ${counterpart} there`;
  return didYouMean(filter, [...allowed, ...otherProps]) ?? `remove ${filter}`;
}
