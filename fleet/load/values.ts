import { type Alias, isAlias, isMap, isSeq, type ParsedNode, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import { error, quoted, type Violation } from '../../core/problem.ts';
import type { FilePath } from '../file-violation.ts';
import type { Finding } from './finding.ts';

/** Where a value stands: its key, or itself in a list. */
export interface Mark {
  readonly offset: number;
  /** How a number is written: `012345678901` is 12345678901 to YAML. */
  readonly source?: string;
}

export interface FileValues {
  readonly value: unknown;
  /** False where a part could not be made out, so that nothing more can be said about the whole. */
  readonly complete: boolean;
  readonly findings: readonly Finding[];
  /** The mark of a place, or of the nearest one around it that the file has. */
  readonly markOf: (at: FilePath) => Mark;
}

/** How much aliases may add to what the file says itself, in values. */
const mostAliased = 100_000;

const reservedKeys: readonly string[] = ['__proto__', 'constructor', 'prototype'];
const plainTags: readonly string[] = ['str', 'int', 'float', 'bool', 'null', 'map', 'seq'];

/** Turns the tree of a document into plain values, and refuses what a fleet file has no use for. */
export function valuesOf(root: ParsedNode, lineOf: (offset: number) => number): FileValues {
  const builder = new ValueBuilder(lineOf);
  const { value, mark } = builder.build(root, []);
  return {
    value,
    complete: builder.complete,
    findings: builder.findings,
    markOf: (at) => {
      let nearest = mark;
      let holder: unknown = value;
      for (const step of at) {
        const next = builder.marks.get(holder)?.get(step);
        if (next === undefined) break;
        nearest = next;
        holder = (holder as Record<string | number, unknown>)[step];
      }
      return nearest;
    },
  };
}

interface Built {
  readonly value: unknown;
  readonly mark: Mark;
  /** How many values it holds once aliases are followed; long texts count more. */
  readonly size: number;
}

const nothing = { value: null, size: 1 };

class ValueBuilder {
  readonly findings: Finding[] = [];
  readonly marks = new Map<unknown, Map<string | number, Mark>>();
  complete = true;
  private readonly anchors = new Map<string, Built | 'open'>();
  private aliased = 0;
  private readonly lineOf: (offset: number) => number;

  constructor(lineOf: (offset: number) => number) {
    this.lineOf = lineOf;
  }

  build(node: ParsedNode | null, at: FilePath): Built {
    if (node === null) return { ...nothing, mark: { offset: 0 } };
    const mark = { offset: node.range[0] };
    if (isAlias(node)) return { ...this.follow(node, mark, at), mark };
    const { anchor, tag } = node;
    if (tag !== undefined && !plainTags.some((name) => tag === `tag:yaml.org,2002:${name}`)) {
      const message = `values must have no tag of their own, got ${quoted(tag)}`;
      this.refuse(mark, at, error('fleet/tag', message, 'write the plain value'));
    }
    if (anchor !== undefined) this.anchors.set(anchor, 'open');
    const built = isMap(node)
      ? this.map(node, at)
      : isSeq(node)
        ? this.list(node, at)
        : this.scalar(node as Scalar, at);
    const whole = { ...built, mark: { ...mark, ...built.mark } };
    if (anchor !== undefined) this.anchors.set(anchor, whole);
    return whole;
  }

  private refuse({ offset }: Mark, at: FilePath, violation: Violation): void {
    this.findings.push({ ...violation, offset, at });
  }

  private follow({ source }: Alias, mark: Mark, at: FilePath): Omit<Built, 'mark'> {
    const target = this.anchors.get(source);
    if (target === undefined || target === 'open') {
      const received = target === 'open' ? 'one inside it' : 'none';
      const message = `alias *${source} must follow its anchor &${source}, got ${received}`;
      this.refuse(mark, at, error('fleet/alias', message, 'write the value itself'));
      this.complete = false;
      return nothing;
    }
    const before = this.aliased;
    this.aliased += target.size;
    if (this.aliased <= mostAliased) return target;
    if (before <= mostAliased) {
      const message = `aliases must stand for at most ${mostAliased.toLocaleString('en-US')} values, got more`;
      this.refuse(mark, at, error('fleet/alias-count', message, 'write the values themselves'));
    }
    this.complete = false;
    return nothing;
  }

  private scalar(node: Scalar, at: FilePath) {
    const { value, source } = node;
    const offset = node.range?.[0] ?? 0;
    if (typeof value !== 'string') {
      return { value, size: 1, mark: { offset, ...(typeof value === 'number' && source !== undefined && { source }) } };
    }
    this.refuseInterpolation(value, { offset }, at);
    return { value, size: 1 + Math.floor(value.length / 64), mark: { offset } };
  }

  private refuseInterpolation(text: string, mark: Mark, at: FilePath): void {
    if (!/[$%]\{/.test(text)) return;
    const message = `text must be literal, without \${ or %{, got ${quoted(text)}`;
    this.refuse(mark, at, error('fleet/no-interpolation', message, 'write the value itself: a fleet file is data'));
  }

  private list(node: YAMLSeq, at: FilePath) {
    const value: unknown[] = [];
    const marks = new Map<string | number, Mark>();
    let size = 1;
    for (const [index, item] of (node as YAMLSeq<ParsedNode>).items.entries()) {
      const built = this.build(item, [...at, index]);
      value.push(built.value);
      marks.set(index, built.mark);
      size += built.size;
    }
    this.marks.set(value, marks);
    return { value, size, mark: {} };
  }

  private map(node: YAMLMap, at: FilePath) {
    const value: Record<string, unknown> = {};
    const marks = new Map<string | number, Mark>();
    const merged: { readonly built: Built; readonly at: FilePath }[] = [];
    let size = 1;
    for (const pair of (node as YAMLMap<Scalar.Parsed, ParsedNode | null>).items) {
      const key = String(pair.key.value);
      const place = [...at, key];
      const { anchor } = pair.key;
      const mark = { offset: pair.key.range[0] };
      if (anchor !== undefined) this.anchors.set(anchor, { value: key, size: 1, mark });
      this.refuseInterpolation(key, mark, place);
      const built = this.build(pair.value, place);
      size += built.size;
      if (key === '<<' && pair.key.type === 'PLAIN') merged.push({ built: { ...built, mark }, at: place });
      else if (this.accepts(key, mark, place, marks)) {
        value[key] = built.value;
        marks.set(key, { ...built.mark, ...mark });
      }
    }
    for (const source of merged) this.merge(source.built, source.at, value, marks);
    this.marks.set(value, marks);
    return { value, size, mark: {} };
  }

  private accepts(key: string, mark: Mark, at: FilePath, marks: ReadonlyMap<string | number, Mark>): boolean {
    if (reservedKeys.includes(key)) {
      const message = `keys must not be ${reservedKeys.join(', ')}, got ${quoted(key)}`;
      this.refuse(mark, at, error('fleet/reserved-key', message, 'choose another name'));
      return false;
    }
    const first = marks.get(key);
    if (first === undefined) return true;
    const message = `keys of one map must differ, got ${quoted(key)} again after line ${this.lineOf(first.offset)}`;
    this.refuse(mark, at, error('fleet/duplicate-key', message, 'remove one of the two, or rename it'));
    return false;
  }

  /** `<<: *anchor`: what the map does not say itself. */
  private merge(source: Built, at: FilePath, value: Record<string, unknown>, marks: Map<string | number, Mark>): void {
    for (const part of Array.isArray(source.value) ? source.value : [source.value]) {
      const partMarks = this.marks.get(part);
      if (partMarks === undefined || Array.isArray(part)) {
        const message = `<< must merge a map or a list of maps, got ${quoted(part)}`;
        this.refuse(source.mark, at, error('fleet/merge', message, 'name a map by its alias'));
        continue;
      }
      for (const [key, mark] of partMarks) {
        if (marks.has(key)) continue;
        value[key] = (part as Record<string | number, unknown>)[key];
        marks.set(key, mark);
      }
    }
  }
}
