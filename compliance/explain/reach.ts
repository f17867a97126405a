import { lines, type Rule } from './reason.ts';
import { failedScan } from './runs.ts';

/* Reasons that lie in how Systems Manager reaches the node. */

export const unknown: Rule = ({ verdict, subject: { index, instance } }) => {
  if (verdict.bucket !== 'unknown') return undefined;
  const scan = failedScan(index, instance);
  const meaning = scan?.decoded === undefined ? '' : `; the last scan failed: ${scan.decoded.meaning}`;
  return {
    code: 'unknown',
    why: `whether it is patched is not known: ${verdict.why}${meaning}`,
    evidence: [
      ...(scan?.evidence ?? []),
      ...lines(
        instance.declaredAs !== undefined && `declared as ${instance.declaredAs}`,
        instance.patchState?.operationEndedAt !== undefined &&
          `last report ended at ${instance.patchState.operationEndedAt}`,
      ),
    ],
    next: scan?.decoded?.next ?? 'let what could not be read be read, or scan the node, and ask again',
  };
};

export const gone: Rule = ({ verdict, subject: { instance } }) =>
  verdict.bucket !== 'gone'
    ? undefined
    : {
        code: 'gone',
        why: `it exists no more: ${verdict.why}`,
        evidence: lines(instance.declaredAs !== undefined && `a stack still declares it as ${instance.declaredAs}`),
        ...(instance.declaredAs !== undefined && { next: 'plan the stack: Terraform makes it anew' }),
      };

export const stopped: Rule = ({ verdict, subject: { instance } }) =>
  verdict.bucket !== 'stopped'
    ? undefined
    : {
        code: 'stopped',
        why: `it does not run: ${verdict.why}`,
        evidence: lines(
          instance.ec2?.stateChangedAt !== undefined && `stopped at ${instance.ec2.stateChangedAt}`,
          instance.patchState?.operationEndedAt !== undefined &&
            `last report ended at ${instance.patchState.operationEndedAt}`,
        ),
        next: 'start it for the next window, or terminate it where nobody needs it',
      };

export const unmanaged: Rule = ({ verdict, subject: { instance } }) => {
  if (verdict.bucket !== 'not-managed') return undefined;
  const { ec2 } = instance;
  return {
    code: 'unmanaged',
    why: 'it runs, and Systems Manager does not know it',
    evidence: lines(
      ec2?.launchedAt !== undefined && `running since ${ec2.launchedAt}`,
      ec2?.hasInstanceProfile === false && 'no instance profile is attached',
      ec2?.hasInstanceProfile === true && 'an instance profile is attached',
    ),
    next:
      ec2?.hasInstanceProfile === false
        ? 'attach an instance profile with AmazonSSMManagedInstanceCore, or turn default host management on'
        : 'see that the agent runs, that its role has AmazonSSMManagedInstanceCore, and that it reaches the endpoints ssm and ssmmessages on port 443',
  };
};

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
