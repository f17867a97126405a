import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { addCheck } from '../tf/construct-checks.ts';
import { known } from '../tf/tokens.ts';
import { checkRoleArn } from './checks.ts';

/** A role that exists: nothing of it has to be waited for. */
export class ImportedRole extends Construct {
  readonly dependencies: readonly ITerraformDependable[] = [];

  constructor(
    scope: Construct,
    id: string,
    readonly roleArn: string,
  ) {
    super(scope, id);
    addCheck(this, () => checkRoleArn(known(roleArn)));
  }
}
