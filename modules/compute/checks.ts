import { checkEndOfSupport } from '../../core/end-of-support.ts';
import { error, quoted, type Violation, warning } from '../../core/problem.ts';
import { checkOneOf, checkText, checkWholeNumber } from '../../core/value-checks.ts';
import { familyOf, operatingSystems } from '../patch-baseline/operating-system.ts';
import { architectures, type MachineImage } from './machine-image.ts';
import { checkNetwork, checkResourceId, type NetworkFacts } from './network-checks.ts';
import { checkInstanceTags, type InstanceTagFacts } from './tag-checks.ts';

/** An image as plain data. */
export type ImageFacts = { readonly [Fact in keyof MachineImage]?: MachineImage[Fact] | undefined };

/** How an instance starts, as plain data. What is absent is not given, or known only when Terraform applies. */
export interface LaunchFacts {
  readonly image: ImageFacts;
  readonly instanceType?: string | undefined;
  readonly rootVolumeSizeGiB?: number | undefined;
  readonly rootVolumeEncryptionKeyArn?: string | undefined;
  readonly keyName?: string | undefined;
  readonly userData?: string | undefined;
  /** Whether user data is given, even if only Terraform knows it. */
  readonly hasUserData?: boolean | undefined;
  /** The operating systems that the patch group has baselines for. */
  readonly patchGroupSystems?: readonly (string | undefined)[] | undefined;
}

/** A managed instance as plain data. */
export interface ManagedInstanceFacts extends LaunchFacts, NetworkFacts, InstanceTagFacts {}

/**
 * Every rule of a managed instance. `asOf` (an ISO date) adds the warnings about the end of support.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html
 */
export function checkManagedInstance(instance: ManagedInstanceFacts, asOf?: string): Violation[] {
  return [...checkLaunch(instance, asOf), ...checkNetwork(instance), ...checkInstanceTags(instance)];
}

/** What must hold however an instance starts. */
export function checkLaunch(instance: LaunchFacts, asOf?: string): Violation[] {
  return [
    ...checkImage(instance.image),
    ...checkInstanceType(instance.instanceType, instance.image.architecture),
    ...checkRootVolume(instance),
    ...checkText('keyName', instance.keyName, { rule: 'compute/key-name', min: 1, max: 255 }),
    ...checkUserData(instance.userData),
    ...checkAgent(instance),
    ...checkPatchGroupBaseline(instance),
    ...checkEndOfSupport([instance.image.product], asOf),
  ];
}

/** The id of an instance that exists: on EC2, or `mi-…` of a machine registered by an activation. */
export function checkInstanceId(id: string | undefined): Violation[] {
  if (id === undefined || /^(i-([0-9a-f]{8}|[0-9a-f]{17})|mi-[0-9a-f]{17})$/.test(id)) return [];
  const message = `instanceId must be "i-" and 8 or 17 hexadecimal digits, or "mi-" and 17, got ${quoted(id)}`;
  return [error('compute/instance-id', message, 'write it like "i-0123456789abcdef0"')];
}

function checkImage(image: ImageFacts): Violation[] {
  return [
    ...checkOneOf('operatingSystem', image.operatingSystem, operatingSystems, 'compute/operating-system'),
    ...checkOneOf('architecture', image.architecture, architectures, 'compute/architecture'),
    ...checkResourceId('imageId', image.imageId, 'ami', 'compute/image-id'),
    ...checkParameterName(image.parameterName),
    ...(image.operatingSystem === 'MACOS'
      ? [
          error(
            'compute/no-macos',
            'image must not be macOS: it runs on a dedicated host only, which this construct does not make',
            'start it elsewhere and use ManagedInstance.fromInstanceId',
          ),
        ]
      : []),
  ];
}

/**
 * A parameter with levels begins with a slash, one without has none; a shared one goes by its ARN. A version or a label
 * may follow.
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html
 */
function checkParameterName(name: string | undefined): Violation[] {
  const pattern = /^((\/[\w.-]+)+|[\w.-]+|arn:aws[a-z-]*:ssm:[a-z0-9-]+:\d{12}:parameter\/[\w./-]+)(:[\w.-]+)?$/;
  if (name === undefined || (name.length <= 1011 && pattern.test(name))) return [];
  const message = `parameterName must be at most 1011 letters, digits, / _ . - and begin with "/" where it has levels, got ${quoted(name)}`;
  return [error('compute/image-parameter-name', message, 'write it like "/images/linux/latest"')];
}

