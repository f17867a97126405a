import type { InstanceFacts, Place, PlaceFacts } from '../facts.ts';

/*
 * The lines of a place's file, each one JSON value under the name of its kind: `{"instance":{…}}`. The first is the place;
 * instances come last, as there are most of them.
 */

interface Header {
  readonly place: Place;
  readonly observedAt: string;
  readonly permissions: readonly string[];
}

const lists = {
  gap: 'gaps',
  baseline: 'baselines',
  'patch-group': 'patchGroups',
  'available-patch': 'availablePatches',
  window: 'windows',
  instance: 'instances',
} as const satisfies Record<string, keyof PlaceFacts>;

type Kind = keyof typeof lists;

/** The lines of a place, without their ends. */
export function* linesOf(facts: PlaceFacts): Generator<string> {
  const { place, observedAt, permissions } = facts;
  yield JSON.stringify({ place: { place, observedAt, permissions } });
  for (const [kind, list] of Object.entries(lists)) {
    for (const record of facts[list]) yield JSON.stringify({ [kind]: record });
  }
}

type Collected = { -readonly [Key in keyof PlaceFacts]: PlaceFacts[Key] };

/** Puts the lines of a place together again. */
export class PlaceReader {
  private header: Header | undefined;
  private readonly collected: Record<(typeof lists)[Kind], unknown[]> = {
    gaps: [],
    baselines: [],
    patchGroups: [],
    availablePatches: [],
    windows: [],
    instances: [],
  };

  /** Takes one line. False: it is none that a place has. */
  add(line: string): boolean {
    const value: unknown = JSON.parse(line);
    if (!isRecord(value)) return false;
    const kinds = Object.keys(value);
    const kind = kinds[0] ?? '';
    const record = value[kind];
    if (kinds.length > 1 || !isRecord(record)) return false;
    if (this.header === undefined) {
      if (kind !== 'place' || !isHeader(record)) return false;
      this.header = record;
      return true;
    }
    if (!Object.hasOwn(lists, kind) || !checks[kind as Kind](record)) return false;
    this.collected[lists[kind as Kind]].push(record);
    return true;
  }

  /** The place; absent where there was no line. */
  place(): PlaceFacts | undefined {
    return this.header && ({ ...this.header, ...this.collected } as unknown as Collected);
  }
}

type Record_ = Readonly<Record<string, unknown>>;

/** As much as is relied on everywhere: a file that was written by others must not make anything fall over. */
const checks: Readonly<Record<Kind, (record: Record_) => boolean>> = {
  gap: ({ area, reason, message }) => areTexts(area, reason, message),
  baseline: ({ baselineId, baselineName, operatingSystem, content }) =>
    areTexts(baselineId, baselineName, operatingSystem) &&
    (content === undefined ||
      (isRecord(content) &&
        areLists(content.approvalRules, content.approvedPatches, content.rejectedPatches) &&
        (content.approvalRules as unknown[]).every((rule) => isRecord(rule) && isRecord(rule.filters)))),
  'patch-group': ({ groupName, baselines }) => areTexts(groupName) && areLists(baselines),
  'available-patch': ({ operatingSystem }) => areTexts(operatingSystem),
  window: ({ windowId, windowName, targets = [], tasks = [], executions = [] }) =>
    areTexts(windowId, windowName) &&
    areLists(targets, tasks, executions) &&
    haveTargets(targets) &&
    haveTargets(tasks),
  instance: isInstance,
};

function haveTargets(list: unknown): boolean {
  return (list as unknown[]).every((one) => isRecord(one) && areLists(one.targets));
}

function isHeader(record: Record_): record is Record_ & Header {
  const { place, observedAt, permissions } = record;
  return isRecord(place) && areTexts(place.account, place.region, observedAt) && areLists(permissions);
}

function isInstance(record: Record_): boolean {
  const { instanceId, ec2, managed, patchState, patches } = record as {
    readonly [Key in keyof InstanceFacts]: unknown;
  };
  return (
    typeof instanceId === 'string' &&
    (ec2 === undefined || (isRecord(ec2) && typeof ec2.state === 'string' && isRecord(ec2.tags))) &&
    (managed === undefined || (isRecord(managed) && typeof managed.pingStatus === 'string')) &&
    (patchState === undefined ||
      (isRecord(patchState) && typeof patchState.baselineId === 'string' && isRecord(patchState.counts))) &&
    (patches === undefined || (Array.isArray(patches) && patches.every(isPatch)))
  );
}

function isPatch(patch: unknown): boolean {
  return (
    isRecord(patch) &&
    typeof patch.patchId === 'string' &&
    typeof patch.title === 'string' &&
    typeof patch.state === 'string'
  );
}

function isRecord(value: unknown): value is Record_ {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function areTexts(...values: readonly unknown[]): boolean {
  return values.every((value) => typeof value === 'string');
}

function areLists(...values: readonly unknown[]): boolean {
  return values.every((value) => Array.isArray(value));
}
