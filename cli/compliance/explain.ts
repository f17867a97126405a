import {
  declaredIn,
  describeGap,
  type Explanation,
  explainHidden,
  explain as explainIn,
  firstSeenIn,
  instanceKey,
  type Place,
  type PlaceFacts,
  placeKey,
  settingsOf,
  untoldPlaces,
} from '../../compliance/index.ts';
import { printable } from '../../core/problem.ts';
import type { Surroundings } from '../surroundings.ts';
import { earlierState, type ReadingOptions } from './command.ts';
import { asOfFor } from './instants.ts';
import { type ChosenPlaces, choosePlaces } from './places.ts';
import { Progress } from './progress.ts';
import { refusing } from './refusal.ts';
import { openSource } from './source.ts';
import { refuseUnmatched } from './unmatched.ts';

export interface ExplainOptions extends ReadingOptions {
  readonly format: 'text' | 'json';
}

/**
 * Tells why instances are, or are not, patched. 0: all are explained; 2: one is not known, something about one could not
 * be read, or it could not run.
 */
export function explain(
  surroundings: Surroundings,
  asked: readonly string[],
  options: ExplainOptions,
): Promise<number> {
  const { terminal } = surroundings;
  const ids = [...new Set(asked)];
  return refusing(terminal, async () => {
    const odd = ids.filter((id) => !/^(i-[0-9a-f]{8}|m?i-[0-9a-f]{17})$/.test(id));
    for (const id of odd)
      terminal.err(
        `patchfleet: an instance must be i-… with 8 or 17 digits from 0 to f, or mi-… with 17, got ${JSON.stringify(id)}`,
      );
    if (odd.length > 0) return 2;
    const chosen = await choosePlaces(terminal, options);
    if (chosen === undefined || (options.source === undefined && refuseUnmatched(terminal, chosen))) return 2;
    const { explanations, gaps } = await read(surroundings, ids, options, chosen);
    if (options.source !== undefined && refuseUnmatched(terminal, chosen)) return 2;
    const found = new Set(explanations.map(({ instanceId }) => instanceId));
    const missing = ids.filter((id) => !found.has(id));
    if (options.format === 'json')
      // Where all are found, what could not be read elsewhere does not matter.
      terminal.out(
        JSON.stringify(
          { version: 1, explanations, notFound: missing, unread: missing.length > 0 ? gaps : [] },
          null,
          2,
        ),
      );
    else if (explanations.length > 0) terminal.out(explanations.map(asText).join('\n\n'));
    for (const id of missing) terminal.err(`patchfleet: ${id} is in no account and region that was read`);
    if (missing.length > 0) for (const gap of gaps) terminal.err(`patchfleet: could not be read: ${gap}`);
    const isComplete = missing.length === 0 && explanations.every(({ unread }) => unread.length === 0);
    return isComplete ? 0 : 2;
  });
}

/**
 * Reads until every instance is found. A snapshot is read to its end, and so is AWS for ids of 8 digits: they may be
 * those of several instances.
 */
