import { describe, expect, it } from '@jest/globals';
import { instance, lacking, patch, place, without } from '../../compliance/support.ts';
import { patchfleet } from '../../support/run-command.ts';
import { compliance, fleet, snapshots, sources } from './named-snapshots.ts';
import { acmeFleet } from './snapshots.ts';

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
      "error: option '--as-of <day>' argument '2026-02-30' is invalid. It must be a date or an instant of 1970 to 2199, like 2026-12-01 or 2026-12-01T09:00:00Z.",
    ],
    [
      'a profile without a name',
      ['--profile', ''],
      "error: option '--profile <name>' argument '' is invalid. It must be the name of a profile; leave the option out to ask without one.",
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
    for (const asOf of [[], ['--as-of', '2026-11-25']])
      expect(await compliance('fine', '--since', later, ...asOf)).toEqual({
        exitCode: 2,
        out: '',
        err: `[${later}] the snapshot of --since must not be later than 2026-11-24T06:00:00.000Z, got one of 2026-11-24T06:00:01.000Z; name an earlier one [compliance/since-earlier]\n1 error`,
      });
    const before = await compliance('fine', '--since', sources.fine ?? '', '--as-of', '2026-11-24T05:59:59Z');
    expect(before.err).toContain(
      'must not be later than 2026-11-24T05:59:59.000Z, got one of 2026-11-24T06:00:00.000Z; name an earlier one',
    );
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
