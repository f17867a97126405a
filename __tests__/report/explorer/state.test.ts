import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dataOf } from '../../../report/explorer/data.ts';
import { type State, start, stateIn, tellState } from '../../../report/explorer/state.ts';
import { machines } from '../exploring.ts';

const data = dataOf(machines);

function addressOf(state: State): string {
  const address = new URLSearchParams();
  tellState(address, 'machines', state);
  return `${address}`;
}

const values = fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 3 });

const states: fc.Arbitrary<State> = fc
  .record(
    {
      words: fc.string(),
      filters: fc.record({ site: values, state: values, part: values }, { requiredKeys: [] }),
      show: fc.constantFrom('rows' as const, 0),
      sort: fc.record({ key: fc.constantFrom('id', 'hours'), descending: fc.boolean() }),
      page: fc.integer({ min: 1, max: 99 }),
      row: fc.string({ minLength: 1 }),
    },
    { requiredKeys: ['words', 'filters', 'page'] },
  )
  .map((state) => ({ ...state, filters: { ...state.filters } }) as State);

describe('an address', () => {
  it('leads back to the state that it was made of, whatever the words and values', () => {
    fc.assert(
      fc.property(states, (state) => {
        expect(stateIn(new URLSearchParams(addressOf(state)), data)).toEqual(state);
      }),
    );
  });

  it('can be read', () => {
    const filters = { site: ['north'], state: ['broken', 'fine'] };
    expect(addressOf({ ...start, words: 'a b', filters, sort: { key: 'hours', descending: true } })).toBe(
      'machines.site=north&machines.state=broken&machines.state=fine&machines.q=a+b&machines.sort=-hours',
    );
  });

  it('is the start where it says nothing, or what it says makes no sense', () => {
    for (const text of ['', 's3', 'other.q=a', 'machines.page=-1&machines.show=7&machines.serial=S1&machines.page=x'])
      expect(stateIn(new URLSearchParams(text), data)).toEqual(start);
  });
});
