import type { ExplorerData } from '../explorer/data.ts';
import { type State, stateIn, tellState } from '../explorer/state.ts';
import type { Target } from '../explorer/view.ts';
import { element } from './dom.ts';

/** Called where the reader went elsewhere. */
interface Follower {
  readonly show: (state: State) => void;
  /** Brings what is shown before the reader. */
  readonly arrive: () => void;
}

interface Place extends Follower {
  readonly data: ExplorerData;
  state: State;
}

/** What an entry of the browser's history keeps. */
interface Entry {
  /** Its place among the entries of the page. */
  readonly at: number;
  /** What its address says; where that is a section of the page, what was shown when it was gone to. */
  readonly told: string;
}

/** The part of the page's address after `#`, in which every explorer of the page keeps its state. */
export class Address {
  private readonly places = new Map<string, Place>();
  private readonly targets = new WeakMap<HTMLAnchorElement, Target>();
  private at = entryHere()?.at ?? 0;
  /** What was typed, and is still to be written. */
  private waiting: { readonly write: () => void; readonly timer: ReturnType<typeof setTimeout> } | undefined;

  constructor() {
    if (entryHere() === undefined) history.replaceState(this.entry(`${told()}`), '');
    addEventListener('hashchange', ({ oldURL }) => this.follow(new URL(oldURL).hash));
    addEventListener('pagehide', () => this.settle());
    for (const kind of ['click', 'auxclick', 'contextmenu'])
      addEventListener(kind, ({ target }) => this.leave(target), true);
  }

  /** Takes an explorer in; returns the state in which the address wants it. */
  add(data: ExplorerData, follower: Follower): State {
    const state = stateIn(told(), data);
    this.places.set(data.name, { data, state, ...follower });
    return state;
  }

  /** Whether the address says anything about an explorer. */
  names(name: string): boolean {
    return [...told().keys()].some((key) => key.startsWith(`${name}.`));
  }

  /** A link to a target; what the other explorers show stays as it is when the link is followed. */
  linkTo(target: Target, attributes: Readonly<Record<string, string>>, text: Node | string): HTMLAnchorElement {
    const link = element('a', { href: this.hrefOf(target), ...attributes }, text);
    this.targets.set(link, target);
    return link;
  }

  /** The reader chose something: Back leads to what was before. */
  push(explorer: string, state: State): void {
    this.settle();
    this.keep(explorer, state);
    this.at += 1;
    history.pushState(this.entry(), '', this.hrefOf({ explorer, state }));
  }

  /** The reader is typing: the entry of the first letter is changed. Browsers allow few changes a second. */
  replace(explorer: string, state: State): void {
    this.keep(explorer, state);
    this.forget();
    const write = () => history.replaceState(this.entry(), '', this.hrefOf({ explorer, state }));
    this.waiting = { write, timer: setTimeout(() => this.settle(), 250) };
  }

  /** Where a target is found: `#instances.ring=prod`. */
  private hrefOf({ explorer, state }: Target): string {
    const text = this.text({ [explorer]: state });
    // An empty fragment would lead to the top of the page.
    return text === '' ? `#${explorer}.=` : `#${text}`;
  }

  /** What all explorers show, some of them otherwise. */
  private text(others: Readonly<Record<string, State>> = {}): string {
    const address = new URLSearchParams();
    for (const [name, { state }] of this.places) tellState(address, name, others[name] ?? state);
    return `${address}`;
  }

  private entry(told = this.text()): Entry {
    return { at: this.at, told };
  }

  private settle(): void {
    this.waiting?.write();
    this.forget();
  }

  private forget(): void {
    clearTimeout(this.waiting?.timer);
    this.waiting = undefined;
  }

  private keep(explorer: string, state: State): void {
    const place = this.places.get(explorer);
    if (place !== undefined) place.state = state;
  }

  /** Before a link is followed, or copied: explorers may show something else than when it was made. */
  private leave(target: EventTarget | null): void {
    this.settle();
    const link = target instanceof Element ? target.closest('a') : null;
    const goal = link === null ? undefined : this.targets.get(link);
    if (link !== null && goal !== undefined) link.href = this.hrefOf(goal);
  }

  private follow(from: string): void {
    // What is still to be written belongs to the entry that was left.
    this.forget();
    const entry = entryHere();
    const isBack = entry !== undefined && entry.at < this.at;
    this.at = entry?.at ?? this.at + 1;
    // A link to a section of the page changes nothing that is explored.
    if (entry === undefined) history.replaceState(this.entry(isSection() ? this.text() : `${told()}`), '');
    const address = told();
    const changed = [...this.places.values()].filter((place) => {
      const state = stateIn(address, place.data);
      if (JSON.stringify(state) === JSON.stringify(place.state)) return false;
      place.state = state;
      return true;
    });
    for (const { show, state } of changed) show(state);
    if (changed.length === 0) return;
    const left = isBack ? this.linkThatLed(from) : undefined;
    if (left === undefined) changed.at(-1)?.arrive();
    else left.focus();
  }

  /** The link by which the reader went from what is shown now. */
  private linkThatLed(to: string): HTMLAnchorElement | undefined {
    return [...document.querySelectorAll<HTMLAnchorElement>('.explorer .shown a')].find((link) => {
      const target = this.targets.get(link);
      return target !== undefined && new URL(this.hrefOf(target), location.href).hash === to;
    });
  }
}

/** Whether the address leads to a section of the page, and says nothing of explorers. */
function isSection(): boolean {
  return location.hash !== '' && !location.hash.includes('=');
}

function told(): URLSearchParams {
  return new URLSearchParams(isSection() ? (entryHere()?.told ?? '') : location.hash.slice(1));
}

function entryHere(): Entry | undefined {
  return history.state ?? undefined;
}
