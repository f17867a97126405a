import { isMap, isScalar, isSeq, type ParsedNode, visit } from 'yaml';
import { columnOf } from './lines.ts';

/** How a file is written, so that what is added looks as if it had always been there. */
export interface Layout {
  readonly eol: '\n' | '\r\n';
  /** Spaces that a value stands deeper than what holds it. */
  readonly step: number;
  /** Whether a list stands deeper than its key. */
  readonly indentLists: boolean;
  /** Whether braces have a space inside: `{ a: 1 }`. */
  readonly padBraces: boolean;
  /** Whether lists of texts and numbers stand on one line where braces span several. */
  readonly listsOnLine: boolean;
  readonly singleQuotes: boolean;
  /** JSON: every key and text stands in double quotes. */
  readonly quoteAll: boolean;
}

/** The habits of a file: what its first place of each kind does, and two spaces where there is none. */
export function layoutOf(text: string, root: ParsedNode, kind: 'yaml' | 'json'): Layout {
  let step: number | undefined;
  let indentLists: boolean | undefined;
  let padBraces: boolean | undefined;
  let listsOnLine: boolean | undefined;
  let [singles, doubles] = [0, 0];
  const look = (outer: number, inner: number) => {
    if (inner > outer) step ??= inner - outer;
  };
  visit(root, {
    Scalar(_, { type }) {
      if (type === 'QUOTE_SINGLE') singles += 1;
      if (type === 'QUOTE_DOUBLE') doubles += 1;
    },
    Map(_, node) {
      const [first] = node.items;
      const { range } = node as ParsedNode;
      if (node.flow === true && first !== undefined && !text.slice(...span(range)).includes('\n'))
        padBraces ??= text[range[0] + 1] === ' ';
      for (const { key, value } of node.items) {
        if (node.flow === true || !isScalar(key) || key.range == null) continue;
        if (isMap(value) && value.flow !== true && value.range != null)
          look(columnOf(text, key.range[0]), columnOf(text, value.range[0]));
        if (isSeq(value) && value.flow !== true && value.range != null)
          indentLists ??= columnOf(text, value.range[0]) > columnOf(text, key.range[0]);
      }
    },
    Seq(_, node) {
      const { range } = node as ParsedNode;
      if (node.flow === true && isScalar(node.items[0])) listsOnLine ??= !text.slice(...span(range)).includes('\n');
    },
  });
  const braces = /^\s*\{\r?\n( +)\S/.exec(text);
  const firstLine = /\r?\n/.exec(text);
  return {
    eol: firstLine?.[0] === '\r\n' ? '\r\n' : '\n',
    step: braces?.[1]?.length ?? step ?? 2,
    indentLists: indentLists ?? true,
    padBraces: padBraces ?? false,
    listsOnLine: listsOnLine ?? true,
    singleQuotes: singles > doubles,
    quoteAll: kind === 'json' || isJson(text),
  };
}

function span([start, end]: readonly [number, number, number]): [number, number] {
  return [start, end];
}

/** YAML contains JSON: a file of any name may be some. */
function isJson(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
