import { limitsOf, tableOf as numbersOf } from '../chart-table.ts';
import type { BarChart, LineChart } from '../report.ts';
import { Html, html } from './html.ts';
import { colourOf, dashesOf, markOf } from './palette.ts';
import { scrolling, tableOf } from './table.ts';

/**
 * A drawing, about as wide in pixels as there is room for, and its numbers as a table that opens. The library that draws
 * takes 0.15 s to load, so it is loaded here.
 */
export async function chartOf(chart: LineChart | BarChart, id: string, width: number): Promise<Html> {
  const numbers = tableOf(numbersOf(chart));
  const limits = chart.kind === 'line-chart' ? limitsOf(chart) : [];
  if (numbersOf(chart).rows.length === 0) return html`<h3>${chart.title}</h3>${numbers}`;
  const { drawBars, drawLines } = await import('./draw.ts');
  const drawn = chart.kind === 'line-chart' ? drawLines(chart, width) : drawBars(chart, width);
  return html`<h3>${chart.title}</h3>
<figure>
${scrolling(chart.title, ownDrawing(drawn, chart, id))}
<figcaption>${chart.kind === 'line-chart' ? keyOf(chart) : ''}${chart.description}${limits.map(({ text }) => html`<br>${text}`)}</figcaption>
</figure>
<details><summary>Numbers of ${chart.title}</summary>${numbers}</details>`;
}

/**
 * What the library draws, as a part of the page: named for screen readers, with ids of its own instead of a count of all
 * drawings so far, without the style elements and attributes that the page's policy refuses.
 */
function ownDrawing(svg: string, { title, description }: LineChart | BarChart, id: string): Html {
  const bare = svg
    .replace(/<style[^>]*>.*?<\/style>/gs, '')
    .replace(/ (?:style|class|ecmeta_\w+)="[^"]*"/g, '')
    .replace(/(id="|url\(#)zr\d+-/g, `$1${id}-`)
    .replace(/^<svg [^>]*?viewBox="([^"]*)"[^>]*>/, '')
    .replace(/<\/svg>\s*$/, '');
  const [, box = ''] = /^<svg [^>]*?viewBox="([^"]*)"/.exec(svg) ?? [];
  return html`<svg role="img" aria-labelledby="${id}-t ${id}-d" viewBox="${box}" xmlns="http://www.w3.org/2000/svg">
<title id="${id}-t">${title}</title><desc id="${id}-d">${description}</desc>${new Html(bare)}</svg>`;
}

/** Which line is whose, told by colour, mark and dash alike. */
function keyOf({ series }: LineChart): Html {
  const marks = series.map(
    ({ name }, number) =>
      html`<li><svg class="sample" aria-hidden="true" viewBox="0 0 28 12">${sampleOf(number)}</svg>${name}</li>`,
  );
  return html`<ul class="series">${marks}</ul>`;
}

function sampleOf(number: number): Html {
  const colour = colourOf(number);
  const dashes = dashesOf(number);
  const dashed = dashes === undefined ? '' : html` stroke-dasharray="${dashes.join(' ')}"`;
  const line = html`<path d="M0 6H28" stroke="${colour}" stroke-width="2"${dashed}/>`;
  const marks = {
    circle: html`<circle cx="14" cy="6" r="4" fill="${colour}"/>`,
    rect: html`<rect x="10" y="2" width="8" height="8" fill="${colour}"/>`,
    triangle: html`<path d="M14 1.5l4.5 9h-9Z" fill="${colour}"/>`,
    diamond: html`<path d="M14 1l5 5-5 5-5-5Z" fill="${colour}"/>`,
  };
  return html`${line}${marks[markOf(number)]}`;
}
