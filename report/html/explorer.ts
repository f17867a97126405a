import { printable } from '../../core/problem.ts';
import { dataOf } from '../explorer/data.ts';
import { levelTables, rowsTable } from '../explorer/plain.ts';
import type { Explorer } from '../report.ts';
import { Html, html } from './html.ts';
import { tableOf } from './table.ts';

/** Rows that a page shows where its script does not run; all of them are in its data. */
const mostRows = 500;

/**
 * Plain tables to read, and the data from which the script of the page makes something to explore in their place. The
 * data is no script, and no text in it can end it.
 */
export function explorerOf(explorer: Explorer, id: string): Html {
  const tables = [...levelTables(explorer), rowsTable(explorer, mostRows)].map(tableOf);
  const data = JSON.stringify(dataOf(explorer), (_, value) => (typeof value === 'string' ? printable(value) : value));
  return html`<div class="explorer" id="${id}">
${tables}
<script type="application/json">${new Html(data.replaceAll('<', '\\u003c'))}</script>
</div>`;
}
