import { describe, expect, it } from '@jest/globals';
import { decodeFailure } from '../../../compliance/explain/exit-codes.ts';

describe('what a failure means', () => {
  it.each([
    [1, 'the package manager or its Python failed'],
    [126, 'the node may not run what the agent has downloaded: /var/lib/amazon is probably mounted noexec'],
    [146, 'Patch Manager does not support this operating system, or this version of it'],
    [156, 'the node could not download from the S3 buckets of AWS'],
    [196, 'some patches failed, and what was installed needs a reboot'],
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

  it('is not guessed', () => {
    expect(decodeFailure(77, 'nothing that is known')).toBeUndefined();
    expect(decodeFailure(undefined, undefined)).toBeUndefined();
  });
});
