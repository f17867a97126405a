import { describe, expect, it } from '@jest/globals';
import { TerraformVariable } from 'cdktf';
import fc from 'fast-check';
import { formatViolation } from '../../../core/problem.ts';
import { InstanceRole, NotificationRole, type WindowPermission, WindowRole } from '../../../modules/iam/index.ts';
import { checkPolicySize, checkStatements } from '../../../modules/iam/policy-checks.ts';
import { policyText } from '../../../modules/iam/policy-document.ts';
import { windowStatements } from '../../../modules/iam/window-permissions.ts';
import { synth } from '../../support/template.ts';
import { inlinePolicy } from './policies.ts';

const statement = { sid: 'Read', actions: ['s3:GetObject'], resources: ['arn:aws:s3:::lists/*'] };
const messages = (...statements: object[]) => checkStatements(statements, ['SendCommand']).map(formatViolation);

describe('checkStatements', () => {
  it.each([
    statement,
    { ...statement, actions: ['*'], resources: ['*'] },
    { ...statement, actions: ['s3:Get*', 'resource-groups:ListGroups'] },
    { ...statement, resources: ['arn:*:s3:::lists', 'arn:aws:ec2:*:*:instance/*'] },
    { sid: undefined, actions: undefined, resources: [undefined] },
  ])('accepts %j', (given) => {
    expect(messages(given)).toEqual([]);
  });

  it.each<[object, string]>([
    [
      { ...statement, sid: 'Read it' },
      'statements[0].sid must be 1 to 100 characters of letters, digits, got "Read it"; change statements[0].sid [iam/statement-sid]',
    ],
    [
      { ...statement, actions: [] },
      'statements[0].actions must hold 1 to 500 entries, got 0; add one [iam/statement-actions]',
    ],
    [
      { ...statement, actions: ['GetObject'] },
      'statements[0].actions must hold service:Action or "*", got "GetObject"; write it out [iam/statement-actions]',
    ],
    [
      { ...statement, resources: [] },
      'statements[0].resources must hold 1 to 500 entries, got 0; add one [iam/statement-resources]',
    ],
    [
      { ...statement, resources: ['lists/*'] },
      'statements[0].resources must hold ARNs or "*", got "lists/*"; write it out [iam/statement-resources]',
    ],
    [
      { ...statement, sid: 'SendCommand' },
      'sid must occur once in a policy, got "SendCommand" twice; rename one of them [iam/statement-sid-unique]',
    ],
    [
      { ...statement, resources: 'arn:aws:s3:::lists/*' },
      'statements[0].resources must be a list, got "arn:aws:s3:::lists/*"; write a list [iam/statement-resources]',
    ],
  ])('refuses %j', (given, message) => {
    expect(messages(given)).toEqual([message]);
  });

  it('asks for what is not given', () => {
    expect(messages({})).toEqual([
      'statements[0].sid must be given; set sid [iam/statement-sid]',
      'statements[0].actions must be given; set actions [iam/statement-actions]',
      'statements[0].resources must be given; set resources [iam/statement-resources]',
    ]);
  });

  it('names the second of two statements with one id', () => {
    expect(messages(statement, statement)).toEqual([
      'sid must occur once in a policy, got "Read" twice; rename one of them [iam/statement-sid-unique]',
    ]);
  });

  it.each([null, 'x', 5, [null], [5], [{ sid: null, actions: null, resources: [null] }]])(
    'answers %j with problems, never with an exception',
    (given) => {
      expect(checkStatements(given as never, [])).not.toEqual([]);
    },
  );
});

describe('checkPolicySize', () => {
  it('accepts 10240 characters and refuses one more', () => {
    expect(checkPolicySize('x'.repeat(10_240))).toEqual([]);
    expect(checkPolicySize('x'.repeat(10_241)).map(formatViolation)).toEqual([
      "the role's inline policy must be at most 10240 characters, got 10241 without what its references become; use wildcards, or a second role [iam/policy-size]",
    ]);
  });

  it('counts neither white space, as IAM does not, nor references', () => {
    expect(checkPolicySize(`${'x'.repeat(10_240)} \n\${aws_iam_role.Role_1234.arn}`)).toEqual([]);
  });
});

