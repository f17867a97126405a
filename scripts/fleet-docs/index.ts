import { fleetJsonSchema, formatJson } from './json-schema.ts';
import { referencePage } from './reference-page.ts';

/** The files that are made of the schema of the fleet file, by their path in the checkout. */
export function fleetDocs(): Readonly<Record<string, string>> {
  const schema = fleetJsonSchema();
  return { 'docs/fleet-file.md': referencePage(schema), 'fleet.schema.json': `${formatJson(schema)}\n` };
}
