import type { Instance } from '@aws-sdk/client-ec2';
import type { InstanceInformation, OperatingSystem, Patch, PatchComplianceData } from '@aws-sdk/client-ssm';

/** The systems of a generated fleet. */
export type System = 'windows' | 'amazon-linux' | 'ubuntu';

interface SystemFacts {
  readonly operatingSystem: OperatingSystem;
  readonly patchGroup: string;
  readonly platform: Pick<InstanceInformation, 'PlatformType' | 'PlatformName' | 'PlatformVersion'>;
  readonly ec2: Pick<Instance, 'Platform' | 'PlatformDetails'>;
  readonly patches: readonly [ReleasedPatch, ...ReleasedPatch[]];
}

/** A patch, how an instance reports it, and how AWS lists it, where it does. */
interface ReleasedPatch {
  readonly reported: Pick<PatchComplianceData, 'Title' | 'KBId' | 'Classification' | 'Severity' | 'CVEIds'>;
  readonly listed?: Patch;
}

export const systems: Readonly<Record<System, SystemFacts>> = {
  windows: {
    operatingSystem: 'WINDOWS',
    patchGroup: 'windows-servers',
    platform: {
      PlatformType: 'Windows',
      PlatformName: 'Microsoft Windows Server 2022 Datacenter',
      PlatformVersion: '10.0.20348',
    },
    ec2: { Platform: 'Windows', PlatformDetails: 'Windows' },
    patches: [
      windowsPatch('KB5068787', '2026-11 Cumulative Update for Windows Server 2022', 'Critical', '2026-11-10'),
      windowsPatch('KB5066782', '2026-10 Cumulative Update for Windows Server 2022', 'Critical', '2026-10-13'),
      windowsPatch('KB5066139', '2026-10 Cumulative Update for .NET Framework', 'Important', '2026-10-13'),
    ],
  },
  'amazon-linux': {
    operatingSystem: 'AMAZON_LINUX_2023',
    patchGroup: 'linux-servers',
    platform: { PlatformType: 'Linux', PlatformName: 'Amazon Linux', PlatformVersion: '2023' },
    ec2: { PlatformDetails: 'Linux/UNIX' },
    patches: [
      amazonLinuxPatch('openssl', '3.0.8', '1.amzn2023.0.30', 'Important', 'CVE-2026-10001', '2026-11-12'),
      amazonLinuxPatch('kernel', '6.1.160', '190.300.amzn2023', 'Critical', 'CVE-2026-10002', '2026-10-28'),
      amazonLinuxPatch('curl', '8.5.0', '1.amzn2023.0.9', 'Medium', 'CVE-2026-10003', '2026-10-20'),
    ],
  },
  ubuntu: {
    operatingSystem: 'UBUNTU',
    patchGroup: 'linux-servers',
    platform: { PlatformType: 'Linux', PlatformName: 'Ubuntu', PlatformVersion: '24.04' },
    ec2: { PlatformDetails: 'Linux/UNIX' },
    // AWS lists no patches of Ubuntu with a date.
    patches: [
      { reported: aptPatch('libssl3t64:3.0.13-0ubuntu3.9', 'libssl3t64.amd64', 'Important', 'CVE-2026-10001') },
      { reported: aptPatch('libcurl4t64:8.5.0-2ubuntu10.9', 'libcurl4t64.amd64', 'Standard', 'CVE-2026-10003') },
    ],
  },
};

function windowsPatch(kb: string, title: string, severity: string, released: string): ReleasedPatch {
  const Title = `${title} (${kb})`;
  return {
    reported: { Title, KBId: kb, Classification: 'SecurityUpdates', Severity: severity, CVEIds: '' },
    listed: {
      Id: `00000000-0000-4000-8000-00000${kb.slice(2)}`,
      ReleaseDate: new Date(`${released}T18:00:00Z`),
      Title,
      ContentUrl: `https://support.microsoft.com/en-us/kb/${kb.slice(2)}`,
      Vendor: 'Microsoft',
      ProductFamily: 'Windows',
      Product: 'WindowsServer2022',
      Classification: 'SecurityUpdates',
      MsrcSeverity: severity,
      KbNumber: kb,
      MsrcNumber: '',
      Language: 'All',
    },
  };
}

function amazonLinuxPatch(
  name: string,
  version: string,
  release: string,
  severity: string,
  cve: string,
  released: string,
): ReleasedPatch {
  return {
    reported: {
      Title: `${name}.x86_64:1:${version}-${release}`,
      KBId: `${name}.x86_64`,
      Classification: 'Security',
      Severity: severity,
      CVEIds: cve,
    },
    listed: {
      Name: name,
      Epoch: 1,
      Version: version,
      Release: release,
      Arch: 'x86_64',
      ReleaseDate: new Date(`${released}T00:00:00Z`),
      ProductFamily: 'Amazon Linux',
      Product: 'AmazonLinux2023',
      Classification: 'Security',
      Severity: severity,
      Repository: 'amazonlinux',
      AdvisoryIds: [`ALAS2023-2026-${cve.slice(-4)}`],
      CVEIds: [cve],
    },
  };
}

function aptPatch(title: string, id: string, severity: string, cve: string): ReleasedPatch['reported'] {
  return { Title: title, KBId: id, Classification: 'Security', Severity: severity, CVEIds: cve };
}
