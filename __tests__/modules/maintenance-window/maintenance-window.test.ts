import { describe, expect, it } from '@jest/globals';
import { type MaintenanceWindowProps, Schedule } from '../../../modules/maintenance-window/index.ts';
import { synthFilled, synthWindow } from './windows.ts';

const window = (overrides: Partial<MaintenanceWindowProps> = {}) =>
  synthWindow(overrides).only('aws_ssm_maintenance_window');

/** Errors of a window, without the path and without the warning that it has no task. */
const errors = (overrides: Partial<MaintenanceWindowProps>) =>
  synthWindow(overrides)
    .errors()
    .map((text) => text.replace('[Test/Window] ', ''));

describe('MaintenanceWindow', () => {
  it('emits every default', () => {
    expect(window()).toEqual({
      name: 'patch-linux',
      schedule: 'cron(0 2 ? * SUN *)',
      duration: 3,
      cutoff: 1,
      enabled: true,
      allow_unassociated_targets: false,
    });
  });

  it('emits every prop', () => {
    const props = {
      windowName: 'patch.linux_prod-1',
      description: 'Patches Linux',
      schedule: Schedule.cron('30 0 2 ? JAN-NOV TUE#2 2026/2'),
      scheduleTimezone: 'America/New_York',
      scheduleOffset: 6,
      startDate: '2026-12-01T09:00:00-08:00',
      endDate: '2027-12-01T09:00Z',
      duration: 24,
      cutoff: 23,
      enabled: false,
      allowUnassociatedTargets: true,
      tags: { Team: 'platform' },
      region: 'eu-west-1',
    };
    expect(errors(props)).toEqual([]);
    expect(window(props)).toEqual({
      name: 'patch.linux_prod-1',
      description: 'Patches Linux',
      schedule: 'cron(30 0 2 ? JAN-NOV TUE#2 2026/2)',
      schedule_timezone: 'America/New_York',
      schedule_offset: 6,
      start_date: '2026-12-01T09:00:00-08:00',
      end_date: '2027-12-01T09:00Z',
      duration: 24,
      cutoff: 23,
      enabled: false,
      allow_unassociated_targets: true,
      tags: { Team: 'platform' },
      region: 'eu-west-1',
    });
  });

  it('warns when it has no task, since it does nothing then', () => {
    expect(synthWindow().problems()).toEqual([
      '[Test/Window] the window has no task here, so it does nothing; add a patch task [maintenance-window/has-task]',
    ]);
  });

  it('has no problem with a target and a task', () => {
    const template = synthFilled((made, target) => {
      made.addPatchTask('Scan', { operation: 'Scan', targets: [target], maxConcurrency: '1', maxErrors: '0' });
    });
    expect(template.problems()).toEqual([]);
  });

  it('reports every broken field at once, with its place', () => {
    const template = synthWindow({ windowName: 'x', description: '', duration: 25, cutoff: -1, endDate: 'never' });
    expect(template.errors()).toEqual([
      '[Test/Window] cutoff must be a whole number of hours from 0 to 23, got -1; set cutoff within the range [maintenance-window/cutoff-range]',
      '[Test/Window] description must be 1 to 128 characters, got ""; change description [maintenance-window/description-length]',
      '[Test/Window] duration must be a whole number of hours from 1 to 24, got 25; set duration within the range [maintenance-window/duration-range]',
      '[Test/Window] windowName must be 3 to 128 characters of letters, digits, _ - ., got "x"; change windowName [maintenance-window/name]',
      '[Test/Window] endDate must be an instant with its offset from UTC, got "never"; write it like 2026-12-01T09:00:00-08:00 [maintenance-window/validity-date]',
    ]);
  });

  it('writes nothing when there is an error', () => {
    expect(() => synthWindow({ duration: 0 }).json).toThrow('nothing was synthesised');
  });

  it('lets no control character of a name reach the message', () => {
    expect(errors({ windowName: 'patch\u0000\u0007\u2028linux\n' })).toEqual([
      'windowName must be 3 to 128 characters of letters, digits, _ - ., got "patch\\u0000\\u0007 linux\\n"; change windowName [maintenance-window/name]',
    ]);
  });
});

