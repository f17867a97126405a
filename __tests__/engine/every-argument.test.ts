import { expect, it } from '@jest/globals';
import { everyArgument } from '../support/every-argument.ts';
import { synth } from '../support/template.ts';
import { describeWithStandIn, TerraformDirectory } from '../support/terraform.ts';

describeWithStandIn('every typed argument on the Terraform engine', () => {
  for (const [name, build] of Object.entries(everyArgument)) {
    it(`applies, re-plans empty and destroys: ${name}`, () => {
      const terraform = new TerraformDirectory(synth(build).json);
      try {
        terraform.apply();
        expect(terraform.state().length).toBeGreaterThan(0);
        expect(terraform.plan()).toEqual([]);
        terraform.destroy();
        expect(terraform.state()).toEqual([]);
      } finally {
        terraform.remove();
      }
    });
  }
});
