import { describe, expect, it } from '@jest/globals';
import { fleetOfRing, installWindow, problemsOf, scanWindow, validAccount } from '../support.ts';

const scan = (change: Parameters<typeof scanWindow>[0]) => problemsOf(fleetOfRing({ scan: scanWindow(change) }));
const install = (change: Parameters<typeof installWindow>[0]) =>
  problemsOf(fleetOfRing({ install: installWindow(change) }));

describe('a window', () => {
  it.each([
    [{ duration: 24, cutoff: 23 }],
    [{ timezone: 'Europe/Berlin', offset: 6, enabled: false }],
    [{ schedule: { patchTuesday: { plusDays: 20, at: '00:00' } }, offset: 0 }],
    [{ schedule: 'rate(5 minutes)', startDate: '2026-12-01T00:00:00Z', endDate: '2026-12-02T00:00:00Z' }],
    [{ schedule: 'at(2026-12-01T22:00:00)', offset: 0 }],
    [{ offset: 0 }],
    [{ deliveryTimeoutSeconds: 30, stepTimeoutSeconds: 36_000, cutoffBehavior: 'CANCEL_TASK' as const }],
    [{ output: { s3BucketName: 'logs-{account}-{region}', s3KeyPrefix: 'scan', cloudWatchLogGroupName: '/patching' } }],
    [
      {
        notification: {
          topicArn: 'arn:aws:sns:{region}:{account}:patching',
          roleArn: 'arn:aws:iam::{account}:role/publisher',
          events: ['Failed' as const],
        },
      },
    ],
  ])('takes %j', (change) => {
    expect(scan(change)).toEqual([]);
  });

  it.each([
    [
      { schedule: 'cron(0 25 * * ? *)' },
      'error rings[0].scan.schedule: cron hours must be 0 to 23 with , - * /, got "25"; 25 is out of range [schedule/cron-hours]',
    ],
    [
      { schedule: 'at(2026-13-01T00:00:00)' },
      'error rings[0].scan.schedule: at must be a real date and time from 1970 on, written YYYY-MM-DDThh:mm:ss, got "2026-13-01T00:00:00"; write for example at(2026-12-01T22:00:00) [schedule/at-date-time]',
    ],
    [
      { schedule: { patchTuesday: { plusDays: 21, at: '02:00' } } },
      'error rings[0].scan.schedule.patchTuesday.plusDays: plusDays must be a whole number of days from 0 to 20, got 21; set plusDays within the range [schedule/patch-tuesday-plus-days]',
    ],
    [
      { schedule: { patchTuesday: { plusDays: 1, at: '2:00' } } },
      'error rings[0].scan.schedule.patchTuesday.at: at must be a time of day HH:MM from 00:00 to 23:59, got "2:00"; write "02:00" [schedule/patch-tuesday-at]',
    ],
    [
      { schedule: { patchTuesday: { plusDays: 1, at: '02:00' } }, offset: 2 },
      'error rings[0].scan.offset: offset must be left out with patchTuesday, which brings its own; add the days to plusDays [maintenance-window/schedule-offset]',
    ],
    [
      { schedule: 'rate(1 day)', offset: 2 },
      'error rings[0].scan.offset: offset must be left out unless the schedule is cron, got "rate(1 day)"; remove it [maintenance-window/schedule-offset]',
    ],
    [
      { offset: 7 },
      'error rings[0].scan.offset: offset must be a whole number of days from 0 to 6, got 7; set offset within the range [maintenance-window/schedule-offset]',
    ],
    [
      { timezone: 'Berlin' },
      'error rings[0].scan.timezone: timezone must be an IANA time zone name such as Europe/Berlin, got "Berlin"; write Europe/Berlin [schedule/time-zone]',
    ],
    [
      { startDate: 'tomorrow' },
      'error rings[0].scan.startDate: startDate must be an instant with its offset from UTC, got "tomorrow"; write it like 2026-12-01T09:00:00-08:00 [maintenance-window/validity-date]',
    ],
    [
      { duration: 25 },
      'error rings[0].scan.duration: duration must be a whole number of hours from 1 to 24, got 25; set duration within the range [maintenance-window/duration-range]',
    ],
    [
      { cutoff: 3 },
      'error rings[0].scan.cutoff: cutoff must be below duration (3), got 3; lower cutoff to 2 or lengthen the window [maintenance-window/cutoff-below-duration]',
    ],
    [
      { duration: 1 },
      'error rings[0].scan: cutoff must be below duration (1), got 1; lower cutoff to 0 or lengthen the window [maintenance-window/cutoff-below-duration]',
    ],
    [
      { maxConcurrency: '0' },
      'error rings[0].scan.maxConcurrency: maxConcurrency must be 1 to 9999999 nodes, or 1% to 100%, got "0"; write it as text, like "10%" or "2" [maintenance-window/rate-limits]',
    ],
    [
      { deliveryTimeoutSeconds: 29 },
      'error rings[0].scan.deliveryTimeoutSeconds: deliveryTimeoutSeconds must be a whole number of seconds from 30 to 2592000, got 29; set deliveryTimeoutSeconds within the range [maintenance-window/delivery-timeout]',
    ],
    [
      { output: { s3KeyPrefix: 'scan' } },
      'error rings[0].scan.output.s3KeyPrefix: output.s3KeyPrefix must come with output.s3BucketName; name the bucket [maintenance-window/output-prefix]',
    ],
    [
      { output: { cloudWatchLogGroupName: 'log group' } },
      'error rings[0].scan.output.cloudWatchLogGroupName: output.cloudWatchLogGroupName must be 1 to 512 characters of letters, digits, _ - / . #, got "log group"; change output.cloudWatchLogGroupName [maintenance-window/log-group]',
    ],
  ])('is checked by its module: %j', (change, problem) => {
    expect(scan(change)).toEqual([problem]);
  });

  it('has a prefix of its output that leaves room for the operation behind it', () => {
    const output = (length: number) => ({ output: { s3BucketName: 'logs', s3KeyPrefix: 'p'.repeat(length) } });
    expect(install(output(492))).toEqual([]);
    expect(install(output(493))).toEqual([
      `error rings[0].install.output.s3KeyPrefix: output.s3KeyPrefix must be 0 to 492 characters, got 493 characters: "${'p'.repeat(76)}...; shorten output.s3KeyPrefix: /install is put behind it, and 500 is the most [maintenance-window/output-prefix]`,
    ]);
    expect(scan(output(495))).toEqual([]);
    expect(scan(output(496))).toEqual([
      `error rings[0].scan.output.s3KeyPrefix: output.s3KeyPrefix must be 0 to 495 characters, got 496 characters: "${'p'.repeat(76)}...; shorten output.s3KeyPrefix: /scan is put behind it, and 500 is the most [maintenance-window/output-prefix]`,
    ]);
  });

  it('is checked where it stands in a list of several', () => {
    const several = [installWindow(), installWindow({ name: 'second', schedule: 'cron(0 9 ? * TUE *)', cutoff: 5 })];
    expect(problemsOf(fleetOfRing({ install: several }))).toEqual([
      'error rings[0].install[1].cutoff: cutoff must be below duration (3), got 5; lower cutoff to 2 or lengthen the window [maintenance-window/cutoff-below-duration]',
    ]);
  });
});