describe('name and description', () => {
  it('asks for a name that is not given', () => {
    expect(errors({ windowName: undefined as never })).toEqual([
      'windowName must be given; set windowName [maintenance-window/name]',
    ]);
  });

  it.each(['abc', 'A_z-0.9', 'x'.repeat(128)])('accepts the name %j', (windowName) => {
    expect(errors({ windowName })).toEqual([]);
  });

  it.each([['ab'], ['a b c'], ['pätch'], ['']])('refuses the name %j', (windowName) => {
    expect(errors({ windowName })).toEqual([
      `windowName must be 3 to 128 characters of letters, digits, _ - ., got ${JSON.stringify(windowName)}; change windowName [maintenance-window/name]`,
    ]);
  });

  it('refuses a name of 129 characters', () => {
    expect(errors({ windowName: 'x'.repeat(129) })).toEqual([
      `windowName must be 3 to 128 characters of letters, digits, _ - ., got 129 characters: "${'x'.repeat(76)}...; change windowName [maintenance-window/name]`,
    ]);
  });

  it('takes a description of 1 to 128 characters', () => {
    expect(errors({ description: 'x' })).toEqual([]);
    expect(errors({ description: 'ü'.repeat(128) })).toEqual([]);
    expect(errors({ description: 'x'.repeat(129) })).toEqual([
      `description must be 1 to 128 characters, got 129 characters: "${'x'.repeat(76)}...; change description [maintenance-window/description-length]`,
    ]);
  });
});

describe('duration and cutoff', () => {
  it.each([
    [1, 0],
    [2, 1],
    [24, 23],
  ])('accepts %i hours with a cutoff of %i', (duration, cutoff) => {
    expect(errors({ duration, cutoff })).toEqual([]);
  });

  it.each([0, 25, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses a duration of %d', (duration) => {
    expect(errors({ duration, cutoff: 0 })).toEqual([
      `duration must be a whole number of hours from 1 to 24, got ${duration}; set duration within the range [maintenance-window/duration-range]`,
    ]);
  });

  it.each([-1, 24, 0.5])('refuses a cutoff of %d', (cutoff) => {
    expect(errors({ duration: 24, cutoff })).toEqual([
      `cutoff must be a whole number of hours from 0 to 23, got ${cutoff}; set cutoff within the range [maintenance-window/cutoff-range]`,
    ]);
  });

  it('refuses a cutoff as long as the window', () => {
    expect(errors({ duration: 2, cutoff: 2 })).toEqual([
      'cutoff must be below duration (2), got 2; lower cutoff to 1 or lengthen the window [maintenance-window/cutoff-below-duration]',
    ]);
  });

  it('refuses a duration that the default cutoff fills', () => {
    expect(errors({ duration: 1 })).toEqual([
      'cutoff must be below duration (1), got 1; lower cutoff to 0 or lengthen the window [maintenance-window/cutoff-below-duration]',
    ]);
  });
});

describe('validity', () => {
  it.each(['2026-12-01T09:00:00-08:00', '2026-12-01T09:00:00Z', '2026-12-01T09:00+05:30', '2028-02-29T00:00:00Z'])(
    'accepts %s',
    (startDate) => {
      expect(errors({ startDate })).toEqual([]);
    },
  );

  it.each([
    '2026-12-01',
    '2026-12-01T09:00:00',
    '2026-12-01 09:00:00Z',
    '2026-02-30T09:00:00Z',
    '2027-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-12-01T24:00:00Z',
    '2026-12-01T09:00:60Z',
    '2026-12-01T09:00:00+25:00',
    'tomorrow',
  ])('refuses %s', (startDate) => {
    expect(errors({ startDate })).toEqual([
      `startDate must be an instant with its offset from UTC, got "${startDate}"; write it like 2026-12-01T09:00:00-08:00 [maintenance-window/validity-date]`,
    ]);
  });

  it('compares instants, not text', () => {
    const startDate = '2026-12-01T09:00:00+09:00';
    expect(errors({ startDate, endDate: '2026-12-01T01:00:00Z' })).toEqual([]);
    expect(errors({ startDate, endDate: '2026-12-01T00:00:00Z' })).toEqual([
      'endDate must be after startDate (2026-12-01T09:00:00+09:00), got 2026-12-01T00:00:00Z; move one of them [maintenance-window/end-after-start]',
    ]);
  });

  it('says once that a date is no date', () => {
    expect(errors({ startDate: '2026-12-01T09:00:00Z', endDate: '2026-11-31T09:00:00Z' })).toEqual([
      'endDate must be an instant with its offset from UTC, got "2026-11-31T09:00:00Z"; write it like 2026-12-01T09:00:00-08:00 [maintenance-window/validity-date]',
    ]);
  });
});

