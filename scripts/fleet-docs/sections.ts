/** A part of the reference page: the object of the file that it explains, and examples of it. */
export interface Section {
  readonly heading: string;
  /** Where the object stands: `rings[].install`, `baselines.*`; the file itself is the empty path. */
  readonly path: string;
  /** Said before the table. */
  readonly text?: string;
  /** An object whose properties this one has too; they are not told again. */
  readonly beside?: string;
  /**
   * Fragments of a fleet file, each of whole top-level keys. The first ones of all sections together are one valid file;
   * any other is valid in the place of the keys it holds.
   */
  readonly examples?: readonly string[];
}

export const sections: readonly Section[] = [
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
  {
    heading: '## accounts',
    path: 'accounts[]',
    text: 'What is not said here comes from `patterns`, then from `defaults`. Each account becomes one stack in each of its regions, `111111111111-eu-central-1`, and one for the roles that the fleet makes, `111111111111-global`; a fleet of one account and one region is one stack.',
    examples: [
      `accounts:
  - account: "111111111111"
    name: shop-dev
    regions: [eu-central-1]
    assignments:
      default: { ring: early, patchGroups: [web, files] }
    instances:
      tools:
        name: Patched tools
        image: windows-server-2022
        patchGroup: files
  - account: "222222222222"
    name: shop
    tags: { CostCentre: "4711" }
    regions:
      eu-central-1:
      eu-west-1:
        assignments:
          default: { ring: late, patchGroups: [web] }
          batch:
            ring: early
            patchGroups: [files]
            targets: { tags: { Workload: [batch], Stage: [prod] } }
`,
    ],
  },
  {
    heading: '### Regions',
    path: 'accounts[].regions.*',
    text: 'A list, `[eu-central-1, eu-west-1]`, or a map of regions. What a region says goes before what its account says; a region without anything of its own stays empty.',
  },
  {
    heading: '### Assignments',
    path: 'accounts[].assignments.*',
    text: 'Most accounts have just the assignment `default`. Windows belong to an assignment: one for scans, and one for each install window of its ring.',
  },
  { heading: '### Targets', path: 'accounts[].assignments.*.targets' },
  { heading: '### Instances', path: 'accounts[].instances.*' },
  {
    heading: '### Auto Scaling groups',
    path: 'accounts[].autoScalingGroups.*',
    text: 'Instances carry the tag of their patch group from their launch on: the group propagates it, and the launch template has it too. What the group launches starts from the newest image and is patched by the next window, not before. Patching reboots instances: where a load balancer decides whether they are healthy, the group may replace one that reboots.',
    examples: [
      `accounts:
  - account: "222222222222"
    name: shop
    regions: [eu-central-1]
  - account: "111111111111"
    name: shop-dev
    regions: [eu-central-1]
    assignments:
      default: { ring: early, patchGroups: [web, files] }
    autoScalingGroups:
      web:
        name: web
        image: ubuntu-24.04
        patchGroup: web
        minSize: 2
        maxSize: 6
        vpcId: vpc-0123456789abcdef0
        subnetIds: [subnet-0123456789abcdef0, subnet-0fedcba9876543210]
`,
    ],
  },
  {
    heading: '## patterns',
    path: 'patterns[]',
    text: 'What accounts have that do not say otherwise, by globs of their names and numbers: `*` stands for any characters, `?` for one, `[0-4]` for one of some, `[!0-4]` for any other. A part that several say is taken from the first of: the region, the account, the patterns in the order of the file, `defaults`. `assignments`, `regions`, `instances` and `autoScalingGroups` are taken as a whole; `tags` add up.',
    examples: [
      `patterns:
  - accounts: ["*-dev"]
    tags: { Stage: dev }
  - accounts: ["shop*", "1111*"]
    tags: { Stage: prod, Team: shop }
    assignments:
      default: { ring: late, patchGroups: [web, files] }
`,
    ],
  },
  {
    heading: '## defaults',
    path: 'defaults',
    text: 'What every account has that neither it nor a pattern says otherwise. `assignments`, `regions`, `instances` and `autoScalingGroups` are taken as a whole or not at all; `tags` add up.',
    examples: [
      `defaults:
  regions: [eu-central-1, eu-west-1]
  assumeRoleArn: arn:aws:iam::{account}:role/patchfleet
  tags: { ManagedBy: patchfleet }
  assignments:
    default: { ring: late, patchGroups: [web, files] }
`,
    ],
  },
  {
    heading: '## roles',
    path: 'roles',
    examples: [
      `roles:
  window:
    path: /patching/
    permissionsBoundary: arn:aws:iam::{account}:policy/boundary
  instance:
    path: /patching/
`,
      `roles:
  window:
    arn: arn:aws:iam::{account}:role/patching-windows
  instance:
    arn: arn:aws:iam::{account}:role/patched-instances
`,
      `roles:
  window: service-linked
`,
    ],
  },
  { heading: '### Roles that the fleet makes', path: 'roles.window.path' },
  { heading: '### Roles that exist', path: 'roles.window.arn' },
  {
    heading: '## freezes',
    path: 'freezes[]',
    text: 'Times in which no install may start or still run. The file keeps them; `npx patchfleet freeze NAME --apply` closes the windows concerned by `enabled: false`, and `--lift` opens them again, each as a change to review and deploy. `validate` fails from 7 days before it while they are open, and after it while they are closed.',
    examples: [
      `freezes:
  - name: year-end
    from: 2026-12-21
    to: 2027-01-01
    timezone: Europe/Berlin
    rings: [late]
    reason: Annual accounts
`,
    ],
  },
  {
    heading: '## waivers',
    path: 'waivers[]',
    text: 'Patches that are not installed until a day, with who decided it and why. They join `rejectedPatches` of the baselines of the rings they name. Only baselines whose operating system knows such a name get it: KB ids and bulletins Windows, package names Linux, which can reject nothing else.',
    examples: [
      `waivers:
  - patches: [KB5034441]
    rings: [late]
    owner: team-shop
    reason: Fails where the recovery partition is small
    ticket: OPS-4711
    expires: 2027-01-31
`,
    ],
  },
  {
    heading: '## emergencies',
    path: 'emergencies[]',
    text: 'Windows that open once, for patches that cannot wait. `npx patchfleet emergency` writes an entry ([how](operations.md#patches-that-cannot-wait)). Every assignment of the rings gets a window `emergency-NAME`, which scans first and then installs, and the baselines of the rings approve the patches. Delete the entry when it is done, since its patches stay approved as long as it stands here.',
    examples: [
      `emergencies:
  - name: kb5068861-2026-12-01
    patches: [KB5068861]
    rings: [late]
    at: 2026-12-01T22:00
    timezone: Europe/Berlin
    expires: 2026-12-08
    maxConcurrency: 50%
    maxErrors: 10%
`,
    ],
  },
  {
    heading: '## retired',
    path: 'retired[]',
    text: 'What leaves `accounts` is not destroyed by that: no stack is left to do it, and its windows would go on patching. `npx patchfleet validate --against main` refuses what vanished since that revision, and tells how to take down what is retired.',
    examples: [
      `retired:
  - account: "999999999999"
    reason: sold
  - account: "333333333333"
    regions: [us-east-1]
`,
    ],
  },
  {
    heading: '## backend',
    path: 'backend',
    text: 'Every stack has a state of its own, named by its id. [How to move states](operations.md#moving-states-to-another-backend).',
    examples: [
      `backend:
  s3:
    bucket: acme-terraform-states
    region: eu-central-1
    keyPrefix: patching/
    kmsKeyId: arn:aws:kms:eu-central-1:111111111111:key/1234abcd-12ab-44cd-a6ef-1234567890ab
`,
      `backend:
  remote:
    organization: acme
    workspacePrefix: patching-
`,
      `backend:
  http:
    address: https://states.example.com/{stack}
    lockAddress: https://states.example.com/{stack}/lock
    unlockAddress: https://states.example.com/{stack}/lock
`,
      `backend:
  local: {}
`,
    ],
  },
  { heading: '### S3', path: 'backend.s3' },
  { heading: '### HCP Terraform and Terraform Enterprise', path: 'backend.remote' },
  { heading: '### HTTP', path: 'backend.http' },
];
