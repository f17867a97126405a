import { describe, expect, it } from '@jest/globals';
import { decodeFailure } from '../../../compliance/explain/exit-codes.ts';

describe('what a failure means', () => {
  it.each([
    [1, 'the package manager or its Python failed'],
    [126, 'the node may not run what the agent has downloaded: /var/lib/amazon is probably mounted noexec'],
    [146, 'Patch Manager does not support this operating system, or this version of it'],
    [156, 'the node could not download from the S3 buckets of AWS'],
    [2, 'dependencies of packages could not be resolved, or another process held the package manager'],
    [145, 'the node could not get its patch baseline from Systems Manager'],
    [149, 'the node could not report what it found to Systems Manager'],
    [151, 'what the agent has downloaded is not what AWS published: its SHA-256 differs'],
    [152, 'what the agent has downloaded could not be unpacked: two patch commands ran at once, or /var is full'],
    [154, 'the agent could not make its directory under /var/log/amazon'],
    [155, 'what the agent has downloaded could not be unpacked: two patch commands ran at once, or /var is full'],
    [160, 'the node could not read the baselines of a patch policy (BaselineOverride) from S3'],
    [194, 'it asked for a reboot and was not heard of again'],
    [195, 'some patches failed, and what was installed needs a reboot'],
    [196, 'some patches failed for their dependencies, and what was installed needs a reboot'],
    [-1, 'the patch module of Windows failed: Windows Update, WSUS or S3 did not answer, or access was denied'],
    [4294967295, 'the patch module of Windows failed: Windows Update, WSUS or S3 did not answer, or access was denied'],
  ])('is known by exit code %d', (code, meaning) => {
    expect(decodeFailure(code, undefined)?.meaning).toBe(meaning);
  });

  it('is told by the output before the exit code, which says less', () => {
    const output = 'E: dpkg was interrupted, you must manually run …';
    expect(decodeFailure(1, output)?.next).toBe('run dpkg --configure -a on the node');
    expect(decodeFailure(-1, 'Exception from HRESULT: 0x80072EE2')?.meaning).toBe(
      'Windows Update or WSUS could not be reached',
    );
  });

  it('is told by the exit code that the output ends with: AWS tells none above 2³¹, which are those of Windows', () => {
    for (const code of ['4294967295', '0xffffffff'])
      expect(decodeFailure(undefined, `Access Denied\nfailed to run commands: exit status ${code}`)?.meaning).toBe(
        'the patch module of Windows failed: Windows Update, WSUS or S3 did not answer, or access was denied',
      );
    expect(decodeFailure(undefined, 'failed to run commands: exit status 77')).toBeUndefined();
  });

  it.each([
    [
      'install errors: dpkg: error: dpkg frontend is locked by another process',
      'another process held the package manager',
    ],
    [
      '[ERROR]: Unable to download file from S3: s3://aws-quicksetup-patchpolicy-111111111111-ab/baseline_overrides.json.',
      'the node could not read the baselines of a patch policy (BaselineOverride) from S3',
    ],
    ['[Errno 256] No more mirrors to try.', 'a repository could not be reached'],
    ['curl.x86_64: [Errno 5] [Errno 12] Cannot allocate memory', 'the node ran out of memory'],
    ['write error: No space left on device', 'a disk of the node is full'],
    [
      'another process has acquired yum lock, waiting 2 s and retry',
      'another patch command ran on the node at the same time',
    ],
  ])('is known by the output %j', (output, meaning) => {
    expect(decodeFailure(2, output)?.meaning).toBe(meaning);
  });

  it('is not guessed', () => {
    expect(decodeFailure(77, 'nothing that is known')).toBeUndefined();
    expect(decodeFailure(undefined, undefined)).toBeUndefined();
  });
});
