import { describe, expect, it, test } from '@jest/globals';
import { MachineImage } from '../../../modules/compute/index.ts';
import { OperatingSystem } from '../../../modules/patch-baseline/index.ts';

const arm64 = { architecture: 'arm64' } as const;

describe('MachineImage catalogue', () => {
  test.each([
    ['2016', '/aws/service/ami-windows-latest/Windows_Server-2016-English-Full-Base', 'WindowsServer2016'],
    ['2019', '/aws/service/ami-windows-latest/Windows_Server-2019-English-Full-Base', 'WindowsServer2019'],
    ['2022', '/aws/service/ami-windows-latest/Windows_Server-2022-English-Full-Base', 'WindowsServer2022'],
    ['2025', '/aws/service/ami-windows-latest/Windows_Server-2025-English-Full-Base', 'WindowsServer2025'],
  ] as const)('knows Windows Server %s', (version, parameterName, product) => {
    expect({ ...MachineImage.windowsServer(version) }).toEqual({
      parameterName,
      imageId: undefined,
      operatingSystem: 'WINDOWS',
      architecture: 'x86_64',
      agentPreinstalled: true,
      product,
      rootDeviceName: '/dev/sda1',
    });
  });

  test.each([
    [MachineImage.amazonLinux2023(), '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64'],
    [MachineImage.amazonLinux2023(arm64), '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64'],
    [MachineImage.amazonLinux2(), '/aws/service/ami-amazon-linux-latest/amzn2-ami-kernel-5.10-hvm-x86_64-gp2'],
    [MachineImage.amazonLinux2(arm64), '/aws/service/ami-amazon-linux-latest/amzn2-ami-kernel-5.10-hvm-arm64-gp2'],
    [
      MachineImage.ubuntu('20.04'),
      '/aws/service/canonical/ubuntu/server/20.04/stable/current/amd64/hvm/ebs-gp2/ami-id',
    ],
    [
      MachineImage.ubuntu('22.04', arm64),
      '/aws/service/canonical/ubuntu/server/22.04/stable/current/arm64/hvm/ebs-gp2/ami-id',
    ],
    [
      MachineImage.ubuntu('24.04'),
      '/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id',
    ],
    [MachineImage.debian('11'), '/aws/service/debian/release/11/latest/amd64'],
    [MachineImage.debian('12', arm64), '/aws/service/debian/release/12/latest/arm64'],
    [MachineImage.suse('15-sp5'), '/aws/service/suse/sles/15-sp5/x86_64/latest'],
    [MachineImage.suse('15-sp7', arm64), '/aws/service/suse/sles/15-sp7/arm64/latest'],
  ])('names the public parameter %#', (image, parameterName) => {
    expect(image.parameterName).toBe(parameterName);
    expect(image.imageId).toBeUndefined();
    expect(image.architecture).toBe(/arm64/.test(parameterName) ? 'arm64' : 'x86_64');
  });

  test.each([
    [MachineImage.amazonLinux2023(), 'AMAZON_LINUX_2023', 'AmazonLinux2023'],
    [MachineImage.amazonLinux2(), 'AMAZON_LINUX_2', 'AmazonLinux2'],
    [MachineImage.ubuntu('22.04'), 'UBUNTU', 'Ubuntu22.04'],
    [MachineImage.debian('12'), 'DEBIAN', 'Debian12'],
    [MachineImage.suse('15-sp6'), 'SUSE', 'Suse15.6'],
  ])('calls the operating system and the product what patch baselines call them %#', (image, system, product) => {
    expect(image.operatingSystem).toBe(system);
    expect(image.product).toBe(product);
  });

  test.each([
    ['/dev/xvda', [MachineImage.amazonLinux2023(), MachineImage.amazonLinux2(), MachineImage.debian('12')]],
    ['/dev/sda1', [MachineImage.windowsServer('2025'), MachineImage.ubuntu('24.04'), MachineImage.suse('15-sp7')]],
  ])('know their root volume as %s', (device, images) => {
    expect(images.map(({ rootDeviceName }) => rootDeviceName)).toEqual(images.map(() => device));
  });
});

describe('MachineImage of your own', () => {
  it('takes any parameter', () => {
    const image = MachineImage.fromParameter('/images/rhel/9', {
      operatingSystem: 'REDHAT_ENTERPRISE_LINUX',
      architecture: 'arm64',
      agentPreinstalled: true,
      product: 'RedhatEnterpriseLinux9',
    });
    expect({ ...image }).toEqual({
      parameterName: '/images/rhel/9',
      imageId: undefined,
      operatingSystem: 'REDHAT_ENTERPRISE_LINUX',
      architecture: 'arm64',
      agentPreinstalled: true,
      product: 'RedhatEnterpriseLinux9',
    });
  });

  it('takes an image by its id', () => {
    const image = MachineImage.fromImageId('ami-0123456789abcdef0', {
      operatingSystem: 'WINDOWS',
      architecture: 'x86_64',
    });
    expect({ ...image }).toEqual({
      parameterName: undefined,
      imageId: 'ami-0123456789abcdef0',
      operatingSystem: 'WINDOWS',
      architecture: 'x86_64',
      agentPreinstalled: true,
      product: undefined,
    });
  });

  it('assumes the agent where the public images of the operating system hold it', () => {
    const preinstalled = Object.values(OperatingSystem).filter(
      (operatingSystem) =>
        MachineImage.fromParameter('/image', { operatingSystem, architecture: 'x86_64' }).agentPreinstalled,
    );
    expect(preinstalled).toEqual([
      'WINDOWS',
      'AMAZON_LINUX',
      'AMAZON_LINUX_2',
      'AMAZON_LINUX_2022',
      'AMAZON_LINUX_2023',
      'UBUNTU',
      'SUSE',
      'MACOS',
      'ALMA_LINUX',
    ]);
  });
});
