import * as ec2 from '@aws-sdk/client-ec2';
import * as ssm from '@aws-sdk/client-ssm';
import * as sts from '@aws-sdk/client-sts';
import { describe, expect, it } from '@jest/globals';
import { node } from '../command.ts';
import '../one-realm.ts';
import { simulatedActions } from './answer.ts';
import { clientsOf } from './clients.ts';
import { Endpoint } from './endpoint.ts';
import type { Fault } from './faults.ts';
import { findOperation, violations } from './sdk-model.ts';
import { simulateFleet } from './simulate.ts';

const fleet = simulateFleet({ instances: 120 });
const [place] = fleet.places;
if (place === undefined) throw new Error('a fleet without a place');

/** Without what the SDK adds. */
async function asked(answering: Promise<object>): Promise<object> {
  const { $metadata: _, ...output } = (await answering) as { $metadata: unknown };
  return output;
}

async function refusalOf(answering: Promise<unknown>): Promise<string> {
  const error = await answering.then(
    () => new Error('was answered'),
    (reason) => reason,
  );
  return `${error.code ?? error.name}: ${error.message}`;
}

describe('what the SDK reads', () => {
  const [window] = place.windows;
  const [execution] = window?.executions ?? [];
  const [task] = execution?.tasks ?? [];
  const WindowId = window?.window.WindowId ?? '';
  const WindowExecutionId = execution?.execution.WindowExecutionId ?? '';
  const managed = place.instances.flatMap(({ information }) => information ?? []);
  const states = place.instances.flatMap(({ patchState }) => patchState ?? []).slice(0, 10);
  const [first] = place.instances.filter(({ patchState }) => patchState !== undefined);
  const [baseline] = place.baselines;

  it('is what the fleet holds, of instances and their patches', () =>
    Endpoint.during({ fleet }, async (endpoint) => {
      const { ssm: client } = clientsOf(endpoint);
      const information = await asked(client.send(new ssm.DescribeInstanceInformationCommand({ MaxResults: 50 })));
      expect(information).toMatchObject({ InstanceInformationList: managed.slice(0, 50) });
      const InstanceIds = states.map(({ InstanceId = '' }) => InstanceId);
      expect(await asked(client.send(new ssm.DescribeInstancePatchStatesCommand({ InstanceIds })))).toEqual({
        InstancePatchStates: states,
      });
      const InstanceId = first?.instanceId;
      expect(await asked(client.send(new ssm.DescribeInstancePatchesCommand({ InstanceId })))).toEqual({
        Patches: first?.patches,
      });
      const Filters = [{ Key: 'PATCH_ID', Values: ['KB5068787'] }];
      expect(await asked(client.send(new ssm.DescribeAvailablePatchesCommand({ Filters })))).toEqual({
        Patches: place.availablePatches.filter(({ KbNumber }) => KbNumber === 'KB5068787'),
      });
      const OperatingSystem = 'AMAZON_LINUX_2023';
      expect(
        await asked(client.send(new ssm.DescribePatchPropertiesCommand({ OperatingSystem, Property: 'PRODUCT' }))),
      ).toEqual({ Properties: [{ Name: 'AmazonLinux2023' }] });
    }));

  it('is what the fleet holds, of baselines and groups', () =>
    Endpoint.during({ fleet }, async (endpoint) => {
      const { ssm: client } = clientsOf(endpoint);
      expect(await asked(client.send(new ssm.DescribePatchBaselinesCommand({})))).toMatchObject({
        BaselineIdentities: place.baselines.map(({ BaselineId }) => ({ BaselineId })),
      });
      expect(await asked(client.send(new ssm.DescribePatchGroupsCommand({})))).toMatchObject({
        Mappings: place.patchGroups.map(({ patchGroup }) => ({ PatchGroup: patchGroup })),
      });
      const BaselineId = baseline?.BaselineId;
      expect(await asked(client.send(new ssm.GetPatchBaselineCommand({ BaselineId })))).toMatchObject({
        Name: baseline?.Name,
        ApprovalRules: baseline?.ApprovalRules,
        CreatedDate: baseline?.CreatedDate,
      });
    }));

  it('is what the fleet holds, of windows and what became of them', () =>
    Endpoint.during({ fleet }, async (endpoint) => {
      const { ssm: client } = clientsOf(endpoint);
      expect(await asked(client.send(new ssm.DescribeMaintenanceWindowsCommand({})))).toEqual({
        WindowIdentities: [window?.window],
      });
      expect(await asked(client.send(new ssm.DescribeMaintenanceWindowTargetsCommand({ WindowId })))).toEqual({
        Targets: window?.targets,
      });
      expect(await asked(client.send(new ssm.DescribeMaintenanceWindowTasksCommand({ WindowId })))).toMatchObject({
        Tasks: [{ Type: 'RUN_COMMAND', TaskArn: 'AWS-RunPatchBaseline' }],
      });
      const WindowTaskId = window?.tasks[0]?.WindowTaskId;
      expect(await asked(client.send(new ssm.GetMaintenanceWindowTaskCommand({ WindowId, WindowTaskId })))).toEqual(
        window?.tasks[0],
      );
      const Filters = [{ Key: 'ExecutedAfter', Values: ['2026-11-21T12:00:00Z'] }];
      expect(
        await asked(client.send(new ssm.DescribeMaintenanceWindowExecutionsCommand({ WindowId, Filters }))),
      ).toEqual({ WindowExecutions: window?.executions.slice(0, 2).map((each) => each.execution) });
      expect(
        await asked(client.send(new ssm.DescribeMaintenanceWindowExecutionTasksCommand({ WindowExecutionId }))),
      ).toEqual({ WindowExecutionTaskIdentities: [task?.task] });
      const TaskId = task?.task.TaskExecutionId;
      expect(
        await asked(
          client.send(new ssm.DescribeMaintenanceWindowExecutionTaskInvocationsCommand({ WindowExecutionId, TaskId })),
        ),
      ).toEqual({ WindowExecutionTaskInvocationIdentities: task?.invocations });
      const CommandId = task?.commandInvocations[0]?.CommandId;
      expect(await asked(client.send(new ssm.ListCommandInvocationsCommand({ CommandId, Details: true })))).toEqual({
        CommandInvocations: task?.commandInvocations.filter((each) => each.CommandId === CommandId),
      });
    }));

  it('is what the fleet holds, of EC2 and of who asks', () =>
    Endpoint.during({ fleet }, async (endpoint) => {
      const clients = clientsOf(endpoint);
      const { Reservations = [] } = await clients.ec2.send(new ec2.DescribeInstancesCommand({ MaxResults: 1000 }));
      expect(Reservations.flatMap(({ Instances = [] }) => Instances)).toEqual(
        place.instances.flatMap((instance) => instance.ec2 ?? []),
      );
      expect(await asked(clients.sts.send(new sts.GetCallerIdentityCommand({})))).toEqual({
        UserId: 'AIDASIMULATED',
        Account: '111111111111',
        Arn: 'arn:aws:iam::111111111111:user/patcher',
      });
      const RoleArn = 'arn:aws:iam::222222222222:role/patchfleet';
      const { Credentials, AssumedRoleUser } = await clients.sts.send(
        new sts.AssumeRoleCommand({ RoleArn, RoleSessionName: 'test' }),
      );
      expect(AssumedRoleUser?.Arn).toBe('arn:aws:sts::222222222222:assumed-role/patchfleet/test');
      expect(Credentials?.Expiration?.getTime()).toBeGreaterThan(Date.now());
    }));

  it('was checked for every operation there is', () => {
    const operations = simulatedActions.map((action) => action.split(':') as ['ssm' | 'ec2' | 'sts', string]);
    expect(operations.filter(([service, name]) => findOperation(service, name) === undefined)).toEqual([]);
  });
});

