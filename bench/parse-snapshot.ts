// Parses every line of a snapshot, and does nothing else with it: node bin/run.mjs bench/parse-snapshot.ts SNAPSHOT
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const [snapshot = ''] = process.argv.slice(2);
let count=0; let parse = 0;
const c0=process.cpuUsage();
for (const name of readdirSync(snapshot)) {
  if (!name.endsWith('.gz')) continue;
  const lines = gunzipSync(readFileSync(join(snapshot, name))).toString('utf8').split('\n');
  const t = process.cpuUsage();
  for (const line of lines) if (line !== '') {JSON.parse(line); count++;}
  const d = process.cpuUsage(t); parse += d.user+d.system;
}
const d=process.cpuUsage(c0);
console.log(count, 'cpu all', (d.user+d.system)/1e6, 'cpu parse', parse/1e6);
