import { test } from '@jest/globals';
import { InstanceRole } from '../../../modules/iam/index.ts';
import { MachineImage, ManagedInstance } from '../../../modules/compute/index.ts';
import { synth } from '../../support/template.ts';
test('x', () => {
  const t = synth((s) => {
    const role = new InstanceRole(s, 'Role', { roleName: 'r' });
    new ManagedInstance(s, 'Web', { image: MachineImage.debian('12'), role, instanceName: 'Web' });
  });
  console.log(t.problems(), JSON.stringify(t.json, null, 1), t.addresses());
});
