import { describeRate, formatInZone, nextRuns, parseScheduleExpression } from '../calendar/index.ts';
import { aligned } from './table.ts';

type Block = Readonly<Record<string, unknown>>;

/** What a synthesised `cdk.tf.json` holds, as far as it is told here. */
export interface TerraformDocument {
  readonly '//': { readonly metadata: { readonly stackName: string } };
  readonly provider?: { readonly aws?: readonly Block[] };
  readonly data?: Readonly<Record<string, Readonly<Record<string, Block>>>>;
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Block>>>>;
  readonly output?: Readonly<Record<string, Block>>;
}

/** The stack in words: each resource on a line, when its windows run after `asOf`, and its outputs. */
export function describeStack(document: TerraformDocument, asOf: Date): string {
  const region = document.provider?.aws?.[0]?.region;
  const resources = Object.entries(document.resource ?? {}).flatMap(([type, blocks]) =>
    Object.entries(blocks).map(([id, block]) => describeResource(type, id, block)),
  );
  const windows = Object.values(document.resource?.aws_ssm_maintenance_window ?? {});
  return [
    `Stack ${document['//'].metadata.stackName}${region === undefined ? '' : ` in ${region}`}: ${resources.length} resource${resources.length === 1 ? '' : 's'}`,
    ...aligned(resources.sort(byOrder).map(({ kind, name, detail }) => [kind, name, detail])),
    ...windows.flatMap((window) => ['', ...describeRuns(window, asOf)]),
    '',
    'Outputs',
    ...Object.keys(document.output ?? {})
      .sort()
      .map((name) => `  ${name}`),
  ].join('\n');
}

interface Described {
  readonly order: number;
  readonly kind: string;
  readonly name: string;
  readonly detail: string;
}

interface Kind {
  readonly kind: string;
  readonly name: (block: Block) => unknown;
  readonly detail: (block: Block) => string;
}

