import { describe, expect, it } from '@jest/globals';
import { csvOf } from '../../../report/explorer/csv.ts';
import { dataOf } from '../../../report/explorer/data.ts';
import { viewOf } from '../../../report/explorer/look.ts';
import { searchOf } from '../../../report/explorer/select.ts';
import { start } from '../../../report/explorer/state.ts';
import { machines } from '../exploring.ts';

function csvWith(site: string): string {
  const data = dataOf({ ...machines, rows: [{ cells: ['m-0', site, 'fine', -1.5, 'S1'] }] });
  return csvOf(viewOf(data, { ...start, show: 'rows' }, searchOf(data)));
}

describe('CSV', () => {
  it('has the headings and cells that are shown, in lines that end in CR LF', () => {
    expect(csvWith('north')).toBe('machine,site,state,hours\r\nm-0,north,fine,-1.5\r\n');
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['+49 30', "'+49 30"],
    ['-cmd', "'-cmd"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['  =1', "'  =1"],
    ['\t=1', "'\t=1"],
    ['＝1', "'＝1"],
    ['a=1', 'a=1'],
    ['a;=1+1', "a;'=1+1"],
    ['a; @b;c', "a;' @b;c"],
    ['a\t+1', "a\t'+1"],
    ['a\n-1', `"a\n'-1"`],
    ['a-1;b=2', 'a-1;b=2'],
    ['say "hi", then go', '"say ""hi"", then go"'],
    ['=HYPERLINK("x","y")', `"'=HYPERLINK(""x"",""y"")"`],
  ])('writes %j as %s', (site, field) => {
    expect(csvWith(site).split('\r\n')[1]).toBe(`m-0,${field},fine,-1.5`);
  });
});
