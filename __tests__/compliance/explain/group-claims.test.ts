import { describe, expect, it } from '@jest/globals';
import { noFleet } from '../../../compliance/compliance.ts';
import { explain } from '../../../compliance/explain/index.ts';
import type { PlaceFacts } from '../../../compliance/facts.ts';
import {
  defaultBaseline,
  ec2,
  fleetContext,
  id,
  installWindow,
  instance,
  otherBaseline,
  patchState,
  place,
  settings,
  without,
} from '../support.ts';
import { codes, denied, reason } from './explained.ts';

/* What reasons claim is what facts show: neither more, nor less. */

const hybrid = 'mi-00000000000000001';
const spaced = fleetContext({}, { patchGroupTagKey: 'Patch Group' });
const spacedWindow = installWindow({
  targets: [
    { windowTargetId: 'target-web', resourceType: 'INSTANCE', targets: [{ key: 'tag:Patch Group', values: ['web'] }] },
  ],
});

describe('patch groups', () => {
  it('are tagged by the key that the fleet uses: windows target that one', () => {
    const facts = instance({ ec2: ec2({ tags: {} }) });
    expect(reason('no-patch-group', facts, {}, spaced).next).toBe(
      'tag it with Patch Group and the name of a patch group',
    );
    expect(reason('no-patch-group', { ...facts, declaredAs: 'web' }).next).toBe(
      'give it a patch group in the fleet file, and deploy its stack',
    );
  });

  it('by a key without a space choose a baseline, and do not reach windows that target the other key', () => {
    const facts = instance({ ec2: ec2({ metadataTags: true }) });
    expect(reason('tag-key-space', facts, { windows: [spacedWindow] }, spaced)).toEqual({
      code: 'tag-key-space',
      why: 'its tags can be read in its metadata, where EC2 allows no key with a space: it cannot carry the tag Patch Group',
      evidence: ['instance metadata tags are enabled', 'it has the tag PatchGroup=web, which no window targets'],
      next: 'turn tags in its metadata off and tag it with Patch Group, or let the whole fleet use PatchGroup: patchGroupTagKey of the fleet file',
      command: `aws ec2 modify-instance-metadata-options --instance-id ${id} --instance-metadata-tags disabled --region eu-central-1`,
    });
    expect(reason('not-targeted', facts, { windows: [spacedWindow] }, spaced).evidence).toEqual([
      'windows that install here: acme-install (tag:Patch Group=web)',
      'its patch group is web, by the tag PatchGroup',
    ]);
    expect(codes(facts, {}, spaced)).not.toContain('tag-key-space');
    expect(codes(facts, { windows: [spacedWindow], gaps: [denied('windows')] }, spaced)).not.toContain('tag-key-space');
  });

  it('are missing for the key with a space, without a fleet file, where windows or other nodes use that key', () => {
    const node = instance({ ec2: ec2({ tags: {}, metadataTags: true }) });
    const other = (tags: Record<string, string>) => instance({ instanceId: 'i-00000000000000002', ec2: ec2({ tags }) });
    const told = (facts: PlaceFacts) =>
      explain(facts, id, noFleet, settings())?.reasons.find(({ code }) => /tag-key-space|no-patch-group/.test(code))
        ?.code;
    expect(told(place([node], { windows: [spacedWindow] }))).toBe('tag-key-space');
    expect(told(place([node, other({ 'Patch Group': 'web' })]))).toBe('tag-key-space');
    expect(told(place([node, other({ PatchGroup: 'web' })]))).toBe('no-patch-group');
  });

  it('of a node outside EC2 are those that it reported last', () => {
    const facts = { ...without(instance(), 'ec2'), instanceId: hybrid };
    expect(codes(facts)).toEqual(['targeting-unknown', 'compliant']);
    const none = { ...facts, patchState: without(patchState(), 'patchGroup') };
    expect(reason('no-patch-group', none).evidence).toEqual([
      'its last report names no patch group',
      `the default is AWS-AmazonLinux2023DefaultPatchBaseline ${defaultBaseline}`,
      'patch groups here: web',
    ]);
    // Nobody knows the tags of an instance of EC2 that could not be asked about.
    const unasked = { ...none, instanceId: id };
    expect(codes(unasked, { gaps: [denied('ec2-instances')] })).not.toContain('no-patch-group');
  });

  it('without a baseline for the system are not told where groups were read in part', () => {
    const managed = { pingStatus: 'Online', platformName: 'Ubuntu', platformVersion: '24.04' } as const;
    expect(codes(instance({ managed }))).toContain('os-without-baseline');
    expect(codes(instance({ managed }), { gaps: [denied('patch-groups')] })).not.toContain('os-without-baseline');
  });

  it('that the fleet file has, and nobody deployed, are deployed', () => {
    expect(reason('group-not-registered', instance(), { patchGroups: [] })).toMatchObject({
      evidence: ['patch groups here: none', 'the fleet file has it'],
      next: 'deploy the stack, which registers it',
    });
    const ofOther = { groupName: 'web', baselines: [{ operatingSystem: 'UBUNTU', baselineId: otherBaseline }] };
    expect(reason('os-without-baseline', instance(), { patchGroups: [ofOther] })).toMatchObject({
      evidence: ['the group has baselines for UBUNTU', 'the fleet file gives it one for AMAZON_LINUX_2023'],
      next: 'deploy the stack, which registers it',
    });
  });
});
