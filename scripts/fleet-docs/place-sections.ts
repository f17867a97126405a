import type { Section } from './section.ts';

/** Where, and with which roles. */
export const placeSections: readonly Section[] = [
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
  { heading: '### A role of windows that the fleet makes', path: 'roles.window.path' },
  { heading: '### A role of instances that the fleet makes', path: 'roles.instance.path' },
  { heading: '### Roles that exist', path: 'roles.window.arn' },
];
