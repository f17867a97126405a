import type { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { type TerraformProvider, type TerraformResource, TerraformStack } from 'cdktf';
import { known } from './tokens.ts';

/**
 * The default tags of a resource's provider, which Terraform gives it where it has none of their keys. A value is absent
 * where only Terraform knows it. To be asked when all constructs are made: a provider may be made last.
 */
export function defaultTagsOf(resource: TerraformResource): Readonly<Record<string, string | undefined>> {
  const provider = resource.provider ?? providerOf(TerraformStack.of(resource));
  if (!isAwsProvider(provider)) return {};
  const blocks = known(provider.defaultTagsInput);
  return Object.assign({}, ...(Array.isArray(blocks) ? blocks : []).map((block) => block?.tags));
}

/** The one that resources get which name none. */
function providerOf(stack: TerraformStack): TerraformProvider | undefined {
  return stack.allProviders().find((provider) => isAwsProvider(provider) && provider.alias === undefined);
}

/** By its type, as another copy of the class may have made it. */
function isAwsProvider(provider: TerraformProvider | undefined): provider is AwsProvider {
  return provider?.terraformResourceType === 'aws';
}
