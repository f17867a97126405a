import { describe, expect, it } from '@jest/globals';
import type { Gap } from '../../../compliance/facts.ts';
import { Endpoint } from '../../support/aws/endpoint.ts';
import { type Call, type Fault, type Faults, randomFaults } from '../../support/aws/faults.ts';
import type { SimulatedFleet } from '../../support/aws/fleet.ts';
import { placesOf, type Reading, type ReadingOptions, readFrom } from '../../support/aws/reading.ts';
import { simulateFleet } from '../../support/aws/simulate.ts';
import '../../support/one-realm.ts';

const fleet = simulateFleet({ instances: 60 });

function reading(of: SimulatedFleet, faults?: Faults, options?: ReadingOptions): Promise<Reading> {
  return Endpoint.during({ fleet: of, ...(faults !== undefined && { faults }) }, (endpoint) =>
    readFrom(endpoint, placesOf(of), options),
  );
}

/** A fault of one operation, or of everything. */
function always(fault: Fault, operation?: string): Faults {
  return (call) => (operation === undefined || call.operation === operation ? fault : undefined);
}

/** A fault of the first attempts of every call. */
function atFirst(fault: Fault, attempts = 1): Faults {
  return (call) => (call.attempt < attempts ? fault : undefined);
}

function gapsOf({ places }: Reading): readonly Gap[] {
  return places.flatMap(({ gaps }) => gaps);
}

describe('faults that pass', () => {
  const whole = reading(fleet);
  const passing: Fault[] = [
    { kind: 'throttled' },
    { kind: 'server-error', status: 500 },
    { kind: 'server-error', status: 502 },
    { kind: 'server-error', status: 503 },
    { kind: 'server-error', status: 504 },
    { kind: 'cut', within: false },
    { kind: 'cut', within: true },
    { kind: 'garbled', status: 502 },
    { kind: 'empty-page' },
  ];
  it.each(passing)('change nothing: %j', async (fault) => {
    const few = simulateFleet({ instances: 12 });
    const [clean, faulty] = await Promise.all([reading(few), reading(few, atFirst(fault))]);
    expect(faulty).toEqual(clean);
  });

  it.each<Fault>([{ kind: 'stalled' }, { kind: 'slow', ms: 60_000 }])(
    'change nothing, when an answer comes too late: %j',
    async (fault) => {
      const late: Faults = ({ operation, attempt }) =>
        operation === 'DescribeInstancePatchStates' && attempt === 0 ? fault : undefined;
      expect(await reading(fleet, late, { timeouts: { connectMs: 10_000, answerMs: 1000 } })).toEqual(await whole);
    },
  );

  it('change nothing, when AWS throttles for a while, and calls slow down by themselves', async () => {
    const few = simulateFleet({ instances: 12 });
    const burst: Faults = ({ operation, attempt }) =>
      attempt === 0 && ['DescribeInstanceInformation', 'DescribeMaintenanceWindows'].includes(operation)
        ? { kind: 'throttled' }
        : undefined;
    const details = 'none';
    const adaptive = { mode: 'adaptive', maxAttempts: 8 } as const;
    expect(await reading(few, burst, { details, retry: adaptive })).toEqual(await reading(few, undefined, { details }));
  });

  it('change nothing, when the last page has an empty token', async () => {
    expect(await reading(fleet, always({ kind: 'empty-token' }))).toEqual(await whole);
  });

  it('change nothing, when a role’s credentials expire in the middle', async () => {
    const other = simulateFleet({ accounts: ['222222222222'], instances: 40 });
    const expiring: Faults = ({ service, callsOfSession }) =>
      service !== 'sts' && callsOfSession >= 9 ? { kind: 'expired-token' } : undefined;
    await Endpoint.during({ fleet: other, faults: expiring }, async (endpoint) => {
      expect(gapsOf(await readFrom(endpoint, placesOf(other)))).toEqual([]);
      expect(endpoint.counts['sts:AssumeRole']).toBeGreaterThan(2);
    });
  });

  it('change nothing of a report on 1,000 instances, where 20 % of the calls meet one', async () => {
    const big = simulateFleet({ accounts: ['111111111111', '222222222222'], instances: 500 });
    const [clean, faulty] = [await reading(big), await reading(big, randomFaults('twenty percent', 0.2))];
    expect(gapsOf(faulty)).toEqual([]);
    expect(faulty).toEqual(clean);
  });

  it('that outlast every attempt leave all else as it is, and say what is unknown', async () => {
    const stubborn: Faults = (call) => {
      const ids = call.request.InstanceIds;
      return call.operation === 'DescribeInstancePatchStates' && Array.isArray(ids) && ids.length === 50
        ? { kind: 'server-error', status: 500 }
        : undefined;
    };
    const faulty = await reading(fleet, stubborn, { retry: { mode: 'standard', maxAttempts: 2 }, details: 'none' });
    const clean = await reading(fleet, undefined, { details: 'none' });
    const [gap, ...others] = gapsOf(faulty);
    expect(others).toEqual([]);
    expect(gap).toMatchObject({
      area: 'patch-states',
      reason: 'failed',
      message: 'ssm:DescribeInstancePatchStates: InternalServerError: An internal error',
    });
    expect(gap?.instanceIds).toHaveLength(50);
    const unknown = new Set(gap?.instanceIds);
    expect(faulty.places[0]?.instances).toEqual(
      clean.places[0]?.instances.map(({ patchState, ...instance }) => ({
        ...instance,
        ...(patchState !== undefined && !unknown.has(instance.instanceId) && { patchState }),
      })),
    );
  });
});

