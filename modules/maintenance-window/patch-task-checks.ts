import { error, quoted, type Violation } from '../../core/problem.ts';
import { checkOneOf, checkText, checkWholeNumber } from '../../core/value-checks.ts';
import { checkDocumentName } from './task-action-checks.ts';

/** What a patch task adds to a command, as plain data. */
export interface PatchTaskFacts {
  readonly operation?: string | undefined;
  readonly rebootOption?: string | undefined;
  readonly hooks?: Readonly<Record<string, string | undefined>> | undefined;
  readonly installOverrideList?: string | undefined;
  readonly stepTimeoutSeconds?: number | undefined;
}

/** @see https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-aws-runpatchbaseline.html */
export function checkPatchTask(task: PatchTaskFacts): Violation[] {
  const stepTimeout = { rule: 'maintenance-window/step-timeout', min: 1, max: 36_000, unit: 'seconds' };
  return [
    ...checkOneOf('operation', task.operation, ['Scan', 'Install'], 'maintenance-window/operation'),
    ...checkOneOf(
      'rebootOption',
      task.rebootOption,
      ['RebootIfNeeded', 'NoReboot'],
      'maintenance-window/reboot-option',
    ),
    ...checkWholeNumber('stepTimeoutSeconds', task.stepTimeoutSeconds, stepTimeout),
    ...checkInstallOverrideList(task),
    ...checkHooks(task),
  ];
}

/** @see https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-override-lists.html */
function checkInstallOverrideList({ installOverrideList: list, operation }: PatchTaskFacts): Violation[] {
  if (list === undefined) return [];
  const rule = 'maintenance-window/install-override-list';
  const form = typeof list === 'string' && /^(https:\/\/\S+|s3:\/\/[a-z0-9][\w.-]*\/\S+)$/.test(list);
  return [
    ...(form
      ? []
      : [
          error(
            rule,
            `installOverrideList must be https://… or s3://bucket/key, got ${quoted(list)}`,
            'upload the list and give its address',
          ),
        ]),
    ...checkText('installOverrideList', list, { rule, min: 1, max: 256 }),
    ...(form && /[`'"$]/.test(list)
      ? [error(rule, `installOverrideList must not hold any of \` ' " $, got ${quoted(list)}`, 'rename the file')]
      : []),
    ...(operation === 'Scan'
      ? [error(rule, 'installOverrideList must be left out of a Scan: it is ignored there', 'remove it')]
      : []),
  ];
}

/** @see https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-aws-runpatchbaselinewithhooks.html */
function checkHooks(task: PatchTaskFacts): Violation[] {
  if (task.hooks === undefined) return [];
  const unsupported = (['installOverrideList', 'stepTimeoutSeconds'] as const).filter((name) => name in task);
  const entries = Object.entries(task.hooks);
  return [
    ...(entries.length === 0
      ? [
          error(
            'maintenance-window/hooks',
            'hooks must name at least one document, got none',
            'remove hooks, or name a document',
          ),
        ]
      : []),
    ...entries.flatMap(([hook, name]) => checkDocumentName(`hooks.${hook}`, name)),
    ...unsupported.map((name) =>
      error(
        'maintenance-window/hooks',
        `${name} must be left out with hooks: AWS-RunPatchBaselineWithHooks does not take it`,
        'remove one of the two',
      ),
    ),
  ];
}
