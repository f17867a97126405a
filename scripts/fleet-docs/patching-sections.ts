import type { Section } from './section.ts';

/** What is patched how, and when. */
export const patchingSections: readonly Section[] = [
  {
    heading: '## The file',
    path: '',
    examples: [
      `# yaml-language-server: $schema=./fleet.schema.json
version: 1
fleet: acme
patchGroupTagKey: PatchGroup
`,
    ],
  },
  {
    heading: '## baselines',
    path: 'baselines.*',
    text: 'What is approved on one operating system. Each assignment that uses a baseline makes one of its own, with the delay of its ring.',
    examples: [
      `baselines:
  windows:
    operatingSystem: WINDOWS
    description: Critical and important security updates of Windows Server 2022
    approvalRules:
      - product: [WindowsServer2022]
        classification: [CriticalUpdates, SecurityUpdates]
        msrcSeverity: [Critical, Important]
        complianceLevel: CRITICAL
    rejectedPatches: [KB4577586]
  ubuntu:
    operatingSystem: UBUNTU
    preset: aws-default
    sources:
      - name: internal-mirror
        products: [Ubuntu24.04]
        configuration: deb https://packages.example.com/ubuntu noble main
`,
    ],
  },
  {
    heading: '### Approval rules',
    path: 'baselines.*.approvalRules[]',
    text: 'A rule approves the patches that match every filter given; one value of a filter is enough. `approveAfterDays` and `approveUntilDate` exclude each other.',
  },
  { heading: '### Sources', path: 'baselines.*.sources[]' },
  {
    heading: '## patchGroups',
    path: 'patchGroups.*',
    text: 'Nodes that are patched alike: those that carry the tag `PatchGroup` (or `Patch Group`, see `patchGroupTagKey`) with the name of the group.',
    examples: [
      `patchGroups:
  web:
    name: web servers
    baselines: [windows, ubuntu]
  files:
    name: file servers
    baselines: [windows]
`,
    ],
  },
  {
    heading: '## rings',
    path: 'rings[]',
    text: 'When and how carefully a part of the fleet is patched. Rings are listed in the order in which they are patched. A ring with `scan` alone reports and installs nothing: begin with it, and add `install` when you trust what it reports. Let the first ring that installs do so every day or week: Linux packages come out every day, and reach first whoever installs next. `npx patchfleet exposure` proves the order.',
    examples: [
      `rings:
  - name: early
    approveAfterDays: 0
    scan:
      schedule: cron(0 2 * * ? *)
      maxConcurrency: 50%
      maxErrors: 10%
    install:
      schedule: cron(0 22 * * ? *)
      timezone: Europe/Berlin
      maxConcurrency: 25%
      maxErrors: 10%
  - name: late
    critical: true
    approveAfterDays: 7
    soakDays: 6
    patchWithinDays: 30
    businessHours: { from: "07:00", to: "19:00" }
    scan:
      schedule: cron(0 2 * * ? *)
      maxConcurrency: 50%
      maxErrors: 10%
    install:
      - schedule:
          patchTuesday: { plusDays: 11, at: "22:00" }
        timezone: Europe/Berlin
        duration: 4
        maxConcurrency: 10%
        maxErrors: "1"
        hooks: { preInstall: acme-drain, postInstall: acme-smoke-test }
        notification:
          topicArn: arn:aws:sns:{region}:{account}:patching
          roleArn: arn:aws:iam::{account}:role/patching-notifications
      - name: second
        schedule: cron(0 22 ? * SUN *)
        timezone: Europe/Berlin
        maxConcurrency: 10%
        maxErrors: "1"
        rebootOption: NoReboot
`,
    ],
  },
  {
    heading: '### Business hours',
    path: 'rings[].businessHours',
    text: '`validate` refuses an install window that is open at any moment of them, from the start of a run to the end of its duration, and tells the first such run within 400 days. Clocks that change are minded. Scans install nothing and may run in them.',
  },
  { heading: '### Scan windows', path: 'rings[].scan' },
  {
    heading: '### Install windows',
    path: 'rings[].install',
    text: 'Everything that a scan window has, and:',
    beside: 'rings[].scan',
  },
  {
    heading: '### Schedules',
    path: 'rings[].scan.schedule',
    text: 'Text such as `cron(0 22 ? * SAT *)`, `rate(7 days)` or `at(2026-12-01T22:00:00)`, or a map with the key below. A rate counts from when the window is made, so nobody can tell its time of day; a run that is due while the last one still works is skipped by AWS.',
  },
  { heading: '### Patch Tuesday', path: 'rings[].scan.schedule.patchTuesday' },
  { heading: '### Hooks', path: 'rings[].install.hooks' },
  { heading: '### Output', path: 'rings[].scan.output' },
  { heading: '### Notifications', path: 'rings[].scan.notification' },
];
