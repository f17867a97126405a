import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { ComplianceReport } from '../../compliance/report.ts';
import type { StackOutput } from '../../compliance/stack-output.ts';
import { Endpoint } from '../support/aws/endpoint.ts';
import type { SimulatedFleet, SimulatedInstance } from '../support/aws/fleet.ts';
import { Random } from '../support/aws/random.ts';
import { asOf, environmentOf, inEnvironment } from '../support/aws/reading.ts';
import { simulateInstance } from '../support/aws/simulate.ts';
import { simulateBaselines } from '../support/aws/simulate-baselines.ts';
import { simulateWindow } from '../support/aws/simulate-windows.ts';
import type { System } from '../support/aws/systems.ts';
import { temporaryDirectory } from '../support/command.ts';
import '../support/one-realm.ts';
import { patchfleet } from '../support/run-command.ts';
import { describeWithStandIn, TerraformDirectory } from '../support/terraform.ts';
import { synthesised } from '../support/walkthrough.ts';

/** What AWS would say once the walkthrough is applied: its ids, its tags, its window, both instances scanned. */
function afterApply({ account_id: account, region, baselines, windows, instances }: StackOutput): SimulatedFleet {
  const random = new Random('walkthrough');
  const standard = simulateBaselines(random, region);
  const [window] = Object.values(windows);
  const own = Object.values(baselines).map((baseline) => {
    const like = standard.all.find(({ OperatingSystem }) => OperatingSystem === baseline.operating_system);
    if (like === undefined) throw new Error(`no baseline is simulated for ${baseline.operating_system}`);
    return { ...like, BaselineId: baseline.id, Name: baseline.name, isDefault: false, owner: 'Self' as const };
  });
  const one = (key: string, system: System, group: string): SimulatedInstance => {
    const baselineId = baselines[key]?.id ?? '';
    const condition = key === 'linux' ? 'missing' : 'compliant';
    const made = simulateInstance(random, {
      ...{ account, region, system, condition, asOf, instanceId: instances[key] ?? '' },
      baselineOf: () => baselineId,
    });
    const Tags = [{ Key: 'Patch Group', Value: group }];
    return {
      ...made,
      ...(made.ec2 !== undefined && { ec2: { ...made.ec2, Tags } }),
      ...(made.patchState !== undefined && { patchState: { ...made.patchState, PatchGroup: group } }),
    };
  };
  const nodes = [
    one('windows', 'windows', 'Windows Server 2016 Base'),
    one('linux', 'amazon-linux', 'Amazon Linux 2023'),
  ];
  const simulated = simulateWindow(random, nodes, asOf);
  const { executions } = simulated;
  const WindowId = window?.id ?? '';
  return {
    places: [
      {
        account,
        region,
        instances: nodes,
        baselines: [...own, ...standard.all.filter(({ isDefault }) => isDefault)],
        patchGroups: [
          { patchGroup: 'Windows Server 2016 Base', baselineId: baselines.windows?.id ?? '' },
          { patchGroup: 'Amazon Linux 2023', baselineId: baselines.linux?.id ?? '' },
        ],
        availablePatches: [],
        windows: [
          {
            window: { ...simulated.window, WindowId, Name: window?.name ?? '' },
            targets: simulated.targets.map((target) => ({
              ...target,
              WindowId,
              Targets: [{ Key: 'InstanceIds', Values: Object.values(instances) }],
            })),
            tasks: simulated.tasks.map((task) => ({
              ...task,
              WindowId,
              TaskInvocationParameters: { RunCommand: { Parameters: { Operation: ['Install'] } } },
            })),
            executions: executions.map(({ execution, tasks }) => ({ execution: { ...execution, WindowId }, tasks })),
          },
        ],
      },
    ],
  };
}

