import fc from 'fast-check';
import type { Ec2Facts, Gap, InstanceFacts, ManagedFacts, PlaceFacts } from '../../compliance/facts.ts';
import { present } from '../../compliance/normalise.ts';
import {
  type AvailablePatch,
  type BaselineContent,
  type PatchCounts,
  type PatchFacts,
  type PatchGroupFacts,
  patchStates,
} from '../../compliance/patch-facts.ts';
import type { WindowFacts } from '../../compliance/window-facts.ts';
import { defaultBaseline, installWindow, otherBaseline, ownBaseline, place } from './support.ts';

/* Any facts that a source may tell, sound or odd. */

const instants = [
  '2026-09-01T00:00:00.000Z',
  '2026-11-16T00:00:00.000Z',
  '2026-11-17T06:00:00.000Z',
  '2026-11-23T12:00:00.000Z',
  '2026-11-24T07:00:00.000Z',
];
const instant = fc.constantFrom(...instants);
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined, freq: 3 });
const count = maybe(fc.constantFrom(0, 0, 0, 1, 2));

const counts = fc
  .record({
    installed: count,
    installedPendingReboot: count,
    installedRejected: count,
    missing: count,
    failed: count,
    availableSecurityUpdate: count,
    criticalNonCompliant: count,
    securityNonCompliant: count,
    otherNonCompliant: count,
  })
  .map((value) => present<PatchCounts>(value as Required<PatchCounts>));

const patches: fc.Arbitrary<PatchFacts> = fc
  .record({
    // Spelt in either way, it is one patch.
    name: fc.constantFrom('kernel', 'curl', 'openssl', 'KB5034441', 'kb5034441'),
    version: fc.constantFrom('1', '2'),
    state: fc.constantFrom(...patchStates, 'UNKNOWN' as const),
    severity: maybe(fc.constantFrom('Critical', 'Important', 'Medium', 'Odd')),
  })
  .map(({ name, version, state, severity }) =>
    present<PatchFacts>({
      patchId: name,
      title: /^kb/i.test(name) ? `Update ${version} (${name})` : `${name}:0:${version}`,
      state,
      severity,
      cveIds: version === '1' ? ['CVE-2026-1'] : undefined,
    } as unknown as Required<PatchFacts>),
  );

const listed = fc.uniqueArray(patches, { maxLength: 4, selector: ({ title }) => title });

const parts = fc.record({
  isHybrid: fc.boolean(),
  declaredAs: maybe(fc.constant('web')),
  ec2: maybe(
    fc
      .record({
        state: fc.constantFrom('running', 'running', 'running', 'stopped', 'stopping', 'terminated', 'pending'),
        stateChangedAt: maybe(instant),
        launchedAt: maybe(instant),
        tags: fc.constantFrom({ PatchGroup: 'web' }, { 'Patch Group': 'web' }, { PatchGroup: 'other' }, {}),
        metadataTags: maybe(fc.boolean()),
        hasInstanceProfile: maybe(fc.boolean()),
      })
      .map((facts) => present<Ec2Facts>(facts as never)),
  ),
  managed: maybe(
    fc
      .record({
        pingStatus: fc.constantFrom('Online', 'ConnectionLost', 'Inactive'),
        lastPingAt: maybe(instant),
        platformName: fc.constantFrom('Amazon Linux', 'Ubuntu', 'Microsoft Windows Server 2022', 'Plan 9'),
        platformVersion: fc.constant('2023'),
      })
      .map((facts) => present<ManagedFacts>(facts as never)),
  ),
  patchState: maybe(
    fc
      .record({
        baselineId: fc.constantFrom(ownBaseline, otherBaseline, defaultBaseline),
        operation: fc.constantFrom('Scan', 'Install'),
        installOverrideList: maybe(fc.constant('s3://acme/emergency.yaml')),
        operationEndedAt: maybe(instant),
        counts,
      })
      .map((state) => present<NonNullable<InstanceFacts['patchState']>>(state as never)),
  ),
  patches: maybe(listed),
});

