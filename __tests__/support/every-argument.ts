import type { TerraformStack } from 'cdktf';
import { InstanceRole, NotificationRole, WindowRole } from '../../modules/iam/index.ts';
import {
  MaintenanceWindow,
  PatchTask,
  Schedule,
  Target,
  TargetSelector,
  TaskAction,
} from '../../modules/maintenance-window/index.ts';
import { ApprovalRule, type OperatingSystem, PatchBaseline } from '../../modules/patch-baseline/index.ts';
import { PatchGroup } from '../../modules/patch-group/index.ts';
import { key, region, tags } from './every-argument-values.ts';
import { everyGroupArgument, everyInstanceArgument } from './every-compute-argument.ts';

/*
 * Configurations that together use every typed argument of the modules. The engine applies each of them, and the
 * contract test compares what they emit with the provider's schema.
 */

const topic = 'arn:aws:sns:us-east-1:111111111111:patching';

function everyBaselineArgument(stack: TerraformStack): void {
  const windows = new PatchBaseline(stack, 'Windows', {
    baselineName: 'every-argument-windows',
    operatingSystem: 'WINDOWS',
    description: 'Every argument of a Windows baseline',
    approvalRules: [
      ApprovalRule.windows({
        product: ['WindowsServer2022'],
        classification: ['SecurityUpdates'],
        msrcSeverity: ['Critical'],
        patchSet: ['OS'],
        approveAfterDays: 0,
        complianceLevel: 'CRITICAL',
      }),
      ApprovalRule.windows({
        product: ['Office 2016'],
        productFamily: ['Office'],
        patchSet: ['APPLICATION'],
        approveUntilDate: '2026-03-31',
      }),
    ],
    approvedPatches: ['KB2032276', 'MS10-048'],
    approvedPatchesComplianceLevel: 'HIGH',
    rejectedPatches: ['KB5034441'],
    rejectedPatchesAction: 'BLOCK',
    globalFilters: {
      product: ['*'],
      classification: ['SecurityUpdates'],
      msrcSeverity: ['Critical'],
      patchId: ['KB2032276'],
    },
    availableSecurityUpdatesComplianceStatus: 'NON_COMPLIANT',
    registerAsDefault: true,
    tags,
    region,
  });
  const ubuntu = new PatchBaseline(stack, 'Ubuntu', {
    baselineName: 'every-argument-ubuntu',
    operatingSystem: 'UBUNTU',
    approvalRules: [ApprovalRule.apt({ product: ['Ubuntu22.04'], priority: ['Required'], enableNonSecurity: true })],
    approvedPatches: ['openssl'],
    approvedPatchesEnableNonSecurity: true,
    sources: [
      { name: 'internal', products: ['Ubuntu22.04'], configuration: 'deb https://packages.example.com jammy main' },
    ],
  });
  new PatchBaseline(stack, 'MacOs', {
    baselineName: 'every-argument-macos',
    operatingSystem: 'MACOS',
    approvalRules: [ApprovalRule.macos({ product: ['*'], classification: ['*'], approveAfterDays: 360 })],
  });
  new PatchGroup(stack, 'Group', {
    groupName: 'web servers',
    baselines: [windows, ubuntu],
    tagKey: 'Patch Group',
    region,
  });
}

/** The baseline AWS uses by default, of every operating system that has one which filters can say. */
function everyDefaultBaseline(stack: TerraformStack): void {
  const systems = [
    'WINDOWS',
    'AMAZON_LINUX',
    'AMAZON_LINUX_2',
    'AMAZON_LINUX_2022',
    'AMAZON_LINUX_2023',
    'UBUNTU',
    'REDHAT_ENTERPRISE_LINUX',
    'SUSE',
    'CENTOS',
    'ORACLE_LINUX',
    'DEBIAN',
    'RASPBIAN',
    'ROCKY_LINUX',
    'ALMA_LINUX',
  ] as const satisfies readonly OperatingSystem[];
  for (const system of systems) {
    new PatchBaseline(stack, system, {
      baselineName: `default-${system}`,
      operatingSystem: system,
      approvalRules: ApprovalRule.awsDefault(system),
    });
  }
}

function everyRoleArgument(stack: TerraformStack): void {
  const options = {
    description: 'Every argument of a role',
    path: '/patching/',
    permissionsBoundary: 'arn:aws:iam::111111111111:policy/boundary',
    maxSessionDurationSeconds: 7200,
    tags,
  };
  const statements = [{ sid: 'ReadList', actions: ['s3:GetObject'], resources: ['arn:aws:s3:::lists/*'] }];
  new InstanceRole(stack, 'InstanceRole', {
    ...options,
    roleName: 'every-argument-instance',
    instanceProfileName: 'every-argument-profile',
    awsManagedPolicyNames: ['CloudWatchAgentServerPolicy'],
    commandOutputBuckets: [{ bucketName: 'command-output', keyPrefix: 'patching', encryptionKeyArn: key }],
    commandOutputLogGroups: ['/aws/ssm/AWS-RunPatchBaseline'],
    patchBucketsOfRegion: 'us-east-1',
    statements,
  });
  new NotificationRole(stack, 'NotificationRole', {
    ...options,
    roleName: 'every-argument-notification',
    topicArns: [topic],
    encryptionKeyArns: [key],
  });
  new WindowRole(stack, 'WindowRole', {
    ...options,
    roleName: 'every-argument-window',
    region,
    trustOnlySourceAccount: true,
    statements,
  });
}

