import {
  type ComplianceReport,
  type InstanceReport,
  type Outcome,
  outcomeOfBucket,
} from '../../../compliance/index.ts';
import { count } from '../words.ts';

/** Instances that may lack patches which nobody knows: what they lack is in no number of patches. */
export function unlistedOf({ instances }: ComplianceReport): InstanceReport[] {
  return instances.filter(({ bucket, deficits }) => deficits === undefined && outcomeOfBucket[bucket] !== 'compliant');
}

const words: readonly (readonly [Outcome, one: string, many: string])[] = [
  ['noncompliant', 'is not compliant', 'are not compliant'],
  ['unproven', 'nobody can tell about', 'nobody can tell about'],
  ['stopped', 'is stopped', 'are stopped'],
];

/** What the numbers of missing patches leave out; undefined where that is nothing. */
export function unlistedText(report: ComplianceReport): string | undefined {
  const unlisted = unlistedOf(report);
  const parts = words.flatMap(([outcome, one, many]) => {
    const number = unlisted.filter(({ bucket }) => outcomeOfBucket[bucket] === outcome).length;
    return number === 0 ? [] : [`${count(number, 'instance')} that ${number === 1 ? one : many}`];
  });
  if (parts.length === 0) return undefined;
  return `Not counted here is what these may lack, as their patches are not listed: ${parts.join(', ')}.`;
}
