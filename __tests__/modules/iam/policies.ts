import type { Block, Template } from '../../support/template.ts';

/** A policy as IAM would read it, with what Terraform fills in written `PARTITION`, `REGION`, `ACCOUNT`, `SUFFIX`. */
export interface Policy {
  readonly Version: string;
  readonly Statement: readonly Readonly<Record<string, unknown>>[];
}

/** The one inline policy of a stack. */
export function inlinePolicy(template: Template): Policy {
  return policyIn(template.only('aws_iam_role_policy'), 'policy');
}

/** Who may assume the one role of a stack. */
export function trust(template: Template): Policy {
  return policyIn(template.only('aws_iam_role'), 'assume_role_policy');
}

export function policyIn(block: Block, attribute: 'policy' | 'assume_role_policy'): Policy {
  return JSON.parse(readable(String(block[attribute])));
}

/** One statement of the one inline policy. */
export function statement(template: Template, sid: string): Readonly<Record<string, unknown>> | undefined {
  return inlinePolicy(template).Statement.find((candidate) => candidate.Sid === sid);
}

/** The ids of the one inline policy's statements, in their order. */
export function sids(template: Template): unknown[] {
  return inlinePolicy(template).Statement.map((candidate) => candidate.Sid);
}

/** The same text with references to the place of the stack written as words. */
export function readable(text: string): string {
  return text
    .replaceAll(/\$\{data\.aws_partition\.\w+\.partition\}/g, 'PARTITION')
    .replaceAll(/\$\{data\.aws_partition\.\w+\.dns_suffix\}/g, 'SUFFIX')
    .replaceAll(/\$\{data\.aws_region\.\w+\.region\}/g, 'REGION')
    .replaceAll(/\$\{data\.aws_caller_identity\.\w+\.account_id\}/g, 'ACCOUNT');
}
