import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'yaml';
import { type Edit, editText } from '../../../fleet/edit/index.ts';
import type { FilePath } from '../../../fleet/file-violation.ts';
import { jsonDocuments, type Written, yamlDocuments } from './documents.ts';

/** Every place of a value but the whole. */
function placesOf(value: unknown, at: FilePath = []): FilePath[] {
  if (typeof value !== 'object' || value === null) return [];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return entries.flatMap(([step, inner]) => [[...at, step], ...placesOf(inner, [...at, step])]);
}

function at(value: unknown, path: FilePath): unknown {
  return path.reduce<unknown>((inner, step) => (inner as Record<string | number, unknown>)[step], value);
}

interface Choice {
  readonly what: 'set' | 'add' | 'append' | 'remove';
  readonly where: number;
  readonly value: unknown;
}

const values = fc.oneof(
  fc.constantFrom<unknown>(
    false,
    7,
    null,
    'text',
    '2026-12-01',
    '10%',
    'a: b',
    'a, b',
    '#',
    ' ',
    'on',
    '',
    'cron(0 2 ? * TUE#2 *)',
  ),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.array(fc.constantFrom('a', '2026-12-01', 1), { maxLength: 3 }),
  fc.record({
    name: fc.constantFrom('new', 'true'),
    list: fc.array(fc.constantFrom('KB5034441', 'b'), { maxLength: 2 }),
  }),
  fc.constant({ deep: { deeper: [{ a: 1 }, { b: [[1], { c: 'd' }] }] } }),
);
const choice: fc.Arbitrary<Choice> = fc.record({
  what: fc.constantFrom('set', 'add', 'append', 'remove'),
  where: fc.nat(1000),
  value: values,
});

/** What an independent deep edit makes of the value, and the edit that says so. */
function chosen(value: unknown, { what, where, value: given }: Choice): { edit: Edit; wanted: unknown } | undefined {
  const wanted = structuredClone(value);
  const all = placesOf(value);
  const pick = (paths: readonly FilePath[]) => paths[where % paths.length];
  if (what === 'set' || what === 'remove') {
    const path = pick(
      what === 'remove' ? all.filter((p) => p.length > 1 || Object.keys(value as object).length > 1) : all,
    );
    if (path === undefined) return undefined;
    const holder = at(wanted, path.slice(0, -1)) as never[] & Record<string, unknown>;
    const last = path.at(-1) as never;
    if (what === 'set') holder[last] = given as never;
    else if (Array.isArray(holder)) holder.splice(last, 1);
    else delete holder[last];
    return { edit: what === 'set' ? { at: path, set: given } : { at: path, remove: true }, wanted };
  }
  const isMap = (path: FilePath) => {
    const inner = at(value, path);
    return typeof inner === 'object' && inner !== null && !Array.isArray(inner);
  };
  if (what === 'add') {
    const path = pick([[], ...all].filter(isMap)) as FilePath;
    // Values that are added have no such keys of their own.
    const key = `added${JSON.stringify(value).length}`;
    (at(wanted, path) as Record<string, unknown>)[key] = { below: given };
    return { edit: { at: [...path, key, 'below'], set: given }, wanted };
  }
  const path = pick(all.filter((p) => Array.isArray(at(value, p)) || at(value, p) === null));
  if (path === undefined) return undefined;
  const holder = at(wanted, path.slice(0, -1)) as Record<string | number, unknown>;
  const last = path.at(-1) as string | number;
  holder[last] = [...((holder[last] as unknown[] | null) ?? []), given];
  return { edit: { at: path, append: given }, wanted };
}

function bare(text: string): string {
  return text.replace(/^\ufeff/, '');
}

const runs = { numRuns: 500 };

