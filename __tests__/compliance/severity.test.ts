import { expect, it } from '@jest/globals';
import { severityLevelOf } from '../../compliance/severity.ts';

it.each([
  ['critical', ['Critical', 'CRITICAL']],
  ['important', ['Important', 'High', 'Required']],
  ['moderate', ['Moderate', 'Medium', 'Standard']],
  ['low', ['Low', 'Optional', 'Extra', 'Informational']],
  ['unspecified', [undefined, '', 'None', 'toString', 'Unspecified']],
])('%s is what vendors call %j', (level, words) => {
  for (const word of words) expect(severityLevelOf(word)).toBe(level);
});
