import type { Column, Table } from '../report.ts';
import { type Html, html } from './html.ts';

/** A table that scrolls in its own box where it is wider than the page. */
export function tableOf({ caption, columns, rows, empty }: Table): Html {
  if (rows.length === 0) return html`<p class="empty"><strong>${caption}:</strong> ${empty}</p>`;
  return scrolling(
    caption,
    html`<table><caption>${caption}</caption>
<thead><tr>${columns.map(headingOf)}</tr></thead>
<tbody>${rows.map(
      (row) => html`<tr>${columns.map((column, number) => cellOf(row[number] ?? '', column, number))}</tr>
`,
    )}</tbody></table>`,
  );
}

/** Reached by keyboard, so that it can be scrolled by it. */
export function scrolling(name: string, content: Html): Html {
  return html`<div class="scroll" role="region" aria-label="${name}" tabindex="0">${content}</div>`;
}

function headingOf({ heading, kind = 'text' }: Column): Html {
  return heading === '' ? html`<td></td>` : html`<th scope="col" class="${kind}">${heading}</th>`;
}

/** Characters that stay on one line on a screen: an instant with its offset, a name with hyphens. */
const unbroken = 32;

function cellOf(text: string, { kind = 'text' }: Column, number: number): Html {
  const shown = kind === 'code' && text !== '' ? html`<code>${text}</code>` : text;
  const classes = text.length <= unbroken ? `${kind} short` : kind;
  return number === 0
    ? html`<th scope="row" class="${classes}">${shown}</th>`
    : html`<td class="${classes}">${shown}</td>`;
}
