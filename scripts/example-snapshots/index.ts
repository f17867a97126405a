import type { PlaceFacts } from '../../compliance/facts.ts';
import { present } from '../../compliance/normalise.ts';
import type { BaselineFacts } from '../../compliance/patch-facts.ts';
import type { StackOutput } from '../../compliance/stack-output.ts';
import type { InvocationFacts } from '../../compliance/window-facts.ts';
import type { BaselineConfiguration, RegionalDeployment } from '../../fleet/deployment.ts';
import { expand } from '../../fleet/expand.ts';
import type { Fleet } from '../../fleet/schema/index.ts';
import { nodeFacts } from './node-facts.ts';
import { type Node, nodesOf } from './nodes.ts';
import { releasedPatches } from './patches.ts';
import { Random } from './random.ts';
import { runsBefore, windowsAt } from './windows.ts';

export interface ExampleOptions {
  readonly seed: string;
  /** Nodes in each account and region; 18 show every kind. */
  readonly nodesPerPlace: number;
  /** Instants, ISO-8601: what a snapshot at each of them would hold. The last is the one of today. */
  readonly instants: readonly string[];
  /** Second Tuesdays, `YYYY-MM-DD`. */
  readonly patchTuesdays: readonly string[];
}

export interface ExamplePlace {
  readonly stackId: string;
  readonly output: StackOutput & { readonly version: 1; readonly partition: string };
  /** One for each instant. */
  readonly facts: readonly PlaceFacts[];
}

/** Made-up nodes for a fleet file: the same for the same seed. Expects rings with a scan and an install window. */
export function examplePlaces(fleet: Fleet, options: ExampleOptions): ExamplePlace[] {
  return expand(fleet)
    .filter((one): one is RegionalDeployment => one.kind === 'regional')
    .map((deployment) => {
      const random = new Random(`${options.seed} ids ${deployment.stackId}`);
      const ids = (name: string) => random.hex(name);
      const nodes = nodesOf(deployment, options.nodesPerPlace, options.seed);
      const instants = [...options.instants].sort();
      return {
        stackId: deployment.stackId,
        output: outputOf(deployment, nodes, ids),
        facts: instants.map((at) =>
          factsAt(deployment, nodes, ids, { ...options, at, isEarlier: at !== instants.at(-1) }),
        ),
      };
    });
}

type Ids = (name: string) => string;

function outputOf(deployment: RegionalDeployment, nodes: readonly Node[], ids: Ids): ExamplePlace['output'] {
  const baselineId = (key: string) => `pb-${ids(`baseline ${key}`)}`;
  return {
    version: 1,
    partition: 'aws',
    account_id: deployment.account,
    region: deployment.region,
    baselines: Object.fromEntries(
      Object.entries(deployment.baselines).map(([key, { baselineName, operatingSystem }]) => [
        key,
        { id: baselineId(key), name: baselineName, operating_system: operatingSystem },
      ]),
    ),
    patch_groups: Object.values(deployment.patchGroups).map(({ groupName, baselines }) => ({
      name: groupName,
      tag_key: deployment.patchGroupTagKey,
      baseline_ids: baselines.map(baselineId),
    })),
    windows: Object.fromEntries(
      Object.entries(deployment.windows).map(([key, { windowName }]) => [
        key,
        { id: `mw-${ids(`window ${key}`)}`, name: windowName },
      ]),
    ),
    instances: Object.fromEntries(
      nodes.flatMap(({ declaredAs, instanceId }) => (declaredAs === undefined ? [] : [[declaredAs, instanceId]])),
    ),
  };
}