describe('an install window', () => {
  it.each([
    [{ rebootOption: 'NoReboot' as const, stepTimeoutSeconds: 60 }],
    [{ hooks: { preInstall: 'Stop-Services', onExit: 'arn:aws:ssm:eu-central-1:111111111111:document/Done' } }],
    [{ hooks: { preInstall: 'Stop-Services', postInstall: undefined } }],
    [{ installOverrideList: 's3://lists/approved.yaml' }],
    [{ installOverrideList: 's3://lists-{account}/{region}/approved.yaml' }],
  ])('takes %j', (change) => {
    expect(install(change)).toEqual([]);
  });

  it.each([
    [
      { hooks: { preInstall: 'no spaces' } },
      'error rings[0].install.hooks.preInstall: hooks.preInstall must be 3 to 128 characters of letters, digits, _ - ., got "no spaces"; change hooks.preInstall [maintenance-window/document-name]',
    ],
    [
      { hooks: {} },
      'error rings[0].install.hooks: hooks must name at least one document, got {}; remove hooks, or name one [maintenance-window/hooks]',
    ],
    [
      { hooks: { onExit: 'Done' }, stepTimeoutSeconds: 60 },
      'error rings[0].install.stepTimeoutSeconds: stepTimeoutSeconds must be left out with hooks: AWS-RunPatchBaselineWithHooks does not take it; remove one of the two [maintenance-window/hooks]',
    ],
    [
      { installOverrideList: 'approved.yaml' },
      'error rings[0].install.installOverrideList: installOverrideList must be https://… or s3://bucket/key, got "approved.yaml"; upload the list and give its address [maintenance-window/install-override-list]',
    ],
  ])('is checked by its module: %j', (change, problem) => {
    expect(install(change)).toEqual([problem]);
  });
});

