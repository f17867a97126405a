import { AutoscalingGroup } from '@cdktf/provider-aws/lib/autoscaling-group/index.js';
import { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template/index.js';
import { Fn, type ITerraformDependable, TerraformLocal } from 'cdktf';
import { Construct } from 'constructs';
import type { IInstanceRole } from '../iam/index.ts';
import type { PatchGroup } from '../patch-group/index.ts';
import { addCheck } from '../tf/construct-checks.ts';
import { constructsBefore } from '../tf/siblings.ts';
import { known, sortedTexts } from '../tf/tokens.ts';
import { type AutoScalingGroupFacts, checkAmongGroups, checkAutoScalingGroup } from './group-checks.ts';
import { agentInstallationOf, defaultInstanceType, metadataOptions, rootVolumeSize } from './launch.ts';
import type { MachineImage } from './machine-image.ts';
import { InstanceSecurityGroup } from './security-group.ts';

export interface ManagedAutoScalingGroupProps {
  /** Every instance starts from the newest image behind a parameter. Another image reaches instances launched from then on. */
  readonly image: MachineImage;
  /** What the Systems Manager agent on the instances may do. */
  readonly role: IInstanceRole;
  /**
   * Name of the group and of its launch template, and value of the tag `Name` of its instances: 3 to 128 letters, digits,
   * ( ) . - / _. Changing it replaces the group and its instances.
   */
  readonly groupName: string;
  /** Fewest instances, 0 to 10000. */
  readonly minSize: number;
  /** Most instances, `minSize` to 10000. */
  readonly maxSize: number;
  /** Instances to keep, and to go back to whenever Terraform applies. @default - what scaling decides, `minSize` at first */
  readonly desiredCapacity?: number;
  /** Subnets with a route to Systems Manager, at least one. They also decide about public addresses. */
  readonly subnetIds: readonly string[];
  /** VPC of the subnets, for the group's own security group. @default - none, `securityGroupIds` must be given */
  readonly vpcId?: string;
  /** 1 to 5 groups that let TCP 443 and 80 out. @default - a group of its own: nothing in, TCP 443 and 80 out */
  readonly securityGroupIds?: readonly string[];
  /** Of the image's architecture. @default - t3.large for Windows, t3.small for Linux on x86_64, t4g.small for Linux on arm64 */
  readonly instanceType?: string;
  /** The patch group whose tag every instance carries. @default - none: its operating system's default baseline decides */
  readonly patchGroup?: PatchGroup;
  /** Tags of the group, its launch template, its security group and its instances; at most 50 together with those above. @default - none but these */
  readonly tags?: Readonly<Record<string, string>>;
  /**
   * More tags of the group and its instances alone: Terraform gives them none of the provider's default tags.
   * @default - none
   */
  readonly instanceTags?: Readonly<Record<string, string>>;
  /** In GiB, 1 to 16384, at least 30 for Windows. @default - 50 for Windows, the image's own size for Linux */
  readonly rootVolumeSizeGiB?: number;
  /** ARN of the KMS key (no alias) that encrypts root volumes. Auto Scaling's own role must be allowed to use it. @default - the account's default key for EBS */
  readonly rootVolumeEncryptionKeyArn?: string;
  /** Name of a key pair; not needed, Session Manager gives a shell. @default - none */
  readonly keyName?: string;
  /**
   * What an instance runs when it first starts, up to 16384 bytes. Terraform reads `${` in it as its own: write `$NAME`.
   * @default - none; where a Linux image lacks the Systems Manager agent, its installation
   */
  readonly userData?: string;
  /** Shows the tags in instance metadata; their keys then must hold no space, so use `PatchGroup`. @default false */
  readonly instanceMetadataTags?: boolean;
  /** @default - the region of the stack's provider */
  readonly region?: string;
}

/**
 * An Auto Scaling group of instances that Systems Manager manages, launched like a `ManagedInstance`. They carry the tag
 * of their patch group from their launch on, and are patched by the next window that opens after it.
 *
 * Any other argument can be set by `(group.node.defaultChild as AutoscalingGroup).addOverride(…)`, or on
 * `group.launchTemplate`.
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-tagging.html
 */
export class ManagedAutoScalingGroup extends Construct {
  readonly groupName: string;
  readonly instanceType: string;
  readonly image: MachineImage;
  readonly launchTemplate: LaunchTemplate;
  private readonly groupIds: readonly string[];
  private readonly facts: AutoScalingGroupFacts;

  constructor(scope: Construct, id: string, props: ManagedAutoScalingGroupProps) {
    super(scope, id);
    this.image = props.image;
    this.instanceType = props.instanceType ?? defaultInstanceType(props.image);
    const group = props.securityGroupIds === undefined ? this.createSecurityGroup(props) : undefined;
    this.groupIds = group === undefined ? sortedTexts(props.securityGroupIds ?? []) : [group.securityGroupId];
    this.launchTemplate = this.createTemplate(props);
    const resource = this.createGroup(props, [...props.role.dependencies, ...(group?.dependencies ?? [])]);
    this.groupName = resource.name;
    this.facts = this.factsOf(props);
    addCheck(this, (asOf) => [
      ...checkAutoScalingGroup(this.facts, asOf),
      ...checkAmongGroups(
        this.facts.groupName,
        constructsBefore(this, isGroup)
          .filter(({ facts }) => facts.region === this.facts.region)
          .map(({ facts }) => facts.groupName),
      ),
    ]);
  }

  /** The groups given, or its own. */
  get securityGroupIds(): readonly string[] {
    return [...this.groupIds];
  }

  private createTemplate(props: ManagedAutoScalingGroupProps): LaunchTemplate {
    const userData = props.userData ?? agentInstallationOf(this, props.image, props.region);
    return new LaunchTemplate(this, 'LaunchTemplate', {
      ...(props.region !== undefined && { region: props.region }),
      name: props.groupName,
      updateDefaultVersion: true,
      ...renderImage(props.image),
      instanceType: this.instanceType,
      iamInstanceProfile: { name: props.role.instanceProfileName },
      vpcSecurityGroupIds: [...this.groupIds],
      ...(props.keyName !== undefined && { keyName: props.keyName }),
      ...(userData !== undefined && { userData: this.encoded(userData) }),
      monitoring: { enabled: true },
      ebsOptimized: 'true',
      blockDeviceMappings: [renderRootVolume(props)],
      metadataOptions: metadataOptions(props.instanceMetadataTags),
      tagSpecifications: [{ resourceType: 'instance', tags: instanceTags(props) }],
      tags: { ...props.tags, Name: props.groupName },
    });
  }

  /** As templates want it. Kept in a local first: text inside a function would need other escapes, and hide in the plan. */
  private encoded(userData: string): string {
    return Fn.base64encode(new TerraformLocal(this, 'UserData', userData).asString);
  }

  private createGroup(
    props: ManagedAutoScalingGroupProps,
    dependencies: readonly ITerraformDependable[],
  ): AutoscalingGroup {
    return new AutoscalingGroup(this, 'Resource', {
      ...(props.region !== undefined && { region: props.region }),
      name: props.groupName,
      minSize: props.minSize,
      maxSize: props.maxSize,
      ...(props.desiredCapacity !== undefined && { desiredCapacity: props.desiredCapacity }),
      vpcZoneIdentifier: sortedTexts(props.subnetIds),
      launchTemplate: {
        id: this.launchTemplate.id,
        // Its number, not `$Latest`: a plan shows that the group launches something else from now on.
        version: this.launchTemplate.getStringAttribute('latest_version'),
      },
      // The template has them too. Here they also name the group, and later ones reach what it launches from then on.
      tag: Object.entries(instanceTags(props))
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, value]) => ({ key, value, propagateAtLaunch: true })),
      ...(dependencies.length > 0 && { dependsOn: [...dependencies] }),
    });
  }

  private createSecurityGroup(props: ManagedAutoScalingGroupProps): InstanceSecurityGroup {
    return new InstanceSecurityGroup(this, 'SecurityGroup', {
      instanceName: props.groupName,
      ...(props.vpcId !== undefined && { vpcId: props.vpcId }),
      ...(props.tags !== undefined && { tags: props.tags }),
      ...(props.region !== undefined && { region: props.region }),
    });
  }

  private factsOf(props: ManagedAutoScalingGroupProps): AutoScalingGroupFacts {
    const { image, role, patchGroup, tags, instanceTags: more, ...plain } = props;
    return {
      ...known(plain),
      image: known({ ...image }),
      instanceType: known(this.instanceType),
      // Where another property sets one of them, that goes before without a word.
      tags: known({ ...without(more, ['Name', ...Object.keys(patchGroup?.tag ?? {})]), ...tags }),
      ...(patchGroup !== undefined && {
        patchGroupTag: known(patchGroup.tag),
        patchGroupSystems: patchGroup.baselines.map((baseline) => known(baseline.operatingSystem)),
      }),
      hasVpc: props.vpcId !== undefined,
      hasSecurityGroups: props.securityGroupIds !== undefined,
      hasUserData: props.userData !== undefined,
      hasRootDeviceName: image.rootDeviceName !== undefined,
    };
  }
}

