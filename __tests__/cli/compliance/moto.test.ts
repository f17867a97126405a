import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { ComplianceReport } from '../../../compliance/report.ts';
import { describeWithMoto, Moto } from '../../support/aws/moto.ts';
import { seedMoto } from '../../support/aws/moto-seed.ts';
import { environmentOf, inEnvironment } from '../../support/aws/reading.ts';
import '../../support/one-realm.ts';
import { patchfleet } from '../../support/run-command.ts';
import { Snapshots } from './snapshots.ts';

/*
 * An endpoint that others wrote, and which implements a part of AWS: it knows instances, baselines, windows and their
 * targets and tasks, but neither managed nodes nor what they report, and answers HTTP 500 in HTML to whatever it does not
 * know.
 */

const account = '111111111111';

const fleetFile = `version: 1
fleet: acme
baselines:
  linux: { operatingSystem: AMAZON_LINUX_2023, preset: aws-default }
patchGroups:
  linux: { name: linux-servers, baselines: [linux] }
rings:
  - name: prod
    scan: { schedule: cron(0 2 * * ? *), maxConcurrency: 10%, maxErrors: 10% }
defaults:
  regions: [eu-west-1]
  assignments: { default: { ring: prod, patchGroups: [linux] } }
accounts:
  - account: "${account}"
`;

describeWithMoto('against moto', () => {
  type Told = Awaited<ReturnType<typeof patchfleet>>;
  let moto: Moto;
  let files: Snapshots;
  let seeded: Awaited<ReturnType<typeof seedMoto>>;
  let told: Record<'compliance' | 'snapshot' | 'table' | 'running' | 'stopped' | 'terminated', Told>;
  let snapshot: string;
  let fleet: string;

  beforeAll(async () => {
    moto = await Moto.start(account);
    seeded = await seedMoto(moto.url);
    files = new Snapshots();
    fleet = files.file('fleet.yaml', fleetFile);
    snapshot = join(files.directory, 'snapshot');
    // Calls that are never answered well are tried again for some seconds: all commands wait together.
    const commands = {
      compliance: ['compliance', '--format', 'json'],
      table: ['compliance'],
      snapshot: ['snapshot', '--out', snapshot],
      running: ['explain', seeded.running],
      stopped: ['explain', seeded.stopped],
      terminated: ['explain', seeded.terminated],
    };
    const answers = await inEnvironment(environmentOf(moto), () =>
      Promise.all(
        Object.entries(commands).map(async ([name, args]) => [name, await patchfleet(...args, '--fleet', fleet)]),
      ),
    );
    told = Object.fromEntries(answers);
  });
  afterAll(async () => {
    await moto?.stop();
  });

  it('tells what is known, and everything else as unknown, with the reason', () => {
    const { exitCode, out, err } = told.compliance;
    const incomplete = `patchfleet: incomplete: not everything could be read of ${account}/eu-west-1`;
    expect({ exitCode, err }).toEqual({ exitCode: 2, err: incomplete });
    const report: ComplianceReport = JSON.parse(out);
    expect(report.instances.map(({ instanceId, bucket }) => [instanceId, bucket]).sort()).toEqual([
      [seeded.running, 'unknown'],
      [seeded.other, 'unknown'],
      [seeded.stopped, 'stopped'],
    ]);
    expect(report.gone.map(({ instanceId }) => instanceId)).toEqual([seeded.terminated]);
    expect(report.totals).toMatchObject({ instances: 3, buckets: { unknown: 2, stopped: 1, compliant: 0 } });
    const [place] = report.places;
    expect(place).toMatchObject({ account, region: 'eu-west-1', status: 'partly' });
    const refused = (operation: string) =>
      expect.stringMatching(
        new RegExp(
          `^the call failed: ssm:${operation}: HTTP 500 with what is no answer of AWS: [^\n]* is not valid JSON$`,
        ),
      );
    expect(place?.gaps.map(({ area, reason, message }) => [area, reason, message])).toEqual([
      ['managed-instances', 'failed', refused('DescribeInstanceInformation')],
      ['patch-groups', 'failed', refused('DescribePatchGroups')],
      ['patch-states', 'failed', refused('DescribeInstancePatchStates')],
      ['window-executions', 'failed', refused('DescribeMaintenanceWindowExecutions')],
      ['windows', 'failed', refused('GetMaintenanceWindowTask')],
    ]);
  });

  it('claims nothing of windows that it could not ask about', () => {
    const report: ComplianceReport = JSON.parse(told.compliance.out);
    expect(report.findings).toEqual([]);
    const [window] = report.windows;
    expect(report.windows).toHaveLength(1);
    expect(window).toMatchObject({ windowId: seeded.WindowId, windowName: 'fleet-install', enabled: true });
    expect(window).not.toHaveProperty('operations');
    expect(window).not.toHaveProperty('runs');
  });

  it('prints one line for each failure, without the words of programs', () => {
    expect(told.table.exitCode).toBe(2);
    for (const { out, err } of Object.values(told))
      expect(`${out}${err}`).not.toMatch(/Deserialization|\$response|^ +at .*:\d+:\d+/m);
  });

  it('explains each instance as far as it is known, and ends with 2, as reasons may be missing', () => {
    const first = ({ exitCode, out }: Told) => [exitCode, out.split('\n')[0]];
    expect(first(told.running)).toEqual([
      2,
      expect.stringMatching(
        `^${seeded.running} in ${account}/eu-west-1: unknown: Systems Manager could not be asked about it: the call failed: ssm:DescribeInstanceInformation: HTTP 500 `,
      ),
    ]);
    expect(first(told.stopped)).toEqual([
      2,
      `${seeded.stopped} in ${account}/eu-west-1: stopped: EC2 says that it is stopped`,
    ]);
    expect(first(told.terminated)).toEqual([
      2,
      `${seeded.terminated} in ${account}/eu-west-1: gone: EC2 says that it is terminated`,
    ]);
    expect(told.running.out).not.toContain('[not-targeted]');
  });

  it('comes to the same from a snapshot of it', async () => {
    expect(told.snapshot.exitCode).toBe(2);
    expect(told.snapshot.out.split('\n')[0]).toBe(`${snapshot}: 4 instances in 1 account and region`);
    const args = ['compliance', '--fleet', fleet, '--source', snapshot, '--format', 'json'];
    const again = await patchfleet(...args);
    expect(again.exitCode).toBe(2);
    const withoutSources = (out: string) => {
      const report = JSON.parse(out);
      return { ...report, evidence: { ...report.evidence, sources: [] } };
    };
    expect(withoutSources(again.out)).toEqual(withoutSources(told.compliance.out));
  });
});
