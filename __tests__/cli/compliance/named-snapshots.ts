import { beforeAll } from '@jest/globals';
import type { PlaceFacts } from '../../../compliance/facts.ts';
import type { ComplianceReport } from '../../../compliance/report.ts';
import { counts, ec2, instance, kernel, lacking, patch, patchState, place, without } from '../../compliance/support.ts';
import { patchfleet } from '../../support/run-command.ts';
import { acmeFleet, Snapshots } from './snapshots.ts';

/* Snapshots of one place each, and compliance of them. */

const gap = { area: 'patch-states', reason: 'access-denied', message: 'not authorized' } as const;

export const snapshots = new Snapshots();
export const fleet = snapshots.file('fleet.yaml', acmeFleet);
/** Snapshots by what there is to say of their one place. */
export const sources: Record<string, string> = {};

beforeAll(async () => {
  const missing = lacking([patch()]);
  const longReleased = { availablePatches: [{ ...kernel, releasedAt: '2026-10-01T00:00:00.000Z' }] };
  const stale = patchState({ operationEndedAt: '2026-11-01T00:00:00.000Z', counts: counts({ missing: 1 }) });
  const facts: Record<string, PlaceFacts> = {
    fine: place([instance()]),
    stopped: place([instance({ ec2: { state: 'stopped', tags: {} } })]),
    missing: place([missing]),
    overdue: place([missing], longReleased),
    inTime: place([missing], { availablePatches: [{ ...kernel, releasedAt: '2026-11-20T00:00:00.000Z' }] }),
    stoppedOverdue: place([lacking([patch()], { ec2: ec2({ state: 'stopped' }) })], longReleased),
    staleOverdue: place([lacking([patch()], { patchState: stale })], longReleased),
    unproven: place([instance({ patchState: undefined as never })]),
    many: place([
      instance({ patchState: undefined as never }),
      instance({ instanceId: 'i-00000000000000002', ec2: ec2({ state: 'stopped' }) }),
      without(lacking([patch()], { instanceId: 'i-00000000000000003' }), 'patches'),
    ]),
    counted: place([instance({ patchState: patchState({ counts: counts({ missing: 5 }) }), patches: [] })]),
    ringless: place([lacking([patch()], { ec2: ec2({ tags: {} }) })], longReleased),
    partly: place([instance()], { gaps: [gap] }),
    partlyMissing: place([missing], { gaps: [{ ...gap, area: 'windows' }] }),
    empty: place([]),
    unread: place([], { gaps: [{ ...gap, area: 'place' }] }),
  };
  for (const [name, one] of Object.entries(facts))
    sources[name] = await snapshots.write(JSON.parse(JSON.stringify(one)));
});

export function compliance(name: string, ...args: readonly string[]) {
  return patchfleet('compliance', '--fleet', fleet, '--source', sources[name] ?? name, ...args);
}

export async function reportOf(name: string, ...args: readonly string[]): Promise<ComplianceReport> {
  return JSON.parse((await compliance(name, '--format', 'json', ...args)).out);
}
