import type {
  DescribePatchBaselinesRequest,
  DescribePatchBaselinesResult,
  DescribePatchGroupsRequest,
  DescribePatchGroupsResult,
  GetPatchBaselineRequest,
  GetPatchBaselineResult,
} from '@aws-sdk/client-ssm';
import type { SimulatedBaseline, SimulatedPlace } from './fleet.ts';
import { invalid, page } from './page.ts';
import { ServiceError } from './service-error.ts';

const pages = { minimum: 1, maximum: 100, usual: 50 };

export function DescribePatchBaselines(
  request: DescribePatchBaselinesRequest,
  { baselines }: SimulatedPlace,
): DescribePatchBaselinesResult {
  const passes = ({ owner, Name = '', OperatingSystem = 'WINDOWS' }: SimulatedBaseline) =>
    (request.Filters ?? []).every(({ Key, Values = [] }) => {
      if (Key === 'OWNER') return Values.includes(owner);
      if (Key === 'NAME_PREFIX') return Values.some((prefix) => Name.startsWith(prefix));
      if (Key === 'OPERATING_SYSTEM') return Values.includes(OperatingSystem);
      throw new ServiceError('ValidationException', `Invalid filter key: ${Key}`);
    });
  const { items, ...rest } = page('DescribePatchBaselines', request, pages, baselines.filter(passes));
  return { BaselineIdentities: items.map(identityOf), ...rest };
}

function identityOf({ BaselineId, Name, OperatingSystem, Description, isDefault }: SimulatedBaseline) {
  return {
    BaselineId,
    BaselineName: Name,
    OperatingSystem,
    BaselineDescription: Description,
    DefaultBaseline: isDefault,
  };
}

export function DescribePatchGroups(
  request: DescribePatchGroupsRequest,
  { patchGroups, baselines }: SimulatedPlace,
): DescribePatchGroupsResult {
  const { items, ...rest } = page('DescribePatchGroups', request, pages, patchGroups);
  return {
    Mappings: items.map(({ patchGroup, baselineId }) => {
      const baseline = baselines.find(({ BaselineId }) => BaselineId === baselineId);
      return { PatchGroup: patchGroup, BaselineIdentity: baseline && identityOf(baseline) };
    }),
    ...rest,
  };
}

export function GetPatchBaseline(
  { BaselineId }: GetPatchBaselineRequest,
  { baselines }: SimulatedPlace,
): GetPatchBaselineResult {
  if (BaselineId === undefined || !/^[a-zA-Z0-9_\-:/]{20,128}$/.test(BaselineId))
    throw invalid(
      'baselineId',
      BaselineId,
      String.raw`Member must satisfy regular expression pattern: ^[a-zA-Z0-9_\-:/]{20,128}$`,
    );
  const baseline = baselines.find((each) => each.BaselineId === BaselineId);
  if (baseline === undefined)
    throw new ServiceError('DoesNotExistException', `Patch Baseline ${BaselineId} does not exist`);
  const { isDefault: _, owner: __, ...result } = baseline;
  return result;
}
