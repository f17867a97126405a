import { dayIn, dayOfMonth, type Line, type Month, weekdayOf } from '../months.ts';
import type { Lane, Row, Timeline } from '../report.ts';
import { type Html, html } from './html.ts';

/** A table of one month: a group of rows for each lane, a column for each day. */
export function gridOf(timeline: Timeline, month: Month, monthId: string): Html {
  const days = Array.from({ length: month.length }, (_, index) => dayOf(index + 1, timeline, month));
  const heads = days.map(
    ({ day, weekday, weekend }) =>
      html`<th scope="col" class="${weekend}"><span class="weekday">${weekday.slice(0, 2)}</span> ${day}</th>`,
  );
  const lanes = timeline.lanes.map((lane) => laneOf(lane, days, month, monthId));
  return html`<table class="grid"><caption class="hidden">${timeline.caption}, ${month.name}, by day</caption>
<colgroup><col class="lane"><col class="row"><col span="${days.length}"></colgroup>
<thead><tr><td></td><td></td>${heads}</tr></thead>
${lanes}</table>`;
}

interface Day {
  readonly day: number;
  readonly weekday: string;
  readonly weekend: string;
  readonly outside: boolean;
}

/** A line with its place in the list that links lead to. */
interface Linked {
  readonly line: Line;
  readonly href: string;
}

function dayOf(day: number, { firstDay, lastDay }: Timeline, { month }: Month): Day {
  const weekday = weekdayOf(month, day);
  const date = dayIn(month, day);
  const weekend = weekday.startsWith('S') ? 'weekend' : '';
  return { day, weekday, weekend, outside: date < firstDay || date > lastDay };
}

function laneOf({ name, rows }: Lane, days: readonly Day[], month: Month, monthId: string): Html {
  const linked = month.lines.map((line, number) => ({ line, href: `#${monthId}-${number + 1}` }));
  const frozen = days.map(({ day }) =>
    month.spans.some(({ span, first, last }) => span.lanes.includes(name) && first <= day && day <= last),
  );
  if (rows.length === 0)
    return html`<tbody><tr><th scope="rowgroup">${name}</th><td></td><td class="always" colspan="${days.length}">no windows</td></tr></tbody>
`;
  const heading = html`<th scope="rowgroup" rowspan="${rows.length}">${name}</th>`;
  const shown = rows.map((row, number) => {
    const own = linked.filter(({ line }) => line.lane === name && line.row === row.name);
    return html`<tr>${number === 0 ? heading : ''}<th scope="row">${row.name}</th>${rowCells(row, own, days, frozen)}</tr>
`;
  });
  return html`<tbody>${shown}</tbody>
`;
}

function rowCells(row: Row, linked: readonly Linked[], days: readonly Day[], frozen: readonly boolean[]): Html[] {
  if (row.always !== undefined && linked.length === 0) return alwaysCells(row.always, frozen);
  const opening = days.map(({ day }) =>
    linked.filter(({ line }) => line.entries.some((entry) => dayOfMonth(entry.day) === day)),
  );
  const cells: Html[] = [];
  for (let index = 0; index < days.length; ) {
    const length = runLength(opening, days, frozen, index);
    cells.push(cellOf(row, opening[index] ?? [], days.slice(index, index + length), frozen[index] === true));
    index += length;
  }
  return cells;
}

/** What always opens is told where there is most room, and shaded where it meets a freeze. */
function alwaysCells(always: string, frozen: readonly boolean[]): Html[] {
  const starts = frozen.flatMap((shaded, index) => (shaded === frozen[index - 1] ? [] : [index]));
  const lengths = starts.map((start, number) => (starts[number + 1] ?? frozen.length) - start);
  const roomiest = lengths.indexOf(Math.max(...lengths));
  return starts.map((start, number) => {
    const shaded = frozen[start] === true;
    const told = number === roomiest ? always : '';
    const warned = shaded ? html`<span class="hidden"> in a freeze</span>` : '';
    return html`<td class="always${shaded ? ' frozen' : ''}" colspan="${lengths[number] ?? 1}">${told}${warned}</td>`;
  });
}

/** Days from `index` on that open alike share a cell and a link: a month of daily scans is one stop of the keyboard. */
function runLength(
  opening: readonly (readonly Linked[])[],
  days: readonly Day[],
  frozen: readonly boolean[],
  index: number,
): number {
  const [only, another] = opening[index] ?? [];
  if (only === undefined || another !== undefined) return 1;
  const alike = (other: number) =>
    opening[other]?.length === 1 &&
    opening[other]?.[0] === only &&
    frozen[other] === frozen[index] &&
    days[other]?.outside === days[index]?.outside;
  let end = index + 1;
  while (alike(end)) end += 1;
  return end - index >= 3 ? end - index : 1;
}

function cellOf(row: Row, linked: readonly Linked[], days: readonly Day[], frozen: boolean): Html {
  const [first] = days as [Day];
  const last = days.at(-1) ?? first;
  const single = days.length === 1 ? first.weekend : '';
  const classes = [single, first.outside ? 'outside' : '', frozen ? 'frozen' : ''].filter((name) => name !== '');
  const marks = linked.map(({ line, href }) => {
    const day = days.length === 1 ? `${first.weekday} ${first.day}` : `${first.day}–${last.day}`;
    const told = `${line.lane} ${line.row}, ${day}: ${line.times.join(' · ')}${frozen ? ', in a freeze' : ''}`;
    const dots = days.map(() => html`<i></i>`);
    return html`<a class="${row.weight}" href="${href}" title="${told}">${dots}<span class="hidden">${told}</span></a>`;
  });
  const span = days.length === 1 ? '' : html` colspan="${days.length}"`;
  return html`<td${classes.length === 0 ? '' : html` class="${classes.join(' ')}"`}${span}>${marks}</td>`;
}
