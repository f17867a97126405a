import { describe, expect, it } from '@jest/globals';
import type { ComplianceReport } from '../../../compliance/report.ts';
import { id, instance, place } from '../../compliance/support.ts';
import { patchfleet } from '../../support/run-command.ts';
import { readCsv } from './in-format.ts';
import { compliance, reportOf, snapshots, sources } from './named-snapshots.ts';
import { acmeFleet } from './snapshots.ts';

describe('the exit code of compliance', () => {
  it.each([
    ['fine', 'noncompliant', 0],
    ['stopped', 'noncompliant', 0],
    ['empty', 'noncompliant', 0],
    ['missing', 'noncompliant', 1],
    ['unproven', 'noncompliant', 1],
    ['partly', 'noncompliant', 2],
    ['partlyMissing', 'noncompliant', 2],
    ['fine', 'sla', 0],
    ['missing', 'sla', 0],
    ['inTime', 'sla', 0],
    ['overdue', 'sla', 1],
    ['partly', 'sla', 2],
    // What is stopped is no failure, and what a stale scan listed may be installed by now.
    ['stoppedOverdue', 'sla', 0],
    ['staleOverdue', 'sla', 0],
    ['counted', 'sla', 0],
    ['ringless', 'sla', 0],
    ['overdue', 'incomplete', 0],
    ['unproven', 'incomplete', 0],
    ['partly', 'incomplete', 2],
    ['overdue', 'none', 0],
    ['partly', 'none', 2],
  ])('of what is %s with --fail-on %s is %d', async (name, failOn, exitCode) => {
    expect((await compliance(name, '--fail-on', failOn)).exitCode).toBe(exitCode);
  });

  it('is that of what was read, where a part is allowed', async () => {
    expect((await compliance('partly', '--allow-partial')).exitCode).toBe(0);
    expect((await compliance('partlyMissing', '--allow-partial')).exitCode).toBe(1);
  });

  it('is the same in every format', async () => {
    for (const format of ['table', 'json', 'csv', 'markdown', 'junit', 'html']) {
      expect((await compliance('missing', '--format', format)).exitCode).toBe(1);
      expect((await compliance('partly', '--format', format)).exitCode).toBe(2);
    }
  });
});

describe('what compliance tells on standard error', () => {
  it('is nothing where all is well', async () => {
    expect((await compliance('fine')).err).toBe('');
  });

  it('is what could not be read', async () => {
    expect((await compliance('partly', '--format', 'csv')).err).toBe(
      'patchfleet: incomplete: not everything could be read of 111111111111/eu-central-1',
    );
  });

  it('is where that was, and how often more: a role may be missing in a thousand accounts', async () => {
    const gaps = [{ area: 'windows', reason: 'access-denied', message: 'no' }] as const;
    const of = (account: string) => ({ ...place([], { gaps }), place: { account, region: 'eu-central-1' } });
    const source = await snapshots.write(...['111111111111', '222222222222', '333333333333', '444444444444'].map(of));
    const { err } = await patchfleet('compliance', '--source', source, '--fleet', snapshots.file('a.yaml', acmeFleet));
    expect(err).toBe(
      'patchfleet: incomplete: not everything could be read of 111111111111/eu-central-1, 222222222222/eu-central-1, 333333333333/eu-central-1 and 1 more',
    );
  });

  it('is what nobody can call overdue', async () => {
    const told = async (name: string) => (await compliance(name, '--fail-on', 'sla')).err;
    expect(await told('missing')).toBe('patchfleet: never called overdue: 1 missing patch of which nobody can say it');
    expect(await told('many')).toBe(
      'patchfleet: never called overdue: what these may lack: 1 instance not proven, 1 stopped, 1 whose patches are not listed',
    );
    expect(await told('counted')).toBe(
      'patchfleet: never called overdue: 5 missing patches of which nobody can say it',
    );
    expect(await told('ringless')).toBe(
      'patchfleet: never called overdue: 1 missing patch on instances without a deadline',
    );
    expect(await told('inTime')).toBe('');
  });

  it('is that there are no rings, without a fleet file', async () => {
    const { exitCode, err } = await patchfleet('compliance', '--source', sources.fine ?? '');
    expect({ exitCode, err }).toEqual({
      exitCode: 0,
      err: 'patchfleet: no fleet file, so no rings, deadlines and waivers; name it with --fleet',
    });
  });
});

