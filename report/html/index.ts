import { createHash } from 'node:crypto';
import type { Block, Fact, Report, Section, Verdict } from '../report.ts';
import { blockOf } from './block.ts';
import { Html, html } from './html.ts';
import { style } from './style.ts';

/**
 * A report as one page that needs nothing else: it works from disk, loads nothing, and its content security policy
 * allows its own style alone. Charts are drawn here, so the page needs no script.
 *
 * @see https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/CSP
 */
export async function renderHtml(report: Report): Promise<string> {
  const { title, verdict, facts, sections } = report;
  const shown: Html[] = [];
  for (const [number, section] of sections.entries()) shown.push(await sectionOf(section, `s${number + 1}`));
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${new Html(style)}</style>
</head>
<body>
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
</body>
</html>
`.markup;
}

function policy(): string {
  const hash = createHash('sha256').update(style).digest('base64');
  return `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
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

async function sectionOf({ heading, blocks }: Section, id: string): Promise<Html> {
  const shown: Html[] = [];
  for (const [number, block] of blocks.entries()) shown.push(await blockIn(block, `${id}-${number + 1}`));
  return html`<section id="${id}" aria-labelledby="${id}-h">
<h2 id="${id}-h">${heading}</h2>
${shown}
</section>
`;
}

async function blockIn(block: Block, id: string): Promise<Html> {
  return html`${await blockOf(block, id)}
`;
}
