import { describe, expect, it } from '@jest/globals';
import type { Fleet, FleetAssignment, FleetInstall, FleetInstance } from '../../../fleet/schema/index.ts';
import { fleetOfAssignments, installWindow, problemsOf, scanWindow, validAccount, validFleet } from '../support.ts';

const assignment = (overrides: Partial<FleetAssignment> = {}): FleetAssignment => ({
  ring: 'early',
  patchGroups: ['web', 'files'],
  ...overrides,
});

/** Of the assignment `default`, in a fleet whose ring `early` has one install window. */
function said(
  nodes: FleetAssignment['nodes'],
  install: Partial<FleetInstall> = {},
  overrides: Partial<FleetAssignment> = {},
): string[] {
  const rings = [{ name: 'early', scan: scanWindow(), install: installWindow(install) }];
  const default_ = assignment({ ...(nodes !== undefined && { nodes }), ...overrides });
  return problemsOf(fleetOfAssignments({ default: default_ }, { rings }));
}

const web = 'patch group "web" in account 111111111111, eu-central-1';

describe('nodes', () => {
  it('are counted by the patch groups of the assignment', () => {
    expect(said({ wep: 3, web: 1.5, files: -1 })).toEqual([
      'error accounts[0].assignments.default.nodes.files: nodes.files must be a whole number of nodes from 0 to 1000000, got -1; set nodes.files within the range [fleet/nodes]',
      'error accounts[0].assignments.default.nodes.web: nodes.web must be a whole number of nodes from 0 to 1000000, got 1.5; set nodes.web within the range [fleet/nodes]',
      'error accounts[0].assignments.default.nodes.wep: nodes must count the nodes of a patch group of the assignment (files, web), got "wep"; did you mean "web"? [fleet/nodes-of-target]',
    ]);
  });

  it('are counted as selected where targets are given', () => {
    const targets = { tags: { Stage: ['prod'] } };
    expect(said({ web: 3 }, {}, { targets })).toEqual([
      'error accounts[0].assignments.default.nodes.web: nodes must count the nodes of "selected" where targets are given (selected), got "web"; use one of them, or remove it [fleet/nodes-of-target]',
    ]);
    expect(said({ selected: 41 }, {}, { targets })).toEqual([
      'info rings[0].install.maxErrors: maxErrors "5%" is 2 of 41 nodes: the task stops at error 3, when up to 4 run; the targets of assignment "default" in account 111111111111, eu-central-1 [fleet/max-errors-meaning]',
      'warning rings[0].install: 25 of 41 nodes would not start: 4 at a time and 30 minutes each (the default of minutesPerNode), 16 start in the 2 hours before the cutoff; the targets of assignment "default" in account 111111111111, eu-central-1; set maxConcurrency to "27%", or duration to 7 [fleet/nodes-fit]',
    ]);
  });

  it('that nobody counted are not looked at', () => {
    expect(said(undefined)).toEqual([]);
    expect(said({ web: 0 })).toEqual([]);
  });
});

