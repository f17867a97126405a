import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { complianceReport } from '../../../compliance/compliance.ts';
import type { PlaceFacts } from '../../../compliance/facts.ts';
import { FileSource, writeSnapshot } from '../../../compliance/file/index.ts';
import type { PatchStateSource } from '../../../compliance/source.ts';
import { temporaryDirectory } from '../../support/command.ts';
import { asOf, ec2, fleetContext, installWindow, instance, lacking, patch, place, run, sourceOf } from '../support.ts';

/* One account and region with so many nodes that its file is read in parts. */

const nodes = Array.from({ length: 12_000 }, (_, number) => {
  const hex = createHash('sha512').update(`${number}`).digest('hex');
  const overrides = {
    instanceId: `i-0${hex.slice(0, 16)}`,
    ec2: ec2({ tags: { PatchGroup: 'web', Name: hex, Serial: createHash('sha512').update(hex).digest('hex') } }),
  };
  return number % 3 === 0 ? lacking([patch()], overrides) : instance({ ...overrides, declaredAs: `node-${number}` });
});
const reached = nodes.slice(0, 10).map(({ instanceId }) => ({ instanceId, status: 'Success' as const }));
const facts = place(nodes, { windows: [installWindow({ executions: [run('SUCCESS', reached)] })] });
const other: PlaceFacts = { ...place([instance()]), place: { account: '222222222222', region: 'us-east-1' } };

let directory: string;
beforeAll(async () => {
  directory = temporaryDirectory();
  const out = join(directory, 'snapshot');
  await writeSnapshot(sourceOf(facts, other), {
    out,
    details: 'all',
    toolVersion: '0.1.0',
    now: () => new Date(asOf),
  });
});

function reportOn(source: PatchStateSource) {
  const onPlace: string[] = [];
  const options = { fleet: fleetContext(), asOf, madeAt: asOf, toolVersion: '0.1.0' };
  const told = complianceReport(source, { ...options, onPlace: ({ account }) => onPlace.push(account) });
  return told.then(({ evidence: _, ...report }) => ({ report, onPlace }));
}

describe('a place with very many nodes', () => {
  it('comes in parts that have everything else in common', async () => {
    const parts: PlaceFacts[] = [];
    for await (const part of new FileSource(join(directory, 'snapshot')).places()) parts.push(part);
    const large = parts.filter((part) => part.place.account === facts.place.account);
    expect(large.length).toBeGreaterThan(1);
    expect(large.flatMap(({ instances }) => instances.map(({ instanceId }) => instanceId))).toEqual(
      nodes.map(({ instanceId }) => instanceId),
    );
    // What they need of memory goes by how much is told of nodes, not by how many there are.
    for (const { instances } of large) expect(JSON.stringify(instances).length).toBeLessThan(9 * 1024 * 1024);
    for (const { instances: _, ...rest } of large) expect(rest).toEqual({ ...facts, instances: undefined });
    expect(parts).toHaveLength(large.length + 1);
  });

  it('has what is declared in any part of it, so that nothing is missing', async () => {
    const declared = Object.fromEntries(
      nodes.flatMap((node) => (node.declaredAs === undefined ? [] : [[node.declaredAs, node.instanceId]])),
    );
    const again = writeSnapshot(sourceOf(facts, other), {
      out: join(directory, 'snapshot'),
      details: 'all',
      toolVersion: '0.1.0',
      now: () => new Date(asOf),
      places: [{ ...facts.place, declared }],
    });
    await expect(again).rejects.toThrow('in which nothing is missing');
  });

  it('comes to the same report as in one piece: totals, patches, windows and whom their last run did not reach', async () => {
    const [whole, inParts] = await Promise.all([
      reportOn(sourceOf(facts, other)),
      reportOn(new FileSource(join(directory, 'snapshot'))),
    ]);
    // As texts: there are too many of them to be compared one by one.
    expect(JSON.stringify(inParts.report) === JSON.stringify(whole.report)).toBe(true);
    expect(inParts.report.totals).toEqual(whole.report.totals);
    expect(inParts.report.windows[0]?.runs?.[0]?.skipped).toHaveLength(nodes.length - reached.length);
    expect(inParts.onPlace).toEqual(['111111111111', '222222222222']);
  });
});
