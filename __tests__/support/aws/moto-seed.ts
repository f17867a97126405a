import { EC2Client, RunInstancesCommand, StopInstancesCommand, TerminateInstancesCommand } from '@aws-sdk/client-ec2';
import {
  CreateMaintenanceWindowCommand,
  CreatePatchBaselineCommand,
  RegisterPatchBaselineForPatchGroupCommand,
  RegisterTargetWithMaintenanceWindowCommand,
  RegisterTaskWithMaintenanceWindowCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';

/** Two instances that run, one that is stopped, one that is terminated; a baseline with a group; a window that installs. */
export async function seedMoto(url: string) {
  const credentials = { accessKeyId: 'moto', secretAccessKey: 'moto' };
  const configuration = { endpoint: url, region: 'eu-west-1', credentials };
  const ec2 = new EC2Client(configuration);
  const ssm = new SSMClient(configuration);
  const Tags = [{ Key: 'PatchGroup', Value: 'linux-servers' }];
  const { Instances = [] } = await ec2.send(
    new RunInstancesCommand({
      ...{ ImageId: 'ami-0123456789abcdef0', MinCount: 4, MaxCount: 4 },
      TagSpecifications: [{ ResourceType: 'instance', Tags }],
    }),
  );
  const ids = Instances.map(({ InstanceId = '' }) => InstanceId).sort();
  const [running = '', other = '', stopped = '', terminated = ''] = ids;
  await ec2.send(new StopInstancesCommand({ InstanceIds: [stopped] }));
  await ec2.send(new TerminateInstancesCommand({ InstanceIds: [terminated] }));
  const { BaselineId } = await ssm.send(
    new CreatePatchBaselineCommand({ Name: 'fleet-linux', OperatingSystem: 'AMAZON_LINUX_2023' }),
  );
  await ssm.send(new RegisterPatchBaselineForPatchGroupCommand({ BaselineId, PatchGroup: 'linux-servers' }));
  const { WindowId } = await ssm.send(
    new CreateMaintenanceWindowCommand({
      ...{ Name: 'fleet-install', Schedule: 'cron(0 2 ? * SUN *)', Duration: 3, Cutoff: 1 },
      AllowUnassociatedTargets: false,
    }),
  );
  const { WindowTargetId = '' } = await ssm.send(
    new RegisterTargetWithMaintenanceWindowCommand({
      ...{ WindowId, ResourceType: 'INSTANCE', Targets: [{ Key: 'tag:PatchGroup', Values: ['linux-servers'] }] },
    }),
  );
  await ssm.send(
    new RegisterTaskWithMaintenanceWindowCommand({
      ...{ WindowId, TaskArn: 'AWS-RunPatchBaseline', TaskType: 'RUN_COMMAND' },
      Targets: [{ Key: 'WindowTargetIds', Values: [WindowTargetId] }],
      TaskInvocationParameters: { RunCommand: { Parameters: { Operation: ['Install'] } } },
    }),
  );
  for (const client of [ec2, ssm]) client.destroy();
  return { running, other, stopped, terminated, WindowId };
}