describe('nodes in a window', () => {
  it('fit, or the smallest change is told', () => {
    const install = { maxConcurrency: '2', maxErrors: '0', minutesPerNode: 60, duration: 4 };
    expect(said({ web: 6 }, install).filter((problem) => !problem.startsWith('info'))).toEqual([]);
    expect(said({ web: 7 }, install).filter((problem) => !problem.startsWith('info'))).toEqual([
      `warning rings[0].install: 1 of 7 nodes would not start: 2 at a time and 60 minutes each, 6 start in the 3 hours before the cutoff; ${web}; set maxConcurrency to "3", or duration to 5 [fleet/nodes-fit]`,
    ]);
  });

  it('that no day is long enough for need more at a time', () => {
    expect(said({ web: 1000 }, { maxConcurrency: '1', duration: 2 })).toContain(
      `warning rings[0].install: 998 of 1000 nodes would not start: 1 at a time and 30 minutes each (the default of minutesPerNode), 2 start in the hour before the cutoff; ${web}; set maxConcurrency to "500" [fleet/nodes-fit]`,
    );
  });

  it('may take whole minutes of a day', () => {
    expect([0, 1441, 1.5].flatMap((minutesPerNode) => said({ web: 1000 }, { minutesPerNode }))).toEqual(
      [0, 1441, 1.5].map(
        (minutes) =>
          `error rings[0].install.minutesPerNode: minutesPerNode must be a whole number of minutes from 1 to 1440, got ${minutes}; set minutesPerNode within the range [fleet/minutes-per-node]`,
      ),
    );
  });

  it('are not looked at where the window is not sound', () => {
    for (const broken of [{ duration: 0 }, { cutoff: 3 }, { maxConcurrency: 'many' }, { maxErrors: '-1' }]) {
      expect(said({ web: 1000 }, broken).filter((problem) => problem.includes('1000 nodes'))).toEqual([]);
    }
  });

  it('are the instances of the file where nobody counts', () => {
    const instance = (name: string): FleetInstance => ({ name, image: 'amazon-linux-2023', patchGroup: 'web' });
    const instances = Object.fromEntries(Array.from({ length: 6 }, (_, i) => [`i${i}`, instance(`web ${i}`)]));
    const rings = [{ name: 'early', install: installWindow({ minutesPerNode: 90 }) }];
    const accounts = [validAccount({ regions: ['eu-central-1'], assignments: { default: assignment() }, instances })];
    expect(problemsOf(validFleet({ rings, accounts }))).toEqual([
      `info rings[0].install.maxErrors: maxErrors "5%" is 0 of 6 nodes: the task stops at error 1, when up to 1 run; ${web} [fleet/max-errors-meaning]`,
      `warning rings[0].install: 4 of 6 nodes would not start: 1 at a time and 90 minutes each, 2 start in the 2 hours before the cutoff; ${web}; set maxConcurrency to "50%", or duration to 9 [fleet/nodes-fit]`,
    ]);
  });

  it('are told once for a window and a size, however many accounts have them', () => {
    const account = (number: number): Fleet['accounts'][number] => ({
      account: `${100_000_000_000 + number}`,
      regions: ['eu-central-1', 'eu-west-1'],
      assignments: { default: assignment({ nodes: { web: 100, files: 100 + (number % 2) } }) },
    });
    const accounts = Array.from({ length: 50 }, (_, index) => account(index));
    const problems = problemsOf(validFleet({ accounts })).filter((problem) => problem.startsWith('warning'));
    expect(problems).toEqual([expect.stringContaining(' of 100 nodes'), expect.stringContaining(' of 101 nodes')]);
  });
});

describe('the errors of a task', () => {
  it('stop it at one more than their number', () => {
    expect(said({ web: 12 }, { maxErrors: '10%', maxConcurrency: '25%' })).toEqual([
      `info rings[0].install.maxErrors: maxErrors "10%" is 1 of 12 nodes: the task stops at error 2, when up to 3 run; ${web} [fleet/max-errors-meaning]`,
    ]);
    expect(said({ web: 12 }, { maxErrors: '3', maxConcurrency: '25%' })).toEqual([
      `info rings[0].install.maxErrors: maxErrors "3" of 12 nodes: the task stops at error 4, when up to 3 run; ${web} [fleet/max-errors-meaning]`,
    ]);
  });

  it('never stop it where all nodes have started by then', () => {
    expect(said({ web: 12 }, { maxErrors: '8', maxConcurrency: '3' })).toEqual([
      expect.stringContaining('the task stops at error 9'),
    ]);
    expect(said({ web: 12 }, { maxErrors: '9', maxConcurrency: '3' })).toEqual([
      `warning rings[0].install.maxErrors: maxErrors "9" of 12 nodes, can never stop anything: with 3 at a time all have started before error 10 comes; ${web}; lower it, at most to "8" [fleet/max-errors-never-stops]`,
    ]);
    expect(said({ web: 3 }, { maxErrors: '50%', maxConcurrency: '5' })).toEqual([
      `warning rings[0].install.maxErrors: maxErrors "50%", 1 of 3 nodes, can never stop anything: with 3 at a time all have started before error 2 comes; ${web}; lower maxConcurrency [fleet/max-errors-never-stops]`,
    ]);
  });

  it('mean nothing for one node, nor are they told twice', () => {
    expect(said({ web: 1 })).toEqual([]);
    expect(said({ web: 3 }, { maxErrors: '100%', maxConcurrency: '1' })).toEqual([
      'warning rings[0].install.maxErrors: maxErrors "100%" can never stop anything: every node may fail; lower it, such as to "5%" [fleet/max-errors-never-stops]',
    ]);
  });
});
