import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '../../support/command.ts';

/** Two rings, dev and test, with their install windows as given; `more` are further top-level keys. */
export function twoRings(dev: string, test: string, more = ''): string {
  return `version: 1
fleet: acme
baselines:
  windows: { operatingSystem: WINDOWS, preset: aws-default }
patchGroups:
  web: { name: web, baselines: [windows] }
rings:
  - name: dev
    install: { ${dev}, maxConcurrency: 10%, maxErrors: "1" }
  - name: test
    install: { ${test}, maxConcurrency: 10%, maxErrors: "1" }
accounts:
  - account: "111111111111"
    regions: [eu-central-1]
    assignments: { default: { ring: dev, patchGroups: [web] } }
  - account: "222222222222"
    regions: [eu-central-1]
    assignments: { default: { ring: test, patchGroups: [web] } }
${more}`;
}

/** Fleet files in a directory of their own. */
export class Fleets {
  private readonly directory = temporaryDirectory();

  write(text: string, name = 'fleet.yaml'): string {
    const path = join(this.directory, name);
    writeFileSync(path, text);
    return path;
  }
}
