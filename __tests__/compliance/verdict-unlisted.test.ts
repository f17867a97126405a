import { describe, expect, it } from '@jest/globals';
import { earlierStateOf } from '../../compliance/earlier-state.ts';
import type { InstanceFacts } from '../../compliance/facts.ts';
import { instance, place, reportOn, verdict, without } from './support.ts';

describe('an instance that EC2 does not list', () => {
  const heard = (lastPingAt: string | undefined, pingStatus: 'ConnectionLost' | 'Inactive' = 'ConnectionLost') =>
    without<InstanceFacts>(
      instance({ managed: { pingStatus, ...(lastPingAt !== undefined && { lastPingAt }) } }),
      'ec2',
    );
  // The place is read at 2026-11-24T05:59:00.000Z.
  const aDayBefore = '2026-11-23T05:59:00.000Z';
  const lessThanADayBefore = '2026-11-23T05:59:00.001Z';

  it('is gone once its agent has been silent for a day', () => {
    expect(verdict(place([heard(aDayBefore)]))).toEqual({
      bucket: 'gone',
      why: 'EC2 does not list it, and its agent was last heard of at 2026-11-23T05:59:00.000Z',
    });
    expect(verdict(place([heard(aDayBefore, 'Inactive')])).bucket).toBe('gone');
  });

  it('is unknown until then: it may have lost its connection, and EC2 may hide it', () => {
    expect(verdict(place([heard(lessThanADayBefore)]))).toEqual({
      bucket: 'unknown',
      why: 'EC2 does not list it, and its agent was last heard of at 2026-11-23T05:59:00.001Z, less than a day before 2026-11-24T05:59:00.000Z',
    });
    expect(verdict(place([heard('2026-11-25T00:00:00.000Z')])).bucket).toBe('unknown');
  });

  it('is unknown where nobody says when its agent was heard of', () => {
    const why = 'EC2 does not list it, and when its agent was last heard of is not known';
    expect(verdict(place([heard(undefined)]))).toEqual({ bucket: 'unknown', why });
    expect(verdict(place([without(instance(), 'ec2', 'managed')]))).toEqual({ bucket: 'unknown', why });
  });

  it('is unknown where a stack declares it, or EC2 could not be asked', () => {
    expect(verdict(place([{ ...heard(aDayBefore), declaredAs: 'web' }]))).toEqual({
      bucket: 'unknown',
      why: 'a stack declares it, and EC2 does not know it',
    });
    const gap = { area: 'ec2-instances', reason: 'access-denied', message: 'not authorized' } as const;
    expect(verdict(place([heard(aDayBefore)], { gaps: [gap] }))).toEqual({
      bucket: 'unknown',
      why: 'EC2 could not be asked: access is denied: not authorized',
      gap,
    });
  });

  it('is judged by its scans where it is a node outside EC2, however long that was silent', () => {
    const hybrid = { ...heard('2026-11-20T00:00:00.000Z'), instanceId: 'mi-00000000000000001' };
    expect(verdict(place([hybrid])).bucket).toBe('compliant');
  });

  it('is counted, and has changed, for a day; from then on it is gone', async () => {
    const before = await reportOn([place([instance()])], { asOf: '2026-11-24T05:00:00Z' });
    const since = earlierStateOf('before', before);
    const lost = await reportOn([place([heard(lessThanADayBefore)])], { since });
    expect([lost.totals.instances, lost.totals.outcomes.unproven, lost.gone.length]).toEqual([1, 1, 0]);
    expect(lost.trend?.changed.map(({ was, is }) => [was, is])).toEqual([['compliant', 'unknown']]);
    const gone = await reportOn([place([heard(aDayBefore)])], { since });
    expect([gone.totals.instances, gone.gone.length]).toEqual([0, 1]);
    expect(gone.trend?.gone.map(({ was }) => was)).toEqual(['compliant']);
  });
});