function everyWindowArgument(stack: TerraformStack): void {
  const taskRole = new WindowRole(stack, 'WindowRole', { roleName: 'every-argument-window-tasks' });
  const role = new NotificationRole(stack, 'NotificationRole', { roleName: 'every-argument-sns', topicArns: [topic] });
  const window = new MaintenanceWindow(stack, 'Window', {
    windowName: 'every-argument',
    description: 'Every argument of a window',
    schedule: Schedule.cron('0 2 ? * TUE#2 *'),
    taskRole,
    scheduleTimezone: 'America/New_York',
    scheduleOffset: 3,
    startDate: '2026-12-01T09:00:00-08:00',
    endDate: '2027-12-01T09:00:00Z',
    duration: 4,
    cutoff: 1,
    enabled: false,
    allowUnassociatedTargets: true,
    tags,
    region,
  });
  const tagged = window.addTarget('Tagged', {
    selector: TargetSelector.tags({ PatchGroup: ['web'], Stage: ['dev', 'test'] }),
    targetName: 'every-argument-tagged',
    description: 'Every argument of a target',
    ownerInformation: 'platform team',
    region,
  });
  const keyed = window.addTarget('Keyed', { selector: TargetSelector.tagKeys(['Name', 'PatchGroup']) });
  const named = window.addTarget('Named', { selector: TargetSelector.instanceIds(['i-0123456789abcdef0']) });
  const grouped = window.addTarget('Grouped', {
    selector: TargetSelector.resourceGroup('web', ['AWS::EC2::Instance']),
  });
  window.addPatchTask('Install', {
    operation: 'Install',
    targets: [tagged, keyed],
    maxConcurrency: '10%',
    maxErrors: '0',
    rebootOption: 'NoReboot',
    installOverrideList: 's3://lists/override.yaml',
    stepTimeoutSeconds: 7200,
    taskName: 'every-argument-install',
    description: 'Every argument of a patch task',
    priority: 2,
    cutoffBehavior: 'CANCEL_TASK',
    taskRole,
    region,
    comment: 'monthly patches',
    documentVersion: '$DEFAULT',
    documentHash: 'a'.repeat(64),
    documentHashType: 'Sha256',
    deliveryTimeoutSeconds: 600,
    outputS3BucketName: 'command-output',
    outputS3KeyPrefix: 'patching',
    cloudWatchLogGroupName: '/aws/ssm/AWS-RunPatchBaseline',
    notification: { topicArn: topic, role, events: ['Failed', 'Success'], type: 'Invocation' },
  });
  window.addPatchTask('Hooks', {
    operation: 'Install',
    targets: [named],
    maxConcurrency: '1',
    maxErrors: '0%',
    hooks: { preInstall: 'drain', postInstall: 'smoke-test', onExit: 'undrain' },
  });
  window.addPatchTask('Scan', { operation: 'Scan', targets: [grouped], maxConcurrency: '100%', maxErrors: '100%' });
  addOtherTasks(stack, window);
}

function addOtherTasks(stack: TerraformStack, window: MaintenanceWindow): void {
  window.addTask('Automation', {
    action: TaskAction.automation({
      documentName: 'AWS-StartEC2Instance',
      documentVersion: '1',
      parameters: { InstanceId: ['i-0123456789abcdef0'] },
    }),
  });
  window.addTask('Function', {
    action: TaskAction.lambda({
      functionArn: 'arn:aws:lambda:us-east-1:111111111111:function:SSM-notify',
      payload: '{}',
      clientContext: 'e30=',
      qualifier: 'live',
    }),
  });
  window.addTask('StateMachine', {
    action: TaskAction.stepFunctions({
      stateMachineArn: 'arn:aws:states:us-east-1:111111111111:stateMachine:SSM-approve',
      input: '{}',
      executionName: 'approve',
    }),
  });
  window.addTask('Command', {
    action: TaskAction.runCommand({ documentName: 'AWS-UpdateSSMAgent', parameters: { allowDowngrade: ['false'] } }),
    instanceIds: ['i-0123456789abcdef0'],
    maxConcurrency: '5',
    maxErrors: '1',
  });
  const imported = MaintenanceWindow.fromWindowId(
    stack,
    'Imported',
    'mw-0123456789abcdef0',
    WindowRole.serviceLinked(stack),
  );
  const target = new Target(stack, 'ImportedTarget', {
    window: imported,
    selector: TargetSelector.tagKeys(['PatchGroup']),
  });
  new PatchTask(stack, 'ImportedTask', {
    window: imported,
    targets: [target],
    operation: 'Scan',
    maxConcurrency: '50%',
    maxErrors: '5',
  });
  const taskRole = WindowRole.fromRoleArn(stack, 'OwnRole', 'arn:aws:iam::111111111111:role/window');
  new MaintenanceWindow(stack, 'PatchTuesday', {
    windowName: 'patch-tuesday',
    schedule: Schedule.patchTuesday({ plusDays: 8, at: '02:00' }),
    taskRole,
  });
  new MaintenanceWindow(stack, 'Once', { windowName: 'once', schedule: Schedule.at('2026-12-01T22:00:00'), taskRole });
}

export const everyArgument = {
  baselines: everyBaselineArgument,
  'default baselines': everyDefaultBaseline,
  roles: everyRoleArgument,
  windows: everyWindowArgument,
  instances: everyInstanceArgument,
  'Auto Scaling groups': everyGroupArgument,
};
