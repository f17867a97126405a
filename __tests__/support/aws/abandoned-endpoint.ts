import { Endpoint } from './endpoint.ts';
import { simulateFleet } from './simulate.ts';

/* A process that forgets to stop its endpoint. */
const endpoint = await Endpoint.start({ fleet: simulateFleet({ instances: 1 }) });
const answer = await fetch(endpoint.url, { method: 'POST', body: 'Action=GetCallerIdentity' });
process.stdout.write(`${answer.status}\n`);
