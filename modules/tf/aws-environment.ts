import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity/index.js';
import { DataAwsPartition } from '@cdktf/provider-aws/lib/data-aws-partition/index.js';
import { DataAwsRegion } from '@cdktf/provider-aws/lib/data-aws-region/index.js';
import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';

/** Where a stack is deployed, as Terraform finds it out: one data source of each kind a stack, made when first asked for. */
export class AwsEnvironment extends Construct {
  static of(scope: Construct): AwsEnvironment {
    const stack = TerraformStack.of(scope);
    return (stack.node.tryFindChild('AwsEnvironment') as AwsEnvironment) ?? new AwsEnvironment(stack, 'AwsEnvironment');
  }

  private partitionData?: DataAwsPartition;
  private identityData?: DataAwsCallerIdentity;
  private regionData?: DataAwsRegion;

  /** `aws`, `aws-cn`, `aws-us-gov`, … */
  get partition(): string {
    return this.partitionSource.partition;
  }

  /** `amazonaws.com`, `amazonaws.com.cn`, …; EC2's service principal ends in it. */
  get dnsSuffix(): string {
    return this.partitionSource.dnsSuffix;
  }

  get accountId(): string {
    this.identityData ??= new DataAwsCallerIdentity(this, 'CallerIdentity');
    return this.identityData.accountId;
  }

  /** The region of the stack's provider. */
  get region(): string {
    this.regionData ??= new DataAwsRegion(this, 'Region');
    return this.regionData.region;
  }

  private get partitionSource(): DataAwsPartition {
    this.partitionData ??= new DataAwsPartition(this, 'Partition');
    return this.partitionData;
  }
}
