import { columnPlace, type ExplorerData, type Values } from '../explorer/data.ts';
import { ranksOf, type Selection, sortedBy } from '../explorer/select.ts';
import type { State } from '../explorer/state.ts';
import type { ExplorerColumn } from '../report.ts';
import { chosenOf } from './chosen.ts';
import { wordsOf } from './crumbs.ts';
import { button, element, numberText } from './dom.ts';

export interface Actions {
  readonly type: (words: string) => void;
  readonly filter: (key: string, values: readonly string[]) => void;
  /** Filters by no other values of a column than these: what was pressed is gone afterwards. */
  readonly drop: (key: string, values: readonly string[]) => void;
  readonly clear: () => void;
  readonly save: () => void;
}

/** What is chosen by: a search, a list for each filter, and switches for the values that are counted. */
export class Tools {
  readonly root: HTMLElement;
  private readonly data: ExplorerData;
  private readonly actions: Actions;
  private readonly words: HTMLInputElement;
  private readonly clear: HTMLButtonElement;
  private readonly lists: readonly FilterList[];
  private readonly switches: readonly ValueSwitch[];
  private readonly chips = element('div', { class: 'chips' });

  constructor(data: ExplorerData, actions: Actions) {
    this.data = data;
    this.actions = actions;
    const { caption, columns, tally } = data;
    this.words = element('input', { type: 'search', autocomplete: 'off', spellcheck: 'false' });
    this.words.addEventListener('input', () => actions.type(this.words.value));
    // Not disabled: it keeps the keyboard when there is nothing left to clear.
    this.clear = button('Clear', () => this.clear.ariaDisabled !== 'true' && actions.clear());
    const filters = columns.filter(({ key, filter }) => filter && key !== tally?.column);
    this.lists = filters.map((column) => new FilterList(data, column, actions));
    this.switches = switchesOf(data, actions);
    const label = (tally && columns[columnPlace(data, tally.column)]?.heading) ?? '';
    this.root = element(
      'div',
      { class: 'tools', role: 'search', 'aria-label': caption },
      element(
        'div',
        { class: 'fields' },
        element('label', { class: 'words' }, 'Search', this.words),
        ...this.lists.map(({ root }) => root),
        element('div', { class: 'acts' }, this.clear, button('Save as CSV', actions.save)),
      ),
      ...(this.switches.length === 0
        ? []
        : [
            element(
              'div',
              { class: 'values', role: 'group', 'aria-label': label },
              ...this.switches.map(({ root }) => root),
            ),
          ]),
      this.chips,
    );
  }

  /** Shows what is chosen, and what each choice would come to. */
  follow(state: State, { counts }: Selection): void {
    if (this.words.value !== state.words) this.words.value = state.words;
    this.clear.ariaDisabled = `${state.words === '' && Object.keys(state.filters).length === 0}`;
    for (const list of this.lists) list.follow(state, counts);
    for (const one of this.switches) one.follow(state, counts);
    this.chips.replaceChildren(...this.chipsOf(state));
  }

  /** What is filtered by and has neither list nor switch: it is shown all the same, and can be taken away. */
  private chipsOf({ filters }: State): HTMLElement[] {
    const listed = new Set(this.lists.map(({ key }) => key));
    return Object.entries(filters).flatMap(([key, values]) => {
      const switched = this.switches.filter((one) => one.key === key).map(({ value }) => value);
      const others = values.filter((value) => !switched.includes(value));
      if (listed.has(key) || others.length === 0) return [];
      const text = chosenOf(this.data, key, others);
      const rest = values.filter((value) => switched.includes(value));
      const drop = () => this.actions.drop(key, rest);
      return [button(text, drop, { class: 'chip', 'aria-label': `No longer only ${text}` })];
    });
  }
}

/** One list: any value, or one of those that rows have. */
class FilterList {
  readonly key: string;
  readonly root: HTMLElement;
  private readonly data: ExplorerData;
  private readonly list = element('select');
  private readonly options: readonly {
    readonly option: HTMLOptionElement;
    readonly value: string;
    readonly place: number;
  }[];

  constructor(data: ExplorerData, column: ExplorerColumn, { filter }: Actions) {
    this.data = data;
    this.key = column.key;
    const values = data.cells[columnPlace(data, column.key)] as Values;
    const ranks = ranksOf(values.values, column);
    const order = sortedBy(
      values.values.map((_, place) => place),
      (place) => ranks[place] ?? Number.NaN,
      false,
    );
    this.options = order.map((place) => {
      const value = `${values.values[place]}`;
      return { option: element('option', { value: `${place}` }), value, place };
    });
    this.list.append(element('option', { value: '' }, 'any'), ...this.options.map(({ option }) => option));
    this.list.addEventListener('change', () => {
      const chosen = this.options.find(({ option }) => option.selected);
      filter(this.key, chosen === undefined ? [] : [chosen.value]);
    });
    this.root = element('label', {}, column.heading, this.list);
  }

  follow({ filters }: State, counts: Selection['counts']): void {
    const chosen = filters[this.key] ?? [];
    const counted = counts.get(this.key) ?? [];
    for (const { option, value, place } of this.options) {
      option.textContent = `${wordsOf(this.data, this.key, value)} (${numberText(counted[place] ?? 0)})`;
      option.selected = chosen.includes(value);
    }
    // An address may have several values, or one that no row has: that is shown, as it is what is filtered by.
    this.list.querySelector('.unheard')?.remove();
    const [only = '', ...others] = chosen;
    const isUnheard = chosen.length === 1 && !this.options.some(({ value }) => value === only);
    if (others.length > 0 || isUnheard) {
      const words = chosen.map((value) => wordsOf(this.data, this.key, value)).join(' or ');
      const option = element('option', { class: 'unheard', value: '-1' }, isUnheard ? `${words} (0)` : words);
      this.list.append(option);
      option.selected = true;
    } else if (chosen.length === 0) this.list.value = '';
  }
}

interface ValueSwitch {
  /** Of the column, and the value in it. */
  readonly key: string;
  readonly value: string;
  readonly root: HTMLButtonElement;
  follow(state: State, counts: Selection['counts']): void;
}

/** One for each value of the column that is counted; several may be on. */
function switchesOf(data: ExplorerData, { filter }: Actions): ValueSwitch[] {
  const key = data.tally?.column ?? '';
  const place = columnPlace(data, key);
  const had = data.cells[place]?.values ?? [];
  return (data.columns[place]?.values ?? []).flatMap(({ value, tone = '' }) => {
    const at = had.indexOf(value);
    if (at === -1) return [];
    const count = element('b');
    let chosen: readonly string[] = [];
    const press = () =>
      filter(key, chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]);
    const root = button('', press, { class: `tone ${tone}` });
    root.append(`${value} `, count);
    return [
      {
        key,
        value,
        root,
        follow({ filters }: State, counts: Selection['counts']) {
          chosen = filters[key] ?? [];
          root.setAttribute('aria-pressed', `${chosen.includes(value)}`);
          count.textContent = numberText(counts.get(key)?.[at] ?? 0);
        },
      },
    ];
  });
}
