/**
 * Everything that is ever asked of AWS, as policies name it: all of it reads. `docs/compliance-policy.json` allows just
 * this, and a test holds the two, the code and what is really sent together.
 */
export type Action =
  | 'ec2:DescribeInstances'
  | 'ssm:DescribeAvailablePatches'
  | 'ssm:DescribeInstanceInformation'
  | 'ssm:DescribeInstancePatches'
  | 'ssm:DescribeInstancePatchStates'
  | 'ssm:DescribeMaintenanceWindowExecutions'
  | 'ssm:DescribeMaintenanceWindowExecutionTaskInvocations'
  | 'ssm:DescribeMaintenanceWindowExecutionTasks'
  | 'ssm:DescribeMaintenanceWindows'
  | 'ssm:DescribeMaintenanceWindowTargets'
  | 'ssm:DescribeMaintenanceWindowTasks'
  | 'ssm:DescribePatchBaselines'
  | 'ssm:DescribePatchGroups'
  | 'ssm:DescribePatchProperties'
  | 'ssm:GetMaintenanceWindowTask'
  | 'ssm:GetPatchBaseline'
  | 'ssm:ListCommandInvocations'
  | 'sts:AssumeRole'
  | 'sts:GetCallerIdentity';
