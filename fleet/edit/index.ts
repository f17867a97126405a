import { isScalar, type ParsedNode } from 'yaml';
import { error } from '../../core/problem.ts';
import type { FilePath, FileViolation } from '../file-violation.ts';
import { parseDocument } from '../load/document.ts';
import { valuesOf } from '../load/values.ts';
import { type Edit, edited, same } from './edit.ts';
import { layoutOf } from './layout.ts';
import { type Plan, planOf, type Source } from './plan.ts';
import { type Splice, spliced } from './splice.ts';

export type { Edit } from './edit.ts';

/** The text with the edits made, or why one of them cannot be made without a guess; then none is. */
export type EditResult =
  | { readonly text: string; readonly violations?: never }
  | { readonly text?: never; readonly violations: readonly FileViolation[] };

/**
 * Makes edits in the text of a fleet file, one after the other. Whatever they do not concern stays as it is, byte for
 * byte: comments, layout, quotes, line endings, a byte order mark, commas. What they write looks like what stands
 * around it. The text must be sound YAML or JSON.
 */
export function editText(text: string, kind: 'yaml' | 'json', edits: readonly Edit[]): EditResult {
  const mark = text.startsWith('\ufeff') ? '\ufeff' : '';
  const before = parsed(text.slice(mark.length), kind);
  if ('rule' in before) return { violations: [before] };
  let source = before;
  let pending = edits;
  while (pending.length > 0) {
    const round = planned(source, pending);
    if ('rule' in round) return { violations: [round] };
    const after = round.splices.length === 0 ? source : parsed(spliced(source.text, round.splices), kind);
    if ('rule' in after) return { violations: [notSafe(pending[0]?.at)] };
    source = after;
    pending = round.pending;
  }
  const wanted = edits.reduce(edited, before.value);
  // Whatever the signs of the file were: the result says what it should, or there is none.
  return same(source.value, wanted) ? { text: mark + source.text } : { violations: [notSafe(edits[0]?.at)] };
}

interface ParsedSource extends Source {
  readonly value: unknown;
}

function parsed(text: string, kind: 'yaml' | 'json'): ParsedSource | FileViolation {
  const { root, findings, lines } = parseDocument(text, kind, Number.POSITIVE_INFINITY, { keepSourceTokens: true });
  const [finding] = findings;
  if (finding !== undefined) return finding;
  if (root === undefined || root === null || (isScalar(root) && root.value === null))
    return {
      ...error('fleet/empty', 'the file must describe a fleet, got nothing', 'begin with "version: 1"'),
      at: [],
    };
  const lineOf = (offset: number) => lines.linePos(offset).line;
  const { value } = valuesOf(root, lineOf);
  return { text, root: root as ParsedNode, layout: layoutOf(text, root, kind), lineOf, value };
}

function notSafe(at: FilePath = []): FileViolation {
  const message =
    'the file must be written so that it can be edited without losing anything, got something unusual here';
  return { ...error('fleet/edit-place', message, 'change it by hand'), at };
}

interface Round {
  readonly splices: readonly Splice[];
  /** What comes after, in a text whose places have moved. */
  readonly pending: readonly Edit[];
}

/** As many of the edits as do not get in each other's way, so that large files are not read once for each. */
function planned(source: ParsedSource, edits: readonly Edit[]): Round | FileViolation {
  const plans: Plan[] = [];
  const free = (scope: FilePath) => plans.every((plan) => !contains(plan.scope, scope) && !contains(scope, plan.scope));
  for (const [index, edit] of edits.entries()) {
    const later = edits.slice(index + 1);
    if (!free(edit.at)) return { splices: splicesOf(plans), pending: edits.slice(index) };
    const parts = partsOf(edit, source.value);
    const own: Plan[] = [];
    for (const [position, part] of parts.entries()) {
      const plan = planOf(source, part);
      if ('rule' in plan) return { ...plan, at: part.at };
      const isFree = [...plans, ...own].every(
        ({ scope }) => !contains(scope, plan.scope) && !contains(plan.scope, scope),
      );
      if (!isFree) return { splices: splicesOf([...plans, ...own]), pending: [...parts.slice(position), ...later] };
      own.push(plan);
    }
    plans.push(...own);
  }
  return { splices: splicesOf(plans), pending: [] };
}

function splicesOf(plans: readonly Plan[]): Splice[] {
  return plans.flatMap(({ splices }) => splices);
}

function contains(outer: FilePath, inner: FilePath): boolean {
  return outer.length <= inner.length && outer.every((step, index) => step === inner[index]);
}

/** A map set in the place of another one is as many edits as differ, so that what stays the same stays as it is written. */
function partsOf(edit: Edit, fleet: unknown): Edit[] {
  if (!('set' in edit)) return [edit];
  const before = edit.at.reduce<unknown>(
    (value, step) => (isMap(value) || Array.isArray(value) ? (value as never)[step] : undefined),
    fleet,
  );
  return differences(edit.at, before, edit.set);
}

function differences(at: FilePath, before: unknown, after: unknown): Edit[] {
  if (same(before, after)) return [];
  if (Array.isArray(before) && Array.isArray(after) && before.length > 0 && after.length >= before.length) {
    const [changed, added] = [after.slice(0, before.length), after.slice(before.length)];
    return [
      ...changed.flatMap((item, index) => differences([...at, index], before[index], item)),
      ...added.map((append) => ({ at, append })),
    ];
  }
  if (!isMap(before) || !isMap(after) || Object.keys(after).length === 0) return [{ at, set: after }];
  return [
    ...Object.entries(after).flatMap(([key, value]) =>
      value === undefined ? [] : differences([...at, key], before[key], value),
    ),
    ...Object.keys(before)
      .filter((key) => after[key] === undefined)
      .map((key): Edit => ({ at: [...at, key], remove: true })),
  ];
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
