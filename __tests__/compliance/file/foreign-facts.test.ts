import { describe, expect, it } from '@jest/globals';
import { linesOf, PlaceReader } from '../../../compliance/file/records.ts';
import { installWindow, instance, lacking, patch, place, run } from '../support.ts';

/* A file that others have written, of the right hash: it makes nothing fall over, and nothing looks better than it is. */

const facts = place([instance(), lacking([patch({ cveIds: ['CVE-2026-1'] })])], {
  gaps: [{ area: 'patches', instanceIds: ['i-0123456789abcdef0'], reason: 'failed', message: 'no' }],
  availablePatches: [{ operatingSystem: 'WINDOWS', kbId: 'KB5034441', releasedAt: '2026-11-10T18:00:00.000Z' }],
  windows: [installWindow({ executions: [run('FAILED', [{ instanceId: 'i-0123456789abcdef0', status: 'Failed' }])] })],
});
const lines = [...linesOf(facts)];

function isTaken(changed: readonly string[]): boolean {
  const reader = new PlaceReader();
  return changed.every((line) => reader.add(line));
}

type Path = readonly (string | number)[];

/** Every place below the name of a line's kind, with the first item for each list. */
function* pathsIn(value: unknown, path: Path = []): Generator<Path> {
  if (path.length > 1) yield path;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Array.isArray(value) ? [...value.slice(0, 1).entries()] : Object.entries(value))
    yield* pathsIn(item, [...path, key]);
}

function withValue(line: string, path: Path, value: unknown): string {
  const record = JSON.parse(line);
  const holder = path.slice(0, -1).reduce((part, key) => part[key], record);
  holder[path.at(-1) as string] = value;
  return JSON.stringify(record);
}

/** Where a value is taken although it can be none, whatever stands there: `window.tasks.0.taskArn`. */
function takenWith(value: unknown): string[] {
  return lines.flatMap((line, at) =>
    [...pathsIn(JSON.parse(line))]
      .filter((path) => isTaken(lines.with(at, withValue(line, path, value))))
      .map((path) => path.join('.')),
  );
}

describe('facts of others', () => {
  it('are taken as they were written', () => {
    expect(isTaken(lines)).toBe(true);
    expect(new Set(lines.map((line) => Object.keys(JSON.parse(line))[0]))).toEqual(
      new Set(['place', 'gap', 'baseline', 'patch-group', 'available-patch', 'window', 'instance']),
    );
  });

  it('are refused with null anywhere, which is neither absent nor 0', () => {
    expect(takenWith(null)).toEqual([]);
  });

  it('are refused with a list of lists anywhere', () => {
    expect(takenWith([[[]]])).toEqual([]);
  });

  const [instanceLine = ''] = lines.slice(-1);
  it.each([
    ['a count that is a text', ['patchState', 'counts', 'missing'], '0'],
    ['a count below 0', ['patchState', 'counts', 'failed'], -1],
    ['a state of EC2 that there is not', ['ec2', 'state'], 'asleep'],
    ['a state of a patch that there is not', ['patches', 0, 'state'], 'FINE'],
    ['an instant that is none', ['patchState', 'operationEndedAt'], 'yesterday'],
    ['an instant of another form', ['patchState', 'operationEndedAt'], '2026-11-23T12:00:00+01:00'],
  ] as const)('are refused with %s', (_, path, value) => {
    const changed = withValue(instanceLine, ['instance', ...path], value);
    expect(isTaken([...lines.slice(0, -1), changed])).toBe(false);
  });

  it.each([
    [0, true],
    [360, true],
    [9_999, true],
    [10_000, false],
    [1e12, false],
    [0.5, false],
    [-1, false],
  ])('are %d days until an approval only where a date can be so much later', (approveAfterDays, taken) => {
    const content = {
      approvalRules: [{ filters: {}, approveAfterDays }],
      approvedPatches: [],
      rejectedPatches: [],
      rejectedPatchesAction: 'BLOCK',
    };
    const at = lines.findIndex((line) => line.startsWith('{"baseline"'));
    expect(isTaken(lines.with(at, withValue(lines[at] ?? '', ['baseline', 'content'], content)))).toBe(taken);
  });

  it.each([
    ['no place', lines.slice(1)],
    ['a second place', [...lines, lines[0] ?? '']],
    ['two kinds in a line', [...lines.slice(0, -1), JSON.stringify({ ...JSON.parse(instanceLine), gap: {} })]],
  ])('are refused with %s', (_, changed) => {
    expect(isTaken(changed)).toBe(false);
  });

  it('may have words of AWS that came later, where nothing hangs on them, and keys that this version does not know', () => {
    const at = lines.findIndex((line) => line.startsWith('{"window"'));
    const [task] = facts.windows[0]?.tasks ?? [];
    const tasks = [{ ...task, taskType: 'AGENT', cutoffBehavior: 'WAIT_TASK' }];
    const changed = withValue(withValue(lines[at] ?? '', ['window', 'tasks'], tasks), ['window', 'colour'], 'red');
    expect(isTaken(lines.with(at, changed))).toBe(true);
  });
});
