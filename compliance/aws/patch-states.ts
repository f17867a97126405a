import { DescribeInstancePatchStatesCommand } from '@aws-sdk/client-ssm';
import { patchStateOf } from '../normalise.ts';
import type { PatchState } from '../patch-facts.ts';
import { batches, eachPage } from './pages.ts';
import type { PlaceSession } from './place-session.ts';

/** What AWS takes for the id of a node; one that it does not take would spoil its whole batch. */
const nodeId = /^(i-(\w{8}|\w{17})|mi-\w{17})$/;

/** As many as AWS takes at once. */
const batchSize = 50;

/** The last patch operation of each of these nodes that ever had one. */
export async function readPatchStates(
  { ssm, ask, gaps }: PlaceSession,
  instanceIds: readonly string[],
): Promise<Map<string, PatchState>> {
  const found = new Map<string, PatchState>();
  const ids = instanceIds.filter((id) => nodeId.test(id)).sort();
  let isOdd = false;
  await Promise.all(
    batches(ids, batchSize).map((batch) =>
      gaps.around(
        () => ({ area: 'patch-states', instanceIds: batch.filter((id) => !found.has(id)) }),
        () =>
          eachPage(
            (token) =>
              ask('ssm:DescribeInstancePatchStates', (options) =>
                ssm.send(
                  new DescribeInstancePatchStatesCommand({
                    InstanceIds: batch,
                    MaxResults: batchSize,
                    ...token,
                  }),
                  options,
                ),
              ),
            ({ InstancePatchStates: states = [] }) => {
              for (const state of states)
                if (state.InstanceId !== undefined) found.set(state.InstanceId, patchStateOf(state));
                else isOdd = true;
            },
          ),
      ),
    ),
  );
  // Whose it is, is not known: it may be that of any node without one.
  if (isOdd)
    gaps.addInvalid(
      { area: 'patch-states', instanceIds: ids.filter((id) => !found.has(id)) },
      'Systems Manager sent a patch state without the id of its node',
    );
  return found;
}
