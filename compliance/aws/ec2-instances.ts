import { DescribeInstancesCommand, type Instance } from '@aws-sdk/client-ec2';
import type { Ec2Facts } from '../facts.ts';
import { instantOf, present, textOf } from '../normalise.ts';
import { InvalidAnswer } from './failure.ts';
import { eachPage } from './pages.ts';
import type { PlaceSession } from './place-session.ts';

const states: readonly Ec2Facts['state'][] = [
  'pending',
  'running',
  'shutting-down',
  'terminated',
  'stopping',
  'stopped',
];

/** Every instance that EC2 knows, whatever its state: by id. */
export async function readEc2Instances({ ec2, ask, gaps }: PlaceSession): Promise<Map<string, Ec2Facts>> {
  const found = new Map<string, Ec2Facts>();
  await gaps.around({ area: 'ec2-instances' }, () =>
    eachPage(
      (token) =>
        ask('ec2:DescribeInstances', (options) =>
          ec2.send(new DescribeInstancesCommand({ MaxResults: 1000, ...token }), options),
        ),
      ({ Reservations = [] }) => {
        for (const { Instances = [] } of Reservations)
          for (const instance of Instances) found.set(instance.InstanceId ?? '', ec2FactsOf(instance));
      },
    ),
  );
  found.delete('');
  return found;
}

function ec2FactsOf(instance: Instance): Ec2Facts {
  const state = states.find((known) => known === instance.State?.Name);
  if (state === undefined)
    throw new InvalidAnswer(`EC2 calls the state of ${instance.InstanceId} ${instance.State?.Name ?? 'nothing'}`);
  return present<Ec2Facts>({
    state,
    stateChangedAt: instantOf(
      /\((\d{4}-\d\d-\d\d \d\d:\d\d:\d\d GMT)\)/.exec(instance.StateTransitionReason ?? '')?.[1],
    ),
    launchedAt: instantOf(instance.LaunchTime),
    tags: Object.fromEntries((instance.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value])),
    metadataTags: metadataTagsOf(instance.MetadataOptions?.InstanceMetadataTags),
    platformDetails: textOf(instance.PlatformDetails),
    hasInstanceProfile: instance.IamInstanceProfile !== undefined,
  });
}

function metadataTagsOf(setting: string | undefined): boolean | undefined {
  return setting === undefined ? undefined : setting === 'enabled';
}