function instanceAt(index: number, { isHybrid, ...facts }: { readonly isHybrid: boolean }): InstanceFacts {
  const instanceId = `${isHybrid ? 'mi' : 'i'}-${String(index).padStart(17, '0')}`;
  return present<InstanceFacts>({ instanceId, ...facts } as never);
}

const ids = (prefix: string) =>
  fc
    .uniqueArray(fc.nat(2), { minLength: 1, maxLength: 2 })
    .map((all) => all.map((n) => `${prefix}-${String(n).padStart(17, '0')}`));

/** Of one area there may be several: of the place, and of instances or windows. */
const gaps: fc.Arbitrary<readonly Gap[]> = fc.oneof(
  { weight: 3, arbitrary: fc.constant([]) },
  fc.uniqueArray(
    fc
      .record({
        area: fc.constantFrom(
          ...(['ec2-instances', 'managed-instances', 'patch-states', 'patches', 'patch-groups', 'baselines'] as const),
          ...(['windows', 'window-executions', 'place'] as const),
        ),
        of: maybe(ids('i')),
        reason: fc.constantFrom('access-denied', 'throttled', 'timed-out'),
        message: fc.constantFrom('no', 'not now'),
      })
      .map(({ of, ...gap }) => {
        const isOfWindows = gap.area === 'windows' || gap.area === 'window-executions';
        if (of === undefined || gap.area === 'place') return gap as Gap;
        return {
          ...gap,
          ...(isOfWindows ? { windowIds: of.map((id) => `mw${id.slice(1)}`) } : { instanceIds: of }),
        } as Gap;
      }),
    { maxLength: 4, selector: (gap) => JSON.stringify(gap) },
  ),
);

const rules = fc.array(
  fc
    .record({
      filters: fc.constantFrom({}, { SEVERITY: ['Critical'] }, { CLASSIFICATION: ['Security'] }, { PRODUCT: ['*'] }),
      approveAfterDays: fc.constantFrom(0, 7, 100),
      approveUntilDate: maybe(fc.constantFrom('2026-09-30', '2026-11-20')),
    })
    .map(({ approveUntilDate, ...rule }) =>
      approveUntilDate === undefined ? rule : { filters: rule.filters, approveUntilDate },
    ),
  { maxLength: 2 },
);

const contents = maybe(
  fc
    .record({
      approvalRules: rules,
      approvedPatches: fc.constantFrom([], ['curl']),
      rejectedPatches: fc.constantFrom([], ['openssl*'], ['kernel*']),
      rejectedPatchesAction: fc.constantFrom('ALLOW_AS_DEPENDENCY', 'BLOCK'),
      availableSecurityUpdatesComplianceStatus: maybe(fc.constantFrom('COMPLIANT', 'NON_COMPLIANT')),
    })
    .map((content) => present<BaselineContent>(content as never)),
);

const available: fc.Arbitrary<readonly AvailablePatch[]> = fc.uniqueArray(
  fc
    .record({
      name: fc.constantFrom('kernel', 'curl', 'openssl', 'KB5034441'),
      version: fc.constantFrom('1', '2'),
      releasedAt: maybe(instant),
      severity: maybe(fc.constantFrom('Critical', 'Medium')),
      classification: maybe(fc.constant('Security')),
      cveIds: maybe(fc.constant(['CVE-2026-1'])),
    })
    .map(({ name, version, ...rest }) =>
      present<AvailablePatch>({
        ...(name.startsWith('KB')
          ? { operatingSystem: 'WINDOWS', kbId: name, title: `${name} ${version}` }
          : { operatingSystem: 'AMAZON_LINUX_2023', name, version }),
        ...rest,
      } as never),
    ),
  { maxLength: 4, selector: (patch) => JSON.stringify(patch) },
);

