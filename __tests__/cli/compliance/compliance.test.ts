import { beforeAll, describe, expect, it } from '@jest/globals';
import type { PlaceFacts } from '../../../compliance/facts.ts';
import type { ComplianceReport } from '../../../compliance/report.ts';
import { counts, ec2, instance, kernel, lacking, patch, patchState, place, without } from '../../compliance/support.ts';
import { patchfleet } from '../../support/run-command.ts';
import { acmeFleet, Snapshots } from './snapshots.ts';

const gap = { area: 'patch-states', reason: 'access-denied', message: 'not authorized' } as const;

let snapshots: Snapshots;
let fleet: string;
const sources: Record<string, string> = {};

beforeAll(async () => {
  snapshots = new Snapshots();
  fleet = snapshots.file('fleet.yaml', acmeFleet);
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
    partly: place([instance()], { gaps: [gap] }),
    partlyMissing: place([missing], { gaps: [{ ...gap, area: 'windows' }] }),
    empty: place([]),
    unread: place([], { gaps: [{ ...gap, area: 'place' }] }),
  };
  for (const [name, one] of Object.entries(facts))
    sources[name] = await snapshots.write(JSON.parse(JSON.stringify(one)));
});

function compliance(name: string, ...args: readonly string[]) {
  return patchfleet('compliance', '--fleet', fleet, '--source', sources[name] ?? name, ...args);
}