describe('the SDK’s models', () => {
  const shape = findOperation('ssm', 'DescribeInstancePatchStates')?.output;
  if (shape === undefined) throw new Error('the SDK knows no patch states');
  const [state] = place.instances.flatMap(({ patchState }) => patchState ?? []);

  it('find what is unknown, mistyped and missing', () => {
    const { PatchGroup: _, ...rest } = state ?? {};
    const value = { InstancePatchStates: [{ ...rest, MissingCount: '1', Colour: 'red', OperationEndTime: 1 }] };
    expect(violations(shape, value, 'answer')).toEqual([
      'answer.InstancePatchStates[0].MissingCount must be a number, got "1"',
      'answer.InstancePatchStates[0].OperationEndTime must be a date, got 1',
      'answer.InstancePatchStates[0].Colour is no member of InstancePatchState',
      'answer.InstancePatchStates[0].PatchGroup is missing, which InstancePatchState requires',
    ]);
  });

  it('are kept by every answer: one that breaks them fails the test that caused it', async () => {
    const broken = { ...place, patchGroups: [{ patchGroup: 7 as unknown as string, baselineId: '' }] };
    const during = Endpoint.during({ fleet: { places: [broken] } }, (endpoint) =>
      refusalOf(clientsOf(endpoint).ssm.send(new ssm.DescribePatchGroupsCommand({}))),
    );
    await expect(during).rejects.toThrow(
      'response: DescribePatchGroups.Mappings[0].PatchGroup must be a string, got 7',
    );
  });
});

