import { describe, expect, it } from '@jest/globals';
import { checkDestroyed } from '../../fleet/destroyed.ts';
import { expand } from '../../fleet/expand.ts';
import type { Fleet } from '../../fleet/schema/index.ts';
import { fleetOfAssignments, scanWindow, validAssignment, validFleet } from './support.ts';

const stack = '111111111111-eu-central-1';
const deployed = (change: Partial<Fleet> = {}) => fleetOfAssignments({ default: validAssignment() }, change);
const { baselines, patchGroups, rings } = validFleet();
const critical = rings.map((ring) => ({ ...ring, critical: true }));

function destroyed(earlier: Fleet, now: Fleet): string[] {
  return checkDestroyed(expand(earlier), expand(now)).map(
    ({ severity, message, fix, rule }) => `${severity} ${message}; ${fix} [${rule}]`,
  );
}

const told = (what: string, effect: string) =>
  `warning ${what} of stack ${stack} was deployed and is gone from the file: deploying the stack destroys it, and ${effect}; meant so? otherwise keep it, under the same key [fleet/destroyed]`;

describe('what the next deployment destroys', () => {
  it('is a window that left its ring', () => {
    const now = deployed({ rings: [{ name: 'early', scan: scanWindow() }, ...rings.slice(1)] });
    expect(destroyed(deployed(), now)).toEqual([told('window "install"', 'nothing opens it any more')]);
  });

  it('is a baseline under another key', () => {
    const renamed = { amazon: baselines.linux, windows: baselines.windows } as Fleet['baselines'];
    const now = deployed({
      baselines: renamed,
      patchGroups: { ...patchGroups, web: { name: 'web', baselines: ['amazon'] } },
    });
    const effect = 'patch groups that use it fall back to the default of AWS until they have another one';
    expect(destroyed(deployed(), now)).toEqual([told('baseline "linux"', effect)]);
    expect(destroyed(deployed({ rings: critical }), now)).toEqual([
      `error baseline "linux" of stack ${stack} was deployed and is gone from the file: deploying the stack destroys it, and ${effect}; keep it under the same key, or deploy its ring without critical first [fleet/destroyed-critical]`,
    ]);
  });

  it('is an instance, with its server', () => {
    const instance = { name: 'web', image: 'amazon-linux-2023', instanceType: 't3.micro', patchGroup: 'web' } as const;
    const [account] = deployed().accounts;
    const made = { ...deployed(), accounts: [{ ...account, instances: { web: instance } }] } as Fleet;
    expect(destroyed(made, deployed())).toEqual([told('instance "web"', 'the server is terminated')]);
  });

  it('is the registration of a patch group that leaves an assignment, or is renamed', () => {
    const gone = `patch group "file servers" of stack ${stack} was deployed and is gone from the file: after the next deployment no window finds its nodes by it, and the default baselines of AWS judge them`;
    // Its baseline stays, as another group has it.
    const shared = { ...patchGroups, web: { name: 'web', baselines: ['linux', 'windows'] } };
    const without = fleetOfAssignments(
      { default: validAssignment({ patchGroups: ['web'] }) },
      { patchGroups: shared, rings: critical },
    );
    expect(destroyed(deployed({ patchGroups: shared }), without)).toEqual([
      `warning ${gone}; meant so? otherwise keep the group, under the same name [fleet/destroyed]`,
    ]);
    const renamed = { ...patchGroups, files: { name: 'files', baselines: ['windows'] } };
    expect(destroyed(deployed({ rings: critical }), deployed({ patchGroups: renamed }))).toEqual([
      `error ${gone}; keep the group, under the same name, or deploy its ring without critical first [fleet/destroyed-critical]`,
    ]);
  });

  it('is the registration of a patch group for an operating system', () => {
    const both = { ...patchGroups, web: { name: 'web', baselines: ['linux', 'windows'] } };
    expect(destroyed(deployed({ patchGroups: both }), deployed())).toEqual([
      `warning patch group "web" of stack ${stack} had a baseline for WINDOWS and has none in the file: after the next deployment the default baseline of AWS judges its nodes of that system; meant so? otherwise keep a baseline for it [fleet/destroyed]`,
    ]);
  });

  it('is no patch group that goes to another assignment', () => {
    const of = (first: string, other: string) =>
      fleetOfAssignments({
        default: validAssignment({ patchGroups: [first] }),
        other: validAssignment({ patchGroups: [other], ring: 'late' }),
      });
    expect(destroyed(of('web', 'files'), of('files', 'web')).filter((problem) => problem.includes('group "'))).toEqual(
      [],
    );
  });

  it('is nothing of an assignment that is gone, which is told by itself, nor the window of an emergency', () => {
    const two = fleetOfAssignments({
      default: validAssignment({ patchGroups: ['web'] }),
      other: validAssignment({ patchGroups: ['files'], ring: 'late' }),
    });
    const [first, other] = ['web', 'files'].map((group) => validAssignment({ patchGroups: [group] }));
    expect(destroyed(two, fleetOfAssignments({ default: first as never }))).toEqual([]);
    expect(destroyed(two, fleetOfAssignments({ other: other as never }))).toEqual([]);
    const emergency = {
      name: 'now',
      patches: ['CVE-2026-1234'],
      rings: ['early'],
      at: '2026-12-01T22:00',
      expires: '2026-12-08',
      maxConcurrency: '10%',
      maxErrors: '1',
    };
    expect(destroyed(deployed({ emergencies: [emergency], rings: critical }), deployed({ rings: critical }))).toEqual(
      [],
    );
  });

  it('may be the registration of a patch group whose key changes, which leaves its nodes to the default baseline', () => {
    const groups = {
      files: { name: 'file servers', baselines: ['windows'] },
      webs: { name: 'web', baselines: ['linux'] },
    };
    const now = fleetOfAssignments(
      { default: validAssignment({ patchGroups: ['webs', 'files'] }) },
      { patchGroups: groups },
    );
    expect(destroyed(deployed(), now)).toEqual([
      `error patch group "web" of stack ${stack} must keep its key "web", got "webs": Terraform may end its registration after making it anew, which leaves its nodes to the default baseline of AWS; keep the key; what people see is the name [fleet/patch-group-moved]`,
    ]);
  });

  it('is nothing where nothing is gone', () => {
    expect(destroyed(deployed(), deployed())).toEqual([]);
  });
});
