import { describe, expect, it } from '@jest/globals';
import type { Fleet, FleetInstance } from '../../../fleet/schema/index.ts';
import { problemsOf, validAccount, validFleet } from '../support.ts';

const refused = (place: string, got: string) =>
  `error ${place}: tags of a role must have no keys that differ only in case, got ${got}; keep one of them: to IAM they are one [iam/role-tag-keys]`;
const both = { Team: 'web', team: 'web' };
const regional = { 'eu-central-1': { tags: both }, 'us-east-1': null };
const instances: Record<string, FleetInstance> = {
  one: { name: 'web', image: 'amazon-linux-2023', patchGroup: 'web' },
};
const problems = (account: Parameters<typeof validAccount>[0], fleet: Partial<Fleet> = {}) =>
  problemsOf(validFleet({ accounts: [validAccount(account)], ...fleet }));

describe('tags of roles', () => {
  it('must have no keys that differ only in case', () => {
    expect(problems({ tags: { Team: 'web', Teams: 'web', Stage: 'team' } })).toEqual([]);
    expect(problems({ tags: { ...both, TEAM: 'web' } })).toEqual([
      refused('accounts[0].tags', '"TEAM", "Team", "team"'),
    ]);
  });

  it('are looked at together, at the account where their levels meet', () => {
    expect(problems({ tags: { Team: 'web' } }, { defaults: { tags: { Team: 'all' } } })).toEqual([]);
    expect(problems({ tags: { Team: 'web' } }, { defaults: { tags: { team: 'all' } } })).toEqual([
      refused('accounts[0]', '"Team", "team"'),
    ]);
  });

  it('are told once where both are written, however many accounts have them', () => {
    const accounts = [validAccount(), validAccount({ account: '222222222222' })];
    const where = (fleet: Partial<Fleet>) => problemsOf(validFleet({ accounts, ...fleet }));
    expect(where({ defaults: { tags: both } })).toEqual([refused('defaults.tags', '"Team", "team"')]);
    expect(where({ patterns: [{ accounts: ['*'], tags: both }] })).toEqual([
      refused('patterns[0].tags', '"Team", "team"'),
    ]);
  });

  it('are those of the region only where that makes the roles', () => {
    expect(problems({ regions: regional })).toEqual([]);
    expect(problems({ regions: { 'eu-central-1': { tags: both } } })).toEqual([
      refused('accounts[0].regions.eu-central-1.tags', '"Team", "team"'),
    ]);
  });

  it('may be any where no role is made', () => {
    const arn = 'arn:aws:iam::{account}:role/patching';
    const tags = { tags: both };
    expect(problems(tags, { roles: { window: 'service-linked' } })).toEqual([]);
    expect(problems(tags, { roles: { window: { arn } } })).toEqual([]);
    expect(problems({ ...tags, instances }, { roles: { window: { arn }, instance: { arn } } })).toEqual([]);
    expect(problems({ ...tags, instances }, { roles: { window: 'service-linked' } })).toEqual([
      refused('accounts[0].tags', '"Team", "team"'),
    ]);
  });
});