describe('limits', () => {
  const id = 'i-0123456789abcdef0';
  it.each([
    [
      new ssm.DescribeInstancePatchStatesCommand({ InstanceIds: Array(51).fill(id) }),
      "Value '[51 ids]' at 'instanceIds'",
    ],
    [new ssm.DescribeInstancePatchStatesCommand({ InstanceIds: ['i-1'] }), "Value 'i-1' at 'instanceIds'"],
    [new ssm.DescribeInstancePatchStatesCommand({ InstanceIds: [], MaxResults: 9 }), "Value '9' at 'maxResults'"],
    [new ssm.DescribeInstanceInformationCommand({ MaxResults: 51 }), "Value '51' at 'maxResults'"],
    [
      new ssm.DescribeInstancePatchesCommand({ InstanceId: place.instances[0]?.instanceId, MaxResults: 51 }),
      "Value '51' at 'maxResults'",
    ],
    [new ssm.DescribePatchBaselinesCommand({ MaxResults: 101 }), "Value '101' at 'maxResults'"],
  ])('are those of AWS (%#)', (command, message) =>
    Endpoint.during({ fleet }, async (endpoint) => {
      const sending = clientsOf(endpoint).ssm.send(command as ssm.DescribePatchBaselinesCommand);
      expect(await refusalOf(sending)).toMatch(`ValidationException: 1 validation error detected: ${message}`);
    }),
  );

  it('refuse a token of another operation', () =>
    Endpoint.during({ fleet }, async (endpoint) => {
      const { ssm: client } = clientsOf(endpoint);
      const { NextToken } = await client.send(new ssm.DescribeInstanceInformationCommand({}));
      expect(await refusalOf(client.send(new ssm.DescribePatchGroupsCommand({ NextToken })))).toBe(
        'InvalidNextToken: The specified token is not valid.',
      );
    }));
});

describe('faults', () => {
  const refusals: [Fault, string, string, string][] = [
    [{ kind: 'throttled' }, 'ThrottlingException', 'RequestLimitExceeded', 'Throttling'],
    [{ kind: 'expired-token' }, 'ExpiredTokenException', 'RequestExpired', 'ExpiredToken'],
    [{ kind: 'region-disabled' }, 'UnrecognizedClientException', 'AuthFailure', 'InvalidClientTokenId'],
    [{ kind: 'access-denied' }, 'AccessDeniedException', 'UnauthorizedOperation', 'AccessDenied'],
    [{ kind: 'server-error', status: 500 }, 'InternalServerError', 'InternalError', 'InternalError'],
    [{ kind: 'cut', within: false }, 'ECONNRESET', 'ECONNRESET', 'ECONNRESET'],
    [{ kind: 'cut', within: true }, 'ECONNRESET', 'ECONNRESET', 'ECONNRESET'],
    [{ kind: 'garbled' }, 'SyntaxError', 'Error', 'Error'],
  ];
  it.each(refusals)('%j is what the SDK calls %s', (fault, ofSsm, ofEc2, ofSts) =>
    Endpoint.during({ fleet, faults: () => fault }, async (endpoint) => {
      const clients = clientsOf(endpoint);
      const names = await Promise.all([
        refusalOf(clients.ssm.send(new ssm.DescribePatchGroupsCommand({}))),
        refusalOf(clients.ec2.send(new ec2.DescribeInstancesCommand({}))),
        refusalOf(clients.sts.send(new sts.GetCallerIdentityCommand({}))),
      ]);
      expect(names.map((name) => name.split(':')[0])).toEqual([ofSsm, ofEc2, ofSts]);
    }),
  );
});

describe('the server', () => {
  it('listens on the loopback address alone', () =>
    Endpoint.during({ fleet }, async (endpoint) => {
      expect(endpoint.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    }));

  it('keeps no process alive', () => {
    const { status, stdout } = node(['bin/run.mjs', '__tests__/support/aws/abandoned-endpoint.ts']);
    expect({ status, stdout }).toEqual({ status: 0, stdout: '500\n' });
  });
});
