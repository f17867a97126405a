/* The fleet that the benchmark measures: made by counting, so that it is the same on every machine. */

export const regions = ['ap-southeast-2', 'eu-central-1', 'us-east-1', 'us-west-2'];
const rings = ['canary', 'early', 'broad', 'critical'];

/** What all accounts share; `stock/fleet.ts` says the same in code. */
const shared = `version: 1
fleet: bench

backend:
  s3: { bucket: bench-terraform-states, region: eu-central-1 }

baselines:
  windows: { operatingSystem: WINDOWS, preset: aws-default }
  amazon-linux: { operatingSystem: AMAZON_LINUX_2023, preset: aws-default }
  redhat: { operatingSystem: REDHAT_ENTERPRISE_LINUX, preset: aws-default }
  suse: { operatingSystem: SUSE, preset: aws-default }

patchGroups:
  web: { name: web, baselines: [windows, amazon-linux] }
  data: { name: data, baselines: [redhat, suse] }

rings:
${rings.map(ringText).join('\n')}

defaults:
  assumeRoleArn: arn:aws:iam::{account}:role/patchfleet
  tags: { ManagedBy: patchfleet }
`;

function ringText(name: string, index: number): string {
  return `  - name: ${name}
    approveAfterDays: ${index * 2}
    scan: { schedule: cron(0 21 * * ? *), maxConcurrency: 50%, maxErrors: 10% }
    install:
      schedule: { patchTuesday: { plusDays: ${1 + index * 3}, at: "02:00" } }
      timezone: Europe/Berlin
      duration: 4
      maxConcurrency: ${50 - index * 10}%
      maxErrors: 5%`;
}

/**
 * A fleet file of so many accounts in `regionsEach` regions (1 to 4) with two assignments each: 250 in 4 are 1,000
 * account-regions. An account says both assignments itself, in rings that take turns.
 */
export function fleetText(accounts: number, regionsEach: number): string {
  const texts = Array.from({ length: accounts }, (_, number) => {
    const ring = (offset: number) => rings[(number + offset) % rings.length];
    return `  - account: "${accountNumber(number)}"
    regions: [${regions.slice(0, regionsEach).join(', ')}]
    assignments:
      default: { ring: ${ring(0)}, patchGroups: [web] }
      data: { ring: ${ring(1)}, patchGroups: [data] }`;
  });
  return `${shared}\naccounts:\n${texts.join('\n')}\n`;
}

/** A stack of the fleet, as `--only` names it. */
export const oneStack = `${accountNumber(0)}-${regions[0]}`;

export function accountNumber(number: number): string {
  return String(100_000_000_000 + number);
}
