import { Endpoint } from './endpoint.ts';
import { healthyFleet } from './healthy.ts';
import { keysOf } from './sts.ts';

/*
 * An endpoint in a process of its own, so that what it costs is not counted with what is measured:
 *
 *   node bin/run.mjs __tests__/support/aws/bench-endpoint.ts INSTANCES LATENCY ACCOUNTS REGIONS
 *
 * INSTANCES in each account and region, LATENCY in milliseconds, lists with commas. It writes the environment of its
 * users as a line of JSON, and another with the calls that there were when it is told that it may end.
 */
const [instances, latency, accounts = '', regions = ''] = process.argv.slice(2);
const fleet = healthyFleet({
  instances: Number(instances),
  accounts: accounts.split(','),
  regions: regions.split(','),
});
const endpoint = await Endpoint.start({ fleet, latencyMs: Number(latency) });
const write = (value: unknown) => process.stdout.write(`${JSON.stringify(value)}\n`);
write({ AWS_ENDPOINT_URL: endpoint.url, ...keysOf(fleet.places[0]?.account ?? '') });
process.stdin.on('end', () => write({ counts: endpoint.counts, unfaithful: endpoint.unfaithful }));
process.stdin.resume();
