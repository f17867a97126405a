import type { DescribeInstancesRequest, DescribeInstancesResult } from '@aws-sdk/client-ec2';
import type { SimulatedPlace } from './fleet.ts';
import { page } from './page.ts';
import { ServiceError } from './service-error.ts';

export function DescribeInstances(request: DescribeInstancesRequest, place: SimulatedPlace): DescribeInstancesResult {
  const { InstanceIds: ids, MaxResults, IncludeManagedResources: includesHidden = false } = request;
  if (ids !== undefined && MaxResults !== undefined)
    throw new ServiceError(
      'InvalidParameterCombination',
      'The parameter instancesSet cannot be used with the parameter maxResults',
    );
  const all = place.instances.flatMap(({ ec2, isHidden = false }) => (isHidden && !includesHidden ? [] : (ec2 ?? [])));
  const missing = ids?.filter((id) => !all.some(({ InstanceId }) => InstanceId === id)) ?? [];
  if (missing.length > 0)
    throw new ServiceError('InvalidInstanceID.NotFound', `The instance ID '${missing.join(', ')}' does not exist`);
  const passes = request.Filters?.find(({ Name }) => Name === 'instance-state-name')?.Values;
  const chosen = all
    .filter(({ InstanceId = '' }) => ids === undefined || ids.includes(InstanceId))
    .filter(({ State }) => passes === undefined || passes.includes(State?.Name ?? ''));
  const { items, ...rest } = page('DescribeInstances', request, { minimum: 5, maximum: 1000, usual: 1000 }, chosen);
  return {
    Reservations: items.map((instance) => ({
      ReservationId: `r-0${(instance.InstanceId ?? '').slice(-16)}`,
      OwnerId: place.account,
      Groups: [],
      Instances: [instance],
    })),
    ...rest,
  };
}
