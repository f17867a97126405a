import { describe, expect, it } from '@jest/globals';
import { patchfleet } from '../../support/run-command.ts';

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
      err: 'patchfleet: an instance must be i-… or mi-… with 8 or 17 digits from 0 to f, got "web-14"',
    });
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
