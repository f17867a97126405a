import type { OperatingSystem } from '../patch-baseline/index.ts';

export const architectures = ['x86_64', 'arm64'] as const;

/** What the processor understands; Graviton is `arm64`. */
export type Architecture = (typeof architectures)[number];

export interface CatalogueOptions {
  /** @default "x86_64" */
  readonly architecture?: Architecture;
}

export interface CustomImageOptions {
  readonly operatingSystem: OperatingSystem;
  readonly architecture: Architecture;
  /**
   * Whether the Systems Manager agent is in the image. Where it isn't, the instance installs it when it first starts.
   * @default - as in the public images: false for RHEL, Rocky, Oracle, CentOS, Debian and Raspbian, otherwise true
   * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/ami-preinstalled-agent.html
   */
  readonly agentPreinstalled?: boolean;
  /**
   * What the image calls its root volume, such as `/dev/sda1`: a launch template must say it. `aws ec2 describe-images`
   * tells it as `RootDeviceName`. @default - none: no Auto Scaling group can be made of the image
   */
  readonly rootDeviceName?: string;
  /** The version as patch baselines name it, such as `RedhatEnterpriseLinux9`. @default - none: its end of support is not watched */
  readonly product?: string;
}

interface ImageFacts extends CustomImageOptions {
  readonly parameterName?: string;
  readonly imageId?: string;
}

const systemsWithoutAgent: readonly OperatingSystem[] = [
  'REDHAT_ENTERPRISE_LINUX',
  'ROCKY_LINUX',
  'ORACLE_LINUX',
  'CENTOS',
  'DEBIAN',
  'RASPBIAN',
];

/**
 * The image an instance starts from: a public Systems Manager parameter that always names the newest build, or an image
 * of your own.
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters.html
 */
export class MachineImage {
  /** Windows Server, English, Full Base (with desktop). */
  static windowsServer(version: '2016' | '2019' | '2022' | '2025'): MachineImage {
    return new MachineImage({
      parameterName: `/aws/service/ami-windows-latest/Windows_Server-${version}-English-Full-Base`,
      operatingSystem: 'WINDOWS',
      architecture: 'x86_64',
      product: `WindowsServer${version}`,
      rootDeviceName: '/dev/sda1',
    });
  }

  /** Amazon Linux 2023 with its default kernel. */
  static amazonLinux2023(options: CatalogueOptions = {}): MachineImage {
    const architecture = options.architecture ?? 'x86_64';
    return new MachineImage({
      parameterName: `/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-${architecture}`,
      operatingSystem: 'AMAZON_LINUX_2023',
      architecture,
      product: 'AmazonLinux2023',
      rootDeviceName: '/dev/xvda',
    });
  }

  /** Amazon Linux 2 with kernel 5.10. */
  static amazonLinux2(options: CatalogueOptions = {}): MachineImage {
    const architecture = options.architecture ?? 'x86_64';
    return new MachineImage({
      parameterName: `/aws/service/ami-amazon-linux-latest/amzn2-ami-kernel-5.10-hvm-${architecture}-gp2`,
      operatingSystem: 'AMAZON_LINUX_2',
      architecture,
      product: 'AmazonLinux2',
      rootDeviceName: '/dev/xvda',
    });
  }

  /** Ubuntu Server. */
  static ubuntu(version: '20.04' | '22.04' | '24.04', options: CatalogueOptions = {}): MachineImage {
    const architecture = options.architecture ?? 'x86_64';
    // Canonical moved to gp3 volumes with 24.04, and the name of the parameter says so.
    const volume = version === '24.04' ? 'ebs-gp3' : 'ebs-gp2';
    const folder = `/aws/service/canonical/ubuntu/server/${version}/stable/current`;
    return new MachineImage({
      parameterName: `${folder}/${debianName(architecture)}/hvm/${volume}/ami-id`,
      operatingSystem: 'UBUNTU',
      architecture,
      product: `Ubuntu${version}`,
      rootDeviceName: '/dev/sda1',
    });
  }

  /** Debian. Its image has no Systems Manager agent: instances install it when they first start. */
  static debian(version: '11' | '12', options: CatalogueOptions = {}): MachineImage {
    const architecture = options.architecture ?? 'x86_64';
    return new MachineImage({
      parameterName: `/aws/service/debian/release/${version}/latest/${debianName(architecture)}`,
      operatingSystem: 'DEBIAN',
      architecture,
      product: `Debian${version}`,
      rootDeviceName: '/dev/xvda',
    });
  }

  /** SUSE Linux Enterprise Server. */
  static suse(version: '15-sp5' | '15-sp6' | '15-sp7', options: CatalogueOptions = {}): MachineImage {
    const architecture = options.architecture ?? 'x86_64';
    return new MachineImage({
      parameterName: `/aws/service/suse/sles/${version}/${architecture}/latest`,
      operatingSystem: 'SUSE',
      architecture,
      product: `Suse${version.replace('-sp', '.')}`,
      rootDeviceName: '/dev/sda1',
    });
  }

  /**
   * The image that any other parameter names, in this account or shared with it.
   *
   * As with the catalogue, a new value of the parameter does not replace a running instance, another parameter does.
   */
  static fromParameter(parameterName: string, options: CustomImageOptions): MachineImage {
    return new MachineImage({ ...options, parameterName });
  }

  /** One image by its id, `ami-…`. Another id replaces the instance. */
  static fromImageId(imageId: string, options: CustomImageOptions): MachineImage {
    return new MachineImage({ ...options, imageId });
  }

  /** The parameter that holds the id of the image; absent where the id was given. */
  readonly parameterName: string | undefined;
  /** The id of the image; absent where a parameter holds it. */
  readonly imageId: string | undefined;
  readonly operatingSystem: OperatingSystem;
  readonly architecture: Architecture;
  readonly agentPreinstalled: boolean;
  /** The version as patch baselines name it, where it is known. */
  readonly product: string | undefined;
  /** What the image calls its root volume, where it is known. */
  readonly rootDeviceName: string | undefined;

  private constructor(facts: ImageFacts) {
    this.parameterName = facts.parameterName;
    this.imageId = facts.imageId;
    this.operatingSystem = facts.operatingSystem;
    this.architecture = facts.architecture;
    this.agentPreinstalled = facts.agentPreinstalled ?? !systemsWithoutAgent.includes(facts.operatingSystem);
    this.product = facts.product;
    this.rootDeviceName = facts.rootDeviceName;
  }
}

/** Debian and Ubuntu call x86_64 `amd64`. */
function debianName(architecture: Architecture): string {
  return architecture === 'x86_64' ? 'amd64' : 'arm64';
}
