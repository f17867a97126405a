import { error, quoted, type Violation } from '../../core/problem.ts';
import { checkCount, checkText, listOf } from '../../core/value-checks.ts';

/** A statement as plain data. What is absent is known only when Terraform applies. */
export interface StatementFacts {
  readonly sid?: string | undefined;
  readonly actions?: readonly (string | undefined)[] | undefined;
  readonly resources?: readonly (string | undefined)[] | undefined;
}

/**
 * The statements that a role is given beside those it needs anyway, whose ids are `ownSids`.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
 */
export function checkStatements(
  statements: readonly StatementFacts[] | undefined,
  ownSids: readonly string[],
): Violation[] {
  const given = listOf(statements).map((statement) => ({ ...statement }));
  const sids = given.map(({ sid }) => sid);
  const taken = sids.filter((sid, index) => sid !== undefined && [...ownSids, ...sids.slice(0, index)].includes(sid));
  return [
    // A policy of this many statements is too long whatever they are; the policy's size is the limit that matters.
    ...checkCount('statements', statements, { rule: 'iam/statement-count', max: 500 }),
    ...given.flatMap((statement, index) => checkStatement(`statements[${index}]`, statement)),
    ...taken.map((sid) =>
      error(
        'iam/statement-sid-unique',
        `sid must occur once in a policy, got ${quoted(sid)} twice`,
        'rename one of them',
      ),
    ),
  ];
}

function checkStatement(field: string, statement: StatementFacts): Violation[] {
  const { sid, actions, resources } = statement;
  const missing = (['sid', 'actions', 'resources'] as const).filter((key) => !(key in statement));
  return [
    ...missing.map((key) => error(`iam/statement-${key}`, `${field}.${key} must be given`, `set ${key}`)),
    ...checkText(`${field}.sid`, sid, {
      rule: 'iam/statement-sid',
      min: 1,
      max: 100,
      pattern: /^[A-Za-z0-9]+$/,
      allowed: 'letters, digits',
    }),
    ...checkCount(`${field}.actions`, actions, { rule: 'iam/statement-actions', min: 1, max: 500 }),
    ...listOf(actions).flatMap((action) =>
      checkForm(`${field}.actions`, action, /^([\w-]+:[\w*?]+|\*)$/, 'service:Action', 'iam/statement-actions'),
    ),
    ...checkCount(`${field}.resources`, resources, { rule: 'iam/statement-resources', min: 1, max: 500 }),
    ...listOf(resources).flatMap((resource) =>
      checkForm(`${field}.resources`, resource, /^(arn:([^:]*:){4}.+|\*)$/, 'ARNs', 'iam/statement-resources'),
    ),
  ];
}

function checkForm(field: string, value: unknown, pattern: RegExp, form: string, rule: string): Violation[] {
  if (value === undefined || (typeof value === 'string' && pattern.test(value))) return [];
  return [error(rule, `${field} must hold ${form} or "*", got ${quoted(value)}`, 'write it out')];
}

/**
 * A role's inline policies may have 10,240 characters together. References count nothing: what they become is known only
 * when Terraform applies, so a policy that is refused here is too long in any case.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export function checkPolicySize(text: string): Violation[] {
  const size = text.replace(/[$%]\{[^}]*\}/g, '').replace(/\s/g, '').length;
  if (size <= 10_240) return [];
  const message = `the role's inline policy must be at most 10240 characters, got ${size} without what its references become`;
  return [error('iam/policy-size', message, 'use wildcards, or a second role')];
}
