import { csvOf } from '../explorer/csv.ts';
import type { ExplorerData } from '../explorer/data.ts';
import { shownBy, viewOf } from '../explorer/look.ts';
import { type Search, searchOf } from '../explorer/select.ts';
import { filtered, type State, start, without } from '../explorer/state.ts';
import type { View } from '../explorer/view.ts';
import type { Address } from './address.ts';
import { chosenText } from './chosen.ts';
import { crumbsOf, titleOf } from './crumbs.ts';
import { countText, element, numberText } from './dom.ts';
import { levelSwitch } from './level-switch.ts';
import { pagesOf, rowsAPage } from './pages.ts';
import { rowFacts } from './row-facts.ts';
import { saveCsv } from './save-csv.ts';
import { tableOf } from './table.ts';
import { Tools } from './tools.ts';

/** One explorer of the page: its tools stay, so that the keyboard stays in them; what they show is made anew. */
export class Explorer {
  private readonly host: HTMLElement;
  private readonly data: ExplorerData;
  private readonly address: Address;
  private readonly search: Search;
  private readonly tools: Tools;
  private readonly crumbs = element('div');
  private readonly heading = element('h3', { tabindex: '-1' });
  private readonly status = element('p', { role: 'status', class: 'note' });
  private readonly chosen = element('p', { class: 'paper note' });
  private readonly shown = element('div', { class: 'shown' });
  private state: State;
  private view: View;
  private rowsAPage = rowsAPage.screen;

  constructor(host: HTMLElement, data: ExplorerData, address: Address) {
    this.host = host;
    this.data = data;
    this.address = address;
    this.search = searchOf(data);
    this.state = address.add(data, { show: (state) => this.goTo(state), arrive: () => this.arrive() });
    this.view = viewOf(data, this.state, this.search);
    this.tools = new Tools(data, {
      type: (words) => this.type(words),
      filter: (key, values) => this.choose(filtered(without(this.state, 'row'), { [key]: values })),
      drop: (key, values) => {
        this.choose(filtered(without(this.state, 'row'), { [key]: values }));
        this.heading.focus({ preventScroll: true });
      },
      clear: () => this.choose(start),
      save: () => saveCsv(`${data.name}.csv`, csvOf(this.view)),
    });
  }

  /** Takes the place of the plain tables. */
  open(): void {
    this.host.replaceChildren(this.tools.root, this.crumbs, this.heading, this.status, this.chosen, this.shown);
    this.show();
    addEventListener('beforeprint', () => this.showPages(rowsAPage.paper));
    addEventListener('afterprint', () => this.showPages(rowsAPage.screen));
  }

  /** Whether the address that the page was opened with leads here. */
  isNamed(): boolean {
    return this.address.names(this.data.name);
  }

  /** Brings what is shown before the reader. */
  arrive(): void {
    this.heading.focus({ preventScroll: true });
    // A scroll that is still under way would go on, past what is shown now.
    scrollTo({ top: scrollY, behavior: 'instant' });
    const isSeen = () => {
      const { top } = this.heading.getBoundingClientRect();
      return top >= 0 && top <= innerHeight / 2;
    };
    if (isSeen()) return;
    this.host.scrollIntoView({ behavior: 'instant' });
    // On a small screen the tools leave no room for what they show.
    if (!isSeen()) this.crumbs.scrollIntoView({ behavior: 'instant' });
  }

  private type(words: string): void {
    const isFirst = this.state.words === '';
    const found: State = { ...without(this.state, 'row'), words, page: 1 };
    // What is listed may be other things now, with other columns.
    const isListed = this.state.row === undefined && shownBy(this.data, this.state) === shownBy(this.data, found);
    this.state = isListed ? found : without(found, 'sort');
    if (isFirst) this.address.push(this.data.name, this.state);
    else this.address.replace(this.data.name, this.state);
    this.show();
  }

  private choose(state: State): void {
    this.state = state;
    this.address.push(this.data.name, state);
    this.show();
  }

  private goTo(state: State): void {
    this.state = state;
    this.show();
  }

  private showPages(size: number): void {
    this.rowsAPage = size;
    if (this.view.size > rowsAPage.screen) this.show();
  }

  private show(): void {
    const { data, state, address } = this;
    this.view = viewOf(data, state, this.search);
    const { view } = this;
    this.tools.follow(state, view.selection);
    this.crumbs.replaceChildren(crumbsOf(data, state, view, address));
    this.heading.textContent = view.of === 'details' ? titleOf(data, view.row ?? -1) : view.caption;
    this.status.textContent = this.told();
    this.chosen.textContent = view.row === undefined ? chosenText(data, state) : '';
    const sort = (key: string) => {
      const descending = state.sort?.key === key && !state.sort.descending;
      const left = this.shown.querySelector('.scroll')?.scrollLeft ?? 0;
      this.choose({ ...state, sort: { key, descending }, page: 1 });
      this.shown.querySelector('.scroll')?.scrollTo({ left, behavior: 'instant' });
      this.shown.querySelector<HTMLElement>('th[aria-sort] button')?.focus({ preventScroll: true });
    };
    const list = (chosen: State) => {
      this.choose(chosen);
      this.shown.querySelector<HTMLElement>('.switch [aria-pressed=true]')?.focus();
    };
    const turn = (page: number) => {
      this.choose({ ...state, page });
      this.heading.focus();
    };
    this.shown.replaceChildren(
      ...(view.row === undefined ? [levelSwitch(data, state, list)] : rowFacts(data, view.row)),
      tableOf(data, view, state, address, sort, this.rowsAPage),
      ...pagesOf(view, state, turn, this.rowsAPage),
    );
  }

  /** How much is shown, also for those who cannot see it. */
  private told(): string {
    const { data, view, state } = this;
    if (view.row !== undefined) return view.size === 0 ? '' : countText(view.size, data.details ?? data);
    const matching = view.selection.rows.length;
    const all = matching === data.size ? 'all ' : '';
    const rows = all === '' ? `${numberText(matching)} of ${countText(data.size, data)}` : countText(data.size, data);
    const pages = Math.ceil(view.size / this.rowsAPage);
    const page = pages > 1 ? `, page ${Math.min(state.page, pages)} of ${pages}` : '';
    const missing = state.row === undefined ? '' : `; there is no ${data.one} ${state.row}`;
    return `${all}${rows}${page}${missing}`;
  }
}