async function read(
  surroundings: Surroundings,
  ids: readonly string[],
  options: ExplainOptions,
  chosen: ChosenPlaces,
): Promise<{ readonly explanations: readonly Explanation[]; readonly gaps: readonly string[] }> {
  const { source: path, staleAfter } = options;
  const asked = placesDeclaring(chosen, ids);
  const source = openSource(surroundings, options, asked);
  const asOf = asOfFor(surroundings, options, source);
  const earlier = await earlierState(surroundings, options, source, chosen);
  const settings = settingsOf(asOf, staleAfter * 3_600_000, earlier && firstSeenIn([earlier]));
  const explanations: Explanation[] = [];
  const gaps: string[] = [];
  const told: Place[] = [];
  const unread: PlaceFacts[] = [];
  const declaring: PlaceFacts[] = [];
  const declaredHere = ({ place }: PlaceFacts) =>
    declaredIn(place, chosen.fleet).filter(({ instanceId }) => ids.includes(instanceId));
  const add = (facts: PlaceFacts) => {
    gaps.push(...gapsOf(facts));
    told.push(facts.place);
    // Of a snapshot, instances may be very many.
    if (facts.gaps.length > 0) unread.push({ ...facts, instances: [] });
    if (declaredHere(facts).length > 0) declaring.push({ ...facts, instances: [] });
    explanations.push(...ids.flatMap((id) => explainIn(facts, id, chosen.fleet, settings) ?? []));
  };
  const areUnique = path === undefined && ids.every((id) => id.length >= 'i-'.length + 17);
  const areFound = () => areUnique && ids.every((id) => explanations.some(({ instanceId }) => instanceId === id));
  const all = path === undefined ? chosen.fleet.places.length : undefined;
  await Progress.during(surroundings, path ?? 'AWS', all, async (progress) => {
    for await (const facts of source.places({ details: 'noncompliant' })) {
      progress.add(facts.instances.length);
      add(facts);
      if (areFound()) break;
    }
  });
  if (!areFound()) {
    for (const facts of untoldPlaces(asked.fleet, told, asOf)) add(facts);
    const known = new Set(explanations.map((one) => instanceKey(one, one.instanceId)));
    for (const facts of declaring)
      for (const instance of declaredHere(facts)) {
        const key = instanceKey(facts.place, instance.instanceId);
        if (known.has(key)) continue;
        known.add(key);
        const found = { ...facts, instances: [instance] };
        const explanation = explainIn(found, instance.instanceId, chosen.fleet, settings);
        if (explanation !== undefined) explanations.push(explanation);
      }
    if (earlier !== undefined) explanations.push(...explainHidden(earlier, unread, ids, known, settings));
  }
  const rank = ({ instanceId }: Explanation) => ids.indexOf(instanceId);
  explanations.sort((a, b) => rank(a) - rank(b) || (placeKey(a) < placeKey(b) ? -1 : 1));
  return { explanations, gaps: [...new Set(gaps)].sort() };
}

/** The places of the stacks that made the instances, where outputs say so of all of them: no other has to be asked. */
function placesDeclaring(chosen: ChosenPlaces, ids: readonly string[]): ChosenPlaces {
  const { fleet } = chosen;
  const made = fleet.places.filter(({ declared }) => Object.values(declared).some((id) => ids.includes(id)));
  const declared = new Set(made.flatMap((place) => Object.values(place.declared)));
  return ids.every((id) => declared.has(id)) ? { ...chosen, fleet: { ...fleet, places: made } } : chosen;
}

function gapsOf({ place, gaps }: PlaceFacts): string[] {
  return gaps.map((gap) => printable(`${placeKey(place)}: ${describeGap(gap)}`));
}

/** `i-0… in 111111111111/eu-central-1: missing`, then each reason with its code, its evidence and the next step. */
function asText(explanation: Explanation): string {
  const { instanceId, bucket, why, asOf, ring, patchGroup, operatingSystem, reasons, unread } = explanation;
  const known = [
    ...(ring === undefined ? [] : [`ring ${ring}`]),
    ...(patchGroup === undefined ? [] : [`patch group ${patchGroup}`]),
    ...(operatingSystem === undefined ? [] : [operatingSystem]),
    `as of ${asOf}`,
  ];
  return [
    `${instanceId} in ${placeKey(explanation)}: ${bucket}: ${why}`,
    `  ${known.join(', ')}`,
    ...reasons.flatMap((reason) => [
      `- ${reason.why} [${reason.code}]`,
      ...reason.evidence.map((line) => `    ${line}`),
      ...(reason.next === undefined ? [] : [`  next: ${reason.next}`]),
      ...(reason.command === undefined ? [] : [`    ${reason.command}`]),
    ]),
    ...unread.map((what) => `- could not be read, and is unknown: ${what}`),
  ]
    .map(printable)
    .join('\n');
}
