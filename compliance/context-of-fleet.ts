import { baselinesOf, deploymentKey, windowsOf } from '../fleet/assignment.ts';
import type { RegionalDeployment } from '../fleet/deployment.ts';
import { expand } from '../fleet/expand.ts';
import { stretchOf } from '../fleet/freezes.ts';
import { type Place, placesOf } from '../fleet/places.ts';
import type { Fleet, FleetAssignment, FleetFreeze, FleetWaiver } from '../fleet/schema/index.ts';
import type {
  AssignmentContext,
  FleetContext,
  FreezeContext,
  GroupContext,
  PlaceContext,
  WaiverContext,
} from './fleet-context.ts';
import { placeKey } from './place-index.ts';
import type { StackOutput } from './stack-output.ts';

type Files = FleetContext['files'];

/** What a sound fleet file says about its nodes, with the ids that outputs of its stacks give to its names. */
export function contextOfFleet(
  fleet: Fleet,
  outputs: readonly StackOutput[],
  files: Files,
  commit?: string,
): FleetContext {
  const regional = stacksByPlace(fleet);
  const outputOf = outputFinder(fleet, outputs);
  const assignmentsOf = assignmentFinder(fleet);
  return {
    fleet: fleet.fleet,
    ...(commit !== undefined && { commit }),
    files,
    rings: fleet.rings.map(({ name, critical = false, patchWithinDays }) => ({
      name,
      critical,
      ...(patchWithinDays !== undefined && { patchWithinDays }),
    })),
    places: placesOf(fleet).accounts.flatMap(({ places }) =>
      places.map((place) => {
        const output = outputOf(place);
        return placeContext(fleet, place, regional, output, assignmentsOf(place, output));
      }),
    ),
    waivers: (fleet.waivers ?? []).map(waiverContext),
    freezes: (fleet.freezes ?? []).flatMap(freezeContext),
  };
}

/** The stack of each account and region, by the key of the place. */
export function stacksByPlace(fleet: Fleet): ReadonlyMap<string, RegionalDeployment> {
  return new Map(expand(fleet).flatMap((one) => (one.kind === 'regional' ? [[placeKey(one), one] as const] : [])));
}

/** What outputs alone say: what is declared, and which baseline each group has; no rings. */
export function contextOfOutputs(outputs: readonly StackOutput[], files: Files): FleetContext {
  const places = outputs.map((output): PlaceContext => {
    const { account_id, region, baselines, patch_groups, windows, instances } = output;
    const all = Object.values(baselines);
    const groups = patch_groups.map(
      ({ name, baseline_ids }): GroupContext => ({
        groupName: name,
        baselines: all
          .filter(({ id }) => baseline_ids.includes(id))
          .map(({ id, name: baselineName, operating_system }) => ({
            operatingSystem: operating_system,
            baselineName,
            baselineId: id,
          })),
      }),
    );
    return {
      account: account_id,
      region,
      patchGroupTagKey: patch_groups.some(({ tag_key }) => tag_key === 'Patch Group') ? 'Patch Group' : 'PatchGroup',
      declared: instances,
      assignments: [
        {
          name: 'default',
          patchGroups: groups,
          windows: Object.values(windows).map(({ id, name }) => ({ windowName: name, windowId: id })),
        },
      ],
    };
  });
  return { files, rings: [], places, waivers: [], freezes: [] };
}

/** Finds the output of a place. That of `current` is the one of an account that the fleet does not name. */
function outputFinder(fleet: Fleet, outputs: readonly StackOutput[]) {
  const named = new Set(fleet.accounts.map(({ account }) => account));
  const byKey = new Map<string, StackOutput>();
  for (const output of outputs) {
    const { account_id, region } = output;
    const key = placeKey({ account: named.has(account_id) ? account_id : 'current', region });
    if (!byKey.has(key)) byKey.set(key, output);
  }
  return ({ account: { account }, region }: Place) => byKey.get(placeKey({ account, region }));
}

function placeContext(
  fleet: Fleet,
  { account, region }: Place,
  regional: ReadonlyMap<string, RegionalDeployment>,
  output: StackOutput | undefined,
  assignments: readonly AssignmentContext[],
): PlaceContext {
  const deployment = regional.get(placeKey({ account: account.account, region }));
  const { assumeRoleArn, profile } = deployment?.provider ?? {};
  return {
    account: output?.account_id ?? account.account,
    ...(account.name !== undefined && { accountName: account.name }),
    region,
    ...(assumeRoleArn !== undefined && { assumeRoleArn }),
    ...(profile !== undefined && { profile }),
    patchGroupTagKey: fleet.patchGroupTagKey ?? 'PatchGroup',
    declared: output?.instances ?? {},
    assignments,
  };
}

/** Makes what a place is assigned. Places that say the same part of the file share it, as long as no output adds ids. */
function assignmentFinder(fleet: Fleet) {
  const shared = new Map<NonNullable<Place['assignments']>['value'], readonly AssignmentContext[]>();
  return ({ assignments }: Place, output: StackOutput | undefined): readonly AssignmentContext[] => {
    if (assignments === undefined) return [];
    const { value } = assignments;
    const known = output === undefined ? shared.get(value) : undefined;
    if (known !== undefined) return known;
    const made = Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, assignment]) => assignmentContext(fleet, name, assignment, output));
    if (output === undefined) shared.set(value, made);
    return made;
  };
}

function assignmentContext(
  fleet: Fleet,
  name: string,
  assignment: FleetAssignment,
  output: StackOutput | undefined,
): AssignmentContext {
  const baselines = baselinesOf(fleet, name, assignment);
  const { targets } = assignment;
  return {
    name,
    ring: assignment.ring,
    patchGroups: assignment.patchGroups.flatMap((key) => {
      const group = fleet.patchGroups[key];
      if (group === undefined) return [];
      const ofGroup = group.baselines.flatMap((baseline) => {
        const made = baselines[deploymentKey(name, baseline)];
        const id = output?.baselines[deploymentKey(name, baseline)]?.id;
        if (made === undefined) return [];
        const { operatingSystem, baselineName } = made;
        return [{ key: baseline, operatingSystem, baselineName, ...(id !== undefined && { baselineId: id }) }];
      });
      return [{ groupName: group.name, baselines: ofGroup }];
    }),
    ...(targets !== undefined && {
      targets: 'tags' in targets ? { tags: targets.tags } : { resourceGroup: targets.resourceGroup },
    }),
    windows: Object.entries(windowsOf(fleet, name, assignment)).map(([key, { windowName }]) => {
      const id = output?.windows[key]?.id;
      const ofRing = name === 'default' ? key : key.slice(name.length + 1);
      return { ringWindow: `${assignment.ring}/${ofRing}`, windowName, ...(id !== undefined && { windowId: id }) };
    }),
  };
}

function waiverContext({ patches, rings, baselines, owner, reason, ticket, expires }: FleetWaiver): WaiverContext {
  return { patches, rings, ...(baselines !== undefined && { baselines }), owner, reason, ticket, expires };
}

function freezeContext(freeze: FleetFreeze): FreezeContext[] {
  const stretch = stretchOf(freeze);
  if (stretch === undefined) return [];
  const { name, rings, reason, closed = [] } = freeze;
  return [
    {
      name,
      from: new Date(stretch.from).toISOString(),
      to: new Date(stretch.to).toISOString(),
      ...(rings !== undefined && { rings }),
      reason,
      closed,
    },
  ];
}