describe('faults that stay', () => {
  const retry = { mode: 'standard', maxAttempts: 2 } as const;
  const expected: [string, Fault, Gap['reason'], string][] = [
    [
      'DescribePatchGroups',
      { kind: 'throttled' },
      'throttled',
      'ssm:DescribePatchGroups: ThrottlingException: Rate exceeded',
    ],
    [
      'DescribePatchGroups',
      { kind: 'access-denied' },
      'access-denied',
      'ssm:DescribePatchGroups: AccessDeniedException: User: arn:aws:sts::111111111111:assumed-role/patchfleet/patchfleet is not authorized to perform: ssm:DescribePatchGroups on resource: arn:aws:ssm:eu-west-1:111111111111:* because no identity-based policy allows the ssm:DescribePatchGroups action',
    ],
    [
      'DescribePatchGroups',
      { kind: 'expired-token' },
      'expired-credentials',
      'ssm:DescribePatchGroups: ExpiredTokenException: The security token included in the request is expired',
    ],
    [
      'DescribePatchGroups',
      { kind: 'repeated-token' },
      'invalid-answer',
      'AWS sent the same token of a next page twice, which would never end',
    ],
  ];
  it.each(expected)('of %s are one gap: %j', async (operation, fault, reason, message) => {
    const faulty = await reading(fleet, always(fault, operation), { retry });
    const clean = await reading(fleet);
    expect(gapsOf(faulty)).toEqual([{ area: 'patch-groups', reason, message }]);
    expect(faulty.places[0]?.patchGroups.length).toBe(fault.kind === 'repeated-token' ? 2 : 0);
    const { patchGroups: _, gaps: __, baselines: ___, ...rest } = clean.places[0] ?? {};
    expect(faulty.places[0]).toMatchObject(rest);
  });

  it('connections that are cut are one gap', async () => {
    const faulty = await reading(fleet, always({ kind: 'cut', within: false }, 'DescribeInstances'), { retry });
    expect(gapsOf(faulty)).toEqual([
      { area: 'ec2-instances', reason: 'unreachable', message: 'ec2:DescribeInstances: TimeoutError: socket hang up' },
    ]);
  });

  it('answers that never come are one gap', async () => {
    const timeouts = { connectMs: 10_000, answerMs: 3000 };
    const faulty = await reading(fleet, always({ kind: 'stalled' }, 'DescribeInstances'), { retry, timeouts });
    expect(gapsOf(faulty).map(({ area, reason }) => [area, reason])).toEqual([['ec2-instances', 'timed-out']]);
  });

  it('where managed nodes cannot be listed, their patch states are asked for all the same', async () => {
    const faulty = await reading(fleet, always({ kind: 'access-denied' }, 'DescribeInstanceInformation'), { retry });
    expect(gapsOf(faulty).map(({ area, reason }) => [area, reason])).toEqual([['managed-instances', 'access-denied']]);
    const [clean] = (await reading(fleet)).places;
    const inEc2 = clean?.instances.filter(({ ec2 }) => ec2 !== undefined);
    expect(faulty.places[0]?.instances.map(({ instanceId, patchState }) => [instanceId, patchState])).toEqual(
      inEc2?.map(({ instanceId, patchState }) => [instanceId, patchState]),
    );
  });

  it('what no node can be called is not asked for: AWS would refuse the others with it', async () => {
    const [home] = placesOf(fleet);
    if (home === undefined) throw new Error('a fleet without a place');
    const faults = always({ kind: 'access-denied' }, 'DescribeInstanceInformation');
    const { places } = await Endpoint.during({ fleet, faults }, (endpoint) =>
      readFrom(endpoint, [{ ...home, declared: { odd: 'i-mistyped' } }], { retry, details: 'none' }),
    );
    expect(places[0]?.gaps.map(({ area }) => area)).toEqual(['managed-instances']);
    expect(places[0]?.instances).toContainEqual({ instanceId: 'i-mistyped', declaredAs: 'odd' });
  });

  it('the same failure of many instances is one gap, which names them', async () => {
    const [clean] = (await reading(fleet)).places;
    const needing = clean?.instances.filter(({ patches }) => patches !== undefined) ?? [];
    const faulty = await reading(fleet, always({ kind: 'access-denied' }, 'DescribeInstancePatches'), { retry });
    const [gap, ...others] = gapsOf(faulty);
    expect(others).toEqual([]);
    expect(gap).toMatchObject({ area: 'patches', reason: 'access-denied' });
    expect(gap?.instanceIds).toEqual(needing.map(({ instanceId }) => instanceId));
    expect(needing.length).toBeGreaterThan(3);
    expect(faulty.places[0]?.instances).toEqual(clean?.instances.map(({ patches: _, ...instance }) => instance));
  });

  it('windows whose tasks cannot be read keep all else', async () => {
    const faulty = await reading(fleet, always({ kind: 'access-denied' }, 'GetMaintenanceWindowTask'), { retry });
    const [clean] = (await reading(fleet)).places;
    const [window] = clean?.windows ?? [];
    expect(gapsOf(faulty)).toMatchObject([{ area: 'windows', windowIds: [window?.windowId], reason: 'access-denied' }]);
    const { tasks: _, executions, ...rest } = window ?? {};
    expect(faulty.places[0]?.windows).toMatchObject([rest]);
    expect(faulty.places[0]?.windows[0]).not.toHaveProperty('tasks');
    expect(faulty.places[0]?.windows[0]?.executions).toHaveLength(executions?.length ?? 0);
  });

  it.each([
    ['DescribeMaintenanceWindowTargets', 'windows', 'targets'],
    ['DescribeMaintenanceWindowExecutions', 'window-executions', 'executions'],
    ['DescribeMaintenanceWindowExecutionTasks', 'window-executions', undefined],
  ] as const)('%s that is denied leaves its list out, which is no empty one', async (operation, area, list) => {
    const faulty = await reading(fleet, always({ kind: 'access-denied' }, operation), { retry });
    const [window] = faulty.places[0]?.windows ?? [];
    expect(gapsOf(faulty)).toMatchObject([{ area, windowIds: [window?.windowId], reason: 'access-denied' }]);
    if (list !== undefined) expect(window).not.toHaveProperty(list);
    else expect(window?.executions?.filter(({ tasks }) => tasks !== undefined)).toEqual([]);
  });

  it('instances that vanish between calls are a gap of theirs alone', async () => {
    const [clean] = (await reading(fleet)).places;
    const gone = clean?.instances.find(({ patches }) => patches !== undefined)?.instanceId ?? '';
    const faulty = await reading(fleet, always({ kind: 'vanished', instanceIds: [gone] }, 'DescribeInstancePatches'));
    expect(gapsOf(faulty)).toEqual([
      {
        area: 'patches',
        instanceIds: [gone],
        reason: 'failed',
        message: 'ssm:DescribeInstancePatches: InvalidInstanceId',
      },
    ]);
  });
});

