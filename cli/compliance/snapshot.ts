import { writeSnapshot } from '../../compliance/file/index.ts';
import {
  type Details,
  describeGap,
  leftUnknown,
  type PatchStateSource,
  type PlaceFacts,
  placeKey,
} from '../../compliance/index.ts';
import { printable } from '../../core/problem.ts';
import type { Surroundings } from '../surroundings.ts';
import { version } from '../version.ts';
import { choosePlaces, type PlacesOptions } from './places.ts';
import { Progress } from './progress.ts';
import { refusing } from './refusal.ts';
import { clockOf, openSource } from './source.ts';
import { refuseUnmatched } from './unmatched.ts';
import { count } from './words.ts';

export interface SnapshotCommandOptions extends Omit<PlacesOptions, 'source'> {
  readonly profile?: string;
  readonly out: string;
  readonly details: Details;
  readonly anonymise: boolean;
  readonly allowPartial: boolean;
}

/** Saves what AWS says. 0: all of it; 2: something could not be read, or it was interrupted. */
export function snapshot(surroundings: Surroundings, options: SnapshotCommandOptions): Promise<number> {
  const { terminal, environment, signal } = surroundings;
  const { out, details, anonymise, allowPartial } = options;
  return refusing(terminal, async () => {
    if (out === '') {
      terminal.err('patchfleet: --out must name a directory');
      return 2;
    }
    const chosen = await choosePlaces(terminal, options);
    if (chosen === undefined || refuseUnmatched(terminal, chosen)) return 2;
    const unread: string[] = [];
    const source = telling(openSource(surroundings, options, chosen), (facts) => unread.push(...gapLines(facts)));
    const key = environment.PATCHFLEET_ANONYMISE_KEY;
    const { files, kept, finished } = await Progress.during(
      surroundings,
      'AWS',
      chosen.fleet.places.length,
      (progress) =>
        writeSnapshot(source, {
          out,
          details,
          toolVersion: version,
          now: clockOf(surroundings),
          ...(anonymise && { anonymise: { ...(key !== undefined && key !== '' && { key }) } }),
          signal,
          onPlace: ({ instances }) => progress.add(instances),
        }),
    );
    const instances = files.reduce((sum, file) => sum + file.instances, 0);
    const earlier = kept === 0 ? '' : `, ${kept} of them from the run before`;
    terminal.out(
      [
        `${out}: ${count(instances, 'instance')} in ${count(files.length, 'account and region', 'accounts and regions')}${earlier}`,
        ...(unread.length > 0 ? ['could not be read, and is unknown:', ...unread.sort()] : []),
      ].join('\n'),
    );
    if (!finished) {
      terminal.err('patchfleet: interrupted: the snapshot is not finished; the same command continues it');
      return 2;
    }
    return unread.length > 0 && !allowPartial ? 2 : 0;
  });
}

function gapLines({ place, gaps }: PlaceFacts): string[] {
  return gaps.map((gap) => {
    const about = (gap.instanceIds ?? gap.windowIds)?.length;
    const of = about === undefined ? '' : ` (of ${about})`;
    return printable(`  ${placeKey(place)}: ${leftUnknown(gap.area)}${of}: ${describeGap(gap)}`);
  });
}

/** Looks at the facts of each place as they pass. */
function telling(source: PatchStateSource, look: (facts: PlaceFacts) => void): PatchStateSource {
  return {
    evidence: () => source.evidence(),
    async *places(request) {
      for await (const facts of source.places(request)) {
        look(facts);
        yield facts;
      }
    },
  };
}
