/** What an exit code of a patch document means, and what to do. */
export interface ExitCodeMeaning {
  readonly meaning: string;
  readonly next: string;
}

const unpacking: ExitCodeMeaning = {
  meaning: 'what the agent has downloaded could not be unpacked: two patch commands ran at once, or /var is full',
  next: 'free space in /var, and let one mechanism patch the node at a time',
};

const snapshotRefused: ExitCodeMeaning = {
  meaning: 'the node could not get its patch baseline from Systems Manager',
  next: 'let it reach the endpoint ssm on port 443, and let its role have AmazonSSMManagedInstanceCore, which allows ssm:GetDeployablePatchSnapshotForInstance',
};

const windowsFailed: ExitCodeMeaning = {
  meaning: 'the patch module of Windows failed: Windows Update, WSUS or S3 did not answer, or access was denied',
  next: 'look up the HRESULT in the output, and see that the node reaches Windows Update or WSUS, and S3',
};

const overrideUnread: ExitCodeMeaning = {
  meaning: 'the node could not read the baselines of a patch policy (BaselineOverride) from S3',
  next: 'let its role read the bucket aws-quicksetup-patchpolicy-… and carry the tag QSConfigId-…, or take the patch policy away',
};

/*
 * By the script of AWS-RunPatchBaseline for Linux: 150 to 156 are its own, the others those of its Python modules
 * (`ExitCodes` of patch_common). The document of Windows has one.
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-troubleshooting.html
 * @see https://github.com/aws/amazon-ssm-agent/issues/345 for 196
 * @see https://github.com/aws/amazon-ssm-agent/issues/453 for 146
 */
const codes: Readonly<Record<number, ExitCodeMeaning>> = {
  1: {
    meaning: 'the package manager or its Python failed',
    next: 'read the output of the command: it names the package or the version of Python',
  },
  2: {
    meaning: 'dependencies of packages could not be resolved, or another process held the package manager',
    next: 'read the output of the command: it names the packages, or the lock',
  },
  126: {
    meaning: 'the node may not run what the agent has downloaded: /var/lib/amazon is probably mounted noexec',
    next: 'mount /var/lib/amazon with exec',
  },
  143: snapshotRefused,
  144: snapshotRefused,
  145: snapshotRefused,
  146: {
    meaning: 'Patch Manager does not support this operating system, or this version of it',
    next: 'look its version up in the prerequisites of Patch Manager, and move to one that is supported',
  },
  149: {
    meaning: 'the node could not report what it found to Systems Manager',
    next: 'let it reach the endpoint ssm on port 443, and let its role have AmazonSSMManagedInstanceCore, which allows ssm:PutInventory',
  },
  151: {
    meaning: 'what the agent has downloaded is not what AWS published: its SHA-256 differs',
    next: 'see which proxy or cache between the node and S3 changes or cuts downloads short, and scan it again',
  },
  152: unpacking,
  154: {
    meaning: 'the agent could not make its directory under /var/log/amazon',
    next: 'let root write to /var/log/amazon, and free space in /var',
  },
  155: unpacking,
  156: {
    meaning: 'the node could not download from the S3 buckets of AWS',
    next: 'let it reach S3 on port 443, and allow the patch buckets in its role and in the endpoint policy',
  },
  160: overrideUnread,
  162: overrideUnread,
  194: {
    meaning: 'it asked for a reboot and was not heard of again',
    next: 'see that the node came up, and scan it',
  },
  195: {
    meaning: 'some patches failed, and what was installed needs a reboot',
    next: 'reboot it, and read the output for the patches that fail',
  },
  196: {
    meaning: 'some patches failed for their dependencies, and what was installed needs a reboot',
    next: 'reboot it, and read the output for the dependencies that cannot be resolved',
  },
  4294967295: windowsFailed,
};

const markers: readonly (readonly [pattern: RegExp, meaning: ExitCodeMeaning])[] = [
  [
    /patch-baseline-concurrent\.lock|another process has acquired/i,
    {
      meaning: 'another patch command ran on the node at the same time',
      next: 'let one mechanism patch the node at a time, in windows that do not overlap',
    },
  ],
  [
    /dpkg frontend is locked|Could not get lock \/var\/lib\/(dpkg|apt)/i,
    {
      meaning: 'another process held the package manager',
      next: 'install again when that process has ended, and keep other updates out of the window',
    },
  ],
  [/baseline_overrides\.json/i, overrideUnread],
  [
    /0x80072ee2|0x8024402c|0x80240437/i,
    { meaning: 'Windows Update or WSUS could not be reached', next: 'let the node reach Windows Update or its WSUS' },
  ],
  [/Cannot allocate memory/i, { meaning: 'the node ran out of memory', next: 'add swap or memory' }],
  [/No space left on device/i, { meaning: 'a disk of the node is full', next: 'free space, in /var first' }],
  [
    /No more mirrors to try|NoMoreMirrorsRepoError/i,
    { meaning: 'a repository could not be reached', next: 'mend the repositories that the node is configured for' },
  ],
  [
    /dpkg was interrupted/i,
    { meaning: 'an earlier installation was interrupted', next: 'run dpkg --configure -a on the node' },
  ],
];

/** What the agent adds to the output of a script: AWS tells no code above 2³¹, which are all that Windows has. */
const exitStatus = /failed to run commands: exit status (0x[0-9a-f]+|\d+)/i;

/** What a failure means, by its output where that is plain, else by its exit code; absent where nobody knows. */
export function decodeFailure(code: number | undefined, output: string | undefined): ExitCodeMeaning | undefined {
  const marked = output === undefined ? undefined : markers.find(([pattern]) => pattern.test(output))?.[1];
  const told = code ?? exitStatusIn(output);
  // Windows writes the same bits as −1.
  return marked ?? (told === undefined ? undefined : codes[told === -1 ? 4294967295 : told]);
}

/** The exit code that the output ends with, where AWS tells none. */
export function exitStatusIn(output: string | undefined): number | undefined {
  const written = exitStatus.exec(output ?? '')?.[1];
  return written === undefined ? undefined : Number(written);
}
