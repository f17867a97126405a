import { expect, it } from '@jest/globals';
import { everyArgument } from '../support/every-argument.ts';
import { synth } from '../support/template.ts';
import { describeWithTerraform, TerraformDirectory } from '../support/terraform.ts';
import { synthesised } from '../support/walkthrough.ts';

const documents = {
  'the walkthrough': () => JSON.parse(synthesised()),
  ...Object.fromEntries(Object.entries(everyArgument).map(([name, build]) => [name, () => synth(build).json])),
};

describeWithTerraform('the Terraform engine with whatever AWS provider it finds', () => {
  it.each(Object.entries(documents))('validates: %s', (_, document) => {
    const terraform = new TerraformDirectory(document());
    try {
      expect(() => terraform.validate()).not.toThrow();
    } finally {
      terraform.remove();
    }
  });
});
