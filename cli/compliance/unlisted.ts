import type { Ages } from '../../compliance/index.ts';
import { count } from './words.ts';

const words = [
  ['noncompliant', 'is not compliant', 'are not compliant'],
  ['unproven', 'nobody can tell about', 'nobody can tell about'],
  ['stopped', 'is stopped', 'are stopped'],
] as const;

/** What numbers of missing patches leave out; undefined where that is nothing. */
export function unlistedText({ unlisted }: Ages): string | undefined {
  const parts = words.flatMap(([outcome, one, many]) => {
    const number = unlisted[outcome];
    return number === 0 ? [] : [`${count(number, 'instance')} that ${number === 1 ? one : many}`];
  });
  if (parts.length === 0) return undefined;
  return `Not counted here is what these may lack, as their patches are not listed: ${parts.join(', ')}.`;
}

/** Said in place of a list of patches that some instance lacks. */
export function noPatchText(ages: Ages): string {
  return unlistedText(ages) === undefined ? 'no patch is missing' : 'no patch is listed';
}
