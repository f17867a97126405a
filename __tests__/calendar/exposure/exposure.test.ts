import { describe, expect, it } from '@jest/globals';
import { exposure, exposureAssumptions } from '../../../calendar/index.ts';
import { formatViolation } from '../../../core/problem.ts';
import { freeze, install, linux, ring, rollout, windows } from '../rollouts.ts';
import { devAndTest, fiveYears, messages, oneYear, patchTuesday, ruled, wednesday } from './dev-and-test.ts';

describe('the exposure of dev on TUE#2 and test on WED#2', () => {
  it('inverts nowhere in five years without a delay', () => {
    expect(exposure(devAndTest(0), fiveYears)).toMatchObject({
      asOf: '2026-01-01T00:00:00Z',
      firstDay: '2026-01-01',
      lastDay: '2030-12-31',
      findings: [],
    });
  });

  it('inverts for nine of the sixty releases with a delay of three days', () => {
    const [finding, ...others] = ruled(exposure(devAndTest(3), fiveYears), 'exposure/inverted');
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ ring: 'test', earlierRing: 'dev', severity: 'error', releases: 60, count: 9 });
    expect(finding?.cases[0]).toEqual({
      release: '2026-03-10T17:00:00Z',
      installed: '2026-04-08T21:00:00Z',
      earlierInstalled: '2026-04-14T21:00:00Z',
    });
    expect(finding?.cases.map(({ release }) => release.slice(0, 7))).toEqual([
      '2026-03',
      '2026-06',
      '2027-08',
      '2027-11',
      '2028-02',
      '2028-10',
      '2029-07',
      '2030-04',
      '2030-12',
    ]);
    expect(finding?.message).toBe(
      'ring "test" must not get a patch before ring "dev", got 9 of 60 releases earlier (windows approvalRules[0]): 2026-03-10 at 2026-04-08T21:00Z, in "dev" at 2026-04-14T21:00Z; 2026-06-09 at 2026-07-08T21:00Z, in "dev" at 2026-07-14T21:00Z; 2027-08-10 at 2027-09-08T21:00Z, in "dev" at 2027-09-14T21:00Z; 6 more',
    );
    expect(finding?.fix).toBe(
      'let ring "dev" install at patchTuesday({ plusDays: 3, at: "21:00" }) in UTC, and let ring "test" install at patchTuesday({ plusDays: 4, at: "21:00" }) in UTC: then nothing fails in ring "test" over the whole time',
    );
  });

  it('puts every approval of three days behind the window that it was meant for', () => {
    const behind = ruled(exposure(devAndTest(3), fiveYears), 'exposure/approved-after-window');
    // In the months that invert, WED#2 comes before Patch Tuesday, and nothing is missed there.
    expect(behind.map(({ ring, count }) => [ring, count])).toEqual([
      ['dev', 60],
      ['test', 52],
    ]);
    expect(behind[0]?.message).toContain(
      '2026-01-13 approved at 2026-01-16T18:00Z, after 2026-01-13T21:00Z, so it waits until 2026-02-10T21:00Z',
    );
  });
});

