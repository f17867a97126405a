import { CloudBackend, HttpBackend, LocalBackend, NamedCloudWorkspace, S3Backend, type TerraformStack } from 'cdktf';
import type { Deployment } from '../fleet/deployment.ts';
import { fill } from '../fleet/fill.ts';

/** Where the state of a stack is kept: one state for each stack, named by its id. */
export function addBackend(stack: TerraformStack, deployment: Deployment): void {
  const { backend, stackId } = deployment;
  if ('local' in backend) {
    // Relative to cdktf.out/stacks/<stack>, so that the same bytes come out on every machine.
    new LocalBackend(stack, { path: `../../../terraform.${stackId}.tfstate` });
  } else if ('s3' in backend) {
    const { bucket, region, keyPrefix, kmsKeyId, assumeRoleArn } = backend.s3;
    new S3Backend(stack, {
      bucket,
      region,
      key: `${keyPrefix ?? 'patchfleet/'}${stackId}.tfstate`,
      encrypt: true,
      ...(kmsKeyId !== undefined && { kmsKeyId }),
      ...(assumeRoleArn !== undefined && { assumeRole: { roleArn: assumeRoleArn } }),
    });
    // Younger than the framework: a lock file beside the state, instead of a DynamoDB table.
    stack.addOverride('terraform.backend.s3.use_lockfile', true);
  } else if ('remote' in backend) {
    const { organization, hostname, workspacePrefix } = backend.remote;
    new CloudBackend(stack, {
      organization,
      ...(hostname !== undefined && { hostname }),
      workspaces: new NamedCloudWorkspace(`${workspacePrefix ?? ''}${stackId}`),
    });
  } else {
    const of = (text: string) => fill(text, { stack: stackId });
    const { address, lockAddress, unlockAddress } = backend.http;
    new HttpBackend(stack, {
      address: of(address),
      ...(lockAddress !== undefined && { lockAddress: of(lockAddress) }),
      ...(unlockAddress !== undefined && { unlockAddress: of(unlockAddress) }),
    });
  }
}
