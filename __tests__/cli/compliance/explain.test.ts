import { describe, expect, it } from '@jest/globals';
import { counts, ec2, id, instance, patchState, place } from '../../compliance/support.ts';
import { patchfleet } from '../../support/run-command.ts';
import { acmeFleet, Snapshots } from './snapshots.ts';

const example = [
  ...['--fleet', 'examples/snapshots/fleet.yaml', '--outputs', 'examples/snapshots/outputs'],
  ...['--source', 'examples/snapshots/2026-11-24'],
];

function explain(...args: readonly string[]) {
  return patchfleet('explain', ...args, ...example);
}

describe('explain', () => {
  it('tells why, what shows it, and what to do next, in the order that was asked', async () => {
    const { exitCode, out, err } = await explain('i-8f77adbed24ab43cb', 'i-54b4e50edc0663ddc');
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    const [first = '', second = ''] = out.split('\n\n');
    expect(first).toMatch(
      /^i-8f77adbed24ab43cb in 111111111111\/eu-central-1: not managed: Systems Manager does not know it\n {2}ring dev, patch group files, as of 2026-11-24T06:00:00.000Z\n- .* \[unmanaged\]\n/,
    );
    expect(
      second,
    ).toContain(`i-54b4e50edc0663ddc in 111111111111/eu-central-1: stale: its last scan ended 12 days before, at 2026-11-12T05:58:00.000Z
  ring dev, patch group files, WINDOWS, as of 2026-11-24T06:00:00.000Z
- its agent does not answer Systems Manager, so that no window reaches it [agent-offline]
    ping status ConnectionLost
    last ping at 2026-11-12T05:58:00.000Z
    agent 3.3.987.0
  next: see that the agent runs, and that it reaches the endpoints ssm and ssmmessages on port 443
`);
  });

  it('is versioned JSON', async () => {
    const { exitCode, out } = await explain('i-8f77adbed24ab43cb', '--format', 'json');
    expect(exitCode).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      version: 1,
      explanations: [{ instanceId: 'i-8f77adbed24ab43cb', bucket: 'not managed', reasons: [{ code: 'unmanaged' }] }],
      notFound: [],
      unread: [],
    });
  });

  it('tells of instances that are not known, after those that are', async () => {
    const { exitCode, out, err } = await explain('i-00000000000000000', 'i-8f77adbed24ab43cb');
    expect(exitCode).toBe(2);
    expect(out).toMatch(/^i-8f77adbed24ab43cb in /);
    expect(err).toBe('patchfleet: i-00000000000000000 is in no account and region that was read');
  });

  it('refuses what is no id, before it reads anything', async () => {
    const { exitCode, out, err } = await explain('web-14', 'i-8f77adbed24ab43cb');
    expect({ exitCode, out, err }).toEqual({
      exitCode: 2,
      out: '',
      err: 'patchfleet: an instance must be i-… with 8 or 17 digits from 0 to f, or mi-… with 17, got "web-14"',
    });
  });

  it('tells each id once, and refuses ids that no instance can have', async () => {
    const twice = await explain('i-00000000000000000', 'i-00000000000000000', '--format', 'json');
    expect(JSON.parse(twice.out)).toMatchObject({ explanations: [], notFound: ['i-00000000000000000'] });
    for (const id of ['mi-0a1b2c3d', 'I-8F77ADBED24AB43CB', 'i-8f77adbed24ab43c', 'i-8f77adbed24ab43cb ']) {
      const { exitCode, err } = await explain(id);
      expect({ exitCode, err }).toEqual({
        exitCode: 2,
        err: `patchfleet: an instance must be i-… with 8 or 17 digits from 0 to f, or mi-… with 17, got ${JSON.stringify(id)}`,
      });
    }
  });

  it('looks at chosen stacks only', async () => {
    const { exitCode, err } = await explain('i-8f77adbed24ab43cb', '--only', '333333333333-*');
    expect({ exitCode, err }).toEqual({
      exitCode: 2,
      err: 'patchfleet: i-8f77adbed24ab43cb is in no account and region that was read',
    });
  });

  it('agrees with the report on every instance', async () => {
    const report = JSON.parse((await patchfleet('compliance', ...example, '--format', 'json')).out);
    const ids: string[] = report.instances.map(({ instanceId }: { instanceId: string }) => instanceId);
    const { explanations } = JSON.parse((await explain(...ids, '--format', 'json')).out);
    expect(explanations.map(({ instanceId, bucket }: Record<string, string>) => [instanceId, bucket])).toEqual(
      report.instances.map(({ instanceId, bucket }: Record<string, string>) => [
        instanceId,
        bucket === 'rejected-installed' ? 'rejected installed' : bucket?.replaceAll('-', ' '),
      ]),
    );
  });
});

describe('explain, from a snapshot made for it', () => {
  const files = new Snapshots();
  const pending = patchState({ counts: counts({ installedPendingReboot: 1 }) });
  const elsewhere = { account: '222222222222', region: 'eu-central-1' };

  it('tells of every place that has the id', async () => {
    const other = { ...place([instance({ ec2: ec2({ state: 'terminated' }) })]), place: elsewhere };
    const source = await files.write(other, place([instance({ patchState: pending })]));
    const { exitCode, out } = await patchfleet('explain', id, '--source', source, '--format', 'json');
    expect(exitCode).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      explanations: [
        { account: '111111111111', bucket: 'pending reboot' },
        { account: '222222222222', bucket: 'gone' },
      ],
      notFound: [],
    });
  });

  it('shows a command that can be pasted, below the next step', async () => {
    const source = await files.write(place([instance({ patchState: pending })]));
    const { out } = await patchfleet('explain', id, '--source', source, '--fleet', files.file('acme.yaml', acmeFleet));
    expect(out).toContain(`
  next: reboot it, then scan it
    aws ec2 reboot-instances --instance-ids ${id} --region eu-central-1`);
  });

  it('says what could not be read of its place, which may hide reasons, and ends with 2', async () => {
    const gaps = [{ area: 'windows', reason: 'access-denied', message: 'no ssm:DescribeMaintenanceWindows' }] as const;
    const unread = { ...place([instance({ instanceId: 'i-00000000000000009' })], { gaps }), place: elsewhere };
    const source = await files.write(place([instance()]), unread);
    const { exitCode, out, err } = await patchfleet('explain', 'i-00000000000000009', '--source', source);
    expect({ exitCode, err }).toEqual({
      exitCode: 2,
      err: 'patchfleet: no fleet file, so no rings, deadlines and waivers; name it with --fleet',
    });
    expect(out).toContain(
      '\n- could not be read, and is unknown: who is patched when: access is denied: no ssm:DescribeMaintenanceWindows',
    );
    // What could not be read elsewhere does not matter.
    const found = await patchfleet('explain', id, '--source', source, '--format', 'json');
    expect(found.exitCode).toBe(0);
    expect(JSON.parse(found.out)).toMatchObject({ explanations: [{ unread: [] }], unread: [] });
    const lost = await patchfleet('explain', 'i-00000000000000008', '--source', source, '--format', 'json');
    expect(lost.exitCode).toBe(2);
    expect(JSON.parse(lost.out).unread).toEqual([
      '222222222222/eu-central-1: access is denied: no ssm:DescribeMaintenanceWindows',
    ]);
  });
});