describe('a window that opens never again', () => {
  const problems = (install: Parameters<typeof installWindow>[0], asOf?: string) =>
    problemsOf(fleetOfRing({ install: installWindow(install) }), asOf === undefined ? {} : { asOf });

  it.each([
    [{ schedule: 'at(2026-11-20T22:00:00)' }],
    [{ schedule: 'cron(0 4 ? * SAT 2024)' }],
    [{ endDate: '2026-11-25T00:00:00Z' }],
    [{ schedule: 'rate(7 days)', endDate: '2026-11-25T00:00:00Z' }],
  ])('is told: %j', (install) => {
    expect(problems(install, '2026-11-25')).toContain(
      'warning rings[0].install: install of ring "early" opens never again after 2026-11-25T00:00:00Z: it patches nothing any more; change its schedule or endDate, or remove it [fleet/window-over]',
    );
    expect(problems(install).join()).not.toContain('window-over');
  });

  it('is told of a scan, which patches nothing in any case', () => {
    const fleet = fleetOfRing({ scan: scanWindow({ schedule: 'at(2026-11-20T22:00:00)' }), install: installWindow() });
    expect(problemsOf(fleet, { asOf: '2026-11-25' })).toEqual([
      'warning rings[0].scan: scan of ring "early" opens never again after 2026-11-25T00:00:00Z: it reports nothing any more; change its schedule or endDate, or remove it [fleet/window-over]',
    ]);
  });

  it.each([
    [{ schedule: 'at(2026-11-25T22:00:00)' }],
    [{ schedule: 'cron(0 4 ? * SAT 2031)' }],
    [{ schedule: 'rate(7 days)' }],
    [{ schedule: 'at(2020-01-06T10:00:00)', enabled: false }],
  ])('is not one that does, or is disabled: %j', (install) => {
    expect(problems(install, '2026-11-25').join()).not.toContain('window-over');
  });
});

describe('a notification', () => {
  const notification = (change: object) =>
    scan({
      notification: {
        topicArn: 'arn:aws:sns:{region}:{account}:patching',
        roleArn: 'arn:aws:iam::{account}:role/publisher',
        ...change,
      },
    });

  it.each([
    [
      { topicArn: 'patching' },
      'error rings[0].scan.notification.topicArn: notification.topicArn must be an ARN of sns, got "patching"; give the whole arn:partition:service:… text [maintenance-window/notification-topic]',
    ],
    [
      { topicArn: 'arn:aws:sns:{region}:{account}:patching.fifo' },
      'error rings[0].scan.notification.topicArn: notification.topicArn must be a standard topic, got the FIFO topic "arn:aws:sns:eu-central-1:111111111111:patching.fifo"; publish to a standard topic [maintenance-window/notification-topic]',
    ],
    [
      { roleArn: 'publisher' },
      'error rings[0].scan.notification.roleArn: notification.roleArn must be the ARN of an IAM role, got "publisher"; write it like "arn:aws:iam::111111111111:role/patching" [iam/role-arn]',
    ],
    [
      { events: [] },
      'error rings[0].scan.notification.events: notification.events must hold 1 to 6 entries, got 0; name each event once [maintenance-window/notification-events]',
    ],
  ])('is checked by its module: %j', (change, problem) => {
    expect(notification(change)).toEqual([problem]);
  });
});

