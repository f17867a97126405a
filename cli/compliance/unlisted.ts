import type { Ages } from '../../compliance/index.ts';
import { count } from './words.ts';

const words = [
  ['noncompliant', 'is not compliant', 'are not compliant'],
  ['unproven', 'nobody can tell about', 'nobody can tell about'],
  ['stopped', 'is stopped', 'are stopped'],
] as const;

/** What is not told of missing patches as they are not listed; undefined where that is nothing. */
export function unlistedText({ unlisted, counted }: Ages): string | undefined {
  const parts = words.flatMap(([outcome, one, many]) => {
    const number = unlisted[outcome];
    return number === 0 ? [] : [`${count(number, 'instance')} that ${number === 1 ? one : many}`];
  });
  const sentences = [
    ...(counted > 0 ? [countedText(counted)] : []),
    ...(parts.length > 0
      ? [`Not counted here is what these may lack, as their patches are not listed: ${parts.join(', ')}.`]
      : []),
  ];
  return sentences.length === 0 ? undefined : sentences.join(' ');
}

function countedText(counted: number): string {
  const [patches, they] = [count(counted, 'patch', 'patches'), counted === 1 ? 'is' : 'are'];
  return `${patches} ${they} counted by instances that do not list ${counted === 1 ? 'it' : 'them'}: of unspecified severity here, and of unknown age.`;
}

/** Said in place of a list of patches that some instance lacks. */
export function noPatchText(ages: Ages): string {
  return unlistedText(ages) === undefined ? 'no patch is missing' : 'no patch is listed';
}