function isGroup(candidate: unknown): candidate is ManagedAutoScalingGroup {
  return candidate instanceof ManagedAutoScalingGroup;
}

function instanceTags({ tags, instanceTags: more, patchGroup, groupName }: ManagedAutoScalingGroupProps) {
  return { ...more, ...tags, ...patchGroup?.tag, Name: groupName };
}

function without(tags: Readonly<Record<string, string>> = {}, keys: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !keys.includes(key)));
}

/** EC2 looks a parameter up at each launch. */
function renderImage({ imageId, parameterName }: MachineImage) {
  if (parameterName !== undefined) return { imageId: `resolve:ssm:${parameterName}` };
  return imageId === undefined ? {} : { imageId };
}

function renderRootVolume({ image, rootVolumeSizeGiB, rootVolumeEncryptionKeyArn }: ManagedAutoScalingGroupProps) {
  const volumeSize = rootVolumeSize(image, rootVolumeSizeGiB);
  return {
    ...(image.rootDeviceName !== undefined && { deviceName: image.rootDeviceName }),
    ebs: {
      volumeType: 'gp3',
      encrypted: 'true',
      deleteOnTermination: 'true',
      ...(volumeSize !== undefined && { volumeSize }),
      ...(rootVolumeEncryptionKeyArn !== undefined && { kmsKeyId: rootVolumeEncryptionKeyArn }),
    },
  };
}
