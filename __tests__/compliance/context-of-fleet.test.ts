import { describe, expect, it } from '@jest/globals';
import { contextOfFleet, contextOfOutputs } from '../../compliance/context-of-fleet.ts';
import { readStackOutput, type StackOutput } from '../../compliance/stack-output.ts';
import { formatViolation } from '../../core/problem.ts';
import { installWindow, validAccount, validAssignment, validFleet } from '../fleet/support.ts';
import { walkthrough } from '../support/walkthrough.ts';

const output: StackOutput = {
  account_id: '111111111111',
  region: 'eu-central-1',
  baselines: {
    linux: { id: 'pb-1', name: 'acme-linux', operating_system: 'AMAZON_LINUX_2023' },
    windows: { id: 'pb-2', name: 'acme-windows', operating_system: 'WINDOWS' },
  },
  patch_groups: [
    { name: 'web', tag_key: 'PatchGroup', baseline_ids: ['pb-1'] },
    { name: 'file servers', tag_key: 'PatchGroup', baseline_ids: ['pb-2'] },
  ],
  windows: { scan: { id: 'mw-1', name: 'acme-scan' }, install: { id: 'mw-2', name: 'acme-install' } },
  instances: { web: 'i-00000000000000001' },
};

const files = [{ file: 'fleet.yaml', sha256: 'abc' }];
const place = validAccount({
  account: '111111111111',
  name: 'shop',
  regions: ['eu-central-1'],
  assumeRoleArn: 'arn:aws:iam::{account}:role/audit',
});

describe('what a fleet says about its nodes', () => {
  it('is who is in which ring, judged by what, with the ids that outputs give', () => {
    const context = contextOfFleet(validFleet({ accounts: [place] }), [output], files, 'abc123');
    expect(context).toEqual({
      fleet: 'acme',
      commit: 'abc123',
      files,
      rings: [
        { name: 'early', critical: false },
        { name: 'late', critical: false },
      ],
      places: [
        {
          account: '111111111111',
          accountName: 'shop',
          region: 'eu-central-1',
          assumeRoleArn: 'arn:aws:iam::111111111111:role/audit',
          patchGroupTagKey: 'PatchGroup',
          declared: { web: 'i-00000000000000001' },
          assignments: [
            {
              name: 'default',
              ring: 'early',
              patchGroups: [
                {
                  groupName: 'web',
                  baselines: [
                    {
                      key: 'linux',
                      operatingSystem: 'AMAZON_LINUX_2023',
                      baselineName: 'acme-linux',
                      baselineId: 'pb-1',
                    },
                  ],
                },
                {
                  groupName: 'file servers',
                  baselines: [
                    { key: 'windows', operatingSystem: 'WINDOWS', baselineName: 'acme-windows', baselineId: 'pb-2' },
                  ],
                },
              ],
              windows: [
                { ringWindow: 'early/scan', windowName: 'acme-scan', windowId: 'mw-1' },
                { ringWindow: 'early/install', windowName: 'acme-install', windowId: 'mw-2' },
              ],
            },
          ],
        },
      ],
      waivers: [],
      freezes: [],
    });
  });

  it('has names alone where there are no outputs, or those of another place', () => {
    const other = { ...output, region: 'us-east-1' };
    const { places } = contextOfFleet(validFleet({ accounts: [place] }), [other], files);
    expect(places[0]?.declared).toEqual({});
    expect(places[0]?.assignments[0]?.windows[1]).toEqual({ ringWindow: 'early/install', windowName: 'acme-install' });
  });

  it('names things of a further assignment by it, and keeps its targets', () => {
    const targets = { tags: { Team: ['db'] } };
    const fleet = validFleet({
      accounts: [{ ...place, assignments: { db: validAssignment({ ring: 'late', patchGroups: ['web'], targets }) } }],
    });
    const named = {
      ...output,
      baselines: { 'db-linux': { id: 'pb-9', name: 'acme-db-linux', operating_system: 'AMAZON_LINUX_2023' } },
      windows: { 'db-install': { id: 'mw-9', name: 'acme-db-install' } },
    };
    const [assignment] = contextOfFleet(fleet, [named], files).places[0]?.assignments ?? [];
    expect(assignment).toMatchObject({
      name: 'db',
      ring: 'late',
      targets,
      patchGroups: [
        { groupName: 'web', baselines: [{ key: 'linux', baselineName: 'acme-db-linux', baselineId: 'pb-9' }] },
      ],
      windows: [
        { ringWindow: 'late/scan', windowName: 'acme-db-scan' },
        { ringWindow: 'late/install', windowName: 'acme-db-install', windowId: 'mw-9' },
      ],
    });
  });

  it('knows the account that credentials belong to by its outputs', () => {
    const region = { ...output, region: 'us-east-1' };
    expect(contextOfFleet(walkthrough, [region], files).places[0]?.account).toBe('111111111111');
    expect(contextOfFleet(walkthrough, [], files).places[0]?.account).toBe('current');
  });

  it('has waivers for the baselines that they name, and freezes as instants of their zone', () => {
    const waiver = { patches: ['KB1'], rings: ['early'], owner: 'o', reason: 'r', ticket: 't', expires: '2026-12-31' };
    const fleet = validFleet({
      accounts: [place],
      waivers: [waiver, { ...waiver, baselines: ['windows'] }],
      freezes: [
        { name: 'days', from: '2026-12-18', to: '2026-12-31', timezone: 'Europe/Berlin', reason: 'r', rings: ['late'] },
        {
          name: 'instants',
          from: '2026-12-18T18:00:00+01:00',
          to: '2026-12-19T06:00:00Z',
          reason: 'r',
          closed: ['late/install'],
        },
      ],
    });
    const { waivers, freezes } = contextOfFleet(fleet, [], files);
    expect(waivers.map(({ baselines }) => baselines)).toEqual([undefined, ['windows']]);
    expect(freezes).toEqual([
      {
        name: 'days',
        from: '2026-12-17T23:00:00.000Z',
        to: '2026-12-31T23:00:00.000Z',
        rings: ['late'],
        reason: 'r',
        closed: [],
      },
      {
        name: 'instants',
        from: '2026-12-18T17:00:00.000Z',
        to: '2026-12-19T06:00:00.000Z',
        reason: 'r',
        closed: ['late/install'],
      },
    ]);
  });

  it('has the deadlines of its rings', () => {
    const rings = [{ name: 'early', critical: true, patchWithinDays: 30, install: installWindow() }];
    expect(contextOfFleet(validFleet({ rings, accounts: [place] }), [], files).rings).toEqual([
      { name: 'early', critical: true, patchWithinDays: 30 },
    ]);
  });
});

