import { cellAt, type ExplorerData } from '../explorer/data.ts';
import { contentOf } from './cell.ts';
import { element } from './dom.ts';

/** All that is known of one row. */
export function rowFacts(data: ExplorerData, row: number): HTMLElement[] {
  const facts = data.columns.flatMap((column, place) => {
    const cell = cellAt(data, place, row);
    if (cell === '') return [];
    return [element('div', {}, element('dt', {}, column.heading), element('dd', {}, contentOf(cell, column)))];
  });
  const caption = data.details === undefined ? [] : [element('h4', {}, data.details.caption)];
  return [element('dl', { class: 'facts' }, ...facts), ...caption];
}
