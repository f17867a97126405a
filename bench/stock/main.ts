// The walkthrough as a stock CDKTF application: the official TypeScript template, one file, the provider's barrel.
import {
  dataAwsCallerIdentity,
  dataAwsPartition,
  dataAwsSsmParameter,
  iamInstanceProfile,
  iamRole,
  iamRolePolicy,
  iamRolePolicyAttachment,
  instance,
  provider,
  securityGroup,
  ssmMaintenanceWindow,
  ssmMaintenanceWindowTarget,
  ssmMaintenanceWindowTask,
  ssmPatchBaseline,
  ssmPatchGroup,
  vpcSecurityGroupEgressRule,
} from '@cdktf/provider-aws';
import { App, DataResource, LocalBackend, TerraformOutput, TerraformStack, Token } from 'cdktf';
import type { Construct } from 'constructs';

const region = 'us-east-1';

const systems = {
  windows: {
    group: 'Windows Server 2016 Base',
    name: 'Patch Manager Demo',
    image: '/aws/service/ami-windows-latest/Windows_Server-2016-English-Full-Base',
    instanceType: 't3.large',
    volumeSize: 50,
    operatingSystem: 'WINDOWS',
    filters: {
      PRODUCT: ['WindowsServer2016'],
      CLASSIFICATION: ['SecurityUpdates'],
      MSRC_SEVERITY: ['Critical', 'Important'],
    },
  },
  linux: {
    group: 'Amazon Linux 2023',
    name: 'Patch Manager Demo Linux',
    image: '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64',
    instanceType: 't3.small',
    volumeSize: 8,
    operatingSystem: 'AMAZON_LINUX_2023',
    filters: { PRODUCT: ['AmazonLinux2023'], CLASSIFICATION: ['Security'], SEVERITY: ['Critical', 'Important'] },
  },
};

function trusts(service: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: service } }],
  });
}