function factsAt(
  deployment: RegionalDeployment,
  nodes: readonly Node[],
  ids: Ids,
  { at, isEarlier, patchTuesdays, seed }: ExampleOptions & { readonly at: string; readonly isEarlier: boolean },
): PlaceFacts {
  const { windows, baselines, patchGroups, account, region } = deployment;
  if (windows.scan === undefined || windows.install === undefined)
    throw new Error('expected a scan and an install window');
  const [lastScan = at] = runsBefore(windows.scan, at, 1);
  const [lastInstall = at] = runsBefore(windows.install, at, 1);
  const released = releasedPatches(patchTuesdays);
  const ofSystem = new Map(Object.entries(baselines).map(([key, value]) => [value.operatingSystem as string, key]));
  const defaultId = (system: string) => `pb-${new Random(`${seed} aws ${region}`).hex(system)}`;
  const instances = nodes.flatMap((node) => {
    const key = ofSystem.get(node.system) ?? '';
    const own = node.kind === 'without-group' ? defaultId(node.system) : `pb-${ids(`baseline ${key}`)}`;
    const facts = nodeFacts(node, {
      at,
      isEarlier,
      lastScan: new Date(Date.parse(lastScan) + 240_000).toISOString(),
      lastInstall,
      approveAfterDays: baselines[key]?.approvalRules[0]?.approveAfterDays ?? 0,
      released,
      baselineId: own,
      otherBaselineId: defaultId(node.system),
    });
    return facts ?? [];
  });
  const missing = new Set(instances.flatMap(({ patches = [] }) => patches.map(({ title }) => title)));
  return {
    place: { account, region },
    observedAt: at,
    permissions,
    instances,
    baselines: [
      ...Object.entries(baselines).map(([key, baseline]) => baselineFacts(`pb-${ids(`baseline ${key}`)}`, baseline)),
      ...[...ofSystem.keys()].map(
        (system): BaselineFacts => ({
          baselineId: defaultId(system),
          baselineName: `AWS-${system}-Default`,
          operatingSystem: system,
          owner: 'AWS',
          isDefault: true,
        }),
      ),
    ],
    patchGroups: Object.values(patchGroups).map((group) => ({
      groupName: group.groupName,
      baselines: group.baselines.map((key) => ({
        operatingSystem: baselines[key]?.operatingSystem ?? '',
        baselineId: `pb-${ids(`baseline ${key}`)}`,
      })),
    })),
    availablePatches: released.flatMap(({ title, available }) =>
      available !== undefined && missing.has(title) ? [available] : [],
    ),
    windows: windowsAt(deployment, ids, at, (operation) => invocationsOf(operation, nodes)),
    gaps: [],
  };
}

const permissions = [
  'ec2:DescribeInstances',
  'ssm:DescribeInstanceInformation',
  'ssm:DescribeInstancePatchStates',
  'ssm:DescribeInstancePatches',
  'ssm:DescribeMaintenanceWindows',
  'ssm:DescribePatchBaselines',
  'ssm:DescribePatchGroups',
];

function baselineFacts(baselineId: string, baseline: BaselineConfiguration): BaselineFacts {
  return {
    baselineId,
    baselineName: baseline.baselineName,
    operatingSystem: baseline.operatingSystem,
    owner: 'Self',
    isDefault: false,
    content: {
      approvalRules: (baseline.approvalRules as readonly Readonly<Record<string, unknown>>[]).map((rule) =>
        present<{ filters: Record<string, readonly string[]>; approveAfterDays?: number }>({
          filters: filtersOf(rule),
          approveAfterDays: rule.approveAfterDays as number | undefined,
        }),
      ),
      approvedPatches: baseline.approvedPatches,
      rejectedPatches: baseline.rejectedPatches,
      rejectedPatchesAction: baseline.rejectedPatchesAction ?? 'ALLOW_AS_DEPENDENCY',
      // As AWS tells of every baseline: without it nobody knows what a scan has looked for.
      modifiedAt: '2026-07-01T08:00:00.000Z',
    },
  };
}

const filterKeys = {
  product: 'PRODUCT',
  classification: 'CLASSIFICATION',
  severity: 'SEVERITY',
  msrcSeverity: 'MSRC_SEVERITY',
  priority: 'PRIORITY',
} as const;

function filtersOf(rule: Readonly<Record<string, unknown>>): Record<string, readonly string[]> {
  return Object.fromEntries(
    Object.entries(filterKeys).flatMap(([name, key]) => {
      const values = rule[name];
      return Array.isArray(values) ? [[key, values as string[]]] : [];
    }),
  );
}

/** What a run came to on the nodes that a window reaches by their tags. */
function invocationsOf(operation: 'Scan' | 'Install', nodes: readonly Node[]): InvocationFacts[] {
  return nodes.flatMap(({ kind, instanceId, system }): InvocationFacts[] => {
    if (['unmanaged', 'without-group', 'outside-ec2', 'stopped', 'new', 'terminated'].includes(kind)) return [];
    if (kind === 'offline') return [{ instanceId, status: 'DeliveryTimedOut' }];
    if (operation === 'Install' && kind === 'fails')
      return [{ instanceId, status: 'Failed', responseCode: system === 'WINDOWS' ? -1 : 156 }];
    if (operation === 'Scan' && kind === 'scan-failed') return [{ instanceId, status: 'Failed', responseCode: 1 }];
    return [{ instanceId, status: 'Success', responseCode: 0 }];
  });
}
