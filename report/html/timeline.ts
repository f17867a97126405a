import { type Line, type Month, monthsOf, standingOf } from '../months.ts';
import type { Timeline } from '../report.ts';
import { type Html, html } from './html.ts';
import { gridOf } from './month-grid.ts';

/**
 * A grid a month, in which every mark links to the line below it that says all about it. Grids need room: on a narrow
 * screen the lines stand alone.
 */
export function timelineOf(timeline: Timeline, id: string): Html {
  const months = monthsOf(timeline);
  const standing = standingOf(timeline).map(
    ({ lane, row, text }) =>
      html`<li><span class="lane">${lane}</span> <span class="row">${row}</span> <span class="standing">${text}</span></li>`,
  );
  return html`<h3>${timeline.caption}</h3>
<p class="note">Days of ${timeline.timezone}.${legendOf(timeline)}</p>
${standing.length === 0 ? '' : html`<ul class="lines">${standing}</ul>`}
${navigation(months, timeline.caption, id)}
${months.map((month) => monthOf(timeline, month, id))}`;
}

/** Says what marks mean, where there are several kinds. */
function legendOf({ lanes, spans }: Timeline): Html {
  const rows = lanes.flatMap((lane) => lane.rows);
  const named = (weight: 'strong' | 'quiet') => {
    const names = [...new Set(rows.filter((row) => row.weight === weight).map(({ name }) => name))].join(', ');
    return names === '' ? '' : html` <span class="key"><i class="${weight}"></i> ${names}</span>`;
  };
  const frozen = spans.length === 0 ? '' : html` <span class="key"><i class="frozen"></i> freeze</span>`;
  return html`<span class="keys">${named('strong')}${named('quiet')}${frozen}</span>`;
}

function navigation(months: readonly Month[], caption: string, id: string): Html | string {
  if (months.length < 2) return '';
  const links = months.map(({ month, name }) => html`<li><a href="#${id}-${month}">${name}</a></li>`);
  return html`<nav class="months" aria-label="Months of ${caption}"><ul>${links}</ul></nav>`;
}

function monthOf(timeline: Timeline, month: Month, id: string): Html {
  const monthId = `${id}-${month.month}`;
  const lines = month.lines.map((line, number) => lineOf(line, `${monthId}-${number + 1}`));
  const frozen = month.spans.map(
    ({ span, days }) =>
      html`<li class="freeze"><span class="lane">freeze</span> <span class="row">${span.name}</span> <span class="days">${days}</span> <span class="times"><span>${span.lanes.join(', ')}; ${span.text}</span></span></li>
`,
  );
  return html`<section class="month" id="${monthId}" aria-labelledby="${monthId}-h">
<h4 id="${monthId}-h">${month.name}</h4>
${gridOf(timeline, month, monthId)}
${lines.length === 0 ? html`<p class="note">Nothing opens.</p>` : ''}
${lines.length + frozen.length === 0 ? '' : html`<ul class="lines">${lines}${frozen}</ul>`}
</section>
`;
}

function lineOf({ lane, row, days, times, entries }: Line, id: string): Html {
  const [first] = entries;
  const when = entries.length === 1 && first ? html`<time datetime="${first.start}">${days}</time>` : days;
  return html`<li id="${id}" tabindex="-1"><span class="lane">${lane}</span> <span class="row">${row}</span> <span class="days">${when}</span> <span class="times">${times.map((time) => html`<span>${time}</span> `)}</span></li>
`;
}
