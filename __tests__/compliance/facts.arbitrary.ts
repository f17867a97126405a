import fc from 'fast-check';
import type { Gap, InstanceFacts, PlaceFacts } from '../../compliance/facts.ts';
import { present } from '../../compliance/normalise.ts';
import { type PatchCounts, type PatchFacts, patchStates } from '../../compliance/patch-facts.ts';
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
    otherNonCompliant: count,
  })
  .map((value) => present<PatchCounts>(value as Required<PatchCounts>));

const patches: fc.Arbitrary<PatchFacts> = fc
  .record({
    name: fc.constantFrom('kernel', 'curl', 'openssl', 'KB5034441'),
    version: fc.constantFrom('1', '2'),
    state: fc.constantFrom(...patchStates, 'UNKNOWN' as const),
    severity: maybe(fc.constantFrom('Critical', 'Important', 'Medium', 'Odd')),
  })
  .map(({ name, version, state, severity }) =>
    present<PatchFacts>({
      patchId: name,
      title: name.startsWith('KB') ? name : `${name}:0:${version}`,
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
    fc.record({
      state: fc.constantFrom('running', 'running', 'running', 'stopped', 'stopping', 'terminated', 'pending'),
      tags: fc.constantFrom({ PatchGroup: 'web' }, { 'Patch Group': 'web' }, { PatchGroup: 'other' }, {}),
    }),
  ),
  managed: maybe(
    fc.record({
      pingStatus: fc.constantFrom('Online', 'ConnectionLost', 'Inactive'),
      platformName: fc.constantFrom('Amazon Linux', 'Ubuntu', 'Microsoft Windows Server 2022', 'Plan 9'),
      platformVersion: fc.constant('2023'),
    }),
  ),
  patchState: maybe(
    fc
      .record({
        baselineId: fc.constantFrom(ownBaseline, otherBaseline, defaultBaseline),
        operation: fc.constantFrom('Scan', 'Install'),
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

const gaps: fc.Arbitrary<readonly Gap[]> = fc.array(
  fc.record({
    area: fc.constantFrom('ec2-instances', 'managed-instances', 'patch-states', 'patches', 'windows', 'patch-groups'),
    reason: fc.constantFrom('access-denied', 'throttled'),
    message: fc.constant('no'),
  }),
  { maxLength: 1 },
);

export const places: fc.Arbitrary<PlaceFacts> = fc
  .record({ instances: fc.array(parts, { maxLength: 6 }), gaps, region: fc.constantFrom('eu-central-1', 'us-east-1') })
  .map(({ instances, gaps: told, region }) => ({
    ...place(
      instances.map((one, index) => instanceAt(index, one)),
      {
        gaps: told,
        windows: [installWindow(), installWindow({ windowId: 'mw-00000000000000002', windowName: 'second' })],
      },
    ),
    place: { account: '111111111111', region },
  }));
