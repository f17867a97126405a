import { Fn, Lazy, Token } from 'cdktf';
import { listOf } from '../../core/value-checks.ts';

/** One statement of an IAM policy that allows something. Values may hold Terraform references. */
export interface PolicyStatement {
  /** What the statement is for: letters and digits, once in a policy. */
  readonly sid: string;
  /** `s3:GetObject`, `s3:Get*`. */
  readonly actions: readonly string[];
  /** ARNs, or `*`. */
  readonly resources: readonly string[];
  /** `{ StringEquals: { 'iam:PassedToService': 'ssm.amazonaws.com' } }`. @default - none */
  readonly conditions?: PolicyConditions;
}

export type PolicyConditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** What ARNs are made of. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}

/*
 * Policies are JSON text, never the `aws_iam_policy_document` data source: a plan review reads text without a provider.
 */

/**
 * A policy of the statements a role needs when the stack is written, followed by those it is given. Statements that are
 * given, actions and resources are sorted, references by what they become: the order of the source changes nothing.
 */
export function permissionPolicy(
  own: () => readonly PolicyStatement[],
  given: readonly PolicyStatement[] | undefined,
): string {
  return Lazy.stringValue({
    produce: (context) => {
      const statements = [...own(), ...[...listOf(given)].sort((a, b) => (a.sid < b.sid ? -1 : 1))];
      return policyText(statements, (text) => String(context.resolve(text)));
    },
  });
}

/** The policy as it stands now; references are sorted by what `resolve` makes of them. */
export function policyText(statements: readonly PolicyStatement[], resolve = (text: string) => text): string {
  const references: string[] = [];
  const values = (texts: readonly string[]) => {
    if (!Token.isUnresolved(texts)) return oneOrMany(sortedBy(texts, resolve));
    const reference = Fn.jsonencode(texts);
    references.push(reference);
    return reference;
  };
  const text = document(
    statements.map(({ sid, actions, resources, conditions }) => ({
      Sid: sid,
      Effect: 'Allow',
      Action: values(actions),
      Resource: values(resources),
      ...(conditions !== undefined && { Condition: conditions }),
    })),
  );
  // A whole list that Terraform knows encodes itself, so it stands without quotes.
  return references.reduce((json, reference) => json.replace(`"${reference}"`, () => reference), text);
}

/** Who may assume a role: one AWS service. */
export function trustPolicy(servicePrincipal: string, conditions?: PolicyConditions): string {
  return document([
    {
      Effect: 'Allow',
      Principal: { Service: servicePrincipal },
      Action: 'sts:AssumeRole',
      ...(conditions !== undefined && { Condition: conditions }),
    },
  ]);
}

function document(statements: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

function sortedBy(texts: readonly string[], resolve: (text: string) => string): readonly string[] {
  const byResolved = new Map(texts.map((text) => [resolve(text), text]));
  return [...byResolved.keys()].sort().map((resolved) => byResolved.get(resolved) as string);
}

function oneOrMany(texts: readonly string[]): string | readonly string[] {
  return texts.length === 1 ? (texts[0] as string) : texts;
}
