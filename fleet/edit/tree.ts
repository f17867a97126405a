import {
  type CST,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type ParsedNode,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';

/** A map or a list of the file. */
export type Holder = YAMLMap.Parsed | YAMLSeq.Parsed;

/** One key of a map with its value, or one item of a list, as it stands in the text. */
export interface Entry {
  /** Where it begins: its key, its dash, or itself. */
  readonly start: number;
  /** After its colon or dash, or where a list in brackets has it. */
  readonly indicatorEnd: number;
  /** Where its value begins, its anchor and tag included; absent where none is written. */
  readonly valueStart?: number;
  /** After the last character of what it says; comments are not of it. */
  readonly end: number;
  readonly value: ParsedNode | null;
  /** Of a map. Absent where a key in brackets stands alone, without a colon. */
  readonly hasColon: boolean;
  /** Offset of the comma behind it, in brackets. */
  readonly comma?: number;
}

export function isHolder(node: unknown): node is Holder {
  return isMap(node) || isSeq(node);
}

export function isNothing(node: ParsedNode | null): boolean {
  return node === null || (isScalar(node) && node.value === null);
}

/** Whether a value stands in lines of its own instead of brackets. */
export function isBlock(node: ParsedNode | null): boolean {
  return isHolder(node) && node.flow !== true;
}

/** The position of a key in a map: -1 where the map does not say it itself; `undefined` where it says it twice. */
export function indexOfKey(map: YAMLMap.Parsed, key: string): number | undefined {
  const found = map.items.flatMap((pair, index) =>
    isScalar(pair.key) && String(pair.key.value) === key ? [index] : [],
  );
  return found.length > 1 ? undefined : (found[0] ?? -1);
}

/** Whether a map takes over keys of others. */
export function merges(map: YAMLMap.Parsed): boolean {
  return map.items.some(({ key }) => isScalar(key) && key.value === '<<' && key.type === 'PLAIN');
}

/** The entries of a map or list; `undefined` where their signs are not known, as of the map in `[a: 1]`. */
export function entriesOf(holder: Holder): readonly Entry[] | undefined {
  const token = holder.srcToken;
  if (token === undefined || !('items' in token)) return undefined;
  const items = token.items as readonly CST.CollectionItem[];
  const isFlow = token.type === 'flow-collection';
  const given = items.filter(({ start, key, sep, value }) =>
    isFlow || isMap(holder)
      ? Boolean(key) || sep !== undefined || value !== undefined || start.some(isProperty)
      : start.some(({ type }) => type === 'seq-item-ind'),
  );
  if (given.length !== holder.items.length) return undefined;
  return given.map((item, index) => {
    const node = holder.items[index] as unknown;
    const comma = isFlow ? items[items.indexOf(item) + 1]?.start.find(({ type }) => type === 'comma') : undefined;
    const entry = isMap(holder)
      ? entryOfMap(item, (node as YAMLMap.Parsed['items'][number]).value as ParsedNode | null)
      : entryOfList(item, node as ParsedNode);
    return { ...entry, ...(comma !== undefined && { comma: comma.offset }) };
  });
}

function entryOfMap(item: CST.CollectionItem, value: ParsedNode | null): Entry {
  const sep = item.sep ?? [];
  const colon = sep.findIndex(({ type }) => type === 'map-value-ind');
  const key = item.key ?? undefined;
  const first = item.start.find((token) => isProperty(token) || token.type === 'explicit-key-ind');
  const keyEnd = endOfToken(key) ?? Math.max(0, ...item.start.map(endOfSign));
  const indicatorEnd = colon === -1 ? keyEnd : endOfSign(sep[colon] as CST.SourceToken);
  const start = first?.offset ?? key?.offset ?? sep[colon]?.offset ?? keyEnd;
  return { start, hasColon: colon !== -1, ...writtenValue(sep.slice(colon + 1), item.value, value, indicatorEnd) };
}

function entryOfList(item: CST.CollectionItem, value: ParsedNode): Entry {
  const dash = item.start.findIndex(({ type }) => type === 'seq-item-ind');
  const before = item.start.findLastIndex(({ type }) => type === 'comma');
  const signs = item.start.slice(Math.max(dash, before) + 1);
  // In `[a: 1]` the item is a map that has no token of its own.
  const token = item.value ?? item.key ?? undefined;
  const own = writtenValue(
    signs,
    token,
    value,
    dash === -1 ? (token?.offset ?? 0) : endOfSign(item.start[dash] as CST.SourceToken),
  );
  const start = dash === -1 ? (own.valueStart ?? own.indicatorEnd) : (item.start[dash] as CST.SourceToken).offset;
  return { start, hasColon: true, ...own };
}

function writtenValue(
  signs: readonly CST.SourceToken[],
  token: CST.Token | undefined,
  value: ParsedNode | null,
  indicatorEnd: number,
) {
  const properties = signs.filter(isProperty);
  // A value that is not written has a token without source.
  const written = token !== undefined && !('source' in token && token.source === '' && token.type === 'scalar');
  const valueStart = properties[0]?.offset ?? (written ? token.offset : undefined);
  const end = written && value !== null ? contentEnd(value) : Math.max(indicatorEnd, ...properties.map(endOfSign));
  return { indicatorEnd, ...(valueStart !== undefined && { valueStart }), end, value };
}

/** After the last character of what a value says. The library counts comments behind it to a block. */
function contentEnd(node: ParsedNode): number {
  const entries = isHolder(node) && isBlock(node) ? entriesOf(node) : undefined;
  return entries?.at(-1)?.end ?? node.range[1];
}

function isProperty({ type }: CST.SourceToken): boolean {
  return type === 'anchor' || type === 'tag';
}

function endOfSign({ offset, source }: CST.SourceToken): number {
  return offset + source.length;
}

function endOfToken(token: CST.Token | undefined): number | undefined {
  return token !== undefined && 'source' in token ? token.offset + token.source.length : undefined;
}

/** Names of the anchors that a value sets, and those its aliases name, in it or at it. */
export function anchorsIn(node: ParsedNode | null): {
  readonly set: ReadonlySet<string>;
  readonly used: ReadonlySet<string>;
} {
  const set = new Set<string>();
  const used = new Set<string>();
  const look = (each: ParsedNode | null) => {
    if (each === null) return;
    if (isAlias(each)) {
      used.add(each.source);
      return;
    }
    if (each.anchor !== undefined) set.add(each.anchor);
    if (isMap(each)) {
      for (const { key, value } of each.items) {
        if ((key as Scalar).anchor !== undefined) set.add((key as Scalar).anchor as string);
        look(value as ParsedNode | null);
      }
    } else if (isSeq(each)) for (const item of each.items) look(item as ParsedNode);
  };
  look(node);
  return { set, used };
}
