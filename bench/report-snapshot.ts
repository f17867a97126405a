// Tells what a snapshot comes to, every instance of it: node bin/run.mjs bench/report-snapshot.ts SNAPSHOT FLEET
import { FileSource } from '../compliance/file/index.ts';
import { complianceReport, contextOfFleet } from '../compliance/index.ts';
import { readFleet } from '../fleet/index.ts';

const [snapshot = '', fleetFile = ''] = process.argv.slice(2);
const { fleet } = readFleet(fleetFile);
if (fleet === undefined) throw new Error('the benchmark cannot read its own fleet');
const source = new FileSource(snapshot);
const { to: asOf } = source.evidence();
const { totals, instances } = await complianceReport(source, {
  fleet: contextOfFleet(fleet, [], []),
  asOf,
  madeAt: asOf,
  toolVersion: '0.0.0',
});
process.stdout.write(`${JSON.stringify(totals)}\n`);
for (let start = 0; start < instances.length; start += 1000) {
  const rows = instances.slice(start, start + 1000);
  const text = rows.map((row) => [row.instanceId, row.account, row.region, row.ring, row.bucket, row.why].join('\t'));
  process.stdout.write(`${text.join('\n')}\n`);
}
