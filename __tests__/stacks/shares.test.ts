import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Deployment } from '../../fleet/deployment.ts';
import { sharesOf } from '../../stacks/shares.ts';

const global = (stackId: string) => ({ kind: 'global', stackId }) as Deployment;
const regional = (stackId: string, ...dependsOn: string[]) =>
  ({ kind: 'regional', stackId, dependsOn }) as unknown as Deployment;

const idsOf = (shares: readonly (readonly Deployment[])[]) =>
  shares.map((share) => share.map(({ stackId }) => stackId));

describe('sharesOf', () => {
  it('keeps an account and its regions together, and deals accounts out evenly', () => {
    const account = (name: string) => [
      global(`${name}-global`),
      ...['a', 'b'].map((region) => regional(`${name}-${region}`, `${name}-global`)),
    ];
    const shares = sharesOf(['1', '2', '3', '4'].flatMap(account), 2);
    expect(idsOf(shares)).toEqual([
      ['1-global', '1-a', '1-b', '3-global', '3-a', '3-b'],
      ['2-global', '2-a', '2-b', '4-global', '4-a', '4-b'],
    ]);
  });

  it('keeps together what hangs together at a remove, in any order', () => {
    const chain = [regional('a', 'b'), regional('c', 'd'), regional('b', 'c'), global('d'), global('e')];
    expect(idsOf(sharesOf(chain, 3))).toEqual([['a', 'c', 'b', 'd'], ['e']]);
  });

  it('does not bind stacks to one that was not chosen', () => {
    expect(idsOf(sharesOf([regional('a', 'gone'), regional('b', 'gone')], 2))).toEqual([['a'], ['b']]);
  });

  it('makes one share of everything where no more are wanted, and none of nothing', () => {
    expect(idsOf(sharesOf([global('a'), global('b')], 1))).toEqual([['a', 'b']]);
    expect(idsOf(sharesOf([global('a'), global('b')], 0))).toEqual([['a', 'b']]);
    expect(sharesOf([], 4)).toEqual([]);
  });

  it('loses no stack, repeats none, and parts none from what it depends on', () => {
    const fleets = fc
      .array(fc.array(fc.nat(29), { maxLength: 3 }), { maxLength: 30 })
      .map((edges) => edges.map((targets, index) => regional(`${index}`, ...targets.map(String))));
    fc.assert(
      fc.property(fleets, fc.integer({ min: 1, max: 5 }), (deployments, count) => {
        const shares = sharesOf(deployments, count);
        expect(shares.length).toBeLessThanOrEqual(count);
        expect(
          shares
            .flat()
            .map(({ stackId }) => Number(stackId))
            .sort((a, b) => a - b),
        ).toEqual([...deployments.keys()]);
        for (const share of shares) {
          const ids = new Set(share.map(({ stackId }) => stackId));
          const needed = share.flatMap((each) => (each.kind === 'regional' ? each.dependsOn : []));
          expect(needed.filter((id) => Number(id) < deployments.length && !ids.has(id))).toEqual([]);
        }
      }),
    );
  });
});
