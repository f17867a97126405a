import { beforeAll, describe, expect, it } from '@jest/globals';
import { FleetFiles, valid } from './files.ts';

describe('a place in the fleet', () => {
  let files: FleetFiles;
  beforeAll(() => {
    files = new FleetFiles();
  });

  it.each([
    [['rings', 0, 'scan', 'maxErrors'], 'fleet.yaml:18:7 rings[0].scan.maxErrors'],
    [['accounts', 0, 'regions', 0], 'fleet.yaml:22:15 accounts[0].regions[0]'],
    [[], 'fleet.yaml:1:1'],
  ])('is found: %j', (at, place) => {
    expect(files.nameless(files.load(valid).locate(at))).toBe(place);
  });

  it('that the file leaves out is what is around it', () => {
    expect(files.nameless(files.load(valid).locate(['rings', 0, 'scan', 'cutoff', 'x']))).toBe(
      'fleet.yaml:15:5 rings[0].scan.cutoff.x',
    );
  });

  it('turns violations into problems, in text and in parts', () => {
    const violation = { rule: 'ring/soak', severity: 'warning', message: 'must soak', at: ['rings', 0] } as const;
    const { problemsOf } = files.load(valid);
    expect(problemsOf([violation]).map((problem) => JSON.parse(files.nameless(JSON.stringify(problem))))).toEqual([
      {
        rule: 'ring/soak',
        severity: 'warning',
        message: 'must soak',
        path: 'fleet.yaml:14:5 rings[0]',
        place: { file: 'fleet.yaml', line: 14, column: 5, in: 'rings[0]' },
      },
    ]);
  });
});
