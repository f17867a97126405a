import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readFleet } from '../../fleet/read.ts';
import { root } from '../support/command.ts';

const full = join(root, 'examples', 'fleet.full.yaml');

describe('readFleet', () => {
  it('tells what depends on the day for a date and for an instant', () => {
    for (const asOf of ['2027-12-18', '2027-12-18T09:00:00+01:00'])
      expect(readFleet(full, { asOf }).problems.map(({ rule }) => rule)).toContain('fleet/freeze-closes-windows');
  });

  it.each(['yesterday', '18.12.2027', '12/18/2027', '2027-02-30', '2027-12-18T25:00:00Z', ''])(
    'refuses the day %j, instead of telling nothing that depends on it',
    (asOf) => {
      expect(() => readFleet(full, { asOf })).toThrow(
        new RangeError(
          `asOf must be an ISO date or instant, got ${JSON.stringify(asOf)}; write it like 2026-12-01 or 2026-12-01T09:00:00Z`,
        ),
      );
    },
  );
});
