import type { Cell, ExplorerColumn } from '../report.ts';
import { element, numberText } from './dom.ts';

/** What a cell shows: its value, with a mark where the value means something. */
export function contentOf(cell: Cell, { kind, values, none }: Partial<ExplorerColumn>): Node | string {
  if (typeof cell === 'number') return numberText(cell);
  if (cell === '') return none === undefined ? '' : element('span', { class: 'note' }, none);
  if (kind === 'code') return element('code', {}, cell);
  const tone = values?.find(({ value }) => value === cell)?.tone;
  return tone === undefined ? cell : element('span', { class: `tone ${tone}` }, cell);
}