async function reportOf(name: string, ...args: readonly string[]): Promise<ComplianceReport> {
  return JSON.parse((await compliance(name, '--format', 'json', ...args)).out);
}

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

  it('is what nobody can call overdue', async () => {
    const told = async (name: string) => (await compliance(name, '--fail-on', 'sla')).err;
    expect(await told('missing')).toBe('patchfleet: never called overdue: 1 missing patch of which nobody can say it');
    expect(await told('many')).toBe(
      'patchfleet: never called overdue: what these may lack: 1 instance not proven, 1 stopped, 1 whose patches are not listed',
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
say whether they are past it: 0. Days are those since the release, or since an earlier snapshot saw it first
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
    expect(out).toContain('exposed: it is missing or failed                                       1');
    expect((await reportOf('overdue', '--patch', 'cve-2026-1111')).patch?.exposed).toHaveLength(1);
  });

  it('tells what has changed since an earlier snapshot', async () => {
    const { out } = await compliance('missing', '--since', sources.fine ?? '');
    expect(out).toContain(`100 % were compliant in ${sources.fine}, 0 % are now`);
    expect(out).toContain('  i-00000000000000001  111111111111/eu-central-1  compliant  missing');
    expect((await reportOf('missing', '--since', sources.fine ?? '')).trend?.regressed).toHaveLength(1);
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

describe('compliance cannot run', () => {
  const refused: readonly (readonly [string, readonly string[], string])[] = [
    [
      'an unknown format',
      ['--format', 'pdf'],
      "error: option '--format <format>' argument 'pdf' is invalid. Allowed choices are table, json, csv, markdown, junit, html.",
    ],
    [
      'a group that is none',
      ['--group-by', 'team'],
      "error: option '--group-by <what>' argument 'team' is invalid. It must be ring, account, region, os, patch-group or tag:KEY.",
    ],
    [
      'a time that is none',
      ['--stale-after', '7'],
      "error: option '--stale-after <time>' argument '7' is invalid. It must be hours or days, like 36h or 7d.",
    ],
    [
      'no time',
      ['--stale-after', '0d'],
      "error: option '--stale-after <time>' argument '0d' is invalid. It must be hours or days, like 36h or 7d.",
    ],
    [
      'a patch that is none',
      ['--patch', 'KB'],
      "error: option '--patch <id>' argument 'KB' is invalid. It must be the id of an update or a CVE, like KB5034441 or CVE-2026-1234.",
    ],
    [
      'a day that is none',
      ['--as-of', '2026-02-30'],
      "error: option '--as-of <day>' argument '2026-02-30' is invalid. It must be a date or an instant, like 2026-12-01 or 2026-12-01T09:00:00Z.",
    ],
    [
      'a profile for a snapshot',
      ['--profile', 'x'],
      "error: option '--source <snapshot>' cannot be used with option '--profile <name>'",
    ],
    [
      'a deadline for a snapshot',
      ['--deadline', '5m'],
      "error: option '--source <snapshot>' cannot be used with option '--deadline <time>'",
    ],
    [
      'what it should both fail on and allow',
      ['--fail-on', 'incomplete', '--allow-partial'],
      'patchfleet: --fail-on incomplete fails on what --allow-partial allows; use one of them',
    ],
    ['a stack that is none', ['--only', '999*'], 'patchfleet: no stack matches "999*"'],
  ];

  it.each(refused)('with %s', async (_, args, message) => {
    const { exitCode, out, err } = await compliance('fine', ...args);
    expect({ exitCode, out, first: err.split('\n')[0] }).toEqual({ exitCode: 2, out: '', first: message });
  });

  it('with deadlines where the snapshot lists no patches', async () => {
    const bare = await snapshots.writeAs({ details: 'none' }, place([without(lacking([patch()]), 'patches')]));
    const { exitCode, out, err } = await compliance(bare, '--fail-on', 'sla');
    expect({ exitCode, out, err }).toEqual({
      exitCode: 2,
      out: '',
      err: `patchfleet: --fail-on sla needs patches one by one, and ${bare} lists none: take it with --details noncompliant`,
    });
    expect((await compliance(bare)).out).toContain('no patch is listed');
  });

  it('with deadlines where no ring has any', async () => {
    const { exitCode, err } = await patchfleet('compliance', '--source', sources.fine ?? '', '--fail-on', 'sla');
    expect({ exitCode, last: err.split('\n').at(-1) }).toEqual({
      exitCode: 2,
      last: 'patchfleet: --fail-on sla needs a fleet file with patchWithinDays in a ring: nothing else is overdue',
    });
  });

  it('without a snapshot', async () => {
    const path = `${snapshots.directory}/nowhere`;
    const { exitCode, out, err } = await compliance(path);
    expect({ exitCode, out, err }).toEqual({
      exitCode: 2,
      out: '',
      err: `[${path}] a snapshot must exist, got no file or directory of this name; name a directory that npx patchfleet snapshot --out has written [compliance/snapshot-readable]\n1 error`,
    });
  });

  it('with a later snapshot, or one of other names, as the earlier one', async () => {
    const later = await snapshots.writeAs({ now: '2026-11-24T06:00:01.000Z' }, place([instance()]));
    const anonymised = await snapshots.writeAs({ key: 'key' }, place([instance()]));
    expect(await compliance('fine', '--since', later)).toEqual({
      exitCode: 2,
      out: '',
      err: `[${later}] the snapshot of --since must not be later than 2026-11-24T06:00:00.000Z, got one of 2026-11-24T06:00:01.000Z; name an earlier one [compliance/since-earlier]\n1 error`,
    });
    expect((await compliance('fine', '--since', later, '--as-of', '2026-11-25')).exitCode).toBe(0);
    expect(await compliance('fine', '--since', anonymised)).toEqual({
      exitCode: 2,
      out: '',
      err: `[${anonymised}] the snapshot of --since must name instances as what is read does, which has not been anonymised, got one that has; compare two snapshots that were anonymised with one key, or two that were not [compliance/since-names]\n1 error`,
    });
    const otherwise = await snapshots.writeAs({ key: 'another key' }, place([instance()]));
    expect(await compliance(anonymised, '--only', '*', '--since', otherwise)).toEqual({
      exitCode: 2,
      out: '',
      err: `[${otherwise}] the snapshot of --since must name instances as what is read does, got one that was anonymised with another key; take both with the same key in PATCHFLEET_ANONYMISE_KEY [compliance/since-names]\n1 error`,
    });
    expect((await compliance(anonymised, '--only', '*', '--since', sources.fine ?? '')).err).toContain(
      'which has been anonymised, got one that has not;',
    );
  });

  it('without the snapshot of --since', async () => {
    const { exitCode, out, err } = await compliance('fine', '--since', fleet);
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
    expect(err).toContain('[compliance/snapshot-format]');
  });

  it('with a fleet file that is not sound', async () => {
    const broken = snapshots.file('broken.yaml', acmeFleet.replace('ring: prod', 'ring: gone'));
    const { exitCode, out, err } = await patchfleet('compliance', '--fleet', broken, '--source', sources.fine ?? '');
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
    expect(err).toContain(`[${broken}:14:31 accounts[0].assignments.default.ring]`);
  });
});