describe('time zone', () => {
  it.each(['UTC', 'Etc/UTC', 'America/Los_Angeles', 'Asia/Seoul'])('accepts %s', (scheduleTimezone) => {
    expect(errors({ scheduleTimezone })).toEqual([]);
  });

  it('refuses an abbreviation', () => {
    expect(errors({ scheduleTimezone: 'PST' })).toEqual([
      'scheduleTimezone must be an IANA time zone name such as Europe/Berlin, got "PST"; name the region and city: an abbreviation means different zones to different readers [schedule/time-zone]',
    ]);
  });

  it('suggests the zone that was meant', () => {
    expect(errors({ scheduleTimezone: 'Europe/Berlinn' })).toEqual([
      'scheduleTimezone must be an IANA time zone name such as Europe/Berlin, got "Europe/Berlinn"; did you mean "Europe/Berlin"? [schedule/time-zone]',
    ]);
  });
});

describe('offset', () => {
  it.each([0, 1, 6])('accepts %i days with cron', (scheduleOffset) => {
    expect(errors({ scheduleOffset })).toEqual([]);
  });

  it('of 0 is none, whatever the schedule, and is not written: the provider takes 1 to 6', () => {
    const thursday = Schedule.patchTuesday({ plusDays: 2, at: '02:00' });
    expect(window({ scheduleOffset: 0 })).not.toHaveProperty('schedule_offset');
    expect(window({ schedule: thursday, scheduleOffset: 0 })).toMatchObject({ schedule_offset: 2 });
    expect(errors({ schedule: thursday, scheduleOffset: 0 })).toEqual([]);
    expect(errors({ schedule: Schedule.rate(7, 'days'), scheduleOffset: 0 })).toEqual([]);
  });

  it.each([-1, 7, 1.5])('refuses %d days', (scheduleOffset) => {
    expect(errors({ scheduleOffset })).toEqual([
      `scheduleOffset must be a whole number of days from 0 to 6, got ${scheduleOffset}; set scheduleOffset within the range [maintenance-window/schedule-offset]`,
    ]);
  });

  it.each([
    [Schedule.rate(7, 'days'), 'rate(7 days)'],
    [Schedule.at('2026-12-01T22:00:00'), 'at(2026-12-01T22:00:00)'],
  ])('refuses any beside %s', (schedule, expression) => {
    expect(errors({ schedule, scheduleOffset: 1 })).toEqual([
      `scheduleOffset must be left out unless the schedule is cron, got "${expression}"; remove it [maintenance-window/schedule-offset]`,
    ]);
  });

  it('refuses any beside Patch Tuesday, which brings its own', () => {
    expect(errors({ schedule: Schedule.patchTuesday({ plusDays: 3, at: '02:00' }), scheduleOffset: 1 })).toEqual([
      'scheduleOffset must be left out with Schedule.patchTuesday, which brings its own; add the days to plusDays [maintenance-window/schedule-offset]',
    ]);
  });
});

describe('switches and tags', () => {
  it.each(['enabled', 'allowUnassociatedTargets'] as const)('refuses %s as text', (field) => {
    expect(errors({ [field]: 'false' })).toEqual([
      `${field} must be true or false, got "false"; set ${field} to true or false [maintenance-window/true-or-false]`,
    ]);
  });

  it('refuses a tag key of AWS', () => {
    expect(errors({ tags: { 'AWS:team': 'x' } })).toEqual([
      'tag key "AWS:team" must not begin with aws:; AWS keeps that prefix; rename it [tags/reserved-key]',
    ]);
  });
});
