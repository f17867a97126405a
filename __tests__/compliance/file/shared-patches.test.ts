import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { InstanceFacts, PlaceFacts } from '../../../compliance/facts.ts';
import { linesOf, PlaceReader } from '../../../compliance/file/records.ts';
import { places } from '../facts.arbitrary.ts';
import { ec2, instance, lacking, patch, place } from '../support.ts';

/* Lists of patches that nodes of a place have in common are read once: nobody may notice but by the time it takes. */

function read(lines: readonly string[]): PlaceFacts | undefined {
  const reader = new PlaceReader();
  return lines.every((line) => reader.add(line)) ? reader.part() : undefined;
}

const [header = ''] = linesOf(place([]));

/** What becomes of one line after that of its place. */
function readInstance(line: string): InstanceFacts | undefined {
  return read([header, line])?.instances[0];
}

const second = 'i-00000000000000002';
const third = 'i-00000000000000003';

describe('patches that nodes have in common', () => {
  it('are one list', () => {
    const nodes = [
      lacking([patch()]),
      lacking([patch()], { instanceId: second }),
      lacking([patch({ state: 'FAILED' })], { instanceId: third }),
    ];
    const facts = read([...linesOf(place(nodes))]);
    expect(facts?.instances).toEqual(nodes);
    expect(facts?.instances[1]?.patches).toBe(facts?.instances[0]?.patches);
    expect(facts?.instances[2]?.patches).not.toBe(facts?.instances[0]?.patches);
  });

  it('are read as they were written, in any facts', () => {
    fc.assert(
      fc.property(places, (facts) => {
        const written = JSON.parse(JSON.stringify(facts));
        expect(read([...linesOf(facts)])).toEqual(written);
      }),
    );
  });

  it('may stand anywhere in a line, beside anything that looks like them', () => {
    const tags = { Name: 'a,"patches":[],b', ',"patches":': '[{}]}}', PatchGroup: 'web' };
    const nodes = [lacking([patch({ title: ',"patches":[{"patchId":"x"}]}}' })], { ec2: ec2({ tags }) }), instance()];
    for (const node of nodes) {
      const { patches, ...rest } = node;
      for (const record of [node, { patches, ...rest }, { ...node, later: { a: 1, patches: [1] } }])
        expect(readInstance(JSON.stringify({ instance: record }))).toEqual(record);
      expect(readInstance(`${JSON.stringify({ instance: node })} `)).toEqual(node);
    }
  });

  it('are refused where one of them is no patch, in a list of its own and in one that others have', () => {
    const line = JSON.stringify({ instance: lacking([patch()]) });
    const odd = line.replace('"MISSING"', 'null');
    expect(odd).not.toBe(line);
    expect(readInstance(line)).toBeDefined();
    expect(readInstance(odd)).toBeUndefined();
    expect(read([header, line, odd])).toBeUndefined();
    expect(read([header, odd, line])).toBeUndefined();
  });

  it('are refused in a line of something else, or with a second thing beside them', () => {
    const patches = JSON.stringify([patch()]);
    expect(readInstance(`{"instance":{,"patches":${patches}}}`)).toBeUndefined();
    expect(readInstance(`{"instance":{"instanceId":"i-1"},"window":{"windowId":"mw-1","patches":${patches}}}`)).toBe(
      undefined,
    );
  });

  it('are the last ones of a line that has several, as in any JSON', () => {
    const patches = JSON.stringify([patch()]);
    expect(readInstance(`{"instance":{"instanceId":"i-1","patches":null,"patches":${patches}}}`)).toEqual(
      JSON.parse(`{"instanceId":"i-1","patches":${patches}}`),
    );
    expect(readInstance(`{"instance":{"instanceId":"i-1","patches":${patches},"patches":null}}`)).toBeUndefined();
  });

  it.each([
    '{"instance":{"instanceId":"i-1","patches":[}}',
    '{"instance":{"instanceId":"i-1","patches":[]}',
    '{"instance":{"instanceId":"i-1","ec2":{"patches":1,"patches":[]}}',
    '{"instance":{"instanceId":"i-1","patches":[]}}}',
    '{"instance":{"instanceId":"i-1","patches":[]]]',
  ])('make no JSON of what is none: %s', (line) => {
    expect(() => readInstance(line)).toThrow(SyntaxError);
  });
});
