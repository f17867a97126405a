import { DescribeInstancesCommand, type Instance } from '@aws-sdk/client-ec2';
import { type Ec2Facts, ec2States } from '../facts.ts';
import { instantOf, present, textOf } from '../normalise.ts';
import { eachPage } from './pages.ts';
import type { PlaceSession } from './place-session.ts';

/**
 * Every instance that EC2 knows, whatever its state: by id. One that makes no sense has no facts, and is a gap. EC2 hides
 * those that its services manage for an account, unless it is asked for them.
 */
export async function readEc2Instances({ ec2, ask, gaps }: PlaceSession): Promise<Map<string, Ec2Facts | undefined>> {
  const found = new Map<string, Ec2Facts | undefined>();
  await gaps.around({ area: 'ec2-instances' }, () =>
    eachPage(
      (token) =>
        ask('ec2:DescribeInstances', (options) =>
          ec2.send(
            new DescribeInstancesCommand({ MaxResults: 1000, IncludeManagedResources: true, ...token }),
            options,
          ),
        ),
      ({ Reservations = [] }) => {
        for (const { Instances = [] } of Reservations)
          for (const instance of Instances) {
            const { InstanceId: id, State } = instance;
            const facts = ec2FactsOf(instance);
            if (id === undefined) gaps.addInvalid({ area: 'ec2-instances' }, 'EC2 sent an instance without an id');
            else if (facts === undefined)
              gaps.addInvalid(
                { area: 'ec2-instances', instanceIds: [id] },
                `EC2 calls the state of an instance ${State?.Name ?? 'nothing'}`,
              );
            if (id !== undefined) found.set(id, facts);
          }
      },
    ),
  );
  return found;
}

/** Absent for a state that EC2 did not have when this was written: whether it runs is not guessed. */
function ec2FactsOf(instance: Instance): Ec2Facts | undefined {
  const state = ec2States.find((known) => known === instance.State?.Name);
  if (state === undefined) return undefined;
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