const executions: fc.Arbitrary<NonNullable<WindowFacts['executions']>> = fc
  .array(
    fc.record({
      status: fc.constantFrom('SUCCESS', 'FAILED', 'TIMED_OUT', 'SKIPPED_OVERLAPPING', 'IN_PROGRESS'),
      startedAt: maybe(instant),
      endedAt: maybe(instant),
      invocations: maybe(
        fc.uniqueArray(
          fc.record({
            instanceId: fc.nat(3).map((n) => `i-${String(n).padStart(17, '0')}`),
            status: fc.constantFrom(
              ...(['Success', 'Failed', 'Cancelled', 'Terminated', 'Undeliverable', 'InProgress', 'Unknown'] as const),
            ),
            responseCode: fc.constantFrom(0, 1, 156, 77),
          }),
          { maxLength: 3, selector: ({ instanceId }) => instanceId },
        ),
      ),
    }),
    { maxLength: 3 },
  )
  .map((all) =>
    all.map(({ status, startedAt, endedAt, invocations }, index) => {
      const times = present<{ startedAt?: string; endedAt?: string }>({ startedAt, endedAt } as never);
      const task = { taskExecutionId: `task-${index}`, taskArn: 'AWS-RunPatchBaseline', windowTaskId: 'task-web' };
      return {
        windowExecutionId: `execution-${index}`,
        status: status as 'SUCCESS',
        ...times,
        ...(invocations !== undefined && { tasks: [{ ...task, status: status as 'SUCCESS', ...times, invocations }] }),
      };
    }),
  );

const windows: fc.Arbitrary<readonly WindowFacts[]> = fc
  .array(fc.record({ enabled: maybe(fc.boolean()), executions: maybe(executions), isRead: fc.boolean() }), {
    maxLength: 3,
  })
  .map((all) =>
    all.map(({ enabled, executions: ran, isRead }, index) => {
      const {
        tasks,
        targets,
        enabled: _,
        executions: __,
        ...rest
      } = installWindow({
        windowId: `mw-${String(index).padStart(17, '0')}`,
        windowName: index === 0 ? 'acme-install' : `window-${index}`,
      });
      return present<WindowFacts>({ ...rest, enabled, executions: ran, ...(isRead && { tasks, targets }) } as never);
    }),
  );

const groups: fc.Arbitrary<readonly PatchGroupFacts[]> = fc.constantFrom(
  [],
  [{ groupName: 'web', baselines: [{ operatingSystem: 'AMAZON_LINUX_2023', baselineId: ownBaseline }] }],
  [
    { groupName: 'web', baselines: [{ operatingSystem: 'UBUNTU', baselineId: otherBaseline }] },
    { groupName: 'other', baselines: [{ operatingSystem: 'AMAZON_LINUX_2023', baselineId: otherBaseline }] },
  ],
);

export const places: fc.Arbitrary<PlaceFacts> = fc
  .record({
    instances: fc.array(parts, { maxLength: 6 }),
    gaps,
    contents: fc.tuple(contents, contents, contents),
    // Two baselines of an account may have one name.
    twin: fc.boolean(),
    available,
    windows,
    groups,
    region: fc.constantFrom('eu-central-1', 'us-east-1'),
  })
  .map(
    ({
      instances,
      gaps: told,
      contents: of,
      twin,
      available: availablePatches,
      windows: known,
      groups: patchGroups,
      region,
    }) => {
      const { baselines } = place([]);
      return {
        ...place(
          instances.map((one, index) => instanceAt(index, one)),
          {
            gaps: told,
            availablePatches,
            windows: known,
            patchGroups,
            baselines: baselines.map((baseline, index) => ({
              ...baseline,
              ...(twin && index === 1 && { baselineName: 'acme-linux' }),
              ...(of[index] !== undefined && { content: of[index] }),
            })),
          },
        ),
        place: { account: '111111111111', region },
      };
    },
  );