const instanceTypePattern = /^[a-z][a-z0-9]*(-[a-z0-9]+)*\.(nano|micro|small|medium|large|\d*xlarge|metal(-\d+xl)?)$/;

function checkInstanceType(type: string | undefined, architecture: string | undefined): Violation[] {
  if (type === undefined) return [];
  if (!instanceTypePattern.test(type)) {
    const message = `instanceType must be a family, a dot and a size, got ${quoted(type)}`;
    return [error('compute/instance-type', message, 'write it like "t3.small"')];
  }
  const actual = architectureOf(type);
  const known = (architectures as readonly (string | undefined)[]).includes(architecture);
  return [
    ...(known && architecture !== actual
      ? [
          error(
            'compute/instance-type-architecture',
            `instanceType must be ${architecture} like the image, got ${quoted(type)}, which is ${actual}`,
            `choose a type such as ${quoted(architecture === 'arm64' ? 't4g.small' : 't3.small')}, or an image for ${actual}`,
          ),
        ]
      : []),
    ...(/^t[12]\./.test(type)
      ? [
          error(
            'compute/instance-type-ebs-optimized',
            `instanceType must be one that can be EBS-optimised, got ${quoted(type)}: EC2 refuses the launch`,
            `choose ${quoted(type.replace(/^t[12]/, 't3'))}`,
          ),
        ]
      : []),
  ];
}

/** Graviton families have a `g` right after their number; `a1` was the first, Grace comes with a GPU as `p6e-gb200`. */
function architectureOf(instanceType: string): string {
  return /^(a1|[a-z]+\d+g[a-z]*|p\d+e-gb\d+)[.-]/.test(instanceType) ? 'arm64' : 'x86_64';
}

function checkRootVolume(instance: LaunchFacts): Violation[] {
  const key = instance.rootVolumeEncryptionKeyArn;
  return [
    ...checkWholeNumber('rootVolumeSizeGiB', instance.rootVolumeSizeGiB, {
      rule: 'compute/root-volume-size',
      // The images of Windows hold 30 GiB, and a volume is never smaller than its image.
      min: instance.image.operatingSystem === 'WINDOWS' ? 30 : 1,
      max: 16_384,
      unit: 'GiB',
    }),
    // EC2 takes an alias and answers with the key: every plan would replace the instance.
    ...(key === undefined || /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/.test(key)
      ? []
      : [
          error(
            'compute/root-volume-encryption-key',
            `rootVolumeEncryptionKeyArn must be the ARN of a KMS key, not of an alias, got ${quoted(key)}`,
            'give the whole arn:partition:kms:region:account:key/… text',
          ),
        ]),
  ];
}

function checkUserData(userData: string | undefined): Violation[] {
  if (userData === undefined) return [];
  const size = Buffer.byteLength(userData);
  if (size >= 1 && size <= 16_384) return [];
  const message = `userData must be 1 to 16384 bytes, got ${size}`;
  return [error('compute/user-data-size', message, 'leave it out, or fetch what is long when the instance starts')];
}

/** Without the agent an instance is never patched, nor reported. */
function checkAgent(instance: LaunchFacts): Violation[] {
  const { image, userData } = instance;
  const system = operatingSystems.find((candidate) => candidate === image.operatingSystem);
  if (image.agentPreinstalled !== false || system === undefined) return [];
  const family = familyOf(system);
  const installedByDefault = (family === 'apt' || family === 'rpm') && instance.hasUserData !== true;
  const installedByUserData =
    instance.hasUserData === true && (userData === undefined || /amazon-?ssm-?agent/i.test(userData));
  if (installedByDefault || installedByUserData) return [];
  const received = instance.hasUserData === true ? 'userData that does not name it' : 'no userData';
  const message = `userData must install the Systems Manager agent, which the image lacks, got ${received}: the instance would never be patched`;
  return [warning('compute/agent-installed', message, 'install amazon-ssm-agent in userData')];
}

function checkPatchGroupBaseline(instance: LaunchFacts): Violation[] {
  const system = instance.image.operatingSystem;
  const systems = instance.patchGroupSystems;
  if (system === undefined || systems === undefined || systems.some((s) => s === undefined || s === system)) return [];
  const message = `patchGroup must have a baseline for ${system}, it has one for ${systems.join(', ') || 'none'}: the instance would use the default baseline`;
  return [warning('compute/patch-group-baseline', message, `add a baseline of ${system} to the patch group`)];
}