class PatchManagerDemo extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);

    new LocalBackend(this, { path: 'terraform.patch-manager-demo.tfstate' });
    new provider.AwsProvider(this, 'aws', { region });
    const { accountId } = new dataAwsCallerIdentity.DataAwsCallerIdentity(this, 'account', {});
    const { partition, dnsSuffix } = new dataAwsPartition.DataAwsPartition(this, 'partition', {});

    const instanceRole = new iamRole.IamRole(this, 'instance-role', {
      name: `patch-manager-demo-instance-${region}`,
      description: 'Lets the demo instances talk to Systems Manager',
      assumeRolePolicy: trusts(`ec2.${dnsSuffix}`),
    });
    const managed = new iamRolePolicyAttachment.IamRolePolicyAttachment(this, 'instance-managed', {
      role: instanceRole.name,
      policyArn: `arn:${partition}:iam::aws:policy/AmazonSSMManagedInstanceCore`,
    });
    const profile = new iamInstanceProfile.IamInstanceProfile(this, 'instance-profile', {
      name: `patch-manager-demo-instance-${region}`,
      role: instanceRole.name,
    });

    const windowRole = new iamRole.IamRole(this, 'window-role', {
      name: `patch-manager-demo-window-${region}`,
      description: 'Lets the maintenance window run its tasks',
      assumeRolePolicy: trusts('ssm.amazonaws.com'),
    });
    const windowPolicy = new iamRolePolicy.IamRolePolicy(this, 'window-policy', {
      name: 'run-tasks',
      role: windowRole.name,
      policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'SendCommand',
            Effect: 'Allow',
            Action: 'ssm:SendCommand',
            Resource: [
              `arn:${partition}:ssm:${region}::document/AWS-RunPatchBaseline`,
              `arn:${partition}:ec2:${region}:${accountId}:instance/*`,
            ],
          },
          {
            Sid: 'FollowCommands',
            Effect: 'Allow',
            Action: [
              'ssm:CancelCommand',
              'ssm:GetCommandInvocation',
              'ssm:ListCommandInvocations',
              'ssm:ListCommands',
              'tag:GetResources',
            ],
            Resource: '*',
          },
        ],
      }),
    });

    const window = new ssmMaintenanceWindow.SsmMaintenanceWindow(this, 'window', {
      name: 'patch-manager-demo',
      schedule: 'rate(5 minutes)',
      duration: 1,
      cutoff: 0,
      enabled: true,
      allowUnassociatedTargets: false,
    });

    const demos = Object.entries(systems).map(([key, system]) => {
      const image = new dataAwsSsmParameter.DataAwsSsmParameter(this, `${key}-image`, { name: system.image });
      const choice = new DataResource(this, `${key}-image-choice`, { input: { parameter: system.image } });
      const group = new securityGroup.SecurityGroup(this, `${key}-security-group`, {
        namePrefix: `patch-manager-demo-${key}-`,
        description: `Egress of ${system.name}`,
      });
      const rules = [443, 80].map(
        (port) =>
          new vpcSecurityGroupEgressRule.VpcSecurityGroupEgressRule(this, `${key}-egress-${port}`, {
            securityGroupId: group.id,
            description: `TCP ${port} to Systems Manager and the update sources`,
            ipProtocol: 'tcp',
            fromPort: port,
            toPort: port,
            cidrIpv4: '0.0.0.0/0',
          }),
      );
      const machine = new instance.Instance(this, `${key}-instance`, {
        ami: image.insecureValue,
        instanceType: system.instanceType,
        iamInstanceProfile: profile.name,
        vpcSecurityGroupIds: [group.id],
        ebsOptimized: true,
        monitoring: true,
        metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'required', instanceMetadataTags: 'disabled' },
        rootBlockDevice: { encrypted: true, volumeType: 'gp3', volumeSize: system.volumeSize },
        tags: { Name: system.name, 'Patch Group': system.group },
        dependsOn: [managed, ...rules],
        lifecycle: { ignoreChanges: ['ami'], replaceTriggeredBy: [`terraform_data.${choice.friendlyUniqueId}`] },
      });

      const baseline = new ssmPatchBaseline.SsmPatchBaseline(this, `${key}-baseline`, {
        name: `patch-manager-demo-${key}`,
        description: `Critical and important security updates of ${system.group}, three days after release`,
        operatingSystem: system.operatingSystem,
        approvalRule: [
          {
            approveAfterDays: 3,
            complianceLevel: 'UNSPECIFIED',
            patchFilter: Object.entries(system.filters).map(([filter, values]) => ({ key: filter, values })),
          },
        ],
        approvedPatches: [],
        rejectedPatches: [],
      });
      new ssmPatchGroup.SsmPatchGroup(this, `${key}-patch-group`, {
        baselineId: baseline.id,
        patchGroup: system.group,
      });
      const target = new ssmMaintenanceWindowTarget.SsmMaintenanceWindowTarget(this, `${key}-target`, {
        windowId: window.id,
        name: key,
        resourceType: 'INSTANCE',
        targets: [{ key: 'tag:Patch Group', values: [system.group] }],
      });
      const task = new ssmMaintenanceWindowTask.SsmMaintenanceWindowTask(this, `${key}-task`, {
        windowId: window.id,
        name: key,
        taskType: 'RUN_COMMAND',
        taskArn: 'AWS-RunPatchBaseline',
        priority: 1,
        maxConcurrency: '100%',
        maxErrors: '1',
        serviceRoleArn: windowRole.arn,
        targets: [{ key: 'WindowTargetIds', values: [target.id] }],
        taskInvocationParameters: {
          runCommandParameters: {
            parameter: [
              { name: 'Operation', values: ['Install'] },
              { name: 'RebootOption', values: ['RebootIfNeeded'] },
            ],
          },
        },
        dependsOn: [windowPolicy],
      });
      return { key, system, machine, baseline, target, task };
    });

    const byKey = <T>(value: (demo: (typeof demos)[number]) => T) =>
      Object.fromEntries(demos.map((demo): [string, T] => [demo.key, value(demo)]));
    new TerraformOutput(this, 'patch_manager', {
      value: {
        version: 1,
        partition,
        account_id: accountId,
        region,
        baselines: byKey(({ baseline, system }) => ({
          id: baseline.id,
          name: baseline.name,
          operating_system: system.operatingSystem,
        })),
        patch_groups: demos.map(({ baseline, system }) => ({
          name: system.group,
          tag_key: 'Patch Group',
          baseline_ids: [baseline.id],
        })),
        windows: {
          demo: {
            id: window.id,
            name: window.name,
            schedule: 'rate(5 minutes)',
            timezone: Token.nullValue(),
            targets: byKey(({ target }) => target.id),
            tasks: byKey(({ task }) => task.windowTaskId),
          },
        },
        instances: byKey(({ machine }) => machine.id),
      },
    });
    for (const { key, baseline, machine } of demos) {
      new TerraformOutput(this, `${key}_baseline_id`, { value: baseline.id });
      new TerraformOutput(this, `${key}_instance_id`, { value: machine.id });
    }
    new TerraformOutput(this, 'maintenance_window_id', { value: window.id });
  }
}

// Validation would run `terraform version` twice for the two DataResources: not every machine has it, and stock would wait.
const app = new App({ skipValidation: true });
new PatchManagerDemo(app, 'patch-manager-demo');
app.synth();
