import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { sections } from '../../scripts/fleet-docs/sections.ts';
import { root, temporaryDirectory } from '../support/command.ts';
import { patchfleet } from '../support/run-command.ts';

/* What we show is copied: every fleet of ours must roll out as it says, years ahead. */

const directory = temporaryDirectory();
const documented = join(directory, 'fleet.yaml');
beforeAll(() => writeFileSync(documented, documentedFleet()));

/** The first example of each key of docs/fleet-file.md: one whole file, as the page promises. */
function documentedFleet(): string {
  const taken = new Set<string>();
  const parts = sections
    .flatMap(({ examples = [] }) => examples)
    .filter((part) => {
      const keys = Object.keys(parse(part));
      const isFirst = !keys.some((key) => taken.has(key));
      for (const key of keys) taken.add(key);
      return isFirst;
    });
  return parts.join('\n');
}

const example = (name: string) => join(root, `examples/fleet.${name}.yaml`);

/** Each with the warnings that exposure has for it: none but that Ubuntu, without release dates, does not soak. */
const fleets = [
  { name: 'examples/fleet.minimal.yaml', path: example('minimal'), warnings: [] },
  { name: 'examples/fleet.full.yaml', path: example('full'), warnings: ['test', 'prod'] },
  { name: 'examples/fleet.large.yaml', path: example('large'), warnings: [] },
  { name: 'the fleet of docs/fleet-file.md', path: documented, warnings: ['late'] },
];

const asOf = ['--as-of', '2026-11-25'];

interface Finding {
  readonly rule: string;
  readonly severity: string;
  readonly ring: string;
  readonly approvals: readonly { readonly operatingSystem: string }[];
}

describe.each(fleets)('$name', ({ path, warnings }) => {
  it('is patched in order and in time for two years', async () => {
    const { exitCode, out } = await patchfleet(
      'exposure',
      '--fleet',
      path,
      ...asOf,
      '--months',
      '24',
      '--format',
      'json',
    );
    expect(exitCode).toBe(0);
    const findings: Finding[] = JSON.parse(out).findings;
    const told = findings.map(({ rule, severity, ring, approvals }) => [
      severity,
      rule,
      ring,
      ...approvals.map(({ operatingSystem }) => operatingSystem),
    ]);
    const isOfReboots = ([, rule]: readonly string[]) => rule === 'exposure/pending-reboot';
    expect(told.filter((one) => !isOfReboots(one as string[]))).toEqual(
      warnings.map((ring) => ['warning', 'exposure/soak-too-short', ring, 'UBUNTU']),
    );
    // Between two monthly installs of the last ring only its weekly ones are in time, which do not reboot.
    const ofReboots = told.filter((one) => isOfReboots(one as string[]));
    expect([...new Set(ofReboots.map(([severity]) => String(severity)))].filter((one) => one !== 'warning')).toEqual(
      [],
    );
  });

  it('has rings that install in their order for five years', async () => {
    const { exitCode } = await patchfleet('calendar', '--check-order', '--fleet', path, ...asOf, '--months', '60');
    expect(exitCode).toBe(0);
  });

  it('is valid, without a warning', async () => {
    const { exitCode, out } = await patchfleet('validate', '--strict', '--fleet', path, ...asOf);
    expect({ exitCode, warnings: out.split('\n').filter((line) => /^(warning|error) /.test(line)) }).toEqual({
      exitCode: 0,
      warnings: [],
    });
  });
});

it('a fleet whose first ring installs once a month does not hold: the test above can fail', async () => {
  const path = join(directory, 'monthly.yaml');
  const changed = documentedFleet()
    .replace('schedule: cron(0 22 * * ? *)', 'schedule: { patchTuesday: { plusDays: 1, at: "22:00" } }')
    .replaceAll('UBUNTU', 'AMAZON_LINUX_2023')
    .replace(/ {4}sources:\n(?: {6}.*\n)+/, '');
  writeFileSync(path, changed);
  const { exitCode, out } = await patchfleet('exposure', '--fleet', path, ...asOf);
  expect(exitCode).toBe(1);
  expect(out).toContain('[exposure/inverted]');
});
