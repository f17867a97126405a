import { describe, expect, it } from '@jest/globals';
import { dataOf } from '../../../report/explorer/data.ts';
import { viewOf } from '../../../report/explorer/look.ts';
import { searchOf } from '../../../report/explorer/select.ts';
import { type State, start } from '../../../report/explorer/state.ts';
import { machines } from '../exploring.ts';

const data = dataOf(machines);

function look(changes: Partial<State>) {
  const view = viewOf(data, { ...start, ...changes }, searchOf(data));
  const lines = Array.from({ length: view.size }, (_, line) => view.cellsAt(line));
  return { view, lines, names: lines.map(([name]) => name) };
}

describe('what a reader looks at', () => {
  it('begins with the groups of the widest level, counted by state, with sums', () => {
    const { view, lines } = look({});
    expect(view.headings.map(({ heading }) => heading)).toEqual([
      'site',
      'machines',
      'fine %',
      'broken',
      'unheard of',
      'fine',
      'hours',
    ]);
    const of = (site: string, column: number) =>
      machines.rows.filter(({ cells }) => cells[1] === site).reduce((sum, { cells }) => sum + Number(cells[column]), 0);
    expect(lines).toEqual([
      ['north', 20, 60, 4, 4, 12, of('north', 3)],
      ['south', 20, 60, 4, 4, 12, of('south', 3)],
      ['', 20, 60, 4, 4, 12, of('', 3)],
    ]);
    expect(view.tonesAt?.(0)).toEqual({ good: 12, bad: 4, unsure: 4, idle: 0 });
  });

  it('never rounds a share up to all', () => {
    const rows = Array.from({ length: 2000 }, (_, number) => ({
      cells: [`m-${number}`, 'north', number === 0 ? 'broken' : 'fine', 1, ''],
    }));
    const many = dataOf({ ...machines, rows });
    expect(viewOf(many, start, searchOf(many)).cellsAt(0).slice(0, 3)).toEqual(['north', 2000, 99.9]);
  });

  it('goes from a group to its rows, and from a row to its details', () => {
    const group = look({}).view.opensAt(0)?.state as State;
    expect(group.filters).toEqual({ site: ['north'] });
    const rows = look(group);
    expect(rows.view.of).toBe('rows');
    expect(rows.names.slice(0, 3)).toEqual(['m-0', 'm-3', 'm-6']);
    const row = look(rows.view.opensAt(0)?.state as State);
    expect(row.view.caption).toBe('Parts that it lacks');
    expect(row.lines).toEqual([
      ['bolt', 3],
      ['nut-9', 1],
    ]);
    const alike = look(row.view.opensAt(1)?.state as State);
    expect(alike.names).toEqual(['m-0', 'm-10', 'm-20', 'm-30', 'm-40', 'm-50']);
  });

  it('goes from a group to its rows also where the reader has chosen the level', () => {
    const group = look({ show: 0, sort: { key: 'size', descending: true } }).view.opensAt(0)?.state as State;
    expect(look(group).view.of).toBe('rows');
  });

  it('has the group without a site, too', () => {
    const state = look({}).view.opensAt(2)?.state as State;
    expect(state.filters).toEqual({ site: [''] });
    expect(look(state).view.size).toBe(20);
  });

  it('tells details that are none from those that nobody knows', () => {
    expect(look({ row: 'north/m-12' }).view.empty).toBe('It lacks nothing.');
    expect(look({ row: 'north/m-6' }).view.empty).toBe('Nobody looked.');
  });

  it('finds every word in any case, in cells that are shown or not, and in details', () => {
    expect(look({ words: 'NORTH m-1' }).names).toEqual(['m-12', 'm-15', 'm-18']);
    expect(look({ words: 's1017' }).names).toEqual(['m-17']);
    expect(look({ words: 'nut-10 south' }).names).toEqual(['m-25', 'm-55']);
    const none = look({ words: 'nothing' });
    expect([none.view.size, none.view.empty]).toEqual([0, 'no machine matches']);
  });

  it('filters by any of several values, and tells what other choices would come to', () => {
    const { view } = look({ filters: { state: ['broken', 'unheard of'], site: ['north'] }, show: 'rows' });
    expect(view.size).toBe(8);
    const { counts } = view.selection;
    // Of the sites with these states; of all states in this site.
    expect(counts.get('site')).toEqual([8, 8, 8]);
    expect(counts.get('state')).toEqual([4, 4, 12]);
  });

  it('shows nothing for a value that no row has', () => {
    expect(look({ filters: { site: ['west'] }, show: 'rows' }).view.size).toBe(0);
  });

  it('sorts numbers by size, names by the numbers in them, states by their order, and what is empty last', () => {
    const sorted = (key: string, descending: boolean) => look({ show: 'rows', sort: { key, descending } });
    expect(sorted('id', false).names.slice(0, 4)).toEqual(['m-0', 'm-1', 'm-2', 'm-3']);
    expect(sorted('id', true).names.slice(0, 2)).toEqual(['m-59', 'm-58']);
    for (const descending of [true, false]) {
      const hours = sorted('hours', descending).lines.map((cells) => cells[3]);
      expect(hours.slice(-9)).toEqual(Array(9).fill(''));
      expect(hours[0]).toBe(descending ? 59 : 1);
    }
    expect([...new Set(sorted('state', false).lines.map((cells) => cells[2]))]).toEqual([
      'broken',
      'unheard of',
      'fine',
    ]);
    const parts = look({ row: 'north/m-15', sort: { key: 'part', descending: true } });
    expect(parts.names).toEqual(['nut-10', 'bolt']);
    const sites = look({ sort: { key: 'hours', descending: true } }).lines.map((cells) => Number(cells[6]));
    expect(sites).toEqual([...sites].sort((a, b) => b - a));
  });
});
