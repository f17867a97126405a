import { describe, expect, it } from '@jest/globals';
import { exposure } from '../../../calendar/index.ts';
import { freeze, install, linux, ring, rollout, windows } from '../rollouts.ts';
import { fiveYears, messages, oneYear, patchTuesday, ruled, wednesday } from './dev-and-test.ts';

describe('a ring that an approval date pins', () => {
  const pinned = (untilDate: string, patchWithinDays?: number) =>
    ring('prod', patchTuesday, {
      approvals: [windows(0, { approval: { untilDate } })],
      ...(patchWithinDays !== undefined && { patchWithinDays }),
    });

  it('awaits promotion, which is no failure', () => {
    const found = exposure(rollout([pinned('2025-11-30', 30)]), { ...fiveYears, months: 2 });
    expect(found.rings[0]).toMatchObject({ awaiting: 2, never: 0, installed: 0 });
    expect(found.findings.map(({ severity }) => severity)).toEqual(['info']);
    expect(messages(found)).toEqual([
      'ring "prod" gets a patch when its approval date is moved, got 1 of 1 release that waits (windows approvalRules[0]): 2025-12-09; promote to ring "prod" what has soaked before it [exposure/awaiting-promotion]',
    ]);
  });

  it('fails once today is past the deadline of a release', () => {
    const at = (asOf: string) => exposure(rollout([pinned('2025-11-30', 30)]), { asOf: new Date(asOf), months: 2 });
    expect(at('2026-01-08T18:00:00Z').findings.map(({ rule }) => rule)).toEqual(['exposure/awaiting-promotion']);
    expect(messages(at('2026-01-08T18:00:01Z'))).toEqual([
      'ring "prod" must have a patch within 30 days (patchWithinDays) of its release, got 1 of 1 release still awaiting promotion (windows approvalRules[0]): 2025-12-09; promote to ring "prod" what has soaked before it [exposure/too-late]',
    ]);
  });

  it('waits for nothing while its date lies ahead', () => {
    const { rings, findings } = exposure(rollout([pinned('2026-01-13')]), { ...fiveYears, months: 2 });
    expect(rings[0]?.steps.map(({ state }) => state)).toEqual(['installed', 'awaiting']);
    expect(findings).toEqual([]);
  });

  it('falls behind a later ring that goes on, or is pinned later', () => {
    const first = { ...pinned('2025-10-31'), name: 'dev' };
    const going = ring('prod', wednesday, { approvals: [windows(0)] });
    const inverted = ruled(exposure(rollout([first, going]), { ...fiveYears, months: 1 }), 'exposure/inverted');
    expect(inverted.map(({ cases }) => cases)).toEqual([
      [
        { release: '2025-11-11T18:00:00Z', installed: '2025-11-12T21:00:00Z' },
        { release: '2025-12-09T18:00:00Z', installed: '2025-12-10T21:00:00Z' },
        { release: '2026-01-13T18:00:00Z', installed: '2026-01-14T21:00:00Z' },
      ],
    ]);
    const later = ruled(
      exposure(rollout([first, pinned('2025-11-30')]), { ...fiveYears, months: 1 }),
      'exposure/inverted',
    );
    expect(later.map(({ cases }) => cases.map(({ release }) => release))).toEqual([['2025-11-11T18:00:00Z']]);
    const same = exposure(rollout([first, pinned('2025-10-31')]), { ...fiveYears, months: 1 });
    expect(ruled(same, 'exposure/inverted')).toEqual([]);
  });
});

