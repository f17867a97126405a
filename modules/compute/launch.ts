import type { Construct } from 'constructs';
import { familyOf } from '../patch-baseline/operating-system.ts';
import { AwsEnvironment } from '../tf/aws-environment.ts';
import type { MachineImage } from './machine-image.ts';
import { agentInstallation } from './user-data.ts';

/*
 * How an instance starts, whether it is made by itself or by an Auto Scaling group.
 */

export function defaultInstanceType(image: MachineImage): string {
  if (image.operatingSystem === 'WINDOWS') return 't3.large';
  return image.architecture === 'arm64' ? 't4g.small' : 't3.small';
}

/** In GiB; the image's own size where it is undefined. */
export function rootVolumeSize(image: MachineImage, given: number | undefined): number | undefined {
  return given ?? (image.operatingSystem === 'WINDOWS' ? 50 : undefined);
}

export function metadataOptions(showsTags: boolean | undefined) {
  return {
    httpEndpoint: 'enabled',
    httpTokens: 'required',
    httpPutResponseHopLimit: 1,
    // Always said: where an account shows tags by default, a key with a space would refuse the launch.
    instanceMetadataTags: showsTags === true ? 'enabled' : 'disabled',
  };
}

/** What an instance runs when it first starts, where its image lacks the Systems Manager agent. */
export function agentInstallationOf(
  scope: Construct,
  image: MachineImage,
  region: string | undefined,
): string | undefined {
  const { agentPreinstalled, architecture, operatingSystem } = image;
  const family = familyOf(operatingSystem);
  if (agentPreinstalled || family === 'windows' || family === 'macos') return undefined;
  const environment = AwsEnvironment.of(scope);
  return agentInstallation(family, architecture, {
    region: region ?? environment.region,
    dnsSuffix: environment.dnsSuffix,
  });
}
