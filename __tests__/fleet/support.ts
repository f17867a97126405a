import { formatViolation } from '../../core/problem.ts';
import { checkFleet } from '../../fleet/check/index.ts';
import { formatFilePath } from '../../fleet/file-violation.ts';
import type { Fleet, FleetAccount, FleetAssignment, FleetInstall, FleetScan } from '../../fleet/schema/index.ts';

/** A fleet that nothing is wrong with, not even a warning, with some of its parts replaced. */
export function validFleet(overrides: Partial<Fleet> = {}): Fleet {
  return {
    version: 1,
    fleet: 'acme',
    baselines: {
      linux: {
        operatingSystem: 'AMAZON_LINUX_2023',
        approvalRules: [{ classification: ['Security'], approveAfterDays: 7 }],
      },
      windows: { operatingSystem: 'WINDOWS', preset: 'aws-default' },
    },
    patchGroups: {
      web: { name: 'web', baselines: ['linux'] },
      files: { name: 'file servers', baselines: ['windows'] },
    },
    rings: [
      { name: 'early', scan: scanWindow(), install: installWindow() },
      { name: 'late', scan: scanWindow(), install: installWindow({ schedule: 'cron(0 4 ? * THU *)' }) },
    ],
    accounts: [
      validAccount({ account: '111111111111', assignments: { default: validAssignment() } }),
      validAccount({ account: '222222222222', assignments: { default: validAssignment({ ring: 'late' }) } }),
    ],
    ...overrides,
  };
}

export function validAccount(overrides: Partial<FleetAccount> = {}): FleetAccount {
  return {
    account: '111111111111',
    regions: ['eu-central-1', 'us-east-1'],
    assignments: { default: validAssignment() },
    ...overrides,
  };
}

export function validAssignment(overrides: Partial<FleetAssignment> = {}): FleetAssignment {
  return { ring: 'early', patchGroups: ['web', 'files'], ...overrides };
}

/** Every day from midnight to three. */
export function scanWindow(overrides: Partial<FleetScan> = {}): FleetScan {
  return { schedule: 'cron(0 0 * * ? *)', maxConcurrency: '50%', maxErrors: '10%', ...overrides };
}

/** Every Tuesday from four to seven. */
export function installWindow(overrides: Partial<FleetInstall> = {}): FleetInstall {
  return { schedule: 'cron(0 4 ? * TUE *)', maxConcurrency: '10%', maxErrors: '5%', ...overrides };
}

/** A fleet of one ring; its only account, in one region, has one assignment of it. */
export function fleetOfRing(ring: Partial<Fleet['rings'][number]>, overrides: Partial<Fleet> = {}): Fleet {
  const account = validAccount({ regions: ['eu-central-1'] });
  return validFleet({ rings: [{ name: 'early', scan: scanWindow(), ...ring }], accounts: [account], ...overrides });
}

/** A fleet of one account, with these assignments in its one region. */
export function fleetOfAssignments(
  assignments: Readonly<Record<string, FleetAssignment>>,
  overrides: Partial<Fleet> = {},
): Fleet {
  return validFleet({ accounts: [validAccount({ regions: ['eu-central-1'], assignments })], ...overrides });
}

/** `error rings[0].install.cutoff: message; fix [rule]`, sorted; what goes unused is left out unless it is asked for. */
export function problemsOf(
  fleet: Fleet,
  options: { readonly asOf?: string; readonly unused?: boolean } = {},
): string[] {
  return checkFleet(fleet, options.asOf)
    .filter(({ rule }) => options.unused === true || rule !== 'fleet/unused')
    .map((found) => `${found.severity} ${formatFilePath(found.at)}: ${formatViolation(found)}`)
    .sort();
}