describe('policies with references', () => {
  it('stay JSON where a reference is a function with quotes in it', () => {
    const template = synth((stack) => {
      const name = new TerraformVariable(stack, 'name', { type: 'string' }).stringValue;
      new InstanceRole(stack, 'Role', { roleName: 'nodes', commandOutputLogGroups: [`/a/${name}`, name] });
    });
    expect(inlinePolicy(template).Statement[0]?.Resource).toEqual([
      'arn:PARTITION:logs:REGION:ACCOUNT:log-group:${var.name}:*',
      'arn:PARTITION:logs:REGION:ACCOUNT:log-group:/a/${var.name}:*',
    ]);
  });

  it('encode a whole list that Terraform knows without quotes around it', () => {
    const template = synth((stack) => {
      const topics = new TerraformVariable(stack, 'topics', { type: 'list(string)' }).listValue;
      new NotificationRole(stack, 'Role', { roleName: 'publisher', topicArns: topics, encryptionKeyArns: topics });
    });
    expect(template.problems()).toEqual([]);
    expect(template.only('aws_iam_role_policy').policy).toBe(
      '{"Version":"2012-10-17","Statement":[' +
        '{"Sid":"Publish","Effect":"Allow","Action":"sns:Publish","Resource":${jsonencode(var.topics)}},' +
        '{"Sid":"Encrypt","Effect":"Allow","Action":["kms:Decrypt","kms:GenerateDataKey*"],"Resource":${jsonencode(var.topics)}}]}',
    );
  });

  it('make the ARNs of a whole list of log groups when Terraform applies', () => {
    const template = synth((stack) => {
      const groups = new TerraformVariable(stack, 'groups', { type: 'list(string)' }).listValue;
      new InstanceRole(stack, 'Role', { roleName: 'nodes', commandOutputLogGroups: groups });
    });
    expect(template.problems()).toEqual([]);
    expect(String(template.only('aws_iam_role_policy').policy)).toMatch(
      /"Resource":\$\{jsonencode\(formatlist\("arn:%s:logs:%s:%s:log-group:%s:\*", data\.aws_partition\.\w+\.partition, data\.aws_region\.\w+\.region, data\.aws_caller_identity\.\w+\.account_id, var\.groups\)\)\}/,
    );
  });

  it('are the same whatever order the roles they name were made in', () => {
    const policy = (ids: readonly string[]) => {
      const template = synth((stack) => {
        const arns = ids.map((id) => new TerraformVariable(stack, id, { type: 'string' }).stringValue);
        const role = new WindowRole(stack, 'Role', { roleName: 'window' });
        for (const roleArn of arns) role.grant({ kind: 'pass-role', roleArn });
      });
      return template.only('aws_iam_role_policy').policy;
    };
    const ids = Array.from({ length: 12 }, (_, index) => `role_${index}`);
    expect(policy([...ids].reverse())).toBe(policy(ids));
  });

  it('say a reference once that two tasks read', () => {
    const template = synth((stack) => {
      const topic = new TerraformVariable(stack, 'role', { type: 'string' });
      const role = new WindowRole(stack, 'Role', { roleName: 'window' });
      for (const roleArn of [topic.stringValue, topic.stringValue]) role.grant({ kind: 'pass-role', roleArn });
    });
    const { Statement } = inlinePolicy(template);
    expect(Statement.at(-1)?.Resource).toBe('${var.role}');
  });
});

describe('order', () => {
  const place = { partition: 'aws', region: 'us-east-1', accountId: '111111111111' };
  const word = fc.stringMatching(/^[a-z]{1,8}$/);
  const permission: fc.Arbitrary<WindowPermission> = fc.oneof(
    word.map((documentName) => ({ kind: 'run-command' as const, documentName })),
    fc.record({ kind: fc.constant('automation' as const), documentName: word, region: word }),
    word.map((functionArn) => ({ kind: 'lambda' as const, functionArn })),
    word.map((stateMachineArn) => ({
      kind: 'step-functions' as const,
      stateMachineArn,
      executionArns: `${stateMachineArn}:*`,
    })),
    word.map((roleArn) => ({ kind: 'pass-role' as const, roleArn })),
    fc.constantFrom({ kind: 'resource-groups' as const }, { kind: 'managed-instances' as const }),
  );
  const shuffled = <Item>(items: fc.Arbitrary<Item>) =>
    fc
      .array(items, { minLength: 2, maxLength: 12 })
      .chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })));

  it('of permissions never changes the policy', () => {
    fc.assert(
      fc.property(shuffled(permission), ([permissions, reordered]) => {
        expect(policyText(windowStatements(reordered, place))).toBe(policyText(windowStatements(permissions, place)));
      }),
    );
  });

  it('of actions and resources never changes the policy', () => {
    fc.assert(
      fc.property(shuffled(word), ([words, reordered]) => {
        const text = (values: readonly string[]) => policyText([{ sid: 'A', actions: values, resources: values }]);
        expect(text(reordered)).toBe(text(words));
      }),
    );
  });

  it('of everything an instance role is given never changes the stack', () => {
    const buckets = fc.record({ bucketName: fc.stringMatching(/^[a-z]{3,8}$/), keyPrefix: word });
    const statements = fc.uniqueArray(word, { minLength: 2, maxLength: 4 }).chain((sidList) => {
      const list = sidList.map((sid) => ({ sid, actions: ['s3:GetObject'], resources: ['*'] }));
      return fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }));
    });
    fc.assert(
      fc.property(shuffled(buckets), shuffled(word), statements, (bucketLists, groupLists, statementLists) => {
        const document = (which: 0 | 1) =>
          synth((stack) => {
            new InstanceRole(stack, 'Role', {
              roleName: 'nodes',
              commandOutputBuckets: bucketLists[which],
              commandOutputLogGroups: groupLists[which],
              statements: statementLists[which],
            });
          }).json;
        expect(document(1)).toEqual(document(0));
      }),
      { numRuns: 10 },
    );
  });
});
