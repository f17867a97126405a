import { placeOfBucket } from './buckets.ts';
import type { Deficit } from './deficit.ts';
import { type InstanceReport, tagOf } from './instance-report.ts';
import type { ComplianceReport } from './report.ts';
import type { SeverityLevel } from './severity.ts';
import { AgeTally, GroupTally, overdueIn, Tally } from './totals.ts';

/** Counts the instances of a fleet, by everything they are grouped by: place by place, while they are at hand. */
export class FleetTally {
  private readonly all = new Tally();
  private readonly ages = new AgeTally();
  private readonly groups: Readonly<Record<string, GroupTally>>;
  private readonly grouped: readonly GroupTally[];

  /** Keys of tags to group by as well, and names of the rings that have a deadline. */
  constructor(
    tagKeys: readonly string[],
    private readonly withDeadline: ReadonlySet<string>,
  ) {
    this.groups = {
      ring: new GroupTally(({ ring }) => ring),
      account: new GroupTally(({ account }) => account),
      region: new GroupTally(({ region }) => region),
      os: new GroupTally(({ operatingSystem }) => operatingSystem),
      'patch-group': new GroupTally(({ patchGroup }) => patchGroup),
      ...Object.fromEntries(tagKeys.map((key) => [`tag:${key}`, new GroupTally((instance) => tagOf(instance, key))])),
    };
    this.grouped = Object.values(this.groups);
  }

  add(instances: readonly InstanceReport[]): void {
    // Instances that lack the same for the same reasons share one list.
    const lacking = new Map<readonly Deficit[], { readonly overdue: number; instances: number }>();
    for (const instance of instances) {
      const { bucket, deficits, unlisted, installOfList, ring = '' } = instance;
      let overdue = 0;
      if (deficits === undefined || installOfList) this.ages.addUnlisted(bucket);
      if (deficits !== undefined && deficits.length > 0) {
        let known = lacking.get(deficits);
        if (known === undefined) {
          known = { overdue: overdueIn(deficits), instances: 0 };
          lacking.set(deficits, known);
        }
        known.instances += 1;
        overdue = known.overdue;
      }
      if (unlisted !== undefined) this.ages.addCounted(unlisted, this.withDeadline.has(ring));
      const place = placeOfBucket[bucket];
      this.all.add(place, overdue);
      for (const group of this.grouped) group.add(instance, place, overdue);
    }
    for (const [deficits, known] of lacking) this.ages.add(deficits, known.instances);
  }

  /** What has been counted. Rings are told in the given order. */
  counted(
    rings: readonly string[],
    severityOf: (patch: string) => SeverityLevel,
  ): Pick<ComplianceReport, 'totals' | 'groups' | 'ages'> {
    const groups = Object.entries(this.groups).map(
      ([name, group]) => [name, group.totals(name === 'ring' ? rings : [])] as const,
    );
    return { totals: this.all.totals(), groups: Object.fromEntries(groups), ages: this.ages.ages(severityOf) };
  }
}
