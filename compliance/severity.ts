/** How bad a missing patch is, worst first; vendors' words come to one of these. */
export const severityLevels = ['critical', 'important', 'moderate', 'low', 'unspecified'] as const;

export type SeverityLevel = (typeof severityLevels)[number];

const words: Readonly<Record<string, SeverityLevel>> = {
  critical: 'critical',
  important: 'important',
  high: 'important',
  // Priorities of apt.
  required: 'important',
  moderate: 'moderate',
  medium: 'moderate',
  standard: 'moderate',
  low: 'low',
  optional: 'low',
  extra: 'low',
  informational: 'low',
};

/** `Important` of Windows, `Medium` of yum, `High`: as a level. What is absent or unheard of is unspecified. */
export function severityLevelOf(severity: string | undefined): SeverityLevel {
  const word = severity?.toLowerCase() ?? '';
  return Object.hasOwn(words, word) ? (words[word] as SeverityLevel) : 'unspecified';
}
