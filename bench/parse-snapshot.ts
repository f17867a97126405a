// Parses every line of a snapshot, and does nothing else with it: node bin/run.mjs bench/parse-snapshot.ts SNAPSHOT
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const [snapshot = ''] = process.argv.slice(2);
for (const file of readdirSync(snapshot).filter((name) => name.endsWith('.jsonl.gz'))) {
  const text = gunzipSync(readFileSync(join(snapshot, file))).toString('utf8');
  for (const line of text.split('\n')) if (line !== '') JSON.parse(line);
}
