// Makes as many calls of a simulated AWS as it is told, with nothing but the SDK, and writes the seconds that took:
// node bin/run.mjs bench/sdk-alone.ts CALLS LATENCY
import { DescribeInstanceInformationCommand, SSMClient } from '@aws-sdk/client-ssm';
import pLimit from 'p-limit';
import { defaults } from '../compliance/aws/options.ts';
import { accountNumber, regions } from './fleet.ts';
import { startSimulatedAws } from './simulated-aws.ts';

const [calls = '0', latencyMs = '0'] = process.argv.slice(2);
// One place, one client and one node: no calls are answered faster.
const places = { accounts: [accountNumber(0)], regions: regions.slice(0, 1) };
const end = await startSimulatedAws({ instances: 1, latencyMs: Number(latencyMs), ...places });
const maxSockets = defaults.concurrency.overall;
const client = new SSMClient({ requestHandler: { httpAgent: { maxSockets } } });
const turns = pLimit(maxSockets);
const start = performance.now();
const ask = () => turns(() => client.send(new DescribeInstanceInformationCommand({})));
await Promise.all(Array.from({ length: Number(calls) }, ask));
const seconds = (performance.now() - start) / 1000;
client.destroy();
await end();
process.stdout.write(JSON.stringify(seconds));
