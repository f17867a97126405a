import type { TerraformStack } from 'cdktf';
import { MachineImage, ManagedInstance, type ManagedInstanceProps } from '../../../modules/compute/index.ts';
import { InstanceRole } from '../../../modules/iam/index.ts';
import { synth, type Template } from '../../support/template.ts';

type Overrides = Partial<ManagedInstanceProps> | ((stack: TerraformStack) => Partial<ManagedInstanceProps>);

/** The instance `Test/Web` with a complete valid configuration, changed by `overrides`. */
export function build(overrides: Overrides = {}): Template {
  return synth((stack) => {
    const role = InstanceRole.fromRoleArn(stack, 'Role', 'arn:aws:iam::111111111111:role/web');
    const changes = typeof overrides === 'function' ? overrides(stack) : overrides;
    new ManagedInstance(stack, 'Web', {
      image: MachineImage.amazonLinux2023(),
      role,
      instanceName: 'web',
      ...changes,
    });
  });
}

/** `${expression}` as Terraform reads it. */
export function reference(expression: string): string {
  return `$\{${expression}}`;
}
