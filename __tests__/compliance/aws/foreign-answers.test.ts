import { describe, expect, it } from '@jest/globals';
import type { Gap } from '../../../compliance/facts.ts';
import { simulatedActions } from '../../support/aws/answer.ts';
import { Endpoint } from '../../support/aws/endpoint.ts';
import { placesOf, type Reading, readFrom } from '../../support/aws/reading.ts';
import { simulateFleet } from '../../support/aws/simulate.ts';
import '../../support/one-realm.ts';

/* Answers of something else than AWS: a proxy, a page to sign in, an emulator that does not know what it was asked. */

const fleet = simulateFleet({ instances: 6, conditions: ['missing'] });

/** Reads where each call of an action gets this answer. */
function answered(action: string, answer: { readonly status?: number; readonly body?: string }): Promise<Reading> {
  const faults = (call: { readonly service: string; readonly operation: string }) =>
    `${call.service}:${call.operation}` === action ? ({ kind: 'garbled', ...answer } as const) : undefined;
  const retry = { mode: 'standard', maxAttempts: 2 } as const;
  return Endpoint.during({ fleet, faults }, (endpoint) => readFrom(endpoint, placesOf(fleet), { retry }));
}

const gapsOf = ({ places }: Reading) => places.flatMap(({ gaps }) => gaps);

describe('an answer that is not AWS’s', () => {
  // What Node and the SDK say of it is their own matter.
  const cases: [string, number, Gap['area'], Gap['reason'], RegExp][] = [
    [
      'ec2:DescribeInstances',
      200,
      'ec2-instances',
      'invalid-answer',
      /^ec2:DescribeInstances: HTTP 200 with what is no answer of AWS: [^\n:]*XML[^\n]*$/,
    ],
    [
      'ec2:DescribeInstances',
      502,
      'ec2-instances',
      'failed',
      /^ec2:DescribeInstances: HTTP 502 with what is no answer of AWS: [^\n:]*XML[^\n]*$/,
    ],
    [
      'ssm:DescribePatchGroups',
      200,
      'patch-groups',
      'invalid-answer',
      /^ssm:DescribePatchGroups: HTTP 200 with what is no answer of AWS: [^\n:]*<html>a pr[^\n]* is not valid JSON$/,
    ],
    [
      'ssm:DescribePatchGroups',
      403,
      'patch-groups',
      'failed',
      /^ssm:DescribePatchGroups: HTTP 403 with what is no answer of AWS: [^\n:]*<html>a pr[^\n]* is not valid JSON$/,
    ],
  ];
  it.each(cases)('to %s, of HTTP status %d, is a gap that says so', async (action, status, area, reason, message) => {
    expect(gapsOf(await answered(action, { status }))).toEqual([
      { area, reason, message: expect.stringMatching(message) },
    ]);
  });

  it('that refuses without a word is told by its status', async () => {
    expect(gapsOf(await answered('ssm:DescribePatchGroups', { status: 403, body: '' }))).toEqual([
      { area: 'patch-groups', reason: 'failed', message: 'ssm:DescribePatchGroups: HTTP 403' },
    ]);
  });
});

describe('an answer without anything in it', () => {
  // The SDK takes each for an answer of AWS that leaves everything out.
  const cases: (readonly [action: string, body: string])[] = [
    ...simulatedActions.filter((action) => !action.startsWith('sts:')).map((action) => [action, ''] as const),
    ['ssm:DescribeInstanceInformation', '{}'],
    ['ssm:DescribeInstanceInformation', '{"status":"ok"}'],
    ['ec2:DescribeInstances', '<html><title>Sign in</title></html>'],
  ];
  it.each(cases)('is a gap, and never an empty list: %s, %j', async (action, body) => {
    const gaps = gapsOf(await answered(action, { body }));
    expect(gaps.map(({ reason, message }) => [reason, message])).toEqual([
      ['invalid-answer', `${action}: an answer without anything in it`],
    ]);
  });

  it('does not say whose credentials they are, so that nothing can be asked', async () => {
    await expect(answered('sts:GetCallerIdentity', { body: '' })).rejects.toThrow(
      '[AWS] AWS must know who asks: the credentials of the environment: AWS did not say whose credentials these are; ',
    );
  });
});