/** In the order they are told. */
const kinds: Readonly<Record<string, Kind>> = {
  aws_iam_role: { kind: 'role', name: named, detail: (role) => text(role.description) },
  aws_iam_role_policy_attachment: {
    kind: 'role policy',
    name: (attachment) => text(attachment.policy_arn).replace(/^.*\//, ''),
    detail: () => 'managed by AWS',
  },
  aws_iam_role_policy: { kind: 'role policy', name: named, detail: (policy) => actionsOf(policy.policy) },
  aws_iam_instance_profile: { kind: 'instance profile', name: named, detail: () => '' },
  aws_ssm_patch_baseline: { kind: 'patch baseline', name: named, detail: describeBaseline },
  aws_ssm_default_patch_baseline: {
    kind: 'default baseline',
    name: (registration) => registration.operating_system,
    detail: () => 'for nodes without a patch group',
  },
  aws_ssm_patch_group: { kind: 'patch group', name: (group) => group.patch_group, detail: () => '' },
  aws_ssm_maintenance_window: {
    kind: 'maintenance window',
    name: named,
    detail: (window) =>
      `${window.schedule}, ${window.duration} h, no new task in the last ${window.cutoff} h${window.enabled === false ? ', disabled' : ''}`,
  },
  aws_ssm_maintenance_window_target: { kind: 'target', name: named, detail: describeTarget },
  aws_ssm_maintenance_window_task: { kind: 'task', name: named, detail: describeTask },
  aws_instance: { kind: 'instance', name: tagged, detail: describeInstance },
  aws_autoscaling_group: { kind: 'Auto Scaling group', name: named, detail: describeGroup },
  aws_launch_template: {
    kind: 'launch template',
    name: named,
    detail: (template) => `${template.instance_type}, ${template.image_id}`,
  },
  terraform_data: {
    kind: 'image parameter',
    name: (data) => data.input,
    detail: () => 'another one replaces the instance',
  },
  aws_security_group: { kind: 'security group', name: tagged, detail: () => 'no ingress' },
  aws_vpc_security_group_egress_rule: {
    kind: 'egress rule',
    name: (rule) => `${rule.ip_protocol} ${rule.from_port} to ${rule.cidr_ipv4}`,
    detail: (rule) => text(rule.description),
  },
};

const order = Object.keys(kinds);

function describeResource(type: string, id: string, block: Block): Described {
  const known = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
  if (known === undefined) return { order: order.length, kind: type.replace(/^aws_/, ''), name: id, detail: '' };
  return {
    order: order.indexOf(type),
    kind: known.kind,
    name: text(known.name(block)) || id,
    detail: known.detail(block),
  };
}

function byOrder(a: Described, b: Described): number {
  return a.order - b.order || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}

function describeBaseline(baseline: Block): string {
  const rules = blocks(baseline.approval_rule).map((rule) => {
    const filters = blocks(rule.patch_filter).map((filter) => (filter.values as readonly string[]).join('/'));
    const when = rule.approve_until_date ?? `${rule.approve_after_days} days after release`;
    return `${filters.join(' ')}, ${rule.approve_until_date === undefined ? when : `released until ${when}`}`;
  });
  const named = (baseline.approved_patches ?? []) as readonly string[];
  const byName = named.length === 0 ? [] : [`by name ${named.join(', ')}`];
  return `${baseline.operating_system}: ${[...rules, ...byName].join('; ')}`;
}

function describeTarget(target: Block): string {
  return blocks(target.targets)
    .map((entry) => `${entry.key} = ${(entry.values as readonly string[]).join(', ')}`)
    .join(' and ');
}

function describeTask(task: Block): string {
  const command = blocks(blocks(task.task_invocation_parameters)[0]?.run_command_parameters)[0];
  const parameters = blocks(command?.parameter).map((parameter) => (parameter.values as readonly string[]).join(','));
  const limits = task.max_concurrency === undefined ? '' : `, ${task.max_concurrency} at a time, ${stopOf(task)}`;
  return `${task.task_arn} ${parameters.join(' ')}${limits}`;
}

/** A task stops at one error more than its threshold; where all nodes run at once, none is left to stop. */
function stopOf({ max_concurrency: concurrency, max_errors: errors }: Block): string {
  if (concurrency === '100%' || errors === '100%') return 'no error stops it';
  const threshold = text(errors);
  const stop = /^\d+$/.test(threshold) ? String(Number(threshold) + 1) : `more than ${threshold}`;
  return `stops at ${stop} error${stop === '1' ? '' : 's'}`;
}

function describeInstance(instance: Block): string {
  const tags = Object.entries((instance.tags ?? {}) as Block).filter(([key]) => key !== 'Name');
  return [text(instance.instance_type), ...tags.map(([key, value]) => `${key} = ${value}`)].join(', ');
}

function describeGroup(group: Block): string {
  const tags = blocks(group.tag).filter(({ key }) => key !== 'Name');
  return [
    `${group.min_size} to ${group.max_size} instances`,
    ...tags.map(({ key, value }) => `${key} = ${value}`),
  ].join(', ');
}

function actionsOf(policy: unknown): string {
  const statements = (JSON.parse(text(policy)) as { Statement: readonly { Sid?: string }[] }).Statement;
  return statements.map((statement) => statement.Sid ?? '').join(', ');
}

/** A rate counts from the creation of the window, which nobody knows yet; other schedules name their next runs. */
function describeRuns(window: Block, asOf: Date): string[] {
  const title = `Window ${window.name} runs`;
  const { expression } = parseScheduleExpression(window.schedule);
  if (expression === undefined) return [`${title} ${window.schedule}`];
  if (expression.kind === 'rate') return [`${title} ${describeRate(expression)}`];
  const timezone = (window.schedule_timezone as string | undefined) ?? 'UTC';
  const offsetDays = window.schedule_offset as number | undefined;
  const runs = nextRuns(
    expression,
    {
      timezone,
      ...(offsetDays !== undefined && { offsetDays }),
      ...(window.start_date !== undefined && { startDate: text(window.start_date) }),
      ...(window.end_date !== undefined && { endDate: text(window.end_date) }),
    },
    asOf,
    3,
  );
  if (runs.length === 0) return [`${title} never after ${formatInZone(asOf, 'UTC')}`];
  const rows = runs.map((run) => [formatInZone(run, 'UTC'), `${formatInZone(run, timezone)} ${timezone}`]);
  return [`${title} next, after ${formatInZone(asOf, 'UTC')}`, ...aligned(rows)];
}

function named(block: Block): unknown {
  return block.name;
}

function tagged(block: Block): unknown {
  return (block.tags as Block | undefined)?.Name;
}

function blocks(value: unknown): readonly Block[] {
  if (value === undefined || value === null) return [];
  return (Array.isArray(value) ? value : [value]) as readonly Block[];
}

function text(value: unknown): string {
  return value === undefined || value === null ? '' : String(value);
}
