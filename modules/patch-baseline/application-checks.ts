import { quoted, type Violation, warning } from '../../core/problem.ts';
import { listOf } from '../../core/value-checks.ts';
import type { FilterFacts } from './patch-filters.ts';

/**
 * Whether a rule for Windows is about applications too. AWS looks for patches of the system alone unless `patchSet` says
 * otherwise; one that is known later may say so.
 */
export function isOfApplications(filters: FilterFacts): boolean {
  if (!('patchSet' in filters)) return false;
  const { patchSet } = filters;
  return !Array.isArray(patchSet) || patchSet.some((set) => set !== 'OS');
}

/** What stands for applications in a rule for Windows: without their patch set AWS takes it and approves nothing of it. */
export function checkApplications(where: string, filters: FilterFacts): Violation[] {
  if (isOfApplications(filters)) return [];
  const families = namesIn(filters.productFamily).filter((family) => !/^Windows/i.test(family));
  const products = namesIn(filters.product).filter(isNamedAsApplication);
  const named: readonly string[] = [
    ...families.map((family) => `${where}.productFamily ${quoted(family)} is a family of applications`),
    // What mends the family mends its products.
    ...(families.length > 0 ? [] : products).map(
      (product) => `${where}.product ${quoted(product)} is written like a product of applications`,
    ),
  ];
  return named.map((what) =>
    warning(
      'patch-baseline/application-patch-set',
      `${what}, which the patch set OS does not hold: nothing of it is approved`,
      'set patchSet: ["APPLICATION"], in a rule for applications alone',
    ),
  );
}

/** `Office 2016`: products of applications have spaces in their names, those of the system begin with Windows. */
export function isNamedAsApplication(product: string): boolean {
  return product.includes(' ') && !/^Windows/i.test(product);
}

/** Names that other checks have nothing against. */
function namesIn(values: FilterFacts[string]): string[] {
  return listOf(values).filter(
    (value): value is string => typeof value === 'string' && /^.{1,64}$/s.test(value) && !/^(\*|all)$/i.test(value),
  );
}
