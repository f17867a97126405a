import { DataAwsSsmParameter } from '@cdktf/provider-aws/lib/data-aws-ssm-parameter/index.js';
import { Instance } from '@cdktf/provider-aws/lib/instance/index.js';
import { Construct, type IConstruct } from 'constructs';
import type { IInstanceRole } from '../iam/index.ts';
import type { PatchGroup } from '../patch-group/index.ts';
import { addCheck } from '../tf/construct-checks.ts';
import { defaultTagsOf } from '../tf/default-tags.ts';
import { known, sortedTexts } from '../tf/tokens.ts';
import { checkInstanceId, checkManagedInstance, type ManagedInstanceFacts } from './checks.ts';
import { ImageChoice } from './image-choice.ts';
import { agentInstallationOf, defaultInstanceType, metadataOptions, rootVolumeSize } from './launch.ts';
import type { MachineImage } from './machine-image.ts';
import { InstanceSecurityGroup } from './security-group.ts';

export interface IManagedInstance extends IConstruct {
  /** `i-…`; `mi-…` for a machine outside EC2. */
  readonly instanceId: string;
}

export interface ManagedInstanceProps {
  /** Another parameter or another id replaces the instance; a new image behind the same parameter does not. */
  readonly image: MachineImage;
  /** What the Systems Manager agent on the instance may do. */
  readonly role: IInstanceRole;
  /** Value of the tag `Name`, 1 to 256 characters; at most 228 of those a security group may have, unless `securityGroupIds` is given. */
  readonly instanceName: string;
  /**
   * Of the image's architecture. Changing it stops and starts the instance.
   * @default - t3.large for Windows, t3.small for Linux on x86_64, t4g.small for Linux on arm64
   */
  readonly instanceType?: string;
  /** The patch group whose tag the instance carries. @default - none: its operating system's default baseline decides */
  readonly patchGroup?: PatchGroup;
  /** Tags of the instance and of its own security group; at most 50 together with those above and the provider's default tags. @default - none but these and the provider's default tags */
  readonly tags?: Readonly<Record<string, string>>;
  /** Subnet with a route to Systems Manager; it also decides about a public address. Needs `vpcId`. @default - one of the default VPC */
  readonly subnetId?: string;
  /** VPC of the subnet, for the instance's own security group. @default - the default VPC */
  readonly vpcId?: string;
  /** 1 to 5 groups that let TCP 443 and 80 out. @default - a group of its own: nothing in, TCP 443 and 80 out */
  readonly securityGroupIds?: readonly string[];
  /** In GiB, 1 to 16384, at least 30 for Windows. It can grow, but never shrink. @default - 50 for Windows, the image's own size for Linux */
  readonly rootVolumeSizeGiB?: number;
  /** ARN of the KMS key (no alias) that encrypts the root volume. @default - the account's default key for EBS */
  readonly rootVolumeEncryptionKeyArn?: string;
  /** Name of a key pair; not needed, Session Manager gives a shell. @default - none */
  readonly keyName?: string;
  /**
   * What the instance runs when it first starts, up to 16384 bytes. Changing it stops and starts the instance, without
   * running it. Terraform reads `${` in it as its own: write `$NAME`.
   * @default - none; where a Linux image lacks the Systems Manager agent, its installation
   */
  readonly userData?: string;
  /** Shows the tags in instance metadata; their keys then must hold no space, so use `PatchGroup`. @default false */
  readonly instanceMetadataTags?: boolean;
  /** @default - the region of the stack's provider */
  readonly region?: string;
}

/**
 * An EC2 instance that Systems Manager manages: encrypted gp3 root volume, EBS-optimised, detailed monitoring, IMDSv2.
 *
 * Any other argument of `aws_instance` can be set by `(instance.node.defaultChild as Instance).addOverride(…)`.
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/managed-instances.html
 */
export class ManagedInstance extends Construct implements IManagedInstance {
  /** An instance that exists: `i-…`, or `mi-…` of a machine outside EC2. */
  static fromInstanceId(scope: Construct, id: string, instanceId: string): IManagedInstance {
    return new ImportedManagedInstance(scope, id, instanceId);
  }

  readonly instanceId: string;
  readonly instanceName: string;
  readonly instanceType: string;
  readonly image: MachineImage;
  private readonly groupIds: readonly string[];

