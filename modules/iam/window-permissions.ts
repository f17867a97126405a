import type { PolicyStatement } from './policy-document.ts';

/** What a maintenance-window task needs its role to be allowed. ARNs may be Terraform references. */
export type WindowPermission =
  | { readonly kind: 'run-command'; readonly documentName: string }
  | { readonly kind: 'automation'; readonly documentName: string }
  | { readonly kind: 'lambda'; readonly functionArn: string }
  | { readonly kind: 'step-functions'; readonly stateMachineArn: string; readonly executionArns: string }
  | { readonly kind: 'pass-role'; readonly roleArn: string }
  | { readonly kind: 'resource-groups' };

interface Place {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}

/**
 * The least a window role needs for its tasks: each action on its own resource, and on `*` only actions that know no
 * resource. The order of the permissions changes nothing.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html
 */
export function windowStatements(permissions: readonly WindowPermission[], place: Place): PolicyStatement[] {
  const of = <Kind extends WindowPermission['kind']>(kind: Kind) =>
    permissions.filter((p): p is Extract<WindowPermission, { kind: Kind }> => p.kind === kind);
  const statement = (sid: string, actions: string[], resources: string[]) =>
    resources.length === 0 ? [] : [{ sid, actions, resources: [...new Set(resources)].sort() }];
  const automations = of('automation');
  const functions = of('lambda').map((p) => p.functionArn);
  const stateMachines = of('step-functions');
  const documents = of('run-command').map((p) => documentArn('document', p.documentName, place));
  const instances = `arn:${place.partition}:ec2:${place.region}:${place.accountId}:instance/*`;
  return [
    ...statement('SendCommand', ['ssm:SendCommand'], documents.length === 0 ? [] : [...documents, instances]),
    {
      sid: 'FollowCommands',
      actions: [
        'ssm:CancelCommand',
        'ssm:GetCommandInvocation',
        'ssm:ListCommandInvocations',
        'ssm:ListCommands',
        'tag:GetResources',
      ],
      resources: ['*'],
    },
    ...statement(
      'ListResourceGroups',
      ['resource-groups:ListGroupResources', 'resource-groups:ListGroups'],
      of('resource-groups').map(() => '*'),
    ),
    ...statement(
      'StartAutomation',
      ['ssm:StartAutomationExecution'],
      automations.map((p) => `${documentArn('automation-definition', p.documentName, place)}:*`),
    ),
    ...statement(
      'FollowAutomation',
      ['ssm:GetAutomationExecution'],
      automations.map(() => `arn:${place.partition}:ssm:${place.region}:${place.accountId}:automation-execution/*`),
    ),
    ...statement(
      'InvokeFunction',
      ['lambda:InvokeFunction'],
      functions.flatMap((arn) => [arn, `${arn}:*`]),
    ),
    ...statement(
      'StartExecution',
      ['states:StartExecution'],
      stateMachines.map((p) => p.stateMachineArn),
    ),
    ...statement(
      'FollowExecution',
      ['states:DescribeExecution'],
      stateMachines.map((p) => p.executionArns),
    ),
    ...of('pass-role')
      .map((p) => p.roleArn)
      .filter((arn, index, all) => all.indexOf(arn) === index)
      .sort()
      .map((arn, index, all) => ({
        sid: all.length === 1 ? 'PassNotificationRole' : `PassNotificationRole${index + 1}`,
        actions: ['iam:PassRole'],
        resources: [arn],
        conditions: { StringEquals: { 'iam:PassedToService': 'ssm.amazonaws.com' } },
      })),
  ];
}

/** AWS's own documents belong to no account; nobody else may use these prefixes. */
function documentArn(type: string, name: string, place: Place): string {
  if (name.startsWith('arn:')) return name;
  const account = /^(aws|amazon|amzn)/i.test(name) ? '' : place.accountId;
  return `arn:${place.partition}:ssm:${place.region}:${account}:${type}/${name}`;
}
