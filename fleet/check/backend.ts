import { error, quoted, type Violation } from '../../core/problem.ts';
import { checkBucketName, checkKeyArn, checkRoleArn } from '../../modules/iam/checks.ts';
import type { FileViolation } from '../file-violation.ts';
import { region } from '../schema/values.ts';
import type { FleetFacts } from './facts.ts';
import { inFile } from './in-file.ts';
import { checkPlaceholders } from './placeholders.ts';

/** Where states are kept: each stack needs a place of its own. */
export function checkBackend({ fleet, single }: FleetFacts): FileViolation[] {
  const { backend } = fleet;
  if (backend === undefined || 'local' in backend) return [];
  if ('s3' in backend) {
    const { bucket, kmsKeyId, assumeRoleArn } = backend.s3;
    const violations = [
      ...checkBucketName('bucket', bucket, 'fleet/backend-bucket'),
      ...checkRegion(backend.s3.region),
      ...checkKeyArn('kmsKeyId', kmsKeyId),
      ...checkRoleArn(assumeRoleArn),
    ];
    return inFile(['backend', 's3'], backend.s3, violations, { roleArn: 'assumeRoleArn' });
  }
  if ('remote' in backend) return [];
  return (['address', 'lockAddress', 'unlockAddress'] as const).flatMap((field) => {
    const address = backend.http[field];
    const path = ['backend', 'http', field];
    return address === undefined
      ? []
      : [
          ...checkPlaceholders(path, address, ['stack'], false),
          ...inFile(['backend', 'http'], backend.http, checkAddress(field, address, single)),
        ];
  });
}

function checkRegion(name: string): Violation[] {
  if (region.safeParse(name).success) return [];
  const message = `region must be a region such as eu-central-1, got ${quoted(name)}`;
  return [error('fleet/backend-region', message, 'write the region of the bucket')];
}

function checkAddress(field: string, address: string, single: boolean): Violation[] {
  if (!/^https?:\/\/\S+$/.test(address)) {
    const message = `${field} must be http://… or https://…, got ${quoted(address)}`;
    return [error('fleet/backend-address', message, 'write it like "https://states.example.com/{stack}"')];
  }
  if (single || address.includes('{stack}')) return [];
  const message = `${field} must hold {stack} in a fleet of several stacks, which would overwrite each other's state, got ${quoted(address)}`;
  return [error('fleet/backend-shared', message, 'write it like "https://states.example.com/{stack}"')];
}
