import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatProblem } from '../../../core/problem.ts';
import { type LoadOptions, loadFleet } from '../../../fleet/load/index.ts';
import { temporaryDirectory } from '../../support/command.ts';

/** A fleet file in which everything is as it should be. */
export const valid = `version: 1
fleet: acme
baselines:
  windows:
    operatingSystem: WINDOWS
    approvalRules:
      - classification: [SecurityUpdates]
        approveAfterDays: 7
patchGroups:
  web:
    name: web
    baselines: [windows]
rings:
  - name: pilot
    scan:
      schedule: cron(0 6 ? * SUN *)
      maxConcurrency: "10%"
      maxErrors: "1"
accounts:
  - account: "012345678901"
    name: shop
    regions: [eu-central-1]
    assignments:
      default:
        ring: pilot
        patchGroups: [web]
`;

/** The valid file with one passage of it written differently. */
export function edited(passage: string, replacement: string): string {
  if (!valid.includes(passage)) throw new Error(`the valid file has no ${JSON.stringify(passage)}`);
  return valid.replace(passage, () => replacement);
}

/** A directory for the files of one test, and what the loader says of them, without the directory's name. */
export class FleetFiles {
  readonly directory = temporaryDirectory();

  write(content: string | Uint8Array, name = 'fleet.yaml'): string {
    const path = join(this.directory, name);
    writeFileSync(path, content);
    return path;
  }

  load(content: string | Uint8Array, name?: string, options?: LoadOptions) {
    return loadFleet(this.write(content, name), options);
  }

  /** The problems of a file, as they are printed. */
  problems(content: string | Uint8Array, name?: string, options?: LoadOptions): string[] {
    return this.load(content, name, options).problems.map((problem) => this.nameless(formatProblem(problem)));
  }

  nameless(text: string): string {
    return text.replaceAll(`${this.directory}/`, '');
  }
}
