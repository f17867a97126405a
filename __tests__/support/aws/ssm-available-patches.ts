import type {
  DescribeAvailablePatchesRequest,
  DescribeAvailablePatchesResult,
  DescribePatchPropertiesRequest,
  DescribePatchPropertiesResult,
  Patch,
} from '@aws-sdk/client-ssm';
import type { SimulatedPlace } from './fleet.ts';
import { invalid, page } from './page.ts';
import { ServiceError } from './service-error.ts';

/** What filters ask for, by their keys. */
const patchKeys: Readonly<Record<string, (patch: Patch) => readonly (string | undefined)[]>> = {
  PRODUCT: (patch) => [patch.Product],
  PRODUCT_FAMILY: (patch) => [patch.ProductFamily],
  CLASSIFICATION: (patch) => [patch.Classification],
  MSRC_SEVERITY: (patch) => [patch.MsrcSeverity],
  SEVERITY: (patch) => [patch.Severity],
  PATCH_ID: (patch) => [patch.KbNumber],
  VERSION: (patch) => [patch.Version],
  NAME: (patch) => [patch.Name],
  ADVISORY_ID: (patch) => patch.AdvisoryIds ?? [],
  CVE_ID: (patch) => patch.CVEIds ?? [],
  PATCH_SET: (patch) => [patchSetOf(patch)],
};

function patchSetOf({ KbNumber, ProductFamily }: Patch): 'OS' | 'APPLICATION' {
  return KbNumber === undefined || ProductFamily === 'Windows' ? 'OS' : 'APPLICATION';
}

export function DescribeAvailablePatches(
  request: DescribeAvailablePatchesRequest,
  { availablePatches }: SimulatedPlace,
): DescribeAvailablePatchesResult {
  const filters = request.Filters ?? [];
  if (filters.length > 5) throw invalid('filters', filters.length, 'Member must have length less than or equal to 5');
  const linux = filters.some(({ Key }) => ['NAME', 'VERSION', 'SEVERITY', 'ADVISORY_ID', 'CVE_ID'].includes(Key ?? ''));
  if (linux && !filters.some(({ Key }) => Key === 'PRODUCT'))
    throw new ServiceError('ValidationException', 'Filters for Linux patches must include PRODUCT');
  // Those of applications are told only to who asks for them.
  const sets = filters.some(({ Key }) => Key === 'PATCH_SET') ? ['OS', 'APPLICATION'] : ['OS'];
  const { items, ...rest } = page(
    'DescribeAvailablePatches',
    request,
    { minimum: 1, maximum: 100, usual: 50 },
    availablePatches.filter(
      (patch) =>
        sets.includes(patchSetOf(patch)) &&
        filters.every(({ Key = '', Values = [] }) => {
          const values = patchKeys[Key];
          if (values === undefined) throw new ServiceError('ValidationException', `Invalid filter key: ${Key}`);
          return Values.includes('*') || values(patch).some((value) => value !== undefined && Values.includes(value));
        }),
    ),
  );
  return { Patches: items, ...rest };
}

const familyOf: Readonly<Record<string, string>> = { WINDOWS: 'Windows', AMAZON_LINUX_2023: 'Amazon Linux' };

/** The values that filters of patches may take. */
export function DescribePatchProperties(
  request: DescribePatchPropertiesRequest,
  { availablePatches }: SimulatedPlace,
): DescribePatchPropertiesResult {
  if (request.Property !== 'PRODUCT') throw new ServiceError('ValidationException', 'only products are simulated');
  const family = familyOf[request.OperatingSystem ?? ''];
  const products = availablePatches.flatMap(({ ProductFamily, Product }) =>
    ProductFamily === family && Product !== undefined ? Product : [],
  );
  const all = [...new Set(products)].map((Name) => ({ Name }));
  const { items, ...rest } = page('DescribePatchProperties', request, { minimum: 1, maximum: 50, usual: 50 }, all);
  return { Properties: items, ...rest };
}