describe('placeholders of a window', () => {
  it('must be known', () => {
    const output = { s3BucketName: 'logs-{acount}', s3KeyPrefix: 'scan/{region}' };
    expect(scan({ output })).toEqual([
      'error rings[0].scan.output.s3BucketName: s3BucketName must hold no placeholder but {account} and {region}, got "{acount}"; did you mean "{account}"? [fleet/placeholder]',
      'error rings[0].scan.output.s3KeyPrefix: s3KeyPrefix must hold no placeholder, got "{region}"; write the value in its place [fleet/placeholder]',
    ]);
  });

  it('of a list must be known too', () => {
    const list = { installOverrideList: 'https://example.com/{Region}/{name}.yaml' };
    expect(install(list)).toEqual([
      'error rings[0].install.installOverrideList: installOverrideList must hold no placeholder but {account} and {region}, got "{Region}"; did you mean "{region}"? [fleet/placeholder]',
      'error rings[0].install.installOverrideList: installOverrideList must hold no placeholder but {account} and {region}, got "{name}"; write the value in its place [fleet/placeholder]',
    ]);
    const accounts = [validAccount({ account: 'current', regions: ['eu-central-1'] })];
    const ofAccount = installWindow({ installOverrideList: 's3://lists-{account}/{region}.yaml' });
    expect(problemsOf(fleetOfRing({ install: ofAccount }, { accounts }))).toEqual([
      'error rings[0].install.installOverrideList: installOverrideList must not hold {account} where the account is current, whose number is not known, got "s3://lists-{account}/{region}.yaml"; write the number in its place [fleet/placeholder-of-current]',
    ]);
  });

  it('are filled in with the longest region, so that what is too long anywhere is found', () => {
    const output = { s3BucketName: `${'b'.repeat(37)}-{account}-{region}` };
    const inRegion = (region: string) =>
      problemsOf(
        fleetOfRing(
          { scan: scanWindow({ output }) },
          {
            accounts: [
              validAccount({ regions: ['eu-west-1'] }),
              validAccount({ account: '222222222222', regions: [region] }),
            ],
          },
        ),
      );
    expect(inRegion('eu-central-1')).toEqual([]);
    expect(inRegion('ap-southeast-2')).toHaveLength(1);
  });

  it('know no number of the current account', () => {
    const notification = {
      topicArn: 'arn:aws:sns:{region}:{account}:patching',
      roleArn: 'arn:aws:iam::111111111111:role/a',
    };
    const accounts = [validAccount({ account: 'current', regions: ['eu-central-1'] })];
    expect(problemsOf(fleetOfRing({ scan: scanWindow({ notification }) }, { accounts }))).toEqual([
      'error rings[0].scan.notification.topicArn: topicArn must not hold {account} where the account is current, whose number is not known, got "arn:aws:sns:{region}:{account}:patching"; write the number in its place [fleet/placeholder-of-current]',
    ]);
  });
});

describe('max errors', () => {
  it.each([
    ['99%', '99%'],
    ['0', '1'],
  ])('of %s may stop a task on %s of the nodes', (maxErrors, maxConcurrency) => {
    expect(install({ maxErrors, maxConcurrency })).toEqual([]);
  });

  it('of 100% never stop anything, which is said once', () => {
    expect(install({ maxErrors: '100%', maxConcurrency: '100%' })).toEqual([
      'warning rings[0].install.maxErrors: maxErrors "100%" can never stop anything: every node may fail; lower it, such as to "5%" [fleet/max-errors-never-stops]',
    ]);
  });

  it('never stop anything where all nodes run at once', () => {
    expect(install({ maxErrors: '1', maxConcurrency: '100%' })).toEqual([
      'warning rings[0].install.maxErrors: maxErrors "1" can never stop anything with maxConcurrency "100%": every node runs already; lower maxConcurrency, such as to "10%" [fleet/max-errors-never-stops]',
    ]);
  });
});