describeWithStandIn('compliance of the walkthrough, once the engine has applied it', () => {
  let terraform: TerraformDirectory;
  let directory: string;
  let outputs: string;
  let output: StackOutput;

  beforeAll(() => {
    terraform = new TerraformDirectory(JSON.parse(synthesised()));
    terraform.apply();
    directory = temporaryDirectory();
    outputs = join(directory, 'outputs.json');
    const printed = terraform.outputs();
    writeFileSync(outputs, JSON.stringify(printed));
    output = printed.patch_manager?.value as StackOutput;
  });
  afterAll(() => {
    terraform?.remove();
  });

  function compliance(endpoint: Endpoint, ...args: readonly string[]) {
    return inEnvironment(environmentOf(endpoint, output.account_id), () => patchfleet(...args));
  }

  it('finds exactly its two instances, their baselines and their window', () =>
    Endpoint.during({ fleet: afterApply(output) }, async (endpoint) => {
      const args = ['compliance', '--outputs', outputs, '--format', 'json'];
      const { exitCode, out, err } = await compliance(endpoint, ...args);
      expect({ exitCode, err }).toEqual({ exitCode: 1, err: '' });
      const report: ComplianceReport = JSON.parse(out);
      expect(report.evidence.fleet).toBe('patch-manager-demo');
      expect(
        report.instances.map(({ instanceId, bucket, declaredAs, patchGroup, baselineId, expectedBaselineId }) => ({
          ...{ instanceId, bucket, declaredAs, patchGroup, baselineId, expectedBaselineId },
        })),
      ).toEqual(
        [
          {
            instanceId: output.instances.linux,
            bucket: 'missing',
            declaredAs: 'linux',
            patchGroup: 'Amazon Linux 2023',
            baselineId: output.baselines.linux?.id,
            expectedBaselineId: output.baselines.linux?.id,
          },
          {
            instanceId: output.instances.windows,
            bucket: 'compliant',
            declaredAs: 'windows',
            patchGroup: 'Windows Server 2016 Base',
            baselineId: output.baselines.windows?.id,
            expectedBaselineId: output.baselines.windows?.id,
          },
        ].sort((a, b) => ((a.instanceId ?? '') < (b.instanceId ?? '') ? -1 : 1)),
      );
      expect(report.windows.map(({ windowId, windowName, ring }) => ({ windowId, windowName, ring }))).toEqual([
        { windowId: output.windows.install?.id, windowName: 'patch-manager-demo-install', ring: 'demo' },
      ]);
      expect(report.findings).toEqual([]);
    }));

  it('comes to the same from a snapshot, and is explained', () =>
    Endpoint.during({ fleet: afterApply(output) }, async (endpoint) => {
      const snapshot = join(directory, 'snapshot');
      const saved = await compliance(endpoint, 'snapshot', '--outputs', outputs, '--out', snapshot);
      expect(saved).toEqual({
        exitCode: 0,
        out: `${snapshot}: 2 instances in 1 account and region`,
        err: `patchfleet: AWS was asked by arn:aws:iam::${output.account_id}:user/patcher`,
      });
      const format = ['--fleet', 'fleet.yaml', '--outputs', outputs, '--format', 'json'];
      const withoutSources = ({ out }: { out: string }) => {
        const report = JSON.parse(out);
        return { ...report, evidence: { ...report.evidence, sources: [] } };
      };
      const ofAws = await compliance(endpoint, 'compliance', ...format);
      const ofFile = await compliance(endpoint, 'compliance', '--source', snapshot, ...format);
      expect(withoutSources(ofFile)).toEqual(withoutSources(ofAws));
      const { exitCode, out } = await compliance(
        endpoint,
        'explain',
        output.instances.linux ?? '',
        '--outputs',
        outputs,
      );
      expect(exitCode).toBe(0);
      expect(out).toContain(`${output.instances.linux} in ${output.account_id}/us-east-1: missing: `);
      expect(out).toContain('[missing]');
    }));

  it('tells what was applied and is gone: nobody can say what became of it', () => {
    const applied = afterApply(output);
    const places = applied.places.map((place) => ({ ...place, instances: place.instances.slice(1) }));
    return Endpoint.during({ fleet: { places } }, async (endpoint) => {
      const { exitCode, out } = await compliance(endpoint, 'compliance', '--outputs', outputs, '--format', 'json');
      expect(exitCode).toBe(1);
      const report: ComplianceReport = JSON.parse(out);
      expect(report.instances.find(({ declaredAs }) => declaredAs === 'windows')).toMatchObject({
        instanceId: output.instances.windows,
        bucket: 'unknown',
        why: 'a stack declares it, and EC2 does not know it',
      });
    });
  });
});
