import { MachineImage } from '../modules/compute/index.ts';
import type { PatchManagerConfiguration } from './configuration.ts';

/** AWS's Patch Manager walkthrough: one Windows and one Linux instance, patched every five minutes. */
export const walkthrough: PatchManagerConfiguration = {
  stackId: 'patch-manager-demo',
  region: 'us-east-1',
  roles: {
    instance: { roleName: 'patch-manager-demo-us-east-1-instance' },
    window: { roleName: 'patch-manager-demo-us-east-1-window' },
  },
  patchGroupTagKey: 'Patch Group',
  baselines: {
    windows: {
      operatingSystem: 'WINDOWS',
      baselineName: 'patch-manager-demo-windows',
      description: 'Critical and important security updates of Windows Server 2016, three days after their release',
      approvalRules: [
        {
          product: ['WindowsServer2016'],
          classification: ['SecurityUpdates'],
          msrcSeverity: ['Critical', 'Important'],
          approveAfterDays: 3,
        },
      ],
      approvedPatches: [],
      rejectedPatches: [],
      sources: [],
    },
    linux: {
      operatingSystem: 'AMAZON_LINUX_2023',
      baselineName: 'patch-manager-demo-linux',
      description: 'Critical and important security updates of Amazon Linux 2023, three days after their release',
      approvalRules: [
        {
          product: ['AmazonLinux2023'],
          classification: ['Security'],
          severity: ['Critical', 'Important'],
          approveAfterDays: 3,
        },
      ],
      approvedPatches: [],
      rejectedPatches: [],
      sources: [],
    },
  },
  patchGroups: [
    { key: 'windows', groupName: 'Windows Server 2016 Base', baselines: ['windows'] },
    { key: 'linux', groupName: 'Amazon Linux 2023', baselines: ['linux'] },
  ],
  windows: {
    install: {
      windowName: 'patch-manager-demo-install',
      description: 'Installs approved patches on both instances of the walkthrough',
      schedule: 'rate(5 minutes)',
      duration: 1,
      cutoff: 0,
      enabled: true,
      allowUnassociatedTargets: false,
      patchGroups: ['windows', 'linux'],
      task: {
        operation: 'Install',
        rebootOption: 'RebootIfNeeded',
        priority: 1,
        maxConcurrency: '100%',
        maxErrors: '1',
      },
    },
  },
  instances: {
    windows: {
      instanceName: 'Patch Manager Demo',
      image: MachineImage.windowsServer('2016'),
      instanceType: 't3.large',
      patchGroup: 'windows',
    },
    linux: {
      instanceName: 'Patch Manager Demo Linux',
      image: MachineImage.amazonLinux2023(),
      instanceType: 't3.small',
      patchGroup: 'linux',
    },
  },
};
