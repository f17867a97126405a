import { describe, expect, it } from '@jest/globals';
import { expand } from '../../fleet/expand.ts';
import type { Fleet, FleetBaseline, FleetWaiver } from '../../fleet/schema/index.ts';
import { waivedPatches } from '../../fleet/waivers.ts';
import { validAccount, validAssignment, validFleet } from './support.ts';

const waiver = (overrides: Partial<FleetWaiver>): FleetWaiver => ({
  patches: ['KB5034441'],
  rings: ['late'],
  owner: 'team-shop',
  reason: 'fails',
  ticket: 'OPS-4711',
  expires: '2001-01-01',
  ...overrides,
});

/** What is rejected in each baseline of the two accounts, by ring. */
function rejected(waivers: readonly FleetWaiver[], baselines: Fleet['baselines'] = validFleet().baselines) {
  const accounts = ['early', 'late'].map((ring, index) =>
    validAccount({
      account: `${index + 1}`.repeat(12),
      regions: ['eu-central-1'],
      assignments: { default: validAssignment({ ring }) },
    }),
  );
  const deployments = expand(validFleet({ accounts, baselines, waivers: [...waivers] }));
  return Object.fromEntries(
    deployments.flatMap((deployment) =>
      deployment.kind === 'regional'
        ? [
            [
              deployment.rings.join(),
              Object.fromEntries(
                Object.entries(deployment.baselines).map(([key, { rejectedPatches }]) => [key, rejectedPatches]),
              ),
            ],
          ]
        : [],
    ),
  );
}

describe('waived patches', () => {
  it('are rejected in the rings of the waiver, by the baselines that know such names, expired or not', () => {
    expect(rejected([waiver({ patches: ['KB5034441', 'docker*'] })])).toEqual({
      early: { linux: [], windows: [] },
      late: { linux: ['docker*'], windows: ['KB5034441'] },
    });
  });

  it('are rejected by the named baselines alone', () => {
    expect(rejected([waiver({ patches: ['KB5034441', 'docker*'], baselines: ['windows'] })])).toMatchObject({
      late: { linux: [], windows: ['KB5034441'] },
    });
  });

  it('join what the baseline rejects itself, the same in any order of waivers', () => {
    const baselines: Record<string, FleetBaseline> = {
      ...validFleet().baselines,
      windows: { operatingSystem: 'WINDOWS', preset: 'aws-default', rejectedPatches: ['KB5000002', 'KB4577586'] },
    };
    const [one, other] = [waiver({ patches: ['KB5000003', 'KB5000002'] }), waiver({ patches: ['KB5000001'] })];
    const expected = { late: { windows: ['KB5000002', 'KB4577586', 'KB5000001', 'KB5000003'] } };
    expect(rejected([one, other], baselines)).toMatchObject(expected);
    expect(rejected([other, one], baselines)).toMatchObject(expected);
  });

  it.each([
    ['MACOS', ['XProtectPlistConfigData', 'openssl']],
    ['UBUNTU', ['openssl']],
    ['SUSE', ['XProtectPlistConfigData', 'docker*', 'openssl']],
    ['AMAZON_LINUX_2023', ['XProtectPlistConfigData', 'docker*', 'openssl']],
    ['WINDOWS', ['KB5034441', 'MS10-048']],
  ] as const)('are kept from %s where their names are not of its kind', (operatingSystem, taken) => {
    const patches = ['KB5034441', 'MS10-048', 'XProtectPlistConfigData', 'openssl', 'docker*', 'CVE-2026-1234'];
    const named = { waivers: [waiver({ patches })] };
    expect(waivedPatches(named, 'late', 'any', { operatingSystem })).toEqual(taken);
  });
});
