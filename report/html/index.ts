import { createHash } from 'node:crypto';
import type { Block, Fact, Report, Section, Verdict } from '../report.ts';
import { blockOf } from './block.ts';
import { explorerScript } from './explorer-script.ts';
import { explorerStyle } from './explorer-style.ts';
import { Html, html } from './html.ts';
import { style as commonStyle } from './style.ts';

/**
 * A report as one page that needs nothing else: it works from disk, loads nothing, and its content security policy
 * allows its own style alone. Charts are drawn here; only a page with an explorer has a script, which the policy allows
 * by its hash, and everything it has can be read without.
 *
 * @see https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/CSP
 */
export async function renderHtml(report: Report): Promise<string> {
  const { title, verdict, facts, sections } = report;
  const explores = sections.some(({ blocks }) => blocks.some(({ kind }) => kind === 'explorer'));
  const style = explores ? commonStyle + explorerStyle : commonStyle;
  const shown: Html[] = [];
  for (const [number, section] of sections.entries())
    shown.push(await sectionOf(section, `s${number + 1}`, explores ? 520 : 900));
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(style, explores)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${new Html(style)}</style>
</head>
<body${explores ? html` class="wide"` : ''}>
<a class="skip" href="#content">Skip to content</a>
<header>
<h1>${title}</h1>
${verdict === undefined ? '' : verdictOf(verdict)}
${factsOf(facts)}
</header>
${contentsOf(sections)}
<main id="content" tabindex="-1">
${shown}
</main>
${explores ? html`<script>${new Html(explorerScript)}</script>` : ''}</body>
</html>
`.markup;
}

function policy(style: string, explores: boolean): string {
  // Trusted types: no text of the report can become markup, whatever the script does.
  const scripts = `; script-src ${hashOf(explorerScript)}; require-trusted-types-for 'script'; trusted-types 'none'`;
  return `default-src 'none'; style-src ${hashOf(style)}${explores ? scripts : ''}; base-uri 'none'; form-action 'none'`;
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

function verdictOf({ outcome, text }: Verdict): Html {
  return html`<p class="verdict ${outcome}"><strong>${outcome}</strong> ${text}</p>`;
}

function factsOf(facts: readonly Fact[]): Html | string {
  if (facts.length === 0) return '';
  return html`<dl class="facts">${facts.map(({ name, value }) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** Where there is more than one section. */
function contentsOf(sections: readonly Section[]): Html | string {
  if (sections.length < 2) return '';
  const links = sections.map(({ heading }, number) => html`<li><a href="#s${number + 1}">${heading}</a></li>`);
  return html`<nav aria-label="Sections"><ul>${links}</ul></nav>`;
}

/** In a page that is wide two charts stand side by side. */
async function sectionOf({ heading, blocks }: Section, id: string, chartWidth: number): Promise<Html> {
  const shown: Html[] = [];
  let charts: Html[] = [];
  for (const [number, block] of blocks.entries()) {
    const made = await blockOf(block, `${id}-${number + 1}`, chartWidth);
    const isChart = isChartBlock(block);
    if (isChart) charts.push(html`<div>${made}</div>`);
    // Charts that follow each other stand side by side where there is room.
    if (charts.length > 0 && (!isChart || number === blocks.length - 1)) {
      shown.push(html`<div class="charts">${charts}</div>\n`);
      charts = [];
    }
    if (!isChart) shown.push(html`${made}\n`);
  }
  return html`<section id="${id}" aria-labelledby="${id}-h">
<h2 id="${id}-h">${heading}</h2>
${shown}
</section>
`;
}

function isChartBlock({ kind }: Block): boolean {
  return kind === 'line-chart' || kind === 'bar-chart';
}
