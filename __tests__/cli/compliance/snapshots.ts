import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PlaceFacts } from '../../../compliance/facts.ts';
import { writeSnapshot } from '../../../compliance/file/index.ts';
import type { Details } from '../../../compliance/source-evidence.ts';
import { asOf, sourceOf } from '../../compliance/support.ts';
import { temporaryDirectory } from '../../support/command.ts';

/** Snapshots and other files in a directory of their own. */
export class Snapshots {
  readonly directory = temporaryDirectory();
  private made = 0;

  /** A snapshot of these facts, finished at `asOf`. */
  write(...places: readonly PlaceFacts[]): Promise<string> {
    return this.writeAs({}, ...places);
  }

  /** A snapshot that was finished at another time, lists other patches, or is anonymised with a key. */
  async writeAs(
    { now = asOf, key, details = 'noncompliant' }: { now?: string; key?: string; details?: Details },
    ...places: readonly PlaceFacts[]
  ): Promise<string> {
    this.made += 1;
    const out = join(this.directory, `snapshot-${this.made}`);
    await writeSnapshot(sourceOf(...places), {
      ...{ out, details, toolVersion: '0.1.0', now: () => new Date(now) },
      ...(key !== undefined && { anonymise: { key } }),
    });
    return out;
  }

  file(name: string, text: string): string {
    const path = join(this.directory, name);
    writeFileSync(path, text);
    return path;
  }
}

/** The fleet of `place` in the support of compliance: one ring, `prod`, with 14 days for a patch. */
export const acmeFleet = `version: 1
fleet: acme
baselines:
  linux: { operatingSystem: AMAZON_LINUX_2023, preset: aws-default }
patchGroups:
  web: { name: web, baselines: [linux] }
rings:
  - name: prod
    patchWithinDays: 14
    install: { schedule: cron(0 2 ? * SAT *), maxConcurrency: 10%, maxErrors: "1" }
accounts:
  - account: "111111111111"
    regions: [eu-central-1]
    assignments: { default: { ring: prod, patchGroups: [web] } }
`;
