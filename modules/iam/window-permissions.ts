import type { Place, PolicyStatement } from './policy-document.ts';

/** What a maintenance-window task needs its role to be allowed. ARNs may be Terraform references. */
export type WindowPermission = {
  /** Region of the task. @default - the role's */
  readonly region?: string;
} & (
  | { readonly kind: 'run-command'; readonly documentName: string }
  | { readonly kind: 'automation'; readonly documentName: string }
  | { readonly kind: 'lambda'; readonly functionArn: string }
  | { readonly kind: 'step-functions'; readonly stateMachineArn: string; readonly executionArns: string }
  | { readonly kind: 'pass-role'; readonly roleArn: string }
  | { readonly kind: 'managed-instances' }
  | { readonly kind: 'resource-groups' }
);

/**
 * The least a window role needs for its tasks: each action on its own resource, and on `*` only actions that know no
 * resource.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html
 */
export function windowStatements(permissions: readonly WindowPermission[], place: Place): PolicyStatement[] {
  const of = <Kind extends WindowPermission['kind']>(kind: Kind) =>
    permissions.filter((p): p is Extract<WindowPermission, { kind: Kind }> => p.kind === kind);
  const statement = (sid: string, actions: string[], resources: string[]) =>
    resources.length === 0 ? [] : [{ sid, actions, resources }];
  const at = (region = place.region) => ({ ...place, region });
  const commands = of('run-command');
  const automations = of('automation');
  const functions = of('lambda').map((p) => p.functionArn);
  const stateMachines = of('step-functions');
  return [
    ...statement(
      'SendCommand',
      ['ssm:SendCommand'],
      [
        ...commands.flatMap((p) => [
          documentArn('document', p.documentName, at(p.region)),
          regionalArn('ec2', 'instance/*', at(p.region)),
        ]),
        ...of('managed-instances').map((p) => regionalArn('ssm', 'managed-instance/*', at(p.region))),
      ],
    ),
    ...statement(
      'FollowCommands',
      ['ssm:CancelCommand', 'ssm:GetCommandInvocation', 'ssm:ListCommandInvocations', 'ssm:ListCommands'],
      commands.map(() => '*'),
    ),
    // Also what a role without tasks is left with: IAM refuses a policy that allows nothing.
    ...statement('FindTargets', ['tag:GetResources'], ['*']),
    ...statement(
      'ListResourceGroups',
      ['resource-groups:ListGroupResources', 'resource-groups:ListGroups'],
      of('resource-groups').map(() => '*'),
    ),
    // AWS's current examples name the document and the execution, its older ones the automation definition.
    ...statement(
      'StartAutomation',
      ['ssm:StartAutomationExecution'],
      automations.flatMap((p) => [
        documentArn('document', p.documentName, at(p.region)),
        `${documentArn('automation-definition', p.documentName, at(p.region))}:*`,
        regionalArn('ssm', 'automation-execution/*', at(p.region)),
      ]),
    ),
    ...statement(
      'FollowAutomation',
      ['ssm:GetAutomationExecution'],
      automations.map((p) => regionalArn('ssm', 'automation-execution/*', at(p.region))),
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
    ...statement(
      'PassNotificationRole',
      ['iam:PassRole'],
      of('pass-role').map((p) => p.roleArn),
    ).map((passing) => ({
      ...passing,
      conditions: { StringEquals: { 'iam:PassedToService': 'ssm.amazonaws.com' } },
    })),
  ];
}

function regionalArn(service: string, resource: string, { partition, region, accountId }: Place): string {
  return `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
}

/** AWS's own documents belong to no account; nobody else may use these prefixes. */
function documentArn(type: 'document' | 'automation-definition', name: string, place: Place): string {
  if (`${name}`.startsWith('arn:')) return name.replace(':document/', `:${type}/`);
  const accountId = /^(aws|amazon|amzn)/i.test(name) ? '' : place.accountId;
  return regionalArn('ssm', `${type}/${name}`, { ...place, accountId });
}