describe('a freeze', () => {
  const frozen = (from: string, to: string, window = install(patchTuesday)) =>
    exposure(
      rollout([ring('dev', undefined, { windows: [window], approvals: [windows(0)] })], [freeze(from, to, ['dev'])]),
      { ...fiveYears, months: 1 },
    ).rings[0]?.steps[0]?.installed;

  it.each([
    ['begins while the window could be open', '2026-01-13T23:59:59Z', '2026-01-14T00:00:00Z', '2026-02-10T21:00:00Z'],
    ['begins when it closes', '2026-01-14T00:00:00Z', '2026-01-15T00:00:00Z', '2026-01-13T21:00:00Z'],
    ['ends when it opens', '2026-01-01T00:00:00Z', '2026-01-13T21:00:00Z', '2026-01-13T21:00:00Z'],
    ['ends just after it opens', '2026-01-01T00:00:00Z', '2026-01-13T21:00:01Z', '2026-02-10T21:00:00Z'],
  ])('closes a window that it touches: it %s', (_, from, to, installed) => {
    expect(frozen(from, to)).toBe(installed);
  });

  it('that closed a window by name keeps it closed until it is over', () => {
    const closed = install(patchTuesday, { enabled: false, closedBy: ['quiet'] });
    expect(frozen('2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z', closed)).toBe('2026-02-10T21:00:00Z');
    expect(frozen('2026-03-01T00:00:00Z', '2026-04-01T00:00:00Z', closed)).toBe('2026-04-14T21:00:00Z');
  });

  it('keeps it closed until the last of several is over, in whatever order they are', () => {
    const closed = install(patchTuesday, { enabled: false, closedBy: ['early', 'late'] });
    const rings = [ring('dev', undefined, { windows: [closed], approvals: [windows(0)] })];
    const early = freeze('2026-01-01T00:00:00Z', '2026-01-05T00:00:00Z', ['dev'], 'early');
    const late = freeze('2026-03-01T00:00:00Z', '2026-04-01T00:00:00Z', ['dev'], 'late');
    for (const freezes of [
      [early, late],
      [late, early],
    ]) {
      const { rings: told } = exposure(rollout(rings, freezes), { ...fiveYears, months: 1 });
      expect(told[0]?.steps[0]?.installed).toBe('2026-04-14T21:00:00Z');
    }
  });
});

describe('a rate', () => {
  const weekly = ring('dev', undefined, { windows: [install('rate(7 days)')], approvals: [windows(0)] });

  it('installs within a period, at the latest', () => {
    const { rings } = exposure(rollout([weekly]), { ...fiveYears, months: 1 });
    expect(rings[0]?.steps[0]).toMatchObject({
      approved: '2026-01-13T18:00:00Z',
      installed: '2026-01-20T18:00:00Z',
      days: 7,
    });
  });

  it('is only suspected where its order is open, and proven where it is not', () => {
    const late = (days: number) => ring('test', 'cron(0 2 * * ? *)', { approvals: [windows(days)] });
    const found = exposure(rollout([weekly, late(3)]), { ...fiveYears, months: 1 });
    expect(found.findings.map(({ severity }) => severity)).toEqual(['warning']);
    expect(messages(found)).toEqual([
      'ring "test" must get a patch after ring "dev", which a rate leaves open, got 1 of 1 release that could be in another order (windows approvalRules[0]): 2026-01-13 at 2026-01-17T02:00Z or later, in "dev" until 2026-01-20T18:00Z; write a cron expression or patchTuesday instead of the rate [exposure/order-unproven]',
    ]);
    expect(messages(exposure(rollout([weekly, late(7)]), oneYear))).toEqual([]);
  });

  it('is wrong for certain where even the widest gap that it leaves open is shorter than the soak', () => {
    const late = (soakDays: number) => ring('test', 'cron(0 2 * * ? *)', { soakDays, approvals: [windows(7)] });
    const found = (soakDays: number) => exposure(rollout([weekly, late(soakDays)]), { ...fiveYears, months: 1 });
    // Installed in dev from 2026-01-13T18:00Z on, and in test seven days and eight hours later.
    expect(found(7).findings.map(({ rule, severity }) => [rule, severity])).toEqual([
      ['exposure/order-unproven', 'warning'],
    ]);
    const [finding, ...others] = found(8).findings;
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ rule: 'exposure/soak-too-short', severity: 'error' });
    expect(finding?.message).toBe(
      'ring "test" must get a patch at least 8 days (soakDays) after ring "dev", got 1 of 1 release sooner (windows approvalRules[0]): 2026-01-13 by 2026-01-21T02:00Z, at most 7.3 days after "dev" from 2026-01-13T18:00Z on',
    );
    expect(finding?.fix).toBe(
      'let ring "test" install at patchTuesday({ plusDays: 0, at: "02:00" }) in UTC: then nothing fails in ring "test" over the whole time',
    );
  });
});