describe('an account that fails', () => {
  const accounts = ['111111111111', '222222222222', '333333333333'];
  const wide = simulateFleet({ accounts, instances: 8 });
  const inAccount =
    (fault: Fault, which: (call: Call) => boolean): Faults =>
    (call) =>
      which(call) ? fault : undefined;
  const cases: [string, Faults, Gap][] = [
    [
      'whose role may not be assumed',
      inAccount({ kind: 'access-denied' }, ({ request }) => String(request.RoleArn).includes('222222222222')),
      {
        area: 'place',
        reason: 'role-not-assumed',
        message:
          'arn:aws:iam::222222222222:role/patchfleet-reader: AccessDenied: User: arn:aws:sts::111111111111:assumed-role/patchfleet/patchfleet is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::222222222222:role/patchfleet-reader',
      },
    ],
    [
      'whose region is not enabled',
      inAccount({ kind: 'region-disabled' }, ({ account }) => account === '222222222222'),
      {
        area: 'place',
        reason: 'region-disabled',
        message: 'ec2:DescribeInstances: AuthFailure: AWS was not able to validate the provided access credentials',
      },
    ],
    [
      'that may do nothing',
      inAccount({ kind: 'access-denied' }, ({ account }) => account === '222222222222'),
      {
        area: 'place',
        reason: 'access-denied',
        message:
          'ec2:DescribeInstances: UnauthorizedOperation: You are not authorized to perform this operation. User: arn:aws:sts::222222222222:assumed-role/patchfleet/patchfleet is not authorized to perform: ec2:DescribeInstances because no identity-based policy allows the ec2:DescribeInstances action',
      },
    ],
  ];
  it.each(cases)('%s is one gap, and hides no other', async (_, faults, gap) => {
    const [faulty, clean] = await Promise.all([reading(wide, faults), reading(wide)]);
    expect(faulty.places.map(({ place }) => place.account)).toEqual(accounts);
    expect(faulty.places[1]?.gaps).toEqual([gap]);
    expect([faulty.places[0], faulty.places[2]]).toEqual([clean.places[0], clean.places[2]]);
  });
});
