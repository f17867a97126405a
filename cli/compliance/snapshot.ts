import { placesInWords, type UnreadPlace, writeSnapshot } from '../../compliance/file/index.ts';
import { aboutHowMany, type Details, describeGap, leftUnknown, placeKey } from '../../compliance/index.ts';
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
  /** How long AWS may be asked, in milliseconds. @default 15 minutes */
  readonly deadline?: number;
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
    const key = environment.PATCHFLEET_ANONYMISE_KEY || undefined;
    const source = openSource(surroundings, options, chosen);
    const { files, kept, finished, missing, unread } = await Progress.during(
      surroundings,
      'AWS',
      chosen.fleet.places.length,
      (progress) =>
        writeSnapshot(source, {
          out,
          details,
          toolVersion: version,
          places: chosen.fleet.places,
          now: clockOf(surroundings),
          ...(anonymise && { anonymise: { ...(key !== undefined && { key }) } }),
          signal,
          onPlace: ({ instances }) => progress.add(instances),
        }),
    );
    const { name: asker } = source.evidence();
    // Whoever meant other credentials sees it here, unless AWS has not said whose they are.
    if (asker !== 'AWS') terminal.err(`patchfleet: AWS was asked by ${asker}`);
    const instances = files.reduce((sum, file) => sum + file.instances, 0);
    const earlier = kept === 0 ? '' : `, ${kept} of them from the run before`;
    terminal.out(
      [
        `${out}: ${count(instances, 'instance')} in ${count(files.length, 'account and region', 'accounts and regions')}${earlier}`,
        ...(unread.length > 0 ? ['could not be read, and is unknown:', ...unread.flatMap(linesOf).sort()] : []),
      ].join('\n'),
    );
    // Where no place was read, nothing has another name yet.
    const isKeyLost = anonymise && key === undefined && files.length > 0;
    const again = isKeyLost ? keyLost : 'the same command reads what is missing';
    if (signal.aborted)
      terminal.err(`patchfleet: interrupted: the snapshot is ${finished ? 'not complete' : 'not finished'}; ${again}`);
    else if (unread.length > 0) terminal.err(`patchfleet: incomplete: not everything could be read; ${again}`);
    if (signal.aborted) return 2;
    // Nobody can report on it, whatever is allowed.
    if (!finished) {
      const others = placesInWords(missing);
      terminal.err(`patchfleet: not finished: an earlier run was to read others, too: ${others}; choose them as well`);
      return 2;
    }
    return unread.length > 0 && !allowPartial ? 2 : 0;
  });
}

const keyLost = 'without PATCHFLEET_ANONYMISE_KEY only another one can be taken';

function linesOf({ place, gaps, keptFrom }: UnreadPlace): string[] {
  const lines = gaps.map((gap) => {
    const about = aboutHowMany(gap);
    const of = about === undefined ? '' : ` (of ${about})`;
    return `${leftUnknown(gap.area)}${of}: ${describeGap(gap)}`;
  });
  if (keptFrom !== undefined) lines.push(`less could be read now: what was read at ${keptFrom} is kept`);
  return lines.map((line) => printable(`  ${placeKey(place)}: ${line}`));
}
