import { partitionOf } from '../../core/partition.ts';
import { error, quoted, type Violation } from '../../core/problem.ts';
import { checkText } from '../../core/value-checks.ts';
import { checkRoleArn } from '../../modules/iam/checks.ts';
import { at, type FilePath, type FileViolation } from '../file-violation.ts';
import type { Place } from '../places.ts';
import type { FleetAccount } from '../schema/index.ts';
import type { FleetFacts } from './facts.ts';
import { inFile } from './in-file.ts';
import { checkPlaceholders, type Fill } from './placeholders.ts';

/** Accounts, their regions, and how Terraform gets into them. */
export function checkAccounts(facts: FleetFacts, fill: Fill): FileViolation[] {
  const { fleet, accounts, current } = facts;
  const checkCredentials = credentialsChecker(fill, current);
  return [
    ...(fleet.accounts.length === 0
      ? at(['accounts'], [error('fleet/has-account', 'accounts must hold at least one account, got none', 'add one')])
      : []),
    ...checkUnique(fleet.accounts, 'account', 'fleet/account-unique', 'put its regions and assignments into one entry'),
    ...checkUnique(fleet.accounts, 'name', 'fleet/account-name-unique', 'rename one of them'),
    ...(fleet.defaults === undefined ? [] : checkCredentials(['defaults'], fleet.defaults)),
    ...checkRegionsOnce(['defaults', 'regions'], fleet.defaults?.regions),
    ...(fleet.patterns ?? []).flatMap((pattern, index) => [
      ...checkCredentials(['patterns', index], pattern),
      ...checkRegionsOnce(['patterns', index, 'regions'], pattern.regions),
    ]),
    ...accounts.flatMap(({ account, path, places }) => [
      ...checkCredentials(path, account),
      ...checkRegionsOnce([...path, 'regions'], account.regions),
      ...checkOnePartition(path, account, places),
      ...checkCurrent(path, account, places, accounts.length),
      ...checkHasWork(path, account, places),
    ]),
  ];
}

function checkUnique(
  accounts: readonly FleetAccount[],
  field: 'account' | 'name',
  rule: string,
  fix: string,
): FileViolation[] {
  const first = new Map<string, number>();
  return accounts.flatMap((account, index) => {
    const value = account[field];
    if (value === undefined) return [];
    const before = first.get(value);
    if (before === undefined) first.set(value, index);
    const message = `${field} must differ from account to account, got ${quoted(value)} as in accounts[${before}]`;
    return before === undefined ? [] : [{ ...error(rule, message, fix), at: ['accounts', index, field] }];
  });
}

function checkRegionsOnce(path: FilePath, regions: FleetAccount['regions']): FileViolation[] {
  if (!Array.isArray(regions) || new Set(regions).size === regions.length) return [];
  return regions.flatMap((region, index) =>
    regions.indexOf(region) < index
      ? at(
          [...path, index],
          [
            error(
              'fleet/region-unique',
              `regions must list each region once, got ${quoted(region)} again`,
              'remove one of them',
            ),
          ],
        )
      : [],
  );
}

/** The accounts of a company in China or in a sovereign cloud have numbers of their own there. */
function checkOnePartition(path: FilePath, account: FleetAccount, places: readonly Place[]): FileViolation[] {
  const regions = new Map(places.map(({ region }) => [partitionOf(region).name, region]));
  if (regions.size < 2) return [];
  const received = [...regions].map(([partition, region]) => `${region} of ${partition}`).join(', ');
  const message = `regions of one account must be of one partition of AWS, got ${received}`;
  const fix = 'list the account of each partition by its own number';
  const place = account.regions === undefined ? path : [...path, 'regions'];
  return at(place, [error('fleet/account-partition', message, fix)]);
}

/** Nobody knows the number of the current account: with others it might be one of them. */
function checkCurrent(
  path: FilePath,
  account: FleetAccount,
  places: readonly Place[],
  accounts: number,
): FileViolation[] {
  if (account.account !== 'current') {
    const message = `stackId must be left out of a numbered account, whose stacks are named by number and region, got ${quoted(account.stackId)}`;
    return account.stackId === undefined
      ? []
      : at([...path, 'stackId'], [error('fleet/stack-id-of-current', message, 'remove it')]);
  }
  const rule = 'fleet/current-alone';
  const others = `account must be a number where there are several accounts, got "current" beside ${accounts - 1} more`;
  const regions = places.map((place) => place.region).join(', ');
  return [
    ...(accounts > 1 ? at([...path, 'account'], [error(rule, others, 'write its number in quotes')]) : []),
    ...(places.length > 1
      ? at(path, [
          error(
            rule,
            `the current account must have one region, got ${places.length}: ${regions}`,
            'write its number in quotes, or keep one region',
          ),
        ])
      : []),
    ...at([...path, 'stackId'], checkStackId(account.stackId)),
  ];
}

/** It names a directory and a state, so it holds nothing that means something in a path. */
function checkStackId(id: string | undefined): Violation[] {
  const limits = { rule: 'fleet/stack-id', min: 1, max: 100, pattern: /^[A-Za-z0-9][\w-]*$/ };
  return checkText('stackId', id, { ...limits, allowed: 'letters, digits, _ -, beginning with a letter or digit' });
}

function checkHasWork(path: FilePath, account: FleetAccount, places: readonly Place[]): FileViolation[] {
  const who = account.account === 'current' ? 'the current account' : `account ${quoted(account.account)}`;
  if (places.length === 0) {
    const message = `${who} must have regions of its own, of a pattern or of defaults, got none: nothing would be deployed`;
    return at(path, [error('fleet/account-regions', message, 'add regions')]);
  }
  const idle = places.filter(
    (place) => place.assignments === undefined || Object.keys(place.assignments.value).length === 0,
  );
  // Regions that say nothing of their own stand for the whole account, which says it once.
  const byPath = new Map(idle.map((place) => [place.path.join(' '), place]));
  return [...byPath.values()].flatMap((place) => {
    const where = place.path.length === path.length ? '' : ` in ${place.region}`;
    const message = `${who} must have assignments${where}, its own, those of a pattern or of defaults, got none: nothing would be patched`;
    return at(place.path, [error('fleet/account-assignments', message, 'add an assignment')]);
  });
}

type Credentials = Pick<FleetAccount, 'assumeRoleArn' | 'profile'>;

/** Accounts mostly share what they assume. */
function credentialsChecker(fill: Fill, current: boolean): (path: FilePath, of: Credentials) => FileViolation[] {
  const known = new Map<string, readonly Violation[]>();
  return (path, { assumeRoleArn, profile }) => {
    const allowed = ['account', 'name'] as const;
    const checked = (arn: string) => {
      const violations = known.get(arn) ?? checkRoleArn(fill(arn));
      known.set(arn, violations);
      return violations;
    };
    return [
      ...checkPlaceholders([...path, 'assumeRoleArn'], assumeRoleArn, allowed, current),
      ...checkPlaceholders([...path, 'profile'], profile, allowed, current),
      ...(assumeRoleArn === undefined
        ? []
        : inFile(path, { assumeRoleArn }, checked(assumeRoleArn), { roleArn: 'assumeRoleArn' })),
    ];
  };
}
