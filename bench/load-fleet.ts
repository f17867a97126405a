// Reads one fleet file, and does nothing else with it: what any command has to do first.
import { loadFleet } from '../fleet/load/index.ts';

const { fleet } = loadFleet(process.argv[2] ?? '');
if (fleet === undefined) throw new Error('the benchmark cannot read its own fleet');
