import { Fn } from 'cdktf';
import type { Construct } from 'constructs';
import { addCheck } from '../tf/construct-checks.ts';
import { isUnresolved, known } from '../tf/tokens.ts';
import { checkPatchTask, outputFolder } from './patch-task-checks.ts';
import type { Target } from './target.ts';
import { type CommonTaskOptions, Task } from './task.ts';
import { TaskAction } from './task-action.ts';
import type { RunCommandOptions } from './task-action-props.ts';
import type { IMaintenanceWindow } from './window.ts';

/** Documents that run on each node around patching; Command documents, by name. */
export interface PatchHooks {
  /** Before patches are installed. @default AWS-Noop */
  readonly preInstall?: string;
  /** After installing and rebooting. @default AWS-Noop */
  readonly postInstall?: string;
  /** At the end, also after a node that was not rebooted. @default AWS-Noop */
  readonly onExit?: string;
}

export interface PatchTaskOptions extends Omit<CommonTaskOptions, 'targets' | 'instanceIds'>, RunCommandOptions {
  /** `Scan` reports what is missing, `Install` installs it too. */
  readonly operation: 'Scan' | 'Install';
  /** The targets to patch, one after another; at most 10. Side by side needs a task for each, of one priority. */
  readonly targets: readonly Target[];
  /** Nodes patched, and so perhaps rebooting, at a time: `"2"` or `"10%"`. No default fits every fleet. */
  readonly maxConcurrency: string;
  /**
   * The task stops at one error more than this: `"1"` stops at the second. Nodes already running go on, so nothing is
   * stopped where all run at once.
   */
  readonly maxErrors: string;
  /**
   * `RebootIfNeeded` reboots whenever anything was installed. `NoReboot` leaves the node non-compliant until it reboots
   * otherwise. A Scan never reboots. @default RebootIfNeeded
   */
  readonly rebootOption?: 'RebootIfNeeded' | 'NoReboot';
  /** Runs `AWS-RunPatchBaselineWithHooks` instead of `AWS-RunPatchBaseline`. @default - none */
  readonly hooks?: PatchHooks;
  /** Address of a list that replaces what the baseline approves, `https://…` or `s3://…`; Install only. @default - none */
  readonly installOverrideList?: string;
  /** Seconds that patching one node may take, 1 to 36000. @default - AWS's */
  readonly stepTimeoutSeconds?: number;
}

export interface PatchTaskProps extends PatchTaskOptions {
  readonly window: IMaintenanceWindow;
}

/**
 * Scans or patches the nodes of some targets. Every node of one run uses the same snapshot of the baselines: the window
 * supplies its id, which is why there is no property for it.
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-aws-runpatchbaseline.html
 */
export class PatchTask extends Task {
  readonly operation: 'Scan' | 'Install';

  constructor(scope: Construct, id: string, props: PatchTaskProps) {
    const { operation, rebootOption, hooks, installOverrideList, stepTimeoutSeconds, ...rest } = props;
    super(scope, id, { ...rest, action: patchAction(props) });
    this.operation = operation;
    const facts = { operation, rebootOption, hooks, installOverrideList, stepTimeoutSeconds };
    addCheck(this, () => checkPatchTask(known(facts) ?? {}));
  }
}

function patchAction(props: PatchTaskProps): TaskAction {
  const { operation, hooks, installOverrideList, stepTimeoutSeconds } = props;
  const hookParameters = !hooks
    ? {}
    : {
        PreInstallHookDocName: [hooks.preInstall ?? 'AWS-Noop'],
        PostInstallHookDocName: [hooks.postInstall ?? 'AWS-Noop'],
        OnExitHookDocName: [hooks.onExit ?? 'AWS-Noop'],
      };
  const command = {
    ...runCommandOptions(props),
    ...outputPrefix(props),
    documentName: !hooks ? 'AWS-RunPatchBaseline' : 'AWS-RunPatchBaselineWithHooks',
    parameters: {
      Operation: [operation],
      RebootOption: [props.rebootOption ?? 'RebootIfNeeded'],
      ...hookParameters,
      ...(installOverrideList !== undefined && { InstallOverrideList: [installOverrideList] }),
      ...(stepTimeoutSeconds !== undefined && { StepTimeoutSeconds: [String(stepTimeoutSeconds)] }),
    },
  };
  return TaskAction.runCommand(command, writtenPrefix(props));
}

/** Ends in the operation. */
function outputPrefix({ operation, outputS3BucketName, outputS3KeyPrefix }: PatchTaskProps) {
  if (outputS3BucketName === undefined) return outputS3KeyPrefix === undefined ? {} : { outputS3KeyPrefix };
  const folder = isUnresolved(operation) ? `/${Fn.lower(operation)}` : outputFolder(`${operation}`);
  return { outputS3KeyPrefix: `${outputS3KeyPrefix || 'patch-manager'}${folder}` };
}

/** For the checks, so that they tell how long the author's own part may be. */
function writtenPrefix({ operation, outputS3KeyPrefix }: PatchTaskProps) {
  if (outputS3KeyPrefix === undefined) return {};
  return { outputS3KeyPrefix, outputS3KeyEnd: isUnresolved(operation) ? undefined : outputFolder(`${operation}`) };
}

function runCommandOptions(props: PatchTaskProps): RunCommandOptions {
  const names = [
    'comment',
    'documentVersion',
    'documentHash',
    'documentHashType',
    'deliveryTimeoutSeconds',
    'outputS3BucketName',
    'cloudWatchLogGroupName',
    'notification',
  ] as const satisfies readonly (keyof RunCommandOptions)[];
  return Object.fromEntries(names.filter((name) => props[name] !== undefined).map((name) => [name, props[name]]));
}
