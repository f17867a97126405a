import { afterEach, beforeEach } from '@jest/globals';
import { FleetFiles } from '../fleet/load/files.ts';

/** Every test of a block runs in a directory of its own; `files` are those of the test that runs. */
export function inFleetDirectory(): { readonly files: FleetFiles } {
  let files: FleetFiles | undefined;
  let workingDirectory = '';
  beforeEach(() => {
    files = new FleetFiles();
    workingDirectory = process.cwd();
    process.chdir(files.directory);
  });
  afterEach(() => {
    process.chdir(workingDirectory);
  });
  return {
    get files() {
      if (files === undefined) throw new Error('no test runs');
      return files;
    },
  };
}
