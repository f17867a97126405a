import type { FilePath } from '../file-violation.ts';

/** One change of a fleet file. Paths are of the file as the edits before left it. */
export type Edit =
  /** Another value, or one where there is none; maps on the way to it are made. */
  | { readonly at: FilePath; readonly set: unknown }
  /** An item more at the end of a list, which is made where there is none. */
  | { readonly at: FilePath; readonly append: unknown }
  /** A key with its value, or an item of a list, taken out. */
  | { readonly at: FilePath; readonly remove: true };

/** What the file says after an edit; `undefined` where it cannot be. */
export function edited(value: unknown, edit: Edit): unknown {
  return editedAt(value, edit.at, edit);
}

function editedAt(value: unknown, [step, ...rest]: FilePath, edit: Edit): unknown {
  if (step === undefined) {
    if ('append' in edit) return [...(Array.isArray(value) ? value : []), edit.append];
    return 'set' in edit ? edit.set : undefined;
  }
  const isGone = 'remove' in edit && rest.length === 0;
  if (typeof step === 'number') {
    const items: unknown[] = Array.isArray(value) ? value : [];
    if (isGone) return items.toSpliced(step, 1);
    const inner = editedAt(items[step], rest, edit);
    return step < items.length ? items.with(step, inner) : [...items, inner];
  }
  const map = (typeof value === 'object' && value !== null ? value : {}) as Readonly<Record<string, unknown>>;
  if (!isGone) return { ...map, [step]: editedAt(map[step], rest, edit) };
  const { [step]: _, ...kept } = map;
  return kept;
}

/** Whether two values of a file say the same, in whatever order of keys. */
export function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b))
    return (
      Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, index) => same(item, b[index]))
    );
  const [left, right] = [given(a), given(b)];
  return left.size === right.size && [...left].every(([key, value]) => right.has(key) && same(value, right.get(key)));
}

function given(map: object): Map<string, unknown> {
  return new Map(Object.entries(map).filter(([, value]) => value !== undefined));
}