describe('rings with several approvals', () => {
  const daily = 'cron(0 2 * * ? *)';

  it('compares the earliest of the later ring with the latest of the earlier one', () => {
    const dev = ring('dev', daily, { approvals: [linux(0), linux(5)] });
    const prod = ring('prod', daily, { approvals: [linux(9), linux(3)] });
    const [finding] = exposure(rollout([dev, prod]), oneYear).findings;
    expect(finding).toMatchObject({
      rule: 'exposure/inverted',
      count: 365,
      approvals: [{ baseline: 'linux', approvalRule: 0 }],
    });
  });

  it('compares baselines of other names by operating system and position', () => {
    const dev = ring('dev', daily, {
      approvals: [linux(0, { baseline: 'dev' }), linux(9, { baseline: 'dev', rule: 1 })],
    });
    const prod = ring('prod', daily, {
      approvals: [linux(1, { baseline: 'prod' }), linux(10, { baseline: 'prod', rule: 1 })],
    });
    expect(exposure(rollout([dev, prod]), oneYear).findings).toEqual([]);
    const third = { ...prod, approvals: [...prod.approvals, linux(5, { baseline: 'prod', rule: 2 })] };
    expect(exposure(rollout([dev, third]), oneYear).findings.map(({ approvals }) => approvals)).toEqual([
      [{ baseline: 'prod', approvalRule: 2, operatingSystem: 'AMAZON_LINUX_2023', label: 'Security' }],
    ]);
    const other = ring('prod', daily, { approvals: [linux(0, { baseline: 'suse', operatingSystem: 'SUSE' })] });
    expect(exposure(rollout([{ ...dev, approvals: [linux(9)] }, other]), oneYear).findings).toEqual([]);
  });

  it('compares rules of baselines of other names by what they approve, and what nobody else approves with the slowest', () => {
    const rule = (baseline: string, days: number, rule: number, label: string) =>
      linux(days, { baseline, rule, label });
    const dev = ring('dev', daily, { approvals: [rule('dev', 0, 0, 'Security'), rule('dev', 9, 1, 'Bugfix')] });
    const found = (...approvals: readonly ReturnType<typeof rule>[]) =>
      exposure(rollout([dev, ring('prod', daily, { approvals })]), { ...oneYear, months: 1 }).findings.map(
        (finding) => [finding.rule, ...finding.approvals.map(({ label }) => label)],
      );
    expect(found(rule('prod', 10, 0, 'Bugfix'), rule('prod', 1, 1, 'Security'))).toEqual([]);
    expect(found(rule('prod', 5, 0, 'Bugfix'), rule('prod', 1, 1, 'Security'))).toEqual([
      ['exposure/inverted', 'Bugfix'],
    ]);
    expect(found(rule('prod', 10, 0, 'Enhancement'))).toEqual([]);
    expect(found(rule('prod', 5, 0, 'Enhancement'))).toEqual([['exposure/inverted', 'Enhancement']]);
  });

  it('tells once what happens by several rules alike', () => {
    const rules = (days: number) => [0, 1, 2, 3].map((rule) => linux(days, { rule }));
    const of = rollout([ring('dev', daily, { approvals: rules(2) }), ring('prod', daily, { approvals: rules(0) })]);
    const { findings } = exposure(of, oneYear);
    expect(findings.map(({ approvals }) => approvals.length)).toEqual([4]);
    expect(findings[0]?.message).toContain(
      '(linux approvalRules[0], linux approvalRules[1], linux approvalRules[2], 1 more)',
    );
  });
});

describe('a fix', () => {
  it('is not told where a ring that nothing mends would fail behind the one that it moves', () => {
    const daily = 'cron(0 22 * * ? *)';
    const late = install(daily, { startDate: '2026-12-20T00:00:00Z' });
    const dev = ring('dev', undefined, { windows: [late], approvals: [windows(0)] });
    const mid = ring('mid', daily, { approvals: [windows(3)] });
    const prod = ring('prod', daily, { patchWithinDays: 6, approvals: [windows(5)] });
    const asked = { asOf: new Date('2026-11-25T00:00:00Z'), months: 24 };
    const found = exposure(rollout([dev, mid, prod]), asked).findings;
    expect(found.map(({ rule, ring: name, earlierRing, changes }) => [rule, name, earlierRing, changes])).toEqual([
      ['exposure/inverted', 'mid', 'dev', []],
      ['exposure/inverted', 'prod', 'dev', []],
    ]);
  });
});
