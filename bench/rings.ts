/*
 * The fleets that the benchmark of the calendar measures: 1,000 account-regions in 10 rings, made by counting, so that
 * they are the same on every machine.
 */

/** In order, each two days behind the one before, and in time; or from the last ring to the first, and too late. */
export type Variant = 'sound' | 'failing';

const regions = ['ap-southeast-2', 'eu-central-1', 'us-east-1', 'us-west-2'];

/** Clocks of several places, and what they show between 20:00 and 22:00 UTC: after a release, and before midnight. */
const evenings = [
  ['Europe/Berlin', '22:00'],
  ['America/New_York', '16:00'],
  ['Europe/London', '21:00'],
  ['UTC', '20:00'],
] as const;
const positions = Array.from({ length: 10 }, (_, position) => position);

const baselines = `baselines:
  windows:
    operatingSystem: WINDOWS
    approvalRules:
      - { product: [WindowsServer2019, WindowsServer2022], classification: [SecurityUpdates], msrcSeverity: [Critical, Important] }
      - { product: [WindowsServer2019, WindowsServer2022], classification: [CriticalUpdates] }
      - { product: [WindowsServer2019, WindowsServer2022], classification: [UpdateRollups] }
  windows-sql:
    operatingSystem: WINDOWS
    approvalRules:
      - { product: [WindowsServer2022], classification: [SecurityUpdates] }
      - { productFamily: [SQL Server], product: ["*"], classification: [SecurityUpdates], patchSet: [APPLICATION] }
  amazon-linux:
    operatingSystem: AMAZON_LINUX_2023
    approvalRules:
      - { product: [AmazonLinux2023], classification: [Security], severity: [Critical, Important] }
      - { product: [AmazonLinux2023], classification: [Bugfix] }
  redhat:
    operatingSystem: REDHAT_ENTERPRISE_LINUX
    approvalRules:
      - { product: ["*"], classification: [Security], severity: [Critical, Important] }
      - { product: ["*"], classification: [Bugfix] }
  suse:
    operatingSystem: SUSE
    approvalRules:
      - { product: ["*"], classification: [Security], severity: [Critical, Important] }
  ubuntu:
    operatingSystem: UBUNTU
    approvalRules:
      - { product: ["*"], priority: [Required, Important] }
`;

const patchGroups = `patchGroups:
  web: { name: web, baselines: [windows, amazon-linux] }
  data: { name: data, baselines: [windows-sql] }
  batch: { name: batch, baselines: [redhat, suse, ubuntu] }
`;

const freezes = `freezes:
  - { name: year-end, from: "2026-12-18", to: "2027-01-04", timezone: Europe/Berlin, reason: closing of the year }
`;

/** Delays grow by as many days as windows are apart: so a release of any day comes to the rings in their order. */
function ringText(position: number, variant: Variant): string {
  const [timezone, at] = evenings[position % evenings.length] ?? evenings[0];
  const isSound = variant === 'sound';
  const place = isSound ? position : positions.length - 1 - position;
  return `  - name: ${ringName(position)}
    approveAfterDays: ${2 * position}${position === 0 ? '' : `\n    soakDays: ${isSound ? 1 : 7}`}
    patchWithinDays: ${isSound ? 90 : 2 * position + 5}
    scan: { schedule: cron(0 3 * * ? *), maxConcurrency: 50%, maxErrors: 10% }
    install:
      schedule: { patchTuesday: { plusDays: ${1 + 2 * place}, at: "${at}" } }
      timezone: ${timezone}
      duration: 4
      maxConcurrency: 20%
      maxErrors: 5%`;
}

/** The first of the rings is `ring-0`, the last `ring-9`. */
export function ringName(position: number): string {
  return `ring-${position}`;
}

/** 250 accounts in 4 regions, two assignments in each: every tenth account has one region of its own. */
export function ringFleetText(variant: Variant): string {
  const accounts = Array.from({ length: 250 }, (_, number) => accountText(number));
  return `version: 1
fleet: bench-${variant}

${baselines}
${patchGroups}
rings:
${positions.map((position) => ringText(position, variant)).join('\n')}

${freezes}
defaults:
  assumeRoleArn: arn:aws:iam::{account}:role/patchfleet
  tags: { ManagedBy: patchfleet }

accounts:
${accounts.join('\n')}
`;
}

function accountText(number: number): string {
  const ring = ringName(number % positions.length);
  const account = `  - account: "${100_000_000_000 + number}"`;
  const assignments = `assignments:
      default: { ring: ${ring}, patchGroups: [web, data] }
      batch: { ring: ${ring}, patchGroups: [batch] }`;
  if (number % 25 > 0) return `${account}\n    regions: [${regions.join(', ')}]\n    ${assignments}`;
  return `${account}
    regions:
      ${regions[0]}:
        assignments:
          default: { ring: ${ring}, patchGroups: [data], approveAfterDays: ${2 * (number % positions.length) + 1} }
${regions
  .slice(1)
  .map((region) => `      ${region}:`)
  .join('\n')}
    ${assignments}`;
}
