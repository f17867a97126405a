import type { Gap, InstanceFacts } from '../facts.ts';
import { areaInWords } from '../gaps.ts';
import { isLater, lastReportAt } from '../verdict.ts';
import { type Judged, lines, type Rule } from './reason.ts';
import { failedScan } from './runs.ts';

/* Reasons that lie in how Systems Manager reaches the node. */

export const unknown: Rule = (judged) => {
  const { verdict, subject } = judged;
  if (verdict.bucket !== 'unknown') return undefined;
  const { index, instance } = subject;
  const { gap } = verdict;
  const scan = gap === undefined ? failedScan(index, instance) : undefined;
  const meaning = scan?.decoded === undefined ? '' : `; the last scan failed: ${scan.decoded.meaning}`;
  return {
    code: 'unknown',
    why: `whether it is patched is not known: ${verdict.why}${meaning}`,
    evidence: [
      ...(scan?.evidence ?? []),
      ...lines(
        gap !== undefined && `${areaInWords(gap.area)} could not be read at ${index.facts.observedAt}`,
        gap?.reason === 'role-not-assumed' &&
          index.context?.assumeRoleArn !== undefined &&
          `the fleet file says to assume ${index.context.assumeRoleArn}`,
        gap === undefined && isUnlisted(instance) && `looked for in EC2 at ${index.facts.observedAt}`,
        instance.declaredAs !== undefined && `declared as ${instance.declaredAs}`,
        instance.patchState !== undefined &&
          `${instance.patchState.operation} judged by ${instance.patchState.baselineId}`,
        instance.patchState?.installOverrideList !== undefined &&
          `InstallOverrideList ${instance.patchState.installOverrideList}`,
        instance.patchState?.operationEndedAt !== undefined &&
          `last report ended at ${instance.patchState.operationEndedAt}`,
        instance.managed !== undefined && `ping status ${instance.managed.pingStatus}`,
      ),
    ],
    next: scan?.decoded?.next ?? nextForUnknown(judged, gap),
  };
};

/** What to do about what could not be read. */
export const nextForGap: Readonly<Record<Gap['reason'], string>> = {
  'access-denied': 'allow whoever asks what docs/compliance-policy.json allows, and ask again',
  'no-credentials': 'sign in, or name a profile with --profile, and ask again',
  'expired-credentials': 'sign in again, and ask again',
  'role-not-assumed': 'see that the role exists in the account and trusts whoever asks, and ask again',
  'region-disabled': 'enable the region in the account, or take it out of the fleet file',
  throttled: 'ask again later, when less asks AWS in this account and region',
  'timed-out': 'see that the endpoint of the region answers from here, and ask again',
  unreachable: 'see that the endpoint of the region can be reached from here, and ask again',
  interrupted: 'ask again',
  'invalid-answer': 'ask again; where that does not help, report what AWS said',
  failed: 'ask again',
};

function nextForUnknown({ subject: { instance }, settings }: Judged, gap: Gap | undefined): string {
  if (gap !== undefined) return nextForGap[gap.reason];
  if (isUnlisted(instance)) {
    if (instance.declaredAs !== undefined)
      return 'see that its account and region are right; where it was terminated, plan the stack: Terraform makes it anew';
    return instance.managed?.pingStatus === 'Online'
      ? 'ask again: it may have been launched, or terminated, in between'
      : 'see whether it was terminated: once its agent has been silent for a day, it is called gone';
  }
  if (isLater(lastReportAt(instance) ?? '', settings.asOf)) return 'leave --as-of out, or read a snapshot of then';
  return 'scan it, and ask again';
}

/** In EC2 by its id, and not in what EC2 lists. */
function isUnlisted({ ec2, instanceId }: InstanceFacts): boolean {
  return ec2 === undefined && !instanceId.startsWith('mi-');
}

export const gone: Rule = ({ verdict, subject: { index, instance } }) =>
  verdict.bucket !== 'gone'
    ? undefined
    : {
        code: 'gone',
        why: `it exists no more: ${verdict.why}`,
        evidence: lines(
          `looked for at ${index.facts.observedAt}`,
          instance.ec2?.stateChangedAt !== undefined && `its state changed last at ${instance.ec2.stateChangedAt}`,
          instance.managed?.lastPingAt !== undefined && `last ping at ${instance.managed.lastPingAt}`,
          instance.declaredAs !== undefined && `a stack still declares it as ${instance.declaredAs}`,
        ),
        ...(instance.declaredAs !== undefined && { next: 'plan the stack: Terraform makes it anew' }),
      };

export const stopped: Rule = ({ verdict, subject: { instance } }) =>
  verdict.bucket !== 'stopped'
    ? undefined
    : {
        code: 'stopped',
        why: `it does not run: ${verdict.why}`,
        evidence: lines(
          instance.ec2 !== undefined && `EC2 state ${instance.ec2.state}`,
          instance.ec2?.stateChangedAt !== undefined && `stopped at ${instance.ec2.stateChangedAt}`,
          instance.patchState?.operationEndedAt !== undefined &&
            `last report ended at ${instance.patchState.operationEndedAt}`,
        ),
        next: 'start it for the next window, or terminate it where nobody needs it',
      };

export const unmanaged: Rule = ({ verdict, subject: { instance } }) => {
  if (verdict.bucket !== 'not-managed') return undefined;
  const { ec2 } = instance;
  const starting = ec2?.state === 'pending';
  return {
    code: 'unmanaged',
    why: `${ec2 === undefined ? '' : starting ? 'it is starting, and ' : 'it runs, and '}Systems Manager does not know it`,
    evidence: lines(
      ec2 === undefined && 'no agent with this id is registered here',
      ec2 !== undefined && `EC2 state ${ec2.state}`,
      ec2?.launchedAt !== undefined && `${starting ? 'launched at' : 'running since'} ${ec2.launchedAt}`,
      ec2?.hasInstanceProfile === false && 'no instance profile is attached',
      ec2?.hasInstanceProfile === true && 'an instance profile is attached',
    ),
    next: nextForUnmanaged(ec2),
  };
};

function nextForUnmanaged(ec2: InstanceFacts['ec2']): string {
  if (ec2 === undefined) return 'register it again with a hybrid activation';
  if (ec2.state === 'pending') return 'ask again once it runs';
  if (ec2.hasInstanceProfile === false)
    return 'attach an instance profile with AmazonSSMManagedInstanceCore, or turn default host management on, which needs IMDSv2 and agent 3.2.582.0 or later';
  const attached = ec2.hasInstanceProfile === true ? 'its role has' : 'it has an instance profile whose role has';
  return `see that the agent is installed and runs, that ${attached} AmazonSSMManagedInstanceCore, and that it reaches the endpoints ssm and ssmmessages on port 443`;
}

/** Systems Manager knows it and does not hear from it, though it should run. */
export const agentOffline: Rule = ({ verdict, subject: { instance } }) => {
  const { managed } = instance;
  if (managed === undefined || managed.pingStatus === 'Online') return undefined;
  if (verdict.bucket === 'stopped' || verdict.bucket === 'gone') return undefined;
  return {
    code: 'agent-offline',
    why: 'its agent does not answer Systems Manager, so that no window reaches it',
    evidence: lines(
      `ping status ${managed.pingStatus}`,
      managed.lastPingAt !== undefined && `last ping at ${managed.lastPingAt}`,
      managed.agentVersion !== undefined && `agent ${managed.agentVersion}`,
    ),
    next: 'see that the agent runs, and that it reaches the endpoints ssm and ssmmessages on port 443',
  };
};
