import { writeFileSync } from 'node:fs';
import { fleetDocs } from './fleet-docs/index.ts';

/** Writes what is made of the schema of the fleet file: `npm run docs`. */
for (const [path, text] of Object.entries(fleetDocs())) {
  writeFileSync(path, text);
  process.stdout.write(`${path}\n`);
}
