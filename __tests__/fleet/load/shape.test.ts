import { beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { parseShape } from '../../../fleet/load/shape.ts';
import { edited, FleetFiles, valid } from './files.ts';

describe('the shape of a fleet file', () => {
  let files: FleetFiles;
  beforeAll(() => {
    files = new FleetFiles();
  });

  const problemsOf = (passage: string, replacement: string) => files.problems(edited(passage, replacement));

  it('is that of the schema', () => {
    const { fleet, problems } = files.load(valid);
    expect(problems).toEqual([]);
    expect(fleet).toMatchObject({ version: 1, fleet: 'acme', accounts: [{ account: '012345678901' }] });
  });

  it('has no keys but those of the schema', () => {
    expect(problemsOf('      schedule:', '      duratoin: 2\n      schedule:')).toEqual([
      '[fleet.yaml:16:7 rings[0].scan.duratoin] key must be one of schedule, timezone, offset, startDate, endDate, duration, cutoff, enabled, maxConcurrency, maxErrors, cutoffBehavior, deliveryTimeoutSeconds, stepTimeoutSeconds, output, notification, got "duratoin"; did you mean "duration"? [fleet/unknown-key]',
    ]);
    expect(problemsOf('    name: web\n', '    name: web\n    extra: 1\n')).toEqual([
      '[fleet.yaml:12:5 patchGroups.web.extra] key must be one of name, baselines, got "extra"; use one of them [fleet/unknown-key]',
    ]);
  });

  it('has every key that cannot be left out, told at the map that misses it', () => {
    expect(problemsOf('      maxErrors: "1"\n', '')).toEqual([
      '[fleet.yaml:15:5 rings[0].scan] maxErrors must be given; add maxErrors (the task stops at one error more than this, "1" or "5%") [fleet/required]',
    ]);
    expect(files.problems('version: 1\n').slice(0, 2)).toEqual([
      '[fleet.yaml:1:1] accounts must be given; add accounts (every account of the fleet) [fleet/required]',
      '[fleet.yaml:1:1] baselines must be given; add baselines (what is approved, by key) [fleet/required]',
    ]);
  });

  it.each([
    [
      'approveAfterDays: 7',
      'approveAfterDays: "7"',
      '8:9 baselines.windows.approvalRules[0].approveAfterDays',
      'approveAfterDays must be a number, got "7"; write 7',
    ],
    [
      'approveAfterDays: 7',
      'approveAfterDays: soon',
      '8:9 baselines.windows.approvalRules[0].approveAfterDays',
      'approveAfterDays must be a number, got "soon"; change approveAfterDays',
    ],
    [
      'approveAfterDays: 7',
      'approveAfterDays:',
      '8:9 baselines.windows.approvalRules[0].approveAfterDays',
      'approveAfterDays must be a number, got nothing; fill in or remove approveAfterDays',
    ],
    [
      'approveAfterDays: 7',
      'enableNonSecurity: yes',
      '8:9 baselines.windows.approvalRules[0].enableNonSecurity',
      'enableNonSecurity must be true or false, got "yes"; write true',
    ],
    [
      '[SecurityUpdates]',
      'SecurityUpdates',
      '7:9 baselines.windows.approvalRules[0].classification',
      'classification must be a list, got "SecurityUpdates"; write ["SecurityUpdates"]',
    ],
    [
      '[SecurityUpdates]',
      '2022',
      '7:9 baselines.windows.approvalRules[0].classification',
      'classification must be a list, got 2022; write ["2022"]',
    ],
    [
      '[eu-central-1]',
      'Frankfurt',
      '22:5 accounts[0].regions',
      'regions must be a list or a map, got "Frankfurt"; write a list',
    ],
    [
      'fleet: acme',
      'fleet: 123',
      '2:1 fleet',
      'fleet must be 1 to 40 lower-case letters, digits and -, beginning with a letter, got 123; such as "fleet-123"',
    ],
    [
      'fleet: acme',
      'fleet: true',
      '2:1 fleet',
      'fleet must be 1 to 40 lower-case letters, digits and -, beginning with a letter, got true; write "true"',
    ],
    [
      '"012345678901"',
      'true',
      '20:5 accounts[0].account',
      'account must be 12 digits in quotes or "current", got true; change account',
    ],
    [
      '[SecurityUpdates]',
      '[SecurityUpdates, 1]',
      '7:43 baselines.windows.approvalRules[0].classification[1]',
      'classification[1] must be text, got 1; write "1"',
    ],
    ['maxErrors: "1"', 'maxErrors: 01', '18:7 rings[0].scan.maxErrors', 'maxErrors must be text, got 01; write "01"'],
    [
      'maxErrors: "1"',
      'maxErrors: true',
      '18:7 rings[0].scan.maxErrors',
      'maxErrors must be text, got true; write "true"',
    ],
    ['version: 1', 'version: "1"', '1:1 version', 'version must be 1, got "1"; write 1'],
    [
      '[web]',
      '{ web: 1 }',
      '26:9 accounts[0].assignments.default.patchGroups',
      'patchGroups must be a list, got {"web":1}; change patchGroups',
    ],
    [
      'schedule: cron(0 6 ? * SUN *)',
      'schedule: 5',
      '16:7 rings[0].scan.schedule',
      'schedule must be text or a map, got 5; write "5"',
    ],
  ])('has values of the right type: %j is not %j', (passage, replacement, place, problem) => {
    expect(problemsOf(passage, replacement)).toEqual([`[fleet.yaml:${place}] ${problem} [fleet/type]`]);
  });

  it.each([
    ['012345678901', 'write "012345678901"'],
    ['123456789012', 'write "123456789012"'],
    ['12345678901', 'write its 12 digits in quotes'],
  ])('has account ids in quotes: %s is a number to YAML', (written, fix) => {
    expect(problemsOf('"012345678901"', written)).toEqual([
      `[fleet.yaml:20:5 accounts[0].account] account must be 12 digits in quotes or "current", got ${written}; ${fix} [fleet/account-id-quoted]`,
    ]);
  });

  it.each([
    [
      'fleet: acme',
      'fleet: Acme Corp',
      '2:1 fleet',
      'fleet must be 1 to 40 lower-case letters, digits and -, beginning with a letter, got "Acme Corp"; such as "acme-corp"',
    ],
    [
      '  windows:\n',
      '  Windows:\n',
      '4:3 baselines.Windows',
      'key must be 1 to 40 lower-case letters, digits and -, beginning with a letter, got "Windows"; such as "windows"',
    ],
    [
      '  windows:\n',
      '  2022:\n',
      '4:3 baselines.2022',
      'key must be 1 to 40 lower-case letters, digits and -, beginning with a letter, got "2022"; such as "key-2022"',
    ],
    [
      'fleet: acme',
      'fleet: ""',
      '2:1 fleet',
      'fleet must be 1 to 40 lower-case letters, digits and -, beginning with a letter, got ""; change fleet',
    ],
    [
      '[eu-central-1]',
      '[eu-central]',
      '22:15 accounts[0].regions[0]',
      'regions[0] must be a region such as eu-central-1, got "eu-central"; change regions[0]',
    ],
    [
      '[eu-central-1]',
      '{ Frankfurt: }',
      '22:16 accounts[0].regions.Frankfurt',
      'key must be a region such as eu-central-1, got "Frankfurt"; change key',
    ],
    [
      '"012345678901"',
      '"01234"',
      '20:5 accounts[0].account',
      'account must be 12 digits in quotes or "current", got "01234"; change account',
    ],
    [
      '"012345678901"',
      'curent',
      '20:5 accounts[0].account',
      'account must be 12 digits in quotes or "current", got "curent"; did you mean "current"?',
    ],
  ])('has names of the right form: %j is not %j', (passage, replacement, place, problem) => {
    expect(problemsOf(passage, replacement)).toEqual([`[fleet.yaml:${place}] ${problem} [fleet/format]`]);
  });

  it.each([
    ['version: 1', 'version: 2', '1:1 version', 'version must be 1, got 2; write 1'],
    [
      'fleet: acme',
      'fleet: acme\npatchGroupTagKey: patchgroup',
      '3:1 patchGroupTagKey',
      'patchGroupTagKey must be one of PatchGroup, Patch Group, got "patchgroup"; did you mean "PatchGroup"?',
    ],
    [
      'fleet: acme',
      'fleet: acme\npatchGroupTagKey: Team',
      '3:1 patchGroupTagKey',
      'patchGroupTagKey must be one of PatchGroup, Patch Group, got "Team"; use one of them',
    ],
    [
      'fleet: acme',
      'fleet: acme\nroles: { window: service-linkd }',
      '3:10 roles.window',
      'window must be a map or "service-linked", got "service-linkd"; did you mean "service-linked"?',
    ],
  ])('has values that are allowed: %j is not %j', (passage, replacement, place, problem) => {
    expect(problemsOf(passage, replacement)).toEqual([`[fleet.yaml:${place}] ${problem} [fleet/enum]`]);
  });

  it.each([
    [
      '{ s3: { bucket: b } }',
      '3:12 backend.s3',
      'region must be given; add region (region of the bucket) [fleet/required]',
    ],
    [
      '{ S3: { bucket: b } }',
      '3:12 backend.S3',
      'key must be one of local, s3, remote, http, got "S3"; did you mean "s3"? [fleet/unknown-key]',
    ],
    [
      '{ local: {}, s3: { bucket: b, region: r } }',
      '3:1 backend',
      'backend must have either local, or s3, or remote, or http, got local and s3; keep the keys of one kind [fleet/one-of]',
    ],
    [
      '{}',
      '3:1 backend',
      'backend must have either local, or s3, or remote, or http, got an empty map; keep the keys of one kind [fleet/one-of]',
    ],
    ['local', '3:1 backend', 'backend must be a map, got "local"; change backend [fleet/type]'],
  ])('has one kind of several: backend %s', (written, place, problem) => {
    expect(problemsOf('fleet: acme', `fleet: acme\nbackend: ${written}`)).toEqual([`[fleet.yaml:${place}] ${problem}`]);
  });

  it('has roles of one kind', () => {
    expect(problemsOf('fleet: acme', 'fleet: acme\nroles: { instance: { arn: a, path: / } }')).toEqual([
      '[fleet.yaml:3:10 roles.instance] instance must have either path and permissionsBoundary, or arn, got arn and path; keep the keys of one kind [fleet/one-of]',
    ]);
  });

  it('is told wrong all at once, in the order of the file', () => {
    const text = edited('version: 1', 'verison: 1').replace('maxErrors: "1"', 'maxErrors: 1').replace('[web]', 'web');
    expect(files.load(text).problems.map(({ path, rule }) => [files.nameless(path), rule])).toEqual([
      ['fleet.yaml:1:1', 'fleet/required'],
      ['fleet.yaml:1:1 verison', 'fleet/unknown-key'],
      ['fleet.yaml:18:7 rings[0].scan.maxErrors', 'fleet/type'],
      ['fleet.yaml:26:9 accounts[0].assignments.default.patchGroups', 'fleet/type'],
    ]);
  });

  it('is told wrong a thousand times at most', () => {
    const problems = files.problems(edited('accounts:\n', `accounts:\n${'  - {}\n'.repeat(2000)}`));
    expect(problems).toHaveLength(1001);
    expect(problems[0]).toBe(
      '[fleet.yaml:1:1] the first 1,000 problems must be solved before others are told; is it the right file? [fleet/too-many]',
    );
  });

  it('cuts long keys and values where they are told', () => {
    const [problem] = files.problems(`${'k'.repeat(900)}: ${'v'.repeat(5000)}\n${valid}`);
    expect(problem).toBe(
      `[fleet.yaml:1:1 ${'k'.repeat(57)}...] key must be one of version, fleet, backend, patchGroupTagKey, baselines, patchGroups, rings, freezes, waivers, emergencies, roles, defaults, patterns, accounts, retired, got "${'k'.repeat(76)}...; use one of them [fleet/unknown-key]`,
    );
  });

  it('is told in words of zod where a schema says what is not known here', () => {
    const schema = z.strictObject({ days: z.array(z.number()).max(1) });
    expect(parseShape(schema, { days: [1, 2] }, () => undefined)).toEqual({
      violations: [
        {
          rule: 'fleet/format',
          severity: 'error',
          message: 'days is not accepted: Too big: expected array to have <=1 items',
          fix: 'change days',
          at: ['days'],
        },
      ],
    });
  });
});
