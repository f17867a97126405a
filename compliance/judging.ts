import type { PlaceFacts } from './facts.ts';
import type { FleetContext } from './fleet-context.ts';
import { type JudgedPlace, type JudgeOptions, PlaceJudge } from './judge.ts';
import type { PatchCatalog } from './patch-catalog.ts';
import { placeKey } from './place-index.ts';
import type { Settings } from './settings.ts';

/** What places are judged by. Plain: another thread can be told it. */
export interface Judging {
  readonly fleet: FleetContext;
  readonly settings: Settings;
  readonly options: JudgeOptions;
}

/** Where judged places go, in any order. What their instances lack is in the catalog once all have come. */
export interface JudgedPlaces {
  readonly catalog: PatchCatalog;
  readonly take: (place: JudgedPlace) => void;
}

/** Judges place by place, as they come. Throws only what reading them throws. */
export async function judgePlaces(
  places: AsyncIterable<PlaceFacts>,
  { fleet, settings, options }: Judging,
  { catalog, take }: JudgedPlaces,
): Promise<void> {
  let judge: PlaceJudge | undefined;
  for await (const facts of places) {
    if (judge === undefined || placeKey(judge.place) !== placeKey(facts.place)) {
      if (judge !== undefined) take(judge.judged());
      judge = new PlaceJudge(facts, fleet, settings, catalog, options);
    }
    judge.add(facts.instances);
  }
  if (judge !== undefined) take(judge.judged());
}
