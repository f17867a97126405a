import type { GetMaintenanceWindowTaskResult } from '@aws-sdk/client-ssm';
import { describe, expect, it } from '@jest/globals';
import { Endpoint } from '../../support/aws/endpoint.ts';
import type { SimulatedFleet } from '../../support/aws/fleet.ts';
import { placesOf, readFrom } from '../../support/aws/reading.ts';
import { simulateFleet } from '../../support/aws/simulate.ts';
import '../../support/one-realm.ts';

/* Whether a task scans or installs decides who is told to be patched by no window. */

const fleet = simulateFleet({ instances: 2, conditions: ['compliant'] });

function withTask(task: Partial<Record<keyof GetMaintenanceWindowTaskResult, unknown>>): SimulatedFleet {
  return {
    places: fleet.places.map((place) => ({
      ...place,
      windows: place.windows.map((window) => ({
        ...window,
        tasks: window.tasks.map((one) => ({ ...one, ...task }) as typeof one),
      })),
    })),
  };
}

async function read(of: SimulatedFleet) {
  return Endpoint.during({ fleet: of }, async (endpoint) => {
    const [place] = (await readFrom(endpoint, placesOf(of), { details: 'none' })).places;
    return { gaps: place?.gaps, window: place?.windows[0], counts: endpoint.counts };
  });
}

const called = (Parameters: object) => ({ RunCommand: { Parameters } });

describe('what a task does', () => {
  it.each([
    ['its parameters', { TaskInvocationParameters: called({ Operation: ['Install'] }) }, 'Install'],
    [
      'its parameters in the form of earlier years',
      { TaskInvocationParameters: undefined, TaskParameters: { Operation: { Values: ['Install'] } } },
      'Install',
    ],
    [
      'the action of a document of earlier years',
      { TaskArn: 'AWS-InstallWindowsUpdates', TaskInvocationParameters: called({ Action: ['Scan'] }) },
      'Scan',
    ],
    [
      'a document that only installs',
      { TaskArn: 'AWS-InstallMissingWindowsUpdates', TaskInvocationParameters: called({}) },
      'Install',
    ],
    ['a document that only scans', { TaskArn: 'AWS-FindWindowsUpdates', TaskInvocationParameters: called({}) }, 'Scan'],
    [
      'the ARN of a document',
      {
        TaskArn: 'arn:aws:ssm:eu-west-1::document/AWS-RunPatchBaselineWithHooks',
        TaskInvocationParameters: called({ Operation: ['Scan'] }),
      },
      'Scan',
    ],
  ])('is told by %s', async (_, task, operation) => {
    const { gaps, window } = await read(withTask(task));
    expect(gaps).toEqual([]);
    expect(window?.tasks?.map((one) => one.operation)).toEqual([operation]);
  });

  it('is asked for where the list of tasks leaves out their type', async () => {
    const { gaps, window } = await read(withTask({ TaskType: undefined }));
    expect(gaps).toEqual([]);
    expect(window?.tasks?.map(({ operation }) => operation)).toEqual(['Scan']);
    expect(window?.tasks?.[0]).not.toHaveProperty('taskType');
  });

  it.each([
    ['no parameters', undefined],
    ['a parameter that is looked up when it runs', called({ Operation: ['{{ssm:patch-operation}}'] })],
  ])('is unknown with %s, and so is what the window does', async (_, TaskInvocationParameters) => {
    const { gaps, window } = await read(withTask({ TaskInvocationParameters }));
    expect(gaps).toEqual([
      {
        area: 'windows',
        windowIds: [window?.windowId],
        reason: 'invalid-answer',
        message: `AWS does not say whether the task ${fleet.places[0]?.windows[0]?.tasks[0]?.WindowTaskId} of AWS-RunPatchBaseline scans or installs`,
      },
    ]);
    expect(window).not.toHaveProperty('tasks');
    expect(window?.executions?.length).toBeGreaterThan(0);
  });

  it.each([
    ['a document that does not patch', { TaskArn: 'AWS-RunShellScript' }],
    ['a function of the same name', { TaskType: 'LAMBDA' }],
  ])('is not asked for with %s', async (_, task) => {
    const { gaps, window, counts } = await read(withTask(task));
    expect(gaps).toEqual([]);
    expect(window?.tasks).toHaveLength(1);
    expect(window?.tasks?.[0]).not.toHaveProperty('operation');
    expect(counts['ssm:GetMaintenanceWindowTask']).toBeUndefined();
  });
});

describe('which task was executed', () => {
  async function executedTaskIds(tasks: (task: GetMaintenanceWindowTaskResult) => object[]) {
    const places = fleet.places.map((place) => ({
      ...place,
      windows: place.windows.map((window) => ({
        ...window,
        tasks: window.tasks.flatMap(tasks) as typeof window.tasks,
      })),
    }));
    return Endpoint.during({ fleet: { places } }, async (endpoint) => {
      const read = await readFrom(endpoint, placesOf({ places }));
      const executions = read.places[0]?.windows[0]?.executions ?? [];
      return executions.flatMap((execution) => (execution.tasks ?? []).map(({ windowTaskId }) => windowTaskId));
    });
  }

  it('is told where only one is of its document', async () => {
    const [task] = fleet.places[0]?.windows[0]?.tasks ?? [];
    expect(await executedTaskIds((one) => [one])).toEqual([task?.WindowTaskId]);
  });

  it('is not guessed where two are of the same document and targets', async () => {
    const twin = '00000000-0000-4000-8000-000000000000';
    expect(await executedTaskIds((one) => [one, { ...one, WindowTaskId: twin }])).toEqual([undefined]);
  });
});
