import { TerraformResource } from 'cdktf';
import type { Construct } from 'constructs';

/**
 * A `terraform_data` resource that changes when another parameter is chosen, and not when the parameter's value does.
 * The framework's own `DataResource` runs `terraform version` on every synthesis and fails where there is no Terraform.
 */
export class ImageChoice extends TerraformResource {
  constructor(
    scope: Construct,
    id: string,
    private readonly parameterName: string,
  ) {
    super(scope, id, {
      terraformResourceType: 'terraform_data',
      // Built into Terraform: asks for no provider.
      terraformGeneratorMetadata: { providerName: 'terraform' },
    });
  }

  /**
   * Its address for `replaceTriggeredBy`. Given a resource, the framework writes `${…}` there, which Terraform refuses.
   * @see https://github.com/hashicorp/terraform-cdk/issues/3532
   */
  get address(): string {
    return `${this.terraformResourceType}.${this.friendlyUniqueId}`;
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { input: this.parameterName };
  }
}