describe('edits of any document', () => {
  test('say exactly what was asked for, whatever the layout', () => {
    fc.assert(
      fc.property(yamlDocuments(), choice, ({ text, value }, what) => {
        expect(parse(bare(text))).toEqual(value);
        const made = chosen(value, what);
        if (made === undefined) return;
        const { text: after, violations } = editText(text, 'yaml', [made.edit]);
        expect(violations).toBeUndefined();
        expect(parse(bare(after as string))).toEqual(made.wanted);
        expect((after as string).startsWith('\ufeff')).toBe(text.startsWith('\ufeff'));
        if (text.includes('\r\n')) expect(after).not.toMatch(/(?<!\r)\n/);
      }),
      runs,
    );
  });

  test('several, one after the other, say what they say alone', () => {
    fc.assert(
      fc.property(yamlDocuments(), fc.array(choice, { maxLength: 4 }), ({ text, value }, whats) => {
        let wanted = value;
        const edits: Edit[] = [];
        for (const what of whats) {
          const made = chosen(wanted, what);
          if (made === undefined) continue;
          edits.push(made.edit);
          wanted = made.wanted;
        }
        const { text: after, violations } = editText(text, 'yaml', edits);
        expect(violations).toBeUndefined();
        expect(parse(bare(after as string))).toEqual(wanted);
      }),
      runs,
    );
  });

  test('leave every line alone that does not hold the place', () => {
    fc.assert(
      fc.property(yamlDocuments(), choice, ({ text, value }, what) => {
        const made = chosen(value, what);
        if (made === undefined) return;
        const { text: after = '' } = editText(text, 'yaml', [made.edit]);
        const kept = bare(after).split(/\r?\n/);
        expect(kept).toEqual(expect.arrayContaining(unconcerned({ text, value }, made.edit)));
      }),
      runs,
    );
  });

  test('of what is shared are refused, or change that one place', () => {
    const shared =
      'shared: &s\n  a: {b: 1}\n  c:\n    - 1\nuse: *s\nlist:\n  - *s\n  - <<: *s\n    d: 2\n  - {<<: [*s], c: 3}\n';
    const value = parse(shared, { merge: true });
    fc.assert(
      fc.property(fc.array(choice, { minLength: 1, maxLength: 3 }), (whats) => {
        let wanted: unknown = value;
        const edits: Edit[] = [];
        for (const what of whats) {
          const made = chosen(JSON.parse(JSON.stringify(wanted)), what);
          if (made === undefined) continue;
          edits.push(made.edit);
          wanted = made.wanted;
        }
        const { text: after, violations } = editText(shared, 'yaml', edits);
        if (violations !== undefined) expect(violations[0]?.rule).toMatch(/^fleet\/edit-/);
        else expect(parse(after, { merge: true })).toEqual(wanted);
      }),
      runs,
    );
  });

  test('JSON stays JSON', () => {
    fc.assert(
      fc.property(
        jsonDocuments(),
        choice,
        fc.constantFrom('json' as const, 'yaml' as const),
        ({ text, value }, what, kind) => {
          const made = chosen(value, what);
          if (made === undefined) return;
          const { text: after, violations } = editText(text, kind, [made.edit]);
          expect(violations).toBeUndefined();
          expect(JSON.parse(after as string)).toEqual(JSON.parse(JSON.stringify(made.wanted)));
          expect((after as string).endsWith('\n')).toBe(text.endsWith('\n'));
        },
      ),
      runs,
    );
  });

  test('JSON that was printed with an indentation is as it would have been printed', () => {
    fc.assert(
      fc.property(jsonDocuments(), choice, ({ value }, what) => {
        const made = chosen(value, what);
        if (made === undefined) return;
        const [before, wanted] = [value, made.wanted].map((each) => JSON.stringify(each, null, 2));
        // Without a list that shows how, lists stand on one line.
        if (!/\[\n *("|\d|true|false|null|-)/.test(before as string)) return;
        expect(editText(before as string, 'json', [made.edit]).text).toBe(wanted);
      }),
      runs,
    );
  });

  test('make no difference where they say what the file says', () => {
    fc.assert(
      fc.property(yamlDocuments(), fc.nat(1000), ({ text, value }, where) => {
        const all = placesOf(value);
        const path = all[where % all.length] as FilePath;
        expect(editText(text, 'yaml', [{ at: path, set: at(value, path) }]).text).toBe(text);
      }),
      runs,
    );
  });
});

/**
 * Lines that an edit has no business with: they hold no key of its place, nor of what stands beside or in it. Keys and
 * comments are there once in the whole document.
 */
function unconcerned({ text, value }: Written, edit: Edit): string[] {
  const holder = edit.at.findLastIndex((_, index) => index === 0 || has(value, edit.at.slice(0, index)));
  const around = JSON.stringify(at(value, edit.at.slice(0, Math.max(0, holder - 1)))) ?? '';
  const keys = new Set(
    [...around.matchAll(/k\d+x\d+/g), ...edit.at.join(' ').matchAll(/k\d+x\d+/g)].map(([key]) => key),
  );
  return bare(text)
    .split(/\r?\n/)
    .filter((line) => /k\d+x\d+/.test(line) && [...line.matchAll(/k\d+x\d+/g)].every(([key]) => !keys.has(key)));
}

function has(value: unknown, path: FilePath): boolean {
  let inner = value;
  for (const step of path) {
    if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, step)) return false;
    inner = (inner as Record<string | number, unknown>)[step];
  }
  return true;
}
