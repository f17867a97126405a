// Reports on a snapshot, every instance of it: node bin/run.mjs bench/report-snapshot.ts SNAPSHOT FLEET
import { complianceReport, contextOfFleet } from '../compliance/index.ts';
import { FileSource } from '../compliance/file/index.ts';
import { readFleet } from '../fleet/index.ts';

const c0=process.cpuUsage(); const t0=performance.now();
const lap=(n: string)=>{const d=process.cpuUsage(c0); console.error(n,'cpu',((d.user+d.system)/1e6).toFixed(2),'wall',((performance.now()-t0)/1e3).toFixed(2), 'rss', Math.round(process.memoryUsage().rss/1e6))};
const [snapshot = '', fleetFile = ''] = process.argv.slice(2);
const { fleet } = readFleet(fleetFile);
if (fleet === undefined) throw new Error('the benchmark cannot read its own fleet');
lap('fleet');
const context = contextOfFleet(fleet, [], []);
lap('context');
const source = new FileSource(snapshot);
const report = await complianceReport(source, {
  fleet: context,
  asOf: source.evidence().to,
  madeAt: source.evidence().to,
  toolVersion: '0.1.0',
});
lap('report');
console.log(report.totals, report.findings.length, report.patches.length);
if (process.env.HASH) { const {createHash}=await import('node:crypto'); const h=createHash('sha256'); for (const [k,v] of Object.entries(report)) h.update(k+JSON.stringify(v)); console.log(h.digest('hex')); }
