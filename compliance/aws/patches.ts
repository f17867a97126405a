import { DescribeInstancePatchesCommand, type PatchOrchestratorFilter } from '@aws-sdk/client-ssm';
import type { InstanceFacts } from '../facts.ts';
import { patchFactsOf } from '../normalise.ts';
import { operatingSystemOf } from '../operating-system.ts';
import type { PatchCounts, PatchFacts } from '../patch-facts.ts';
import type { ReadRequest } from '../source.ts';
import { eachPage } from './pages.ts';
import type { PlaceSession } from './place-session.ts';

/** States that need somebody, as filters name them, and where they are counted. */
const deficits = {
  Missing: 'missing',
  Failed: 'failed',
  InstalledPendingReboot: 'installedPendingReboot',
  InstalledRejected: 'installedRejected',
  AvailableSecurityUpdate: 'availableSecurityUpdate',
} as const satisfies Record<string, keyof PatchCounts>;

/** Lists patches of the instances of which the request wants any: by id. */
export async function readPatches(
  session: PlaceSession,
  request: ReadRequest,
  instances: readonly InstanceFacts[],
  namesOfCve: readonly string[],
): Promise<Map<string, readonly PatchFacts[]>> {
  const found = new Map<string, readonly PatchFacts[]>();
  await Promise.all(
    instances.map((instance) => {
      const filters = filtersOf(request, instance, namesOfCve);
      if (filters.length === 0) return undefined;
      const { instanceId } = instance;
      return session.gaps.around({ area: 'patches', instanceIds: [instanceId] }, async () => {
        found.set(instanceId, await readPatchesOf(session, instanceId, filters));
      });
    }),
  );
  return found;
}

type Filters = readonly PatchOrchestratorFilter[];

/** What to ask about one instance, each with a call of its own; `[]` asks for everything, and nothing at all for nothing. */
function filtersOf(
  { details, patch }: ReadRequest,
  { patchState, managed }: InstanceFacts,
  namesOfCve: readonly string[],
): Filters[] {
  if (patchState === undefined) return [];
  if (details === 'all') return [[]];
  const isCve = patch !== undefined && /^CVE-/i.test(patch);
  const asked: Filters[] = [];
  // CVEs are told of missing and failed patches alone.
  if (details === 'noncompliant' || isCve)
    for (const [state, count] of Object.entries(deficits)) {
      // A count that is not told may be any, except where agents never tell it.
      const counted = patchState.counts[count] ?? (count === 'availableSecurityUpdate' ? 0 : 1);
      if (counted > 0) asked.push([{ Key: 'State', Values: [state] }]);
    }
  if (isCve && namesOfCve.length > 0 && (operatingSystemOf(managed) ?? '').startsWith('AMAZON_LINUX'))
    asked.push(...namesOfCve.map((name) => [{ Key: 'KBId', Values: [name] }]));
  if (patch !== undefined && !isCve && managed?.platformType !== 'Linux' && managed?.platformType !== 'MacOS')
    asked.push([{ Key: 'KBId', Values: [patch.toUpperCase()] }]);
  return asked;
}

async function readPatchesOf({ ssm, ask }: PlaceSession, InstanceId: string, asked: readonly Filters[]) {
  const found = new Map<string, PatchFacts>();
  await Promise.all(
    asked.map((Filters) =>
      eachPage(
        (token) =>
          ask('ssm:DescribeInstancePatches', (options) =>
            ssm.send(
              // The model allows 100, the service has been seen to refuse more than 50.
              new DescribeInstancePatchesCommand({
                InstanceId,
                Filters: [...Filters],
                MaxResults: 50,
                ...token,
              }),
              options,
            ),
          ),
        ({ Patches = [] }) => {
          for (const patch of Patches) {
            const facts = patchFactsOf(patch);
            found.set(JSON.stringify([facts.patchId, facts.title]), facts);
          }
        },
      ),
    ),
  );
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, facts]) => facts);
}
