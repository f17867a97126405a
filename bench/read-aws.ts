// Reads a simulated AWS, which is a process of its own, and writes what that took as JSON:
// node bin/run.mjs bench/read-aws.ts INSTANCES LATENCY ACCOUNTS REGIONS
import { awsSource } from '../compliance/aws/index.ts';
import type { AwsFigures } from './aws-figures.ts';
import { accountNumber, regions } from './fleet.ts';
import { startSimulatedAws } from './simulated-aws.ts';

const [instances = '0', latencyMs = '0', accountCount = '1', regionCount = '1'] = process.argv.slice(2);
const accounts = Array.from({ length: Number(accountCount) }, (_, number) => accountNumber(number));
const inRegions = regions.slice(0, Number(regionCount));

const end = await startSimulatedAws({
  instances: Number(instances),
  latencyMs: Number(latencyMs),
  accounts,
  regions: inRegions,
});

const start = performance.now();
const startCpu = process.cpuUsage();
const source = awsSource({
  places: accounts.flatMap((account) =>
    inRegions.map((region) => ({
      account,
      region,
      declared: {},
      // The keys of the endpoint are those of the first account.
      ...(account !== accounts[0] && { assumeRoleArn: `arn:aws:iam::${account}:role/patchfleet-reader` }),
    })),
  ),
  toolVersion: '0.0.0',
  now: () => new Date('2026-11-23T12:00:00Z'),
});
let read = 0;
for await (const { instances: found, gaps } of source.places({ details: 'noncompliant' })) {
  if (gaps.length > 0) throw new Error(JSON.stringify(gaps));
  read += found.length;
}
const seconds = (performance.now() - start) / 1000;
const { user, system } = process.cpuUsage(startCpu);
const counts = await end();
const figures: AwsFigures = {
  instances: read,
  calls: Object.values(counts).reduce((sum, count) => sum + count, 0),
  callsForStates: counts['ssm:DescribeInstancePatchStates'] ?? 0,
  seconds,
  cpuSeconds: (user + system) / 1e6,
};
process.stdout.write(JSON.stringify(figures));
