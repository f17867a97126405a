import type { ExplorerData } from '../explorer/data.ts';
import { type State, stateIn, tellState } from '../explorer/state.ts';
import type { Target } from '../explorer/view.ts';

interface Place {
  readonly data: ExplorerData;
  state: State;
  /** Called where the reader went elsewhere; `from` is the address that was left. */
  readonly goTo: (state: State, from: string) => void;
}

/** The part of the page's address after `#`, in which every explorer of the page keeps its state. */
export class Address {
  private readonly places = new Map<string, Place>();
  private waiting: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    addEventListener('hashchange', ({ oldURL }) => this.follow(new URL(oldURL).hash));
  }

  /** Takes an explorer in; returns the state in which the address wants it. */
  add(data: ExplorerData, goTo: Place['goTo']): State {
    const state = stateIn(told(), data);
    this.places.set(data.name, { data, state, goTo });
    return state;
  }

  /** Whether the address says anything about an explorer. */
  names(name: string): boolean {
    return [...told().keys()].some((key) => key.startsWith(`${name}.`));
  }

  /** Where a target is found: `#instances.ring=prod`. */
  hrefOf({ explorer, state }: Target): string {
    const address = new URLSearchParams();
    for (const [name, place] of this.places) tellState(address, name, name === explorer ? state : place.state);
    const text = `${address}`;
    // An empty fragment would lead to the top of the page.
    return text === '' ? `#${explorer}.=` : `#${text}`;
  }

  /** The reader chose something: Back leads to what was before. */
  push(explorer: string, state: State): void {
    this.settle();
    this.keep(explorer, state);
    history.pushState(null, '', this.hrefOf({ explorer, state }));
  }

  /** The reader is typing: the entry of the first letter is changed. Browsers allow few changes a second. */
  replace(explorer: string, state: State): void {
    this.keep(explorer, state);
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => {
      this.waiting = undefined;
      history.replaceState(null, '', this.hrefOf({ explorer, state: this.places.get(explorer)?.state ?? state }));
    }, 250);
  }

  private settle(): void {
    clearTimeout(this.waiting);
    this.waiting = undefined;
  }

  private keep(explorer: string, state: State): void {
    const place = this.places.get(explorer);
    if (place !== undefined) place.state = state;
  }

  private follow(from: string): void {
    // A link to a section of the page changes nothing that is explored.
    if (location.hash !== '' && !location.hash.includes('=')) return;
    this.settle();
    const address = told();
    for (const place of this.places.values()) {
      const state = stateIn(address, place.data);
      if (JSON.stringify(state) === JSON.stringify(place.state)) continue;
      place.state = state;
      place.goTo(state, from);
    }
  }
}

function told(): URLSearchParams {
  return new URLSearchParams(location.hash.slice(1));
}
