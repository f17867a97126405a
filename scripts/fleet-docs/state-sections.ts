import type { Section } from './section.ts';

/** What holds for a time, what has ended, and where states are kept. */
export const stateSections: readonly Section[] = [
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
