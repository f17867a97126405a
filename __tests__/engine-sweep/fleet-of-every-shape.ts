import type { Fleet, FleetInstall, FleetScan } from '../../fleet/schema/index.ts';

const scan: FleetScan = { schedule: 'cron(0 0 * * ? *)', maxConcurrency: '50%', maxErrors: '10%' };
const install: FleetInstall = { schedule: 'cron(0 4 ? * TUE *)', maxConcurrency: '10%', maxErrors: '5%' };

const notification = {
  topicArn: 'arn:aws:sns:{region}:{account}:patching',
  roleArn: 'arn:aws:iam::{account}:role/notifications',
};

/** Two accounts, one of them in two regions with everything a stack can hold; states beside the stacks. */
export const fleet: Fleet = {
  version: 1,
  fleet: 'acme',
  baselines: {
    linux: {
      operatingSystem: 'AMAZON_LINUX_2023',
      approvalRules: [{ classification: ['Security'], approveAfterDays: 7 }],
    },
    windows: { operatingSystem: 'WINDOWS', preset: 'aws-default', registerAsDefault: true },
  },
  patchGroups: {
    web: { name: 'web', baselines: ['linux'] },
    files: { name: 'file servers', baselines: ['windows'] },
    batch: { name: 'batch', baselines: ['linux'] },
    data: { name: 'databases', baselines: ['linux'] },
  },
  rings: [
    { name: 'early', approveAfterDays: 1, scan, install },
    {
      name: 'late',
      approveAfterDays: 5,
      scan: { ...scan, schedule: 'cron(30 1 * * ? *)' },
      install: {
        ...install,
        schedule: { patchTuesday: { plusDays: 9, at: '22:00' } },
        timezone: 'Europe/Berlin',
        duration: 5,
        cutoff: 2,
        maxErrors: '1',
        rebootOption: 'NoReboot',
      },
    },
    {
      name: 'guarded',
      critical: true,
      approveAfterDays: 7,
      scan: { ...scan, schedule: 'cron(0 10 * * ? *)' },
      install: [
        {
          ...install,
          name: 'first',
          schedule: 'cron(0 14 ? * WED#2 *)',
          hooks: { preInstall: 'acme-drain', onExit: 'acme-undrain' },
          output: { s3BucketName: 'acme-{account}-{region}', cloudWatchLogGroupName: '/acme/patching' },
          notification,
        },
        { ...install, name: 'second', schedule: 'cron(0 18 ? * SUN#3 *)', rebootOption: 'NoReboot' },
      ],
    },
  ],
  defaults: { tags: { ManagedBy: 'patchfleet' } },
  accounts: [
    {
      account: '111111111111',
      name: 'shop',
      regions: {
        'eu-central-1': null,
        'us-east-1': {
          assignments: {
            default: { ring: 'early', patchGroups: ['web', 'files'] },
            batch: { ring: 'late', patchGroups: ['batch'], targets: { tags: { Workload: ['batch'] } } },
            critical: {
              ring: 'guarded',
              patchGroups: ['data'],
              targets: { resourceGroup: 'databases', resourceTypes: ['AWS::EC2::Instance'] },
            },
          },
          instances: {
            shop: { name: 'Shop', image: 'amazon-linux-2023', patchGroup: 'web' },
            share: { name: 'Share', image: 'windows-server-2022', patchGroup: 'files' },
          },
          autoScalingGroups: {
            shop: {
              name: 'shop',
              image: 'amazon-linux-2023',
              patchGroup: 'web',
              tags: { Workload: 'shop' },
              minSize: 1,
              maxSize: 3,
              subnetIds: ['subnet-0123456789abcdef0', 'subnet-0fedcba9876543210'],
              vpcId: 'vpc-0123456789abcdef0',
            },
          },
        },
      },
      assignments: { default: { ring: 'early', patchGroups: ['web', 'files'] } },
    },
    {
      account: '222222222222',
      name: 'office',
      regions: ['eu-central-1'],
      assignments: { default: { ring: 'late', patchGroups: ['web', 'files'] } },
    },
  ],
};
