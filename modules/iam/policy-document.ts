/** One statement of an IAM policy that allows something. Values may hold Terraform references. */
export interface PolicyStatement {
  /** What the statement is for: letters and digits. */
  readonly sid: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** `{ StringEquals: { 'iam:PassedToService': 'ssm.amazonaws.com' } }`. @default - none */
  readonly conditions?: PolicyConditions;
}

export type PolicyConditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/*
 * Policies are JSON text, never the `aws_iam_policy_document` data source: a plan review reads text without a provider.
 */

export function permissionPolicy(statements: readonly PolicyStatement[]): string {
  return policy(
    statements.map(({ sid, actions, resources, conditions }) => ({
      Sid: sid,
      Effect: 'Allow',
      Action: oneOrMany(actions),
      Resource: oneOrMany(resources),
      ...(conditions !== undefined && { Condition: conditions }),
    })),
  );
}

/** Who may assume a role: one AWS service. */
export function trustPolicy(servicePrincipal: string, conditions?: PolicyConditions): string {
  return policy([
    {
      Effect: 'Allow',
      Principal: { Service: servicePrincipal },
      Action: 'sts:AssumeRole',
      ...(conditions !== undefined && { Condition: conditions }),
    },
  ]);
}

function policy(statements: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

function oneOrMany(texts: readonly string[]): string | readonly string[] {
  return texts.length === 1 ? (texts[0] as string) : texts;
}
