import fc from 'fast-check';

/** A document as its author wrote it, and what it says. */
export interface Written {
  readonly text: string;
  readonly value: unknown;
}

type Tree =
  | { readonly kind: 'scalar'; readonly value: unknown; readonly form: number }
  | { readonly kind: 'list' | 'map'; readonly children: readonly Tree[]; readonly form: number };

interface Style {
  readonly eol: string;
  readonly step: number;
  readonly indentLists: boolean;
  readonly comments: readonly number[];
  readonly padding: boolean;
}

const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.record({
      kind: fc.constant('scalar' as const),
      value: fc.oneof(
        fc.constantFrom<unknown>(
          '2026-01-01',
          '1',
          '10%',
          'yes',
          '',
          'a # b',
          'a: b',
          '- a',
          "it's",
          'ü',
          true,
          null,
          0,
          -1.5,
        ),
        fc.string({ maxLength: 6 }),
        fc.integer(),
      ),
      form: fc.nat(9),
    }),
    fc.record({
      kind: fc.constantFrom('list' as const, 'map' as const, 'map' as const),
      children: fc.array(tie('tree'), { maxLength: 4 }),
      form: fc.nat(9),
    }),
  ),
}));

const style: fc.Arbitrary<Style> = fc.record({
  eol: fc.constantFrom('\n', '\r\n'),
  step: fc.constantFrom(1, 2, 3, 4),
  indentLists: fc.boolean(),
  comments: fc.array(fc.nat(5), { minLength: 7, maxLength: 7 }),
  padding: fc.boolean(),
});

const rootMap = fc
  .array(tree, { minLength: 1, maxLength: 4 })
  .map((children): Tree => ({ kind: 'map', children, form: 0 }));

/** Every key, and the comment of every line, is there once: lines can be told apart. */
export function yamlDocuments(): fc.Arbitrary<Written> {
  return fc
    .tuple(rootMap, style, fc.boolean(), fc.constantFrom('', '\ufeff'))
    .map(([root, how, finalNewline, mark]) => {
      const writer = new Writer(how);
      const lines = writer.block(root, 0);
      const text = lines.join(how.eol);
      return { text: mark + text + (finalNewline ? how.eol : ''), value: writer.valueOf(root) };
    });
}

/** The same without anything that JSON does not have. */
export function jsonDocuments(): fc.Arbitrary<Written> {
  return fc.tuple(rootMap, fc.constantFrom(0, 2, 4), fc.constantFrom('', '\n')).map(([root, indent, end]) => {
    const value = new Writer({ eol: '\n', step: 2, indentLists: true, comments: [0], padding: false }).valueOf(root);
    return { text: JSON.stringify(value, null, indent) + end, value };
  });
}

class Writer {
  private count = 0;
  private readonly keys = new Map<Tree, readonly string[]>();
  private readonly style: Style;

  constructor(how: Style) {
    this.style = how;
  }

  valueOf(tree: Tree): unknown {
    if (tree.kind === 'scalar') return tree.value;
    if (tree.kind === 'list') return tree.children.map((child) => this.valueOf(child));
    return Object.fromEntries(tree.children.map((child, index) => [this.keysOf(tree)[index], this.valueOf(child)]));
  }

  private keysOf(tree: Tree & { readonly children: readonly Tree[] }): readonly string[] {
    const keys = this.keys.get(tree) ?? tree.children.map((_, index) => `k${this.keys.size}x${index}`);
    this.keys.set(tree, keys);
    return keys;
  }

  /** A comment behind a value, or none. */
  private comment(): string {
    this.count += 1;
    return this.style.comments[this.count % this.style.comments.length] === 1 ? ` # c${this.count}` : '';
  }

  /** Lines of their own before an entry. */
  private above(indent: number): string[] {
    this.count += 1;
    const kind = this.style.comments[this.count % this.style.comments.length];
    if (kind === 2) return [''];
    return kind === 3 ? [`${' '.repeat(indent)}# c${this.count}`] : [];
  }

  block(tree: Tree, indent: number): string[] {
    const pad = ' '.repeat(indent);
    if (tree.kind === 'scalar') return [pad + this.scalar(tree)];
    return tree.children.flatMap((child, index) => {
      const above = index === 0 && indent > 0 ? [] : this.above(indent);
      if (tree.kind === 'map')
        return [...above, ...this.after(`${pad}${this.keysOf(tree)[index]}:`, child, indent, false)];
      return [...above, ...this.after(`${pad}-`, child, indent, true)];
    });
  }

  private after(head: string, child: Tree, indent: number, isItem: boolean): string[] {
    if (child.kind === 'scalar' || child.children.length === 0 || child.form > 6)
      return [`${head} ${this.inline(child)}`.replace(/ +$/, '') + this.comment()];
    if (child.form === 6 && child.kind === 'list') return this.brackets(head, child, indent);
    if (isItem) {
      const [first = '', ...rest] = this.block(child, indent + 2);
      return [`${head} ${first.slice(indent + 2)}`, ...rest];
    }
    const inner = child.kind === 'list' && !this.style.indentLists ? indent : indent + this.style.step;
    return [head + this.comment(), ...this.above(inner), ...this.block(child, inner)];
  }

  /** Brackets over several lines. */
  private brackets(
    head: string,
    { children }: Tree & { readonly children: readonly Tree[] },
    indent: number,
  ): string[] {
    const pad = ' '.repeat(indent);
    const lines = children.map((child, index) => {
      const comma = index < children.length - 1 || this.style.padding ? ',' : '';
      return `${pad}  ${this.inline(child)}${comma}${this.comment()}`;
    });
    return [`${head} [`, ...lines, `${pad} ]${this.comment()}`];
  }

  private inline(tree: Tree): string {
    const pad = this.style.padding ? ' ' : '';
    if (tree.kind === 'scalar') return this.scalar(tree, true);
    if (tree.children.length === 0) return tree.kind === 'list' ? '[]' : '{}';
    if (tree.kind === 'list') return `[${tree.children.map((child) => this.inline(child)).join(', ')}]`;
    const entries = tree.children.map((child, index) => `${this.keysOf(tree)[index]}: ${this.inline(child)}`);
    return `{${pad}${entries.join(', ')}${pad}}`;
  }

  private scalar({ value, form }: Tree & { readonly value: unknown }, isInline = false): string {
    if (value === null) return isInline || form < 5 ? 'null' : '';
    if (typeof value !== 'string') return JSON.stringify(value);
    if (/^[a-z]+$/.test(value) && !/^(yes|no|on|off|y|n|null|true|false)$/.test(value) && form < 4) return value;
    return form < 7 && /^[\x20-\x7e]*$/.test(value) ? `'${value.replaceAll("'", "''")}'` : JSON.stringify(value);
  }
}
