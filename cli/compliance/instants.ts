import type { PatchStateSource, SourceEvidence } from '../../compliance/index.ts';
import { error, ProblemError } from '../../core/problem.ts';
import type { Surroundings } from '../surroundings.ts';

/** The instant that everything is told for: that of `--as-of`, else now, or when a snapshot was finished. */
export function asOfFor(
  { now }: Pick<Surroundings, 'now'>,
  { asOf }: { readonly asOf?: Date },
  source: PatchStateSource,
): string {
  const { kind, to } = source.evidence();
  return asOf?.toISOString() ?? (kind === 'file' ? to : now.toISOString());
}

/**
 * Refuses to compare with a snapshot that is later, or that has other names for the same instances. What a snapshot tells
 * of `--as-of` is how things were when it was finished: nothing of after that is earlier.
 *
 * @throws ProblemError
 */
export function checkSince(since: SourceEvidence, source: PatchStateSource, asOf: string): void {
  const { kind, to, anonymised, anonymisedBy } = source.evidence();
  const end = kind === 'file' && to < asOf ? to : asOf;
  const refuse = (rule: string, message: string, fix: string) => {
    throw new ProblemError([{ path: since.name, ...error(rule, message, fix) }]);
  };
  if (since.to > end)
    refuse(
      'compliance/since-earlier',
      `the snapshot of --since must not be later than ${end}, got one of ${since.to}`,
      'name an earlier one',
    );
  if (since.anonymised !== anonymised) {
    const [now, then] = anonymised ? ['has', 'has not'] : ['has not', 'has'];
    refuse(
      'compliance/since-names',
      `the snapshot of --since must name instances as what is read does, which ${now} been anonymised, got one that ${then}`,
      'compare two snapshots that were anonymised with one key, or two that were not',
    );
  }
  if (since.anonymisedBy !== anonymisedBy)
    refuse(
      'compliance/since-names',
      'the snapshot of --since must name instances as what is read does, got one that was anonymised with another key',
      'take both with the same key in PATCHFLEET_ANONYMISE_KEY',
    );
}
