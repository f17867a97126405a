import { shellWord } from '../../core/shell-word.ts';
import { targetedBy } from '../targeting.ts';
import { contextOfWindow } from '../windows/window-report.ts';
import type { Judged, ReasonCode } from './reason.ts';
import { failedScan, lastInstallRun } from './runs.ts';
import { freezeOf } from './window.ts';

/*
 * Commands that do the next step, or its first part, as they can be pasted: with credentials of the account for those of
 * AWS, in the directory of the fleet file for those of patchfleet. Where what to do needs a choice, there is none.
 */

type CommandFor = (judged: Judged) => string | undefined;

const commands: Partial<Readonly<Record<ReasonCode, CommandFor>>> = {
  unknown: (judged) => {
    const { instance } = judged.subject;
    const exists = instance.ec2 !== undefined || instance.instanceId.startsWith('mi-');
    return exists && judged.verdict.gap === undefined ? rescanning(judged) : undefined;
  },
  stopped: ({ subject: { index, instance } }) =>
    pasted`aws ec2 start-instances --instance-ids ${instance.instanceId} --region ${index.facts.place.region}`,
  'tag-key-space': ({ subject: { index, instance } }) =>
    pasted`aws ec2 modify-instance-metadata-options --instance-id ${instance.instanceId} --instance-metadata-tags disabled --region ${index.facts.place.region}`,
  'window-disabled': ({ subject: { index, instance } }) => {
    const [window, other] = index.installWindows.filter(
      (one) => one.enabled === false && targetedBy(one, instance, 'Install') === 'yes',
    );
    // What stacks make is changed in the fleet file.
    if (window === undefined || other !== undefined || contextOfWindow(window, index) !== undefined) return undefined;
    return pasted`aws ssm update-maintenance-window --window-id ${window.windowId} --enabled --region ${index.facts.place.region}`;
  },
  'window-frozen': (judged) => {
    const frozen = freezeOf(judged);
    if (frozen === undefined) return undefined;
    const { freeze, next } = frozen;
    const isOver = freeze.to <= judged.settings.asOf;
    if (next === undefined && !isOver) return undefined;
    const { fleet } = judged.subject.index;
    const file = fleet.files[0]?.file ?? 'fleet.yaml';
    const named = file === 'fleet.yaml' ? '' : ` --fleet ${shellWord(file)}`;
    return `npx patchfleet freeze ${shellWord(freeze.name)} ${next === undefined ? '--lift' : '--apply'}${named}`;
  },
  'never-scanned': rescanning,
  stale: rescanning,
  failed: (judged) => {
    const node = lastInstallRun(judged.subject.index, judged.subject.instance)?.node;
    return node?.result === 'failed' ? readingOutput(judged, node.invocation.commandId) : undefined;
  },
  'pending-reboot': ({ subject: { index, instance } }) =>
    instance.ec2?.state === 'running'
      ? pasted`aws ec2 reboot-instances --instance-ids ${instance.instanceId} --region ${index.facts.place.region}`
      : undefined,
};

/** The command for the next step of a reason; absent where there is none. */
export function commandFor(code: ReasonCode, judged: Judged): string | undefined {
  return commands[code]?.(judged);
}

/** Reads why the last scan failed; scans the node where it did not. */
function rescanning(judged: Judged): string | undefined {
  const scan = failedScan(judged.subject.index, judged.subject.instance);
  return scan === undefined ? scanning(judged) : readingOutput(judged, scan.commandId);
}

/** Scanning reaches a node whose agent is online only. */
function scanning({ subject: { index, instance } }: Judged): string | undefined {
  if (instance.managed?.pingStatus !== 'Online') return undefined;
  return pasted`aws ssm send-command --document-name AWS-RunPatchBaseline --parameters Operation=Scan --instance-ids ${instance.instanceId} --region ${index.facts.place.region}`;
}

function readingOutput({ subject: { index, instance } }: Judged, commandId: string | undefined): string | undefined {
  if (commandId === undefined) return undefined;
  return pasted`aws ssm list-command-invocations --command-id ${commandId} --instance-id ${instance.instanceId} --details --region ${index.facts.place.region}`;
}

/** A command whose values are words of a shell and no more: ids in a snapshot are whatever its maker wrote there. */
function pasted(parts: TemplateStringsArray, ...values: readonly string[]): string {
  return parts.reduce((text, part, number) => text + shellWord(values[number - 1] ?? '') + part);
}
