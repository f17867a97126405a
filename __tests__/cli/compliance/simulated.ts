import { run } from '../../../cli/run.ts';
import type { ComplianceReport } from '../../../compliance/report.ts';
import { Endpoint, type EndpointOptions } from '../../support/aws/endpoint.ts';
import type { Faults } from '../../support/aws/faults.ts';
import { asOf, environmentOf, inEnvironment } from '../../support/aws/reading.ts';
import { simulateFleet } from '../../support/aws/simulate.ts';
import '../../support/one-realm.ts';
import { Snapshots } from './snapshots.ts';

/* A fleet whose AWS is simulated, and commands as somebody runs them there. */

export const accounts = ['111111111111', '222222222222', '333333333333'];
export const fleet = simulateFleet({ accounts, instances: 40 });

/** A fleet of these accounts, which are entered by a role but for the first. */
const fleetFile = `version: 1
fleet: simulated
baselines:
  windows: { operatingSystem: WINDOWS, preset: aws-default }
  linux: { operatingSystem: AMAZON_LINUX_2023, preset: aws-default }
  ubuntu: { operatingSystem: UBUNTU, preset: aws-default }
patchGroups:
  windows: { name: windows-servers, baselines: [windows] }
  linux: { name: linux-servers, baselines: [linux, ubuntu] }
rings:
  - name: prod
    scan: { schedule: cron(0 2 * * ? *), maxConcurrency: 10%, maxErrors: 10% }
defaults:
  regions: [eu-west-1]
  assignments: { default: { ring: prod, patchGroups: [windows, linux] } }
accounts:
  - account: "111111111111"
${accounts
  .slice(1)
  .map((account) => `  - { account: "${account}", assumeRoleArn: "arn:aws:iam::${account}:role/patchfleet-reader" }`)
  .join('\n')}
`;

export const denied: Faults = ({ operation, request }) =>
  operation === 'AssumeRole' && String(request.RoleArn).includes('222222222222')
    ? { kind: 'access-denied' }
    : undefined;

export const files = new Snapshots();
export const path = files.file('fleet.yaml', fleetFile);

interface Around {
  readonly signal?: AbortSignal;
  readonly elapsed?: () => number;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs a command line as somebody whose AWS is the endpoint. */
export function patchfleet(endpoint: Endpoint, args: readonly string[], around: Around = {}) {
  return inEnvironment(environmentOf(endpoint), async () => {
    const lines = { out: [] as string[], err: [] as string[] };
    const exitCode = await run(args, {
      terminal: { out: (text) => lines.out.push(text), err: (text) => lines.err.push(text) },
      now: asOf,
      elapsed: around.elapsed ?? (() => 0),
      signal: around.signal ?? new AbortController().signal,
      environment: around.environment ?? {},
    });
    return { exitCode, out: lines.out.join('\n'), err: lines.err.join('\n') };
  });
}

export function during<Result>(
  faults: Faults | undefined,
  work: (endpoint: Endpoint) => Promise<Result>,
): Promise<Result> {
  const options: EndpointOptions = { fleet, ...(faults !== undefined && { faults }) };
  return Endpoint.during(options, work);
}

export function reportOf({ out }: { readonly out: string }): ComplianceReport {
  return JSON.parse(out);
}
