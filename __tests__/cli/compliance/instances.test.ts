import { describe, expect, it } from '@jest/globals';
import { unpatchedSection } from '../../../cli/compliance/instances.ts';
import { ec2, kernel, lacking, patch, place, reportOn, without } from '../../compliance/support.ts';

describe('instances that need somebody', () => {
  it('are told by what is overdue longest, then by how bad their bucket is, then by id', async () => {
    const old = { ...kernel, version: '5.9.1', releasedAt: '2026-10-01T00:00:00.000Z' };
    const node = (number: number, title: string, state: 'MISSING' | 'FAILED' | 'INSTALLED_PENDING_REBOOT') =>
      lacking([patch({ title, state })], { instanceId: `i-0000000000000000${number}` });
    const elsewhere = { ec2: ec2({ tags: { PatchGroup: 'other' } }) };
    const nodes = [
      node(1, 'curl', 'INSTALLED_PENDING_REBOOT'),
      { ...node(2, 'curl', 'MISSING'), ...elsewhere },
      { ...node(3, 'curl', 'FAILED'), ...elsewhere },
      node(4, 'kernel.x86_64:0:6.1.115-126.197.amzn2023', 'MISSING'),
      node(5, 'kernel.x86_64:0:5.9.1-126.197.amzn2023', 'MISSING'),
      { ...node(6, 'curl', 'MISSING'), ...elsewhere },
      without(node(7, 'curl', 'MISSING'), 'managed'),
    ];
    const section = unpatchedSection(await reportOn([place(nodes, { availablePatches: [kernel, old] })]));
    const told = section.blocks.map((block) => (block.kind === 'table' ? block.rows.map(([, , , ...row]) => row) : []));
    expect(told).toEqual([
      [
        ['missing', '1 patch is missing; overdue: kernel.x86_64:0:5.9.1-126.197.amzn2023'],
        ['missing', '1 patch is missing; overdue: kernel.x86_64:0:6.1.115-126.197.amzn2023'],
        ['failed', '1 patch could not be installed'],
        ['missing', '1 patch is missing'],
        ['missing', '1 patch is missing'],
        ['pending reboot', '1 patch waits for a reboot'],
      ],
      [['not managed', 'Systems Manager does not know it']],
    ]);
    const [unpatched] = section.blocks;
    expect(unpatched?.kind === 'table' && unpatched.rows.map(([name]) => name?.slice(0, 19))).toEqual([
      'i-00000000000000005',
      'i-00000000000000004',
      'i-00000000000000003',
      'i-00000000000000002',
      'i-00000000000000006',
      'i-00000000000000001',
    ]);
  });
});
