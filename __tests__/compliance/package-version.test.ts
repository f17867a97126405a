import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { comparePackages, compareVersions, packageVersionOf } from '../../compliance/package-version.ts';

const pieces = fc.constantFrom('0', '1', '01', '10', '2', 'a', 'b', 'rc', '~', '^', '.', '_', '+', 'amzn2023');
const versions = fc.array(pieces, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(''));

describe('versions of packages', () => {
  // What rpm 4.18 says of each: rpm --eval '%{lua: print(rpm.vercmp("1.9", "1.10"))}'
  it.each([
    ['1.9', '1.10', -1],
    ['6.1.115', '6.1.9', 1],
    ['1.0', '1.0.1', -1],
    ['1.0', '1.0a', -1],
    ['1.0a', '1.0.1', -1],
    ['10.0001', '10.1', 0],
    ['1_0', '1.0', 0],
    ['1.0~rc1', '1.0', -1],
    ['1.0~rc1', '1.0~rc2', -1],
    ['1.0^git1', '1.0', 1],
    ['1.0^git1', '1.0.1', -1],
    ['5.5p10', '5.5p2', 1],
    ['126.197.amzn2023', '139.222.amzn2023', -1],
    ['2', 'a', 1],
    ['b', 'aa', 1],
  ])('%s beside %s is %i', (one, other, order) => {
    expect(compareVersions(one, other)).toBe(order);
  });

  it('have an order', () => {
    const sign = (number: number) => (number === 0 ? 0 : number < 0 ? -1 : 1);
    fc.assert(
      fc.property(versions, versions, versions, (a, b, c) => {
        expect(compareVersions(a, a)).toBe(0);
        expect(compareVersions(a, b) + compareVersions(b, a)).toBe(0);
        const [x, y] = [compareVersions(a, b), compareVersions(b, c)];
        if (x === y || x === 0 || y === 0) expect(compareVersions(a, c)).toBe(sign(x + y));
      }),
      { numRuns: 2000 },
    );
  });

  it('are read of what nodes report, and the epoch counts first, the release last', () => {
    const read = (title: string) => {
      const version = packageVersionOf(title);
      if (version === undefined) throw new Error(`${title} is no package`);
      return version;
    };
    expect(read('kernel.x86_64:0:6.1.115-126.197.amzn2023')).toEqual({
      name: 'kernel.x86_64',
      epoch: '0',
      version: '6.1.115',
      release: '126.197.amzn2023',
    });
    const compare = (one: string, other: string) => comparePackages(read(one), read(other));
    expect(compare('a.noarch:1:1.0-1', 'a.noarch:0:2.0-1')).toBe(1);
    expect(compare('a.noarch:0:1.0-2', 'a.noarch:0:1.0-10')).toBe(-1);
    expect(compare('a.noarch:0:1.0-1', 'a.noarch:0:1.0-1')).toBe(0);
    expect(packageVersionOf('2026-11 Cumulative Update')).toBeUndefined();
  });
});