describe('exposure', () => {
  it('tells each release of Windows in each ring, and what it assumes', () => {
    const { rings, assumptions } = exposure(devAndTest(0), { ...fiveYears, months: 2 });
    expect(assumptions).toBe(exposureAssumptions);
    expect(assumptions).toEqual(
      expect.arrayContaining([
        'A freeze closes its windows when it begins; validate asks for them to be closed 7 days before, and what would run in those days then does not happen.',
        'Releases before the first day are not followed, but for those that an approval date holds back: what is still pending from before is not told.',
      ]),
    );
    expect(rings[0]).toEqual({
      ring: 'dev',
      approval: windows(0),
      cadence: 'monthly',
      ignoresDelay: false,
      undatedBypass: false,
      releases: 2,
      installed: 2,
      never: 0,
      awaiting: 0,
      fewestDays: 0.1,
      mostDays: 0.1,
      steps: [
        {
          release: '2026-01-13T18:00:00Z',
          state: 'installed',
          approved: '2026-01-13T18:00:00Z',
          installed: '2026-01-13T21:00:00Z',
          window: 'install',
          days: 0.1,
        },
        {
          release: '2026-02-10T18:00:00Z',
          state: 'installed',
          approved: '2026-02-10T18:00:00Z',
          installed: '2026-02-10T21:00:00Z',
          window: 'install',
          days: 0.1,
        },
      ],
    });
  });

  it('counts a release by its own day, today among them, and follows it beyond the end', () => {
    const of = rollout([ring('dev', 'cron(0 21 1 1 ? *)', { approvals: [windows(0)] })]);
    const { rings, findings } = exposure(of, { asOf: new Date('2026-01-13T23:00:00Z'), months: 1 });
    expect(rings[0]?.steps).toMatchObject([
      { release: '2026-01-13T18:00:00Z', installed: '2027-01-01T21:00:00Z' },
      { release: '2026-02-10T18:00:00Z', installed: '2027-01-01T21:00:00Z' },
    ]);
    expect(findings).toEqual([]);
  });

  it('summarises the days of Linux by the worst of each month', () => {
    const of = rollout([ring('dev', patchTuesday, { approvals: [linux(0)] })]);
    const { rings } = exposure(of, { ...fiveYears, months: 2 });
    expect(rings[0]).toMatchObject({ cadence: 'daily', releases: 59, installed: 59, fewestDays: 0.9, mostDays: 27.9 });
    expect(rings[0]?.steps.map(({ release, days }) => [release, days])).toEqual([
      ['2026-01-14T00:00:00Z', 27.9],
      ['2026-02-11T00:00:00Z', 27.9],
    ]);
  });

  it('ignores delays and dates where apt does, and says so', () => {
    const apt = { family: 'apt', operatingSystem: 'UBUNTU' } as const;
    const approvals = [linux(9, apt), linux(0, { ...apt, rule: 1, approval: { untilDate: '2020-01-01' } })];
    const { rings, findings } = exposure(rollout([ring('dev', 'cron(0 2 * * ? *)', { approvals })]), oneYear);
    expect(rings.map(({ ignoresDelay, mostDays, awaiting }) => [ignoresDelay, mostDays, awaiting])).toEqual([
      [true, 0.1, 0],
      [true, 0.1, 0],
    ]);
    expect(findings).toEqual([]);
  });

  it('says where packages without a date may come before their delay', () => {
    const approvals = [linux(0), linux(3), linux(0, { approval: { untilDate: '2026-06-30' } }), windows(3)];
    const { rings } = exposure(rollout([ring('dev', 'cron(0 2 * * ? *)', { approvals })]), { ...fiveYears, months: 1 });
    expect(rings.map(({ undatedBypass }) => undatedBypass)).toEqual([false, true, true, false]);
  });

  it('finds days of Linux that a later ring gets first, and the delay that mends it', () => {
    const of = rollout([
      ring('dev', patchTuesday, { approvals: [linux(0)] }),
      ring('test', 'cron(0 21 ? * WED#3 *)', { approvals: [linux(0)] }),
    ]);
    expect(messages(exposure(of, oneYear))).toEqual([
      'ring "test" must not get a patch before ring "dev", got 82 of 365 daily releases earlier (linux approvalRules[0]): the worst 2026-03-11 at 2026-03-18T21:00Z, in "dev" at 2026-04-14T21:00Z; 81 more; let ring "test" approve linux approvalRules[0] 8 days after release: then nothing fails in ring "test" over the whole time [exposure/inverted]',
    ]);
  });

  it('finds a soak that is too short, and the day that is long enough', () => {
    const found = exposure(devAndTest(0, { soakDays: 7 }), { ...fiveYears, months: 3 });
    expect(messages(found)).toEqual([
      'ring "test" must get a patch at least 7 days (soakDays) after ring "dev", got 3 of 3 releases sooner (windows approvalRules[0]): 2026-01-13 at 2026-01-14T21:00Z, 1 day after "dev" at 2026-01-13T21:00Z; 2026-02-10 at 2026-02-11T21:00Z, 1 day after "dev" at 2026-02-10T21:00Z; 2026-03-10 at 2026-03-11T21:00Z, 1 day after "dev" at 2026-03-10T21:00Z; let ring "test" install at patchTuesday({ plusDays: 7, at: "21:00" }) in UTC: then nothing fails in ring "test" over the whole time [exposure/soak-too-short]',
    ]);
  });

  it('takes a week over a change of clocks for seven days', () => {
    const at = (schedule: string) => ({
      windows: [install(schedule, { timezone: 'Europe/Berlin' })],
      approvals: [windows(0)],
    });
    const of = rollout([
      ring('dev', undefined, at('cron(0 2 24 3 ? *)')),
      ring('test', undefined, { ...at('cron(0 2 31 3 ? *)'), soakDays: 7 }),
    ]);
    expect(messages(exposure(of, { ...fiveYears, months: 3 }))).toEqual([]);
  });

  it('counts a soak from the ring directly before that installs the system, an inversion from every ring', () => {
    const onlyLinux = ring('linux', 'cron(0 21 ? * TUE#3 *)', { approvals: [linux(0)], patchWithinDays: 60 });
    const first = ring('dev', 'cron(0 20 ? * WED#2 *)', { approvals: [windows(0)] });
    const second = ring('test', 'cron(0 20 ? * WED#3 *)', { approvals: [windows(0)] });
    const last = ring('prod', 'cron(0 21 ? * WED#3 *)', { approvals: [windows(0)], soakDays: 2 });
    const { findings } = exposure(rollout([first, onlyLinux, second, onlyNamed(onlyLinux, 'linux-2'), last]), oneYear);
    const soaks = findings.filter(({ rule }) => rule === 'exposure/soak-too-short');
    expect(soaks.map(({ ring, earlierRing }) => [ring, earlierRing])).toEqual([['prod', 'test']]);
  });

  it('proposes no change of a ring that has nothing to do with it', () => {
    const daily = 'cron(0 2 * * ? *)';
    const alone = ring('alone', patchTuesday, { approvals: [linux(40)], patchWithinDays: 30 });
    const dev = ring('dev', patchTuesday, { approvals: [windows(3)] });
    const test = ring('test', wednesday, { approvals: [windows(3)] });
    const { findings } = exposure(rollout([alone, dev, test, ring('last', daily)]), fiveYears);
    const changed = findings
      .filter(({ ring: name }) => name === 'test')
      .map(({ changes }) => changes.map((one) => one.ring));
    expect(changed).toEqual([
      ['dev', 'test'],
      ['dev', 'test'],
    ]);
  });

  it('finds what comes later than the deadline', () => {
    const of = rollout([ring('dev', wednesday, { approvals: [windows(0)], patchWithinDays: 14 })]);
    expect(messages(exposure(of, { ...fiveYears, months: 6 }))).toEqual([
      'ring "dev" must have a patch within 14 days (patchWithinDays) of its release, got 1 of 6 releases later (windows approvalRules[0]): 2026-04-14 at 2026-05-13T21:00Z, 29.2 days later; let ring "dev" install at patchTuesday({ plusDays: 0, at: "21:00" }) in UTC: then nothing fails in ring "dev" over the whole time [exposure/too-late]',
    ]);
  });

  it.each([
    [
      'no install window',
      undefined,
      windows(0),
      'as it has no install window',
      'give it an install window, or take its patch groups out of the ring',
    ],
    [
      'schedule over',
      'at(2026-01-01T02:00:00)',
      windows(0),
      'as its install schedule is over',
      'move its endDate, or the years of its schedule',
    ],
  ])('says why a ring never gets a patch: %s', (why, schedule, approval, words, fix) => {
    const { findings } = exposure(rollout([ring('dev', schedule, { approvals: [approval] })]), {
      ...fiveYears,
      months: 1,
    });
    expect(findings.map(({ why }) => why)).toEqual([why]);
    expect(findings.map(formatViolation)).toEqual([
      `ring "dev" must get every patch that is released to it, got 1 of 1 release never, ${words} (windows approvalRules[0]): 2026-01-13; ${fix} [exposure/never]`,
    ]);
  });

  it('says that disabled windows, or freezes without end, are why', () => {
    const window = install('cron(0 21 ? * TUE#2 2026)', { enabled: false });
    const disabled = ring('off', undefined, { windows: [window], approvals: [windows(0)] });
    const frozen = ring('ice', undefined, { windows: [{ ...window, enabled: true }], approvals: [windows(0)] });
    const of = rollout([disabled, frozen], [freeze('2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z', ['ice'])]);
    const { findings } = exposure(of, { ...fiveYears, months: 1 });
    expect(findings.map(({ ring, why }) => [ring, why])).toEqual([
      ['off', 'disabled'],
      ['ice', 'frozen'],
    ]);
  });

  it('never installs on Windows what has been superseded for 30 days, and proposes the longest delay that is not', () => {
    const of = rollout([ring('dev', 'cron(0 2 * * ? *)', { approvals: [windows(45)] })]);
    expect(messages(exposure(of, { ...fiveYears, months: 1 }))).toEqual([
      'ring "dev" must get every patch that is released to it, got 1 of 1 release never, as Microsoft expires what a newer update has superseded for 30 days (windows approvalRules[0]): 2026-01-13; let ring "dev" approve windows approvalRules[0] 30 days after release: then nothing fails in ring "dev" over the whole time [exposure/never]',
    ]);
    const slow = rollout([ring('dev', 'cron(0 2 * * ? *)', { approvals: [linux(45)] })]);
    expect(messages(exposure(slow, oneYear))).toEqual([]);
  });

  it('finds no fault with a delay of four weeks that is meant for the next month', () => {
    const of = rollout([
      ring('prod', undefined, { windows: [install(patchTuesday, { offsetDays: 6 })], approvals: [windows(28)] }),
    ]);
    expect(messages(exposure(of, fiveYears))).toEqual([]);
  });

  it('finds no fault with weekly windows', () => {
    const of = rollout([ring('prod', 'cron(0 21 ? * WED *)', { approvals: [windows(7)] })]);
    expect(messages(exposure(of, fiveYears))).toEqual([]);
  });
});

function onlyNamed<Named extends { readonly name: string }>(one: Named, name: string): Named {
  return { ...one, name };
}