describe('what outputs say alone', () => {
  it('is what is declared, and which baseline counts for each group', () => {
    expect(contextOfOutputs([output], files).places[0]).toEqual({
      account: '111111111111',
      region: 'eu-central-1',
      patchGroupTagKey: 'PatchGroup',
      declared: { web: 'i-00000000000000001' },
      assignments: [
        {
          name: 'default',
          patchGroups: [
            {
              groupName: 'web',
              baselines: [{ operatingSystem: 'AMAZON_LINUX_2023', baselineName: 'acme-linux', baselineId: 'pb-1' }],
            },
            {
              groupName: 'file servers',
              baselines: [{ operatingSystem: 'WINDOWS', baselineName: 'acme-windows', baselineId: 'pb-2' }],
            },
          ],
          windows: [
            { windowName: 'acme-scan', windowId: 'mw-1' },
            { windowName: 'acme-install', windowId: 'mw-2' },
          ],
        },
      ],
    });
  });
});

describe('the outputs of a stack', () => {
  const value = { version: 1, partition: 'aws', ...output };
  const told = (given: unknown) => readStackOutput(given).violations.map(formatViolation);

  it('are read as Terraform prints them, or bare', () => {
    expect(readStackOutput({ patch_manager: { sensitive: false, type: 'x', value }, other: {} }).output).toEqual(value);
    expect(readStackOutput(value).output).toEqual(value);
  });

  it('may be those of a stack without any, such as the global one', () => {
    expect(readStackOutput({})).toEqual({ violations: [] });
    expect(readStackOutput({ role_arn: { value: 'arn' } })).toEqual({ violations: [] });
  });

  it('are refused where they are something else', () => {
    const fix = 'run terraform output -json in the directory of the stack, and give its output';
    expect(told([])).toEqual([`outputs must be a map by name, got []; ${fix} [compliance/stack-output]`]);
    expect(told({ patch_manager: { value: { ...value, version: 2 } } })).toEqual([
      'patch_manager must be of version 1, got 2; use the version of patchfleet that deployed the stack, or a newer one [compliance/stack-output]',
    ]);
    for (const broken of [{ instances: { a: 1 } }, { windows: [] }, { baselines: { a: {} } }, { patch_groups: {} }])
      expect(told({ patch_manager: { value: { ...value, ...broken } } })).toEqual([
        `patch_manager must be what a stack of a fleet puts out, got another value; ${fix} [compliance/stack-output]`,
      ]);
  });
});