  constructor(scope: Construct, id: string, props: ManagedInstanceProps) {
    super(scope, id);
    this.instanceName = props.instanceName;
    this.image = props.image;
    this.instanceType = props.instanceType ?? defaultInstanceType(props.image);
    const group = props.securityGroupIds === undefined ? this.createSecurityGroup(props) : undefined;
    this.groupIds = group === undefined ? sortedTexts(props.securityGroupIds ?? []) : [group.securityGroupId];
    const dependencies = [...props.role.dependencies, ...(group?.dependencies ?? [])];
    const userData = props.userData ?? agentInstallationOf(this, props.image, props.region);
    const instance = new Instance(this, 'Resource', {
      ...(props.region !== undefined && { region: props.region }),
      ...this.renderImage(props.region),
      instanceType: this.instanceType,
      iamInstanceProfile: props.role.instanceProfileName,
      vpcSecurityGroupIds: [...this.groupIds],
      ...(props.subnetId !== undefined && { subnetId: props.subnetId }),
      ...(props.keyName !== undefined && { keyName: props.keyName }),
      ...(userData !== undefined && { userData }),
      monitoring: true,
      ebsOptimized: true,
      rootBlockDevice: renderRootVolume(props),
      metadataOptions: metadataOptions(props.instanceMetadataTags),
      tags: { ...props.tags, ...props.patchGroup?.tag, Name: props.instanceName },
      ...(dependencies.length > 0 && { dependsOn: dependencies }),
    });
    this.instanceId = instance.id;
    const facts = this.facts(props);
    addCheck(this, (asOf) => checkManagedInstance({ ...facts, defaultTags: defaultTagsOf(instance) }, asOf));
  }

  /** The groups given, or the instance's own. */
  get securityGroupIds(): readonly string[] {
    return [...this.groupIds];
  }

  private createSecurityGroup(props: ManagedInstanceProps): InstanceSecurityGroup {
    return new InstanceSecurityGroup(this, 'SecurityGroup', {
      instanceName: props.instanceName,
      ...(props.vpcId !== undefined && { vpcId: props.vpcId }),
      ...(props.tags !== undefined && { tags: props.tags }),
      ...(props.region !== undefined && { region: props.region }),
    });
  }

  /** The image's id, and what decides whether another one replaces the instance. */
  private renderImage(region: string | undefined) {
    const { imageId, parameterName } = this.image;
    if (parameterName === undefined) return imageId === undefined ? {} : { ami: imageId };
    const parameter = new DataAwsSsmParameter(this, 'Image', {
      ...(region !== undefined && { region }),
      name: parameterName,
    });
    const choice = new ImageChoice(this, 'ImageChoice', parameterName);
    return {
      // Its `value` is sensitive: the plan would hide which image it is.
      ami: parameter.insecureValue,
      lifecycle: { ignoreChanges: ['ami'], replaceTriggeredBy: [choice.address] },
    };
  }

  private facts(props: ManagedInstanceProps): ManagedInstanceFacts {
    const { image, role, patchGroup, region, ...plain } = props;
    return {
      ...known(plain),
      image: known({ ...image }),
      instanceType: known(this.instanceType),
      ...(patchGroup !== undefined && {
        patchGroupTag: known(patchGroup.tag),
        patchGroupSystems: patchGroup.baselines.map((baseline) => known(baseline.operatingSystem)),
      }),
      hasSubnet: props.subnetId !== undefined,
      hasVpc: props.vpcId !== undefined,
      hasSecurityGroups: props.securityGroupIds !== undefined,
      hasUserData: props.userData !== undefined,
    };
  }
}

class ImportedManagedInstance extends Construct implements IManagedInstance {
  constructor(
    scope: Construct,
    id: string,
    readonly instanceId: string,
  ) {
    super(scope, id);
    addCheck(this, () => checkInstanceId(known(instanceId)));
  }
}

function renderRootVolume(props: ManagedInstanceProps) {
  const volumeSize = rootVolumeSize(props.image, props.rootVolumeSizeGiB);
  const kmsKeyId = props.rootVolumeEncryptionKeyArn;
  return {
    volumeType: 'gp3',
    encrypted: true,
    deleteOnTermination: true,
    ...(volumeSize !== undefined && { volumeSize }),
    ...(kmsKeyId !== undefined && { kmsKeyId }),
  };
}
