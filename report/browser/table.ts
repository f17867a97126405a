import type { ExplorerData } from '../explorer/data.ts';
import type { State } from '../explorer/state.ts';
import type { Heading, View } from '../explorer/view.ts';
import type { Cell, Tone } from '../report.ts';
import type { Address } from './address.ts';
import { contentOf } from './cell.ts';
import { button, element } from './dom.ts';
import { pageOf } from './pages.ts';

/** A page of what is shown. Headings sort; the name of a line leads on. */
export function tableOf(
  data: ExplorerData,
  view: View,
  state: State,
  address: Address,
  sort: (key: string) => void,
  rowsAPage: number,
): HTMLElement {
  if (view.size === 0) return element('p', { class: 'empty' }, view.empty);
  const { first, end } = pageOf(view, state, rowsAPage);
  const caption = view.row === undefined ? view.caption : (data.details?.caption ?? view.caption);
  const head = element('tr', {}, ...view.headings.map((heading) => headingOf(heading, state, sort)));
  const body = element('tbody');
  for (let line = first; line < end; line += 1) body.append(lineOf(view, line, address));
  const table = element(
    'table',
    {},
    element('caption', { class: 'hidden' }, caption),
    element('thead', {}, head),
    body,
  );
  return element('div', { class: 'scroll', role: 'region', 'aria-label': `Table: ${caption}`, tabindex: '0' }, table);
}

function headingOf({ key, heading, kind = 'text' }: Heading, { sort }: State, choose: (key: string) => void) {
  const sorted = sort?.key === key ? (sort.descending ? 'descending' : 'ascending') : undefined;
  const attributes = {
    scope: 'col',
    class: kind,
    'data-heading': heading,
    ...(sorted !== undefined && { 'aria-sort': sorted }),
  };
  return element(
    'th',
    attributes,
    button(heading, () => choose(key)),
  );
}

/** Texts up to so many characters are not broken into lines. */
const longestUnbroken = 24;

function lineOf({ headings, cellsAt, opensAt, titleAt, tonesAt }: View, line: number, address: Address): HTMLElement {
  const target = opensAt(line);
  const cells = cellsAt(line).map((cell, place) => {
    const heading = headings[place] as Heading;
    const content = contentOf(cell, heading);
    const { kind = 'text', isName = false, isShare = false } = heading;
    const short = `${cell}`.length <= longestUnbroken ? ['short'] : [];
    if (isName) {
      const shown = cell === '' ? (heading.none ?? 'none') : content;
      const titled: Record<string, string> = titleAt === undefined ? {} : { 'aria-label': titleAt(line) };
      const leading = target === undefined ? shown : address.linkTo(target, titled, shown);
      return element('th', { scope: 'row', class: [kind, ...short].join(' ') }, leading);
    }
    const bar = isShare && tonesAt !== undefined ? [barOf(tonesAt(line))] : [];
    const zero = cell === 0 ? ['zero'] : [];
    return element('td', { class: [kind, ...zero, ...short].join(' ') }, content, ...bar);
  });
  return element('tr', {}, ...cells);
}

/** The parts of a group by what they mean; the numbers beside it say the same. */
function barOf(tones: Readonly<Record<Tone, number>>): HTMLElement {
  const parts = Object.entries(tones).flatMap(([tone, count]: [string, Cell]) => {
    if (count === 0) return [];
    const part = element('i', { class: tone });
    part.style.flexGrow = `${count}`;
    return [part];
  });
  return element('span', { class: 'bar', 'aria-hidden': 'true' }, ...parts);
}
