import * as ec2 from '@aws-sdk/client-ec2';
import * as ssm from '@aws-sdk/client-ssm';
import * as sts from '@aws-sdk/client-sts';

/*
 * What the SDK's packages say of the services: they carry the models of AWS as data, by which the SDK itself writes
 * requests and reads responses. The simulated endpoint reads requests and writes responses by the same data, so it
 * cannot drift from what the real services and the SDK agree on.
 */

export type Service = 'ssm' | 'ec2' | 'sts';

export type Shape =
  | { readonly kind: 'string' | 'number' | 'boolean' | 'timestamp' }
  | { readonly kind: 'list'; readonly member: Member }
  | { readonly kind: 'map'; readonly member: Member }
  | { readonly kind: 'structure'; readonly name: string; readonly members: Readonly<Record<string, Member>> };

export interface Member {
  readonly required: boolean;
  /** `xmlName` and `ec2QueryName`, where they differ from the member's name. */
  readonly traits: Readonly<Record<string, string>>;
  /** Looked up late: shapes may hold themselves. */
  readonly shape: () => Shape;
}

export interface Operation {
  readonly service: Service;
  readonly name: string;
  readonly input: Shape;
  readonly output: Shape;
}

const packages: Readonly<Record<Service, Readonly<Record<string, unknown>>>> = { ssm, ec2, sts };

/** An operation by its name; nothing where the SDK knows none of it. */
export function findOperation(service: Service, name: string): Operation | undefined {
  const schema = packages[service][`${name}$`];
  if (!Array.isArray(schema) || schema[0] !== 9) return undefined;
  return { service, name, input: shapeOf(schema[4]), output: shapeOf(schema[5]) };
}

/** What is wrong with a value that should have this shape, each with where: unknown, missing and mistyped members. */
export function violations(shape: Shape, value: unknown, path: string): string[] {
  switch (shape.kind) {
    case 'list':
      if (!Array.isArray(value)) return [`${path} must be a list, got ${JSON.stringify(value)}`];
      return value.flatMap((item, index) => violations(shape.member.shape(), item, `${path}[${index}]`));
    case 'map':
      return isRecord(value)
        ? Object.entries(value).flatMap(([key, item]) => violations(shape.member.shape(), item, `${path}.${key}`))
        : [`${path} must be a map, got ${JSON.stringify(value)}`];
    case 'structure':
      return isRecord(value)
        ? structureViolations(shape, value, path)
        : [`${path} must be a ${shape.name}, got ${JSON.stringify(value)}`];
    case 'timestamp':
      return value instanceof Date ? [] : [`${path} must be a date, got ${JSON.stringify(value)}`];
    default:
      return typeof value === shape.kind ? [] : [`${path} must be a ${shape.kind}, got ${JSON.stringify(value)}`];
  }
}

function structureViolations(
  { name, members }: Shape & { kind: 'structure' },
  value: Readonly<Record<string, unknown>>,
  path: string,
): string[] {
  const given = Object.entries(value).filter(([, item]) => item !== undefined);
  return [
    ...given.flatMap(([key, item]) => {
      const member = members[key];
      return member === undefined
        ? [`${path}.${key} is no member of ${name}`]
        : violations(member.shape(), item, `${path}.${key}`);
    }),
    ...Object.entries(members)
      .filter(([key, { required }]) => required && value[key] === undefined)
      .map(([key]) => `${path}.${key} is missing, which ${name} requires`),
  ];
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

const scalars: Readonly<Record<number, Shape>> = {
  0: { kind: 'string' },
  1: { kind: 'number' },
  2: { kind: 'boolean' },
  4: { kind: 'timestamp' },
};

/** A schema as the packages hold it: a number, a tuple whose first number tells its kind, or a function that gives one. */
function shapeOf(schema: unknown): Shape {
  if (typeof schema === 'function') return shapeOf(schema());
  if (typeof schema === 'number') {
    if (schema & 64) return { kind: 'list', member: memberOf(schema & 63) };
    if (schema & 128) return { kind: 'map', member: memberOf(schema & 63) };
    const scalar = scalars[schema];
    if (scalar !== undefined) return scalar;
  }
  if (Array.isArray(schema)) {
    const [kind] = schema;
    // A scalar of a name of its own.
    if (kind === 0) return shapeOf(schema[4]);
    if (kind === 1) return { kind: 'list', member: memberOf(schema[4]) };
    if (kind === 2) return { kind: 'map', member: memberOf(schema[5]) };
    if (kind === 3) {
      const [, , name, , names, schemas, required = 0] = schema;
      const members = names.map((key: string, index: number) => [key, memberOf(schemas[index], index < required)]);
      return { kind: 'structure', name, members: Object.fromEntries(members) };
    }
  }
  throw new Error(`the SDK's models hold what this reader does not know: ${JSON.stringify(schema)}`);
}

/** A schema, or a pair of a schema and its traits. */
function memberOf(schema: unknown, required = false): Member {
  const pair = Array.isArray(schema) && schema.length === 2;
  const traits = pair && typeof schema[1] === 'object' ? schema[1] : {};
  return { required, traits, shape: () => shapeOf(pair ? schema[0] : schema) };
}
