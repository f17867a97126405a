import { describe, expect, it } from '@jest/globals';
import type { PlaceFacts } from '../../../compliance/facts.ts';
import { ec2, id, instance, place, settings } from '../../compliance/support.ts';
import { patchfleet } from '../../support/run-command.ts';
import { acmeFleet, Snapshots } from './snapshots.ts';

/* What compliance counts as unknown, though nothing was told about it, explain knows, too. */

const files = new Snapshots();
const declared = 'i-0123456789abcdef0';
const elsewhere = { account: '222222222222', region: 'eu-central-1' };
const denied = (area: PlaceFacts['gaps'][number]['area']) =>
  ({ area, reason: 'access-denied', message: 'not authorized' }) as const;

/** What compliance and explain say of an instance, and how they end. */
async function bothOf(asked: string, ...args: readonly string[]) {
  const report = await patchfleet('compliance', ...args, '--format', 'json');
  const explained = await patchfleet('explain', asked, ...args, '--format', 'json');
  const { explanations, notFound } = JSON.parse(explained.out);
  const counted = JSON.parse(report.out).instances.filter((one: { instanceId: string }) => one.instanceId === asked);
  const what = ({ account, bucket, why }: Record<string, string>) => [account, bucket, why];
  expect(explained.exitCode).toBe(report.exitCode);
  expect(explanations.map(what)).toEqual(counted.map(what));
  return { exitCode: explained.exitCode, explanations, notFound };
}

describe('explain', () => {
  it('knows what is declared in a place that a snapshot lacks', async () => {
    const fleet = files.file('wider.yaml', acmeFleet.replace('[eu-central-1]', '[eu-central-1, eu-west-1]'));
    const value = {
      ...{ version: 1, partition: 'aws', account_id: '111111111111', region: 'eu-west-1' },
      ...{ baselines: {}, patch_groups: [], windows: {}, instances: { web: declared } },
    };
    const outputs = files.file('outputs.json', JSON.stringify({ patch_manager: { sensitive: false, value } }));
    const source = await files.write(place([instance()]));
    const args = ['--fleet', fleet, '--outputs', outputs, '--source', source];
    const why = 'EC2 could not be asked: the call failed: the source says nothing about this place';
    expect(await bothOf(declared, ...args)).toMatchObject({
      exitCode: 2,
      notFound: [],
      explanations: [
        {
          region: 'eu-west-1',
          reasons: [
            { code: 'unknown', why: `whether it is patched is not known: ${why}` },
            { code: 'targeting-unknown' },
          ],
          unread: ['every instance there: the call failed: the source says nothing about this place'],
        },
      ],
    });
    const lost = await patchfleet('explain', 'i-00000000000000008', ...args);
    expect({ ...lost, out: '' }).toMatchObject({
      exitCode: 2,
      err: [
        'patchfleet: no outputs of 111111111111 in eu-central-1: instances that were made there and are gone will not be missed',
        'patchfleet: i-00000000000000008 is in no account and region that was read',
        'patchfleet: could not be read: 111111111111/eu-west-1: the call failed: the source says nothing about this place',
      ].join('\n'),
    });
  });

  it('knows what an earlier snapshot has in a place that could not be read', async () => {
    const since = await files.writeAs({ now: '2026-11-10T06:00:00.000Z' }, place([instance()]));
    const source = await files.write(place([], { gaps: [denied('windows'), denied('managed-instances')] }));
    const why =
      'it was there at 2026-11-10T06:00:00.000Z, and its place could not be read now: access is denied: not authorized';
    const { exitCode, explanations } = await bothOf(
      id,
      ...['--fleet', files.file('acme.yaml', acmeFleet), '--source', source, '--since', since],
    );
    expect(exitCode).toBe(2);
    expect(explanations).toEqual([
      {
        version: 1,
        account: '111111111111',
        region: 'eu-central-1',
        instanceId: id,
        asOf: settings().asOf,
        bucket: 'unknown',
        why,
        ring: 'prod',
        patchGroup: 'web',
        operatingSystem: 'AMAZON_LINUX_2023',
        reasons: [
          {
            code: 'unknown',
            why: `whether it is patched is not known: ${why}`,
            evidence: ['managed nodes could not be read at 2026-11-24T05:59:00.000Z'],
            next: 'allow whoever asks what docs/compliance-policy.json allows, and ask again',
          },
        ],
        unread: [
          'whether instances are managed: access is denied: not authorized',
          'who is patched when: access is denied: not authorized',
        ],
      },
    ]);
  });

  it('takes nothing from an earlier snapshot of a place that was read, or where the instance is told', async () => {
    const there = place([instance()]);
    const since = await files.writeAs({ now: '2026-11-10T06:00:00.000Z' }, there, { ...there, place: elsewhere });
    const gone = place([instance({ ec2: ec2({ state: 'terminated' }) })], { gaps: [denied('ec2-instances')] });
    const source = await files.write(gone, { ...place([]), place: elsewhere });
    const { out } = await patchfleet('explain', id, '--source', source, '--since', since, '--format', 'json');
    expect(JSON.parse(out).explanations).toMatchObject([{ account: '111111111111', bucket: 'gone' }]);
  });
});
