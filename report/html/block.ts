import type { Block, Figures, Finding, Findings } from '../report.ts';
import { chartOf } from './chart.ts';
import { explorerOf } from './explorer.ts';
import { type Html, html } from './html.ts';
import { tableOf } from './table.ts';
import { timelineOf } from './timeline.ts';

/** `id` is the block's own in the page; ids within it begin with it. Charts are drawn `width` pixels wide. */
export async function blockOf(block: Block, id: string, width: number): Promise<Html> {
  switch (block.kind) {
    case 'paragraph':
      return html`<p>${block.text}</p>`;
    case 'list':
      return html`<ul>${block.items.map((item) => html`<li>${item}</li>`)}</ul>`;
    case 'figures':
      return figuresOf(block);
    case 'table':
      return tableOf(block);
    case 'explorer':
      return explorerOf(block, id);
    case 'findings':
      return findingsOf(block);
    case 'timeline':
      return timelineOf(block, id);
    case 'line-chart':
    case 'bar-chart':
      return chartOf(block, id, width);
  }
}

function figuresOf({ figures }: Figures): Html {
  return html`<dl class="figures">${figures.map(
    ({ name, value, note = '', tone = '' }) =>
      html`<div class="${tone}"><dt>${name}</dt><dd>${value}</dd><dd class="note">${note}</dd></div>`,
  )}</dl>`;
}

function findingsOf({ findings, none }: Findings): Html {
  if (findings.length === 0) return html`<p>${none}</p>`;
  return html`<ul class="findings">${findings.map(findingOf)}</ul>`;
}

function findingOf({ severity, rule, message, fix, path, details = [] }: Finding): Html {
  const place = path === undefined ? '' : html`<p class="place">${path}</p>`;
  const mended = fix === undefined ? '' : html`<p><strong>Fix:</strong> ${fix}</p>`;
  const shown = details.length === 0 ? '' : html`<ul>${details.map((detail) => html`<li>${detail}</li>`)}</ul>`;
  return html`
<li class="${severity}"><p><strong class="severity">${severity}</strong> ${message} <code>${rule}</code></p>${place}${mended}${shown}</li>`;
}