describe('compliance', () => {
  it('tells everything in one text', async () => {
    const { out } = await compliance('overdue', '--as-of', '2026-11-24T06:00:00Z');
    const [head] = out.split('\nPatches, the worst first');
    expect(head).toBe(`Compliance of acme
══════════════════
error: 0 % compliant: 0 of 1 instance; 1 not patched; patches are overdue on 1
  as of                 2026-11-24 06:00 UTC
  source                ${sources.overdue}
  accounts and regions  1 read, 0 partly, 0 not

Instances
─────────

1 in all, each counted once, in the first bucket that holds
  bucket              instances  counts as     means
  ──────────────────  ─────────  ────────────  ───────────────────────────────────────────────────────────
  unknown                     0  unproven      something that decides could not be read, or makes no sense
  stopped                     0  stopped       not running: neither patched nor a failure
  not managed                 0  unproven      running, and Systems Manager does not know it
  never scanned               0  unproven      managed, and never scanned
  stale                       0  unproven      its last scan is too old to say anything
  failed                      0  noncompliant  a patch could not be installed
  missing                     1  noncompliant  a patch that its baseline approves is missing
  rejected installed          0  noncompliant  a patch is installed that its baseline rejects
  pending reboot              0  noncompliant  patched once it reboots
  waived                      0  compliant     all that it lacks is waived
  compliant                   0  compliant     lacks nothing

By ring
───────

Percent compliant of all instances, rounded down; what is waived counts as compliant
  ring  percent  instances  compliant  noncompliant  unproven  stopped  overdue
  ────  ───────  ─────────  ─────────  ────────────  ────────  ───────  ───────
  prod      0 %          1          0             1         0        0        1

How long patches are missing
────────────────────────────

Missing or failed patches, as each instance reported last: 1; overdue for their ring: 1; with a deadline, and nobody can
say whether they are past it: 0; without a deadline: 0. Days are those since the release, or since an earlier snapshot
saw it first
  severity     0-7  8-14  15-30  31-60  61-90  over 90  not known  all  overdue  oldest
  ───────────  ───  ────  ─────  ─────  ─────  ───────  ─────────  ───  ───────  ──────
  critical       0     0      0      0      0        0          0    0        0       -
  important      0     0      0      1      0        0          0    1        1      54
  moderate       0     0      0      0      0        0          0    0        0       -
  low            0     0      0      0      0        0          0    0        0       -
  unspecified    0     0      0      0      0        0          0    0        0       -
`);
  });

  it('says first what could not be read', async () => {
    const { out } = await compliance('partly');
    expect(out.split('\n').slice(2, 13).join('\n')).toBe(
      `error: 100 % compliant: 1 of 1 instance; incomplete: not everything could be read of 1 account and region
  as of                 2026-11-24 06:00 UTC
  source                ${sources.partly}
  accounts and regions  0 read, 1 partly, 0 not

What could not be read
──────────────────────

Unknown, and counted as such
  account and region         why                               what is unknown
  ─────────────────────────  ────────────────────────────────  ─────────────────────────────`,
    );
  });

  it('fits a terminal', async () => {
    for (const name of ['overdue', 'partly', 'unproven'])
      for (const line of (await compliance(name)).out.split('\n')) expect([...line].length).toBeLessThanOrEqual(120);
  });

  it('is told for the end of a snapshot, or for another instant', async () => {
    expect((await reportOf('fine')).evidence.asOf).toBe('2026-11-24T06:00:00.000Z');
    const later = await reportOf('fine', '--as-of', '2026-12-24');
    expect(later.evidence.asOf).toBe('2026-12-24T00:00:00.000Z');
    expect(later.totals.buckets.stale).toBe(1);
  });

  it('calls scans stale after the time that was asked for', async () => {
    expect((await reportOf('fine', '--stale-after', '3h')).totals.buckets.stale).toBe(1);
    expect((await reportOf('fine', '--stale-after', '4h')).totals.buckets.stale).toBe(0);
    expect((await reportOf('fine', '--stale-after', '2d')).evidence.staleAfterHours).toBe(48);
  });

  it('is grouped by what was asked for', async () => {
    for (const [by, told] of [
      ['account', 'By account'],
      ['region', 'By region'],
      ['os', 'By operating system'],
      ['patch-group', 'By patch group'],
      ['tag:Name', 'By tag:Name'],
    ])
      expect((await compliance('fine', '--group-by', by ?? '')).out).toContain(`\n${told}\n`);
    expect((await reportOf('fine', '--group-by', 'tag:Name')).groups['tag:Name']?.map(({ key }) => key)).toEqual([
      'web-1',
    ]);
  });

  it('is grouped by a tag of any name', async () => {
    for (const key of ['toString', '__proto__']) {
      const groups = (await reportOf('fine', '--group-by', `tag:${key}`)).groups[`tag:${key}`];
      expect(groups?.map((group) => [group.key, group.totals.instances])).toEqual([[undefined, 1]]);
      for (const format of ['table', 'html'])
        expect((await compliance('fine', '--group-by', `tag:${key}`, '--format', format)).exitCode).toBe(0);
    }
  });

  it('tells where one patch stands', async () => {
    const { out } = await compliance('overdue', '--patch', 'cve-2026-1111');
    expect(out).toContain('\nCVE-2026-1111\n─────────────\n');
    expect(out).toMatch(/\n {2}exposed: it is missing, failed, or waits for approval +1\n/);
    expect((await reportOf('overdue', '--patch', 'cve-2026-1111')).patch?.exposed).toHaveLength(1);
  });

  it('tells in every format of instances what a window that installs the patch needs', async () => {
    const args = ['stoppedOverdue', '--patch', 'cve-2026-1111'] as const;
    const next = (await reportOf(...args)).patch?.exposed[0]?.next;
    expect(next).toEqual({ at: '2026-11-28T02:00:00.000Z', windowName: 'acme-install', onlyIf: 'it runs by then' });
    const inFormat = async (format: string) => (await compliance(...args, '--format', format)).out;
    expect(await inFormat('table')).toMatch(/acme-install, if it runs/);
    expect(await inFormat('markdown')).toContain('2026-11-28 02:00 UTC, acme-install, if it runs by then');
    const [row] = readCsv(await inFormat('csv'));
    expect(row).toMatchObject({ next_run: '2026-11-28T02:00:00.000Z', next_run_only_if: 'it runs by then' });
    expect(await inFormat('html')).toContain('"it runs by then"');
  });

  it('tells what has changed since an earlier snapshot', async () => {
    const { out } = await compliance('missing', '--since', sources.fine ?? '');
    expect(out).toContain(`100 % were compliant in ${sources.fine}, 0 % are now`);
    expect(out).toContain('  i-00000000000000001  111111111111/eu-central-1  compliant  missing');
    expect((await reportOf('missing', '--since', sources.fine ?? '')).trend?.regressed).toHaveLength(1);
  });

  it('does not take an account that the earlier snapshot was not asked for as unknown then', async () => {
    const account = '222222222222';
    const grown = snapshots.file(
      'grown.yaml',
      `${acmeFleet}  - account: "${account}"\n    regions: [eu-central-1]\n    assignments: { default: { ring: prod, patchGroups: [web] } }\n`,
    );
    const value = {
      ...{ version: 1, partition: 'aws', account_id: account, region: 'eu-central-1', baselines: {}, patch_groups: [] },
      ...{ windows: {}, instances: { web: id } },
    };
    const outputs = snapshots.file('grown.json', JSON.stringify({ patch_manager: { value } }));
    const both = [place([instance()]), { ...place([instance()]), place: { account, region: 'eu-central-1' } }];
    const args = ['--source', await snapshots.write(...both), '--since', sources.fine ?? '', '--format', 'json'];
    const { out } = await patchfleet('compliance', '--fleet', grown, '--outputs', outputs, ...args);
    const { trend } = JSON.parse(out) as ComplianceReport;
    expect(trend).toMatchObject({
      ...{ sinceComplete: true, new: [], fixed: [], changed: [], unchanged: 1 },
      notSeenThen: [{ account, region: 'eu-central-1', instanceId: id, is: 'compliant' }],
      before: { instances: 1, compliantPercent: 100 },
    });
  });

  it('counts what was there and cannot be seen now, in its place and in all', async () => {
    const report = await reportOf('unread', '--since', sources.fine ?? '');
    expect(report.instances.map(({ bucket }) => bucket)).toEqual(['unknown']);
    expect(report.totals.buckets.unknown).toBe(1);
    expect(report.places.map(({ totals }) => totals.buckets.unknown)).toEqual([1]);
    const { out } = await compliance('unread', '--since', sources.fine ?? '', '--format', 'junit');
    expect(out).toContain('tests="2" failures="0" errors="2" skipped="0"');
  });

  it('looks at chosen stacks only', async () => {
    expect((await reportOf('fine', '--only', '111111111111-*')).totals.instances).toBe(1);
  });
});
