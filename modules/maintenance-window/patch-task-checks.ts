import { error, quoted, type Violation } from '../../core/problem.ts';
import { checkGiven, checkOneOf, checkText, checkWholeNumber } from '../../core/value-checks.ts';
import { checkDocumentName } from './task-action-checks.ts';

/**
 * What a patch task adds to a command, as plain data. A key that is absent is not given; one without a value is known
 * only when Terraform applies.
 */
export interface PatchTaskFacts {
  readonly operation?: string | undefined;
  readonly rebootOption?: string | undefined;
  readonly hooks?: Readonly<Record<string, string | undefined>> | undefined;
  readonly installOverrideList?: string | undefined;
  readonly stepTimeoutSeconds?: number | undefined;
}

/** Ends the prefix of the output, so that the output of scans and of installs never mixes. */
export function outputFolder(operation: string): string {
  return `/${operation.toLowerCase()}`;
}

/** @see https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-aws-runpatchbaseline.html */
export function checkPatchTask(task: PatchTaskFacts): Violation[] {
  const stepTimeout = { rule: 'maintenance-window/step-timeout', min: 1, max: 36_000, unit: 'seconds' };
  return [
    ...checkGiven(task, 'operation', 'maintenance-window/operation'),
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
function checkInstallOverrideList(task: PatchTaskFacts): Violation[] {
  const rule = 'maintenance-window/install-override-list';
  const { installOverrideList: list, operation } = task;
  if (!('installOverrideList' in task)) return [];
  if (operation === 'Scan') {
    return [error(rule, 'installOverrideList must be left out of a Scan: it is ignored there', 'remove it')];
  }
  if (list === undefined) return [];
  if (!/^(https:\/\/\S+|s3:\/\/[a-z0-9][\w.-]*\/\S+)$/.test(list)) {
    const message = `installOverrideList must be https://… or s3://bucket/key, got ${quoted(list)}`;
    return [error(rule, message, 'upload the list and give its address')];
  }
  const forbidden = `installOverrideList must not hold any of \` ' " $, got ${quoted(list)}`;
  return [
    ...checkText('installOverrideList', list, { rule, min: 1, max: 256 }),
    ...(/[`'"$]/.test(list) ? [error(rule, forbidden, 'rename the file')] : []),
  ];
}

/** @see https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-aws-runpatchbaselinewithhooks.html */
function checkHooks(task: PatchTaskFacts): Violation[] {
  if (!('hooks' in task)) return [];
  const rule = 'maintenance-window/hooks';
  const entries = Object.entries({ ...task.hooks });
  const unsupported = (['installOverrideList', 'stepTimeoutSeconds'] as const).filter((name) => name in task);
  return [
    ...(entries.length === 0
      ? [error(rule, `hooks must name at least one document, got ${quoted(task.hooks)}`, 'remove hooks, or name one')]
      : []),
    ...entries.flatMap(([hook, name]) => [
      ...checkOneOf('hook', hook, ['preInstall', 'postInstall', 'onExit'], rule),
      ...checkDocumentName(`hooks.${hook}`, name),
    ]),
    ...unsupported.map((name) => {
      const message = `${name} must be left out with hooks: AWS-RunPatchBaselineWithHooks does not take it`;
      return error(rule, message, 'remove one of the two');
    }),
  ];
}
