import { isRecord, type Operation, type Shape } from './sdk-model.ts';

/* Requests and responses as they travel: JSON 1.1 for Systems Manager, forms and XML for EC2 and STS. */

/** A response of JSON 1.1: instants are seconds since 1970. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, function replace(key, item) {
    const original = isRecord(this) || Array.isArray(this) ? (this as Record<string, unknown>)[key] : item;
    return original instanceof Date ? original.getTime() / 1000 : item;
  });
}

/** A request of JSON 1.1, with instants as dates. */
export function fromJson(shape: Shape, value: unknown): unknown {
  if (shape.kind === 'timestamp' && typeof value === 'number') return new Date(value * 1000);
  if (shape.kind === 'list' && Array.isArray(value)) return value.map((item) => fromJson(shape.member.shape(), item));
  if (!isRecord(value) || (shape.kind !== 'structure' && shape.kind !== 'map')) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const member = shape.kind === 'map' ? shape.member : shape.members[key];
      return [key, member === undefined ? item : fromJson(member.shape(), item)];
    }),
  );
}

/** A form of the query protocols, such as `InstanceId.1=i-0…&Filter.1.Name=…`, as a request. */
export function fromForm({ service, input }: Operation, form: URLSearchParams): Record<string, unknown> {
  const read = new Set(['Action', 'Version']);
  const request = readMember(form, input, '', service === 'ec2', read);
  const unread = [...form.keys()].filter((key) => !read.has(key));
  if (unread.length > 0) throw new Error(`no member of the request: ${unread.join(', ')}`);
  return isRecord(request) ? request : {};
}

function readMember(form: URLSearchParams, shape: Shape, name: string, ec2: boolean, read: Set<string>): unknown {
  const below = (key: string) => (name === '' ? key : `${name}.${key}`);
  if (shape.kind === 'structure') {
    const members = Object.entries(shape.members).flatMap(([key, { traits, shape: of }]) => {
      const value = readMember(form, of(), below(ec2 ? ec2Name(key, traits) : (traits.xmlName ?? key)), ec2, read);
      return value === undefined ? [] : [[key, value]];
    });
    return members.length > 0 ? Object.fromEntries(members) : undefined;
  }
  if (shape.kind === 'list') {
    const prefix = ec2 ? name : `${name}.member`;
    const items: unknown[] = [];
    for (let index = 1; ; index++) {
      const item = readMember(form, shape.member.shape(), `${prefix}.${index}`, ec2, read);
      if (item === undefined) return items.length > 0 ? items : undefined;
      items.push(item);
    }
  }
  const text = form.get(name);
  if (text === null) return undefined;
  read.add(name);
  if (shape.kind === 'number') return Number(text);
  if (shape.kind === 'boolean') return text === 'true';
  return shape.kind === 'timestamp' ? new Date(text) : text;
}

function ec2Name(key: string, traits: Readonly<Record<string, string>>): string {
  const name = traits.ec2QueryName ?? traits.xmlName ?? key;
  return name.charAt(0).toUpperCase() + name.slice(1);
}

const namespaces = {
  ec2: 'http://ec2.amazonaws.com/doc/2016-11-15/',
  sts: 'https://sts.amazonaws.com/doc/2011-06-15/',
} as const;

/** A response of the query protocols. */
export function toXml({ service, name, output }: Operation, value: unknown, requestId: string): string {
  const body = xmlOf(output, value);
  if (service === 'ec2')
    return `<${name}Response xmlns="${namespaces.ec2}"><requestId>${requestId}</requestId>${body}</${name}Response>`;
  return `<${name}Response xmlns="${namespaces.sts}"><${name}Result>${body}</${name}Result><ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${name}Response>`;
}

function xmlOf(shape: Shape, value: unknown): string {
  if (shape.kind === 'structure' && isRecord(value))
    return Object.entries(shape.members)
      .filter(([key]) => value[key] !== undefined)
      .map(([key, { traits, shape: of }]) => element(traits.xmlName ?? key, xmlOf(of(), value[key])))
      .join('');
  if (shape.kind === 'list' && Array.isArray(value)) {
    const name = shape.member.traits.xmlName ?? 'member';
    return value.map((item) => element(name, xmlOf(shape.member.shape(), item))).join('');
  }
  if (value instanceof Date) return value.toISOString();
  return escapeXml(String(value));
}

function element(name: string, content: string): string {
  return `<${name}>${content}</${name}>`;
}

export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
