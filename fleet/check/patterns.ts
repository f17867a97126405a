import { quoted, warning } from '../../core/problem.ts';
import { didYouMean } from '../../core/value-checks.ts';
import type { FilePath, FileViolation } from '../file-violation.ts';
import { expressionOf } from '../glob.ts';
import { isAbout } from '../places.ts';
import type { FleetAccount, FleetPattern } from '../schema/index.ts';
import type { FleetFacts } from './facts.ts';
import { listed } from './in-file.ts';

/** Whether patterns are about any account, say anything that one takes, and leave no account out by accident. */
export function checkPatterns(facts: FleetFacts): FileViolation[] {
  const { fleet } = facts;
  const patterns = fleet.patterns ?? [];
  if (patterns.length === 0) return [];
  return [
    ...patterns.flatMap((pattern, index) => checkGlobs(['patterns', index, 'accounts'], pattern, fleet.accounts)),
    ...patterns.flatMap((pattern, index) => checkTaken(facts, ['patterns', index], pattern)),
    ...checkNameless(patterns, fleet.accounts),
  ];
}

function checkGlobs(path: FilePath, pattern: FleetPattern, accounts: readonly FleetAccount[]): FileViolation[] {
  return pattern.accounts.flatMap((glob, index) => {
    const expression = expressionOf([glob]);
    if (accounts.some((account) => isAbout(expression, account))) return [];
    const message = `accounts must match the name or the number of an account, got ${quoted(glob)}, which matches none`;
    return [{ ...warning('fleet/pattern-matches', message, nearest(glob, accounts)), at: [...path, index] }];
  });
}

function nearest(glob: string, accounts: readonly FleetAccount[]): string {
  const nameless = accounts.filter(({ name }) => name === undefined);
  if (looksLikeName(glob) && nameless.length > 0) {
    const numbers = listed(nameless.map(({ account }) => quoted(account)));
    return `give accounts names (${numbers} ${nameless.length === 1 ? 'has' : 'have'} none), match numbers, or remove it`;
  }
  const names = accounts.flatMap(({ account, name }) => (name === undefined ? [account] : [account, name]));
  return didYouMean(glob, names) ?? 'correct it, or remove it';
}

const parts = ['regions', 'assumeRoleArn', 'profile', 'assignments', 'instances', 'autoScalingGroups'] as const;

/** An account takes each part from the first that says it: what stands behind others for all accounts has no effect. */
function checkTaken({ accounts }: FleetFacts, path: FilePath, pattern: FleetPattern): FileViolation[] {
  const about = accounts.filter(({ patterns }) => patterns.includes(pattern));
  if (about.length === 0) return [];
  return parts.flatMap((part) => {
    if (pattern[part] === undefined) return [];
    const isTaken = about.some(
      ({ account, patterns }) =>
        account[part] === undefined && patterns.find((each) => each[part] !== undefined) === pattern,
    );
    if (isTaken) return [];
    const message = `${part} of the pattern must be taken by an account, all that it matches have others of their own or of an earlier pattern`;
    const fix = 'move the pattern up, or remove what has no effect';
    return [{ ...warning('fleet/pattern-taken', message, fix), at: [...path, part] }];
  });
}

/** Where patterns go by names, an account without one is passed over without a word. */
function checkNameless(patterns: readonly FleetPattern[], accounts: readonly FleetAccount[]): FileViolation[] {
  const globs = patterns.flatMap((pattern) => pattern.accounts);
  if (!globs.every(looksLikeName)) return [];
  return accounts.flatMap((account, index) => {
    if (account.name !== undefined) return [];
    const message = `account ${quoted(account.account)} must have a name to be matched by patterns, all of which look like names`;
    return [{ ...warning('fleet/pattern-nameless', message, 'name it, or match its number'), at: ['accounts', index] }];
  });
}

/** Numbers have no letters, and a glob of wildcards alone matches them as well. */
function looksLikeName(glob: string): boolean {
  return /[a-z]/.test(glob);
}
