/** A ring of a fleet under test, `text` as in the file. */
export interface TestRing {
  readonly name: string;
  /** What the ring says beside its name, `approveAfterDays: 3`, each on a line of its own. */
  readonly text: readonly string[];
  /** @default ['windows'] */
  readonly patchGroups?: readonly ('windows' | 'linux' | 'ubuntu')[];
}

/** An install window in UTC, as a line of a ring. */
export function installs(schedule: string, more = ''): string {
  return `install: { schedule: ${schedule}, maxConcurrency: 10%, maxErrors: "1"${more === '' ? '' : `, ${more}`} }`;
}

/** A fleet file with an account for each ring; `more` are further top-level keys. */
export function fleetOfRings(rings: readonly TestRing[], more = ''): string {
  const written = rings.map(({ name, text }) => `  - name: ${name}\n${text.map((line) => `    ${line}\n`).join('')}`);
  const accounts = rings.map(
    ({ name, patchGroups = ['windows'] }, index) => `  - account: "${String(index + 1).repeat(12)}"
    regions: [eu-central-1]
    assignments: { default: { ring: ${name}, patchGroups: [${patchGroups.join(', ')}] } }
`,
  );
  return `version: 1
fleet: acme
baselines:
  windows: { operatingSystem: WINDOWS, preset: aws-default }
  linux: { operatingSystem: AMAZON_LINUX_2023, preset: aws-default }
  ubuntu: { operatingSystem: UBUNTU, preset: aws-default }
patchGroups:
  windows: { name: windows, baselines: [windows] }
  linux: { name: linux, baselines: [linux] }
  ubuntu: { name: ubuntu, baselines: [ubuntu] }
rings:
${written.join('')}accounts:
${accounts.join('')}${more}`;
}
