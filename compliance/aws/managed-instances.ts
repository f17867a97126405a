import { DescribeInstanceInformationCommand, type InstanceInformation } from '@aws-sdk/client-ssm';
import type { ManagedFacts } from '../facts.ts';
import { instantOf, present, textOf } from '../normalise.ts';
import { eachPage } from './pages.ts';
import type { PlaceSession } from './place-session.ts';

/** Every node that Systems Manager knows, by id, and whether these are all. */
export async function readManagedInstances({ ssm, ask, gaps }: PlaceSession) {
  const found = new Map<string, ManagedFacts>();
  const complete = await gaps.around({ area: 'managed-instances' }, () =>
    eachPage(
      (token) =>
        ask('ssm:DescribeInstanceInformation', (options) =>
          ssm.send(new DescribeInstanceInformationCommand({ MaxResults: 50, ...token }), options),
        ),
      ({ InstanceInformationList: list = [] }) => {
        for (const { InstanceId, ...information } of list)
          if (InstanceId !== undefined) found.set(InstanceId, managedFactsOf(information));
          else gaps.addInvalid({ area: 'managed-instances' }, 'Systems Manager sent a node without an id');
      },
    ),
  );
  return { found, complete };
}

function managedFactsOf(information: InstanceInformation): ManagedFacts {
  const { PingStatus, PlatformType } = information;
  return present<ManagedFacts>({
    // What is not said to be online is not.
    pingStatus: PingStatus === 'Online' || PingStatus === 'ConnectionLost' ? PingStatus : 'Inactive',
    lastPingAt: instantOf(information.LastPingDateTime),
    platformType:
      PlatformType === 'Windows' || PlatformType === 'Linux' || PlatformType === 'MacOS' ? PlatformType : undefined,
    platformName: textOf(information.PlatformName),
    platformVersion: textOf(information.PlatformVersion),
    agentVersion: textOf(information.AgentVersion),
    computerName: textOf(information.ComputerName),
  });
}
