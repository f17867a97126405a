import { mkdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { type ValidateOptions, validate } from '../../cli/validate.ts';
import { version } from '../../cli/version.ts';
import { edited, valid } from '../fleet/load/files.ts';
import { inFleetDirectory } from '../support/in-fleet-directory.ts';
import { patchfleet } from '../support/run-command.ts';

const asOf = new Date('2026-11-23T12:00:00Z');

/** Windows Server 2016 leaves support within a year. */
const warned = edited('classification: [SecurityUpdates]', 'product: [WindowsServer2016]');
const warning =
  'warning [fleet.yaml:7:19 baselines.windows.approvalRules[0].product[0]] Windows Server 2016 leaves support on 2027-01-12, 50 days after 2026-11-23; plan its replacement [end-of-support/operating-system]';

const broken = edited('fleet: acme', 'fleet: Acme').replace('maxErrors: "1"', 'maxErrors: 1');

describe('patchfleet validate', () => {
  const directory = inFleetDirectory();

  async function validated(options: Partial<ValidateOptions> = {}) {
    const lines = { out: [] as string[], err: [] as string[] };
    const terminal = { out: (text: string) => lines.out.push(text), err: (text: string) => lines.err.push(text) };
    const usual = { fleet: 'fleet.yaml', format: 'text', asOf, strict: false, allowLarge: false } as const;
    const exitCode = await validate(terminal, { ...usual, ...options });
    return { exitCode, out: lines.out.join('\n'), err: lines.err.join('\n') };
  }

  it('is a command whose options say which file, how, for which day and how strictly', async () => {
    directory.files.write(warned, 'other.yaml');
    directory.files.write(`${warned}#${'-'.repeat(1_000_000)}`, 'large.yaml');
    const out = `${warning.replace('fleet.yaml', 'other.yaml')}\nother.yaml: 1 warning (1 account, 1 ring, 1 baseline), as of 2026-11-23T12:00:00Z`;
    expect(await patchfleet('validate', '--fleet', 'other.yaml')).toEqual({ exitCode: 0, out, err: '' });
    expect(await patchfleet('validate', '--fleet', 'other.yaml', '--strict')).toEqual({ exitCode: 1, out, err: '' });
    const early = await patchfleet('validate', '--fleet', 'large.yaml', '--allow-large', '--as-of', '2025-06-01');
    expect(early).toMatchObject({
      exitCode: 0,
      out: 'large.yaml: fine (1 account, 1 ring, 1 baseline), as of 2025-06-01T00:00:00Z',
    });
    const { exitCode, err } = await patchfleet('validate', '--format', 'xml');
    expect(exitCode).toBe(2);
    expect(err).toContain("argument 'xml' is invalid. Allowed choices are text, json, sarif.");
  });

  it('says of a fleet without problems what it holds, and exits with 0', async () => {
    directory.files.write(valid);
    expect(await validated()).toEqual({
      exitCode: 0,
      out: 'fleet.yaml: fine (1 account, 1 ring, 1 baseline), as of 2026-11-23T12:00:00Z',
      err: '',
    });
  });

  it('tells every problem on a line of its own, then how many there are, and exits with 1', async () => {
    directory.files.write(broken);
    expect(await validated()).toEqual({
      exitCode: 1,
      out: `error [fleet.yaml:2:1 fleet] fleet must be 1 to 40 lower-case letters, digits and -, beginning with a letter, got "Acme"; such as "acme" [fleet/format]
error [fleet.yaml:18:7 rings[0].scan.maxErrors] maxErrors must be text, got 1; write "1" [fleet/type]
fleet.yaml: 2 errors, as of 2026-11-23T12:00:00Z`,
      err: '',
    });
  });

  it('tells warnings and exits with 0, with --strict with 1', async () => {
    directory.files.write(warned);
    const out = `${warning}\nfleet.yaml: 1 warning (1 account, 1 ring, 1 baseline), as of 2026-11-23T12:00:00Z`;
    expect(await validated()).toEqual({ exitCode: 0, out, err: '' });
    expect(await validated({ strict: true })).toEqual({ exitCode: 1, out, err: '' });
  });

  it('tells what depends on the day for the day it is given', async () => {
    directory.files.write(warned);
    expect((await validated({ asOf: new Date('2025-06-01') })).out).toBe(
      'fleet.yaml: fine (1 account, 1 ring, 1 baseline), as of 2025-06-01T00:00:00Z',
    );
  });

  it('tells what is wrong with the fleet beside what is wrong with the text', async () => {
    directory.files.write(warned.replace('fleet: acme', 'fleet: acme\nfleet: other'));
    expect((await validated()).out).toBe(
      `error [fleet.yaml:3:1 fleet] keys of one map must differ, got "fleet" again after line 2; remove one of the two, or rename it [fleet/duplicate-key]
${warning.replace('7:19', '8:19')}
fleet.yaml: 1 error, 1 warning, as of 2026-11-23T12:00:00Z`,
    );
  });

  it('tells what the fleet refers to and does not have', async () => {
    directory.files.write(edited('ring: pilot', 'ring: pliot'));
    const { exitCode, out } = await validated();
    expect(exitCode).toBe(1);
    expect(out).toContain('error [fleet.yaml:25:9 accounts[0].assignments.default.ring] ring must ');
    expect(out).toContain('got "pliot"');
  });

  it.each([
    [
      'nothing.yaml',
      'the fleet file must exist, got no file of this name; name another with --fleet [fleet/file-readable]',
    ],
    ['.', 'the fleet must be a file, got a directory; did you mean "fleet.yaml"? [fleet/file-readable]'],
    [
      'large.yaml',
      'the fleet file must have at most 1,000,000 bytes, got 1,200,000 bytes; is it the right file? --allow-large reads it all the same [fleet/file-size]',
    ],
  ])('cannot run on %s, and exits with 2', async (fleet, reason) => {
    directory.files.write(valid);
    directory.files.write('#'.repeat(1_200_000), 'large.yaml');
    for (const format of ['text', 'json', 'sarif'] as const) {
      expect(await validated({ fleet, format })).toEqual({ exitCode: 2, out: '', err: `error [${fleet}] ${reason}` });
    }
  });

  it('reads large files with --allow-large', async () => {
    directory.files.write(`${valid}#${'-'.repeat(1_200_000)}`);
    expect(await validated({ allowLarge: true })).toMatchObject({ exitCode: 0 });
  });

  it.each([
    ['an empty file', '', 1],
    ['tabs', 'a:\n\tb: 1\n', 1],
    ['a binary', '\u0000\u0001', 1],
    ['a list', '- 1', 1],
    ['nothing but brackets', '['.repeat(900_000), 1],
    ['more words and signs than a fleet can have', '#\n'.repeat(450_000), 2],
  ])('exits with 1 for %s, unless it was not read to its end', async (_, text, exitCode) => {
    directory.files.write(text);
    const answer = await validated();
    expect(answer.exitCode).toBe(exitCode);
    expect(answer.out + answer.err).not.toContain('    at ');
  });

  it('tells problems as JSON', async () => {
    directory.files.write(`${broken}extra: \u20ac\n`);
    const { exitCode, out } = await validated({ format: 'json' });
    expect(exitCode).toBe(1);
    expect(JSON.parse(out)).toEqual({
      version: 1,
      fleet: 'fleet.yaml',
      asOf: '2026-11-23T12:00:00.000Z',
      problems: [
        {
          rule: 'fleet/format',
          severity: 'error',
          path: { file: 'fleet.yaml', line: 2, column: 1, in: 'fleet' },
          message: 'fleet must be 1 to 40 lower-case letters, digits and -, beginning with a letter, got "Acme"',
          fix: 'such as "acme"',
        },
        {
          rule: 'fleet/type',
          severity: 'error',
          path: { file: 'fleet.yaml', line: 18, column: 7, in: 'rings[0].scan.maxErrors' },
          message: 'maxErrors must be text, got 1',
          fix: 'write "1"',
        },
        {
          rule: 'fleet/unknown-key',
          severity: 'error',
          path: { file: 'fleet.yaml', line: 27, column: 1, in: 'extra' },
          message:
            'key must be one of version, fleet, backend, patchGroupTagKey, baselines, patchGroups, rings, freezes, waivers, emergencies, roles, defaults, patterns, accounts, retired, got "extra"',
          fix: 'use one of them',
        },
      ],
    });
  });

  it('tells of a fleet without problems as JSON that there are none', async () => {
    directory.files.write(valid);
    const { exitCode, out } = await validated({ format: 'json' });
    expect([exitCode, JSON.parse(out)]).toEqual([
      0,
      { version: 1, fleet: 'fleet.yaml', asOf: '2026-11-23T12:00:00.000Z', problems: [] },
    ]);
  });

  it('tells problems as SARIF, each with its rule, level and place', async () => {
    directory.files.write(warned.replace('fleet: acme', 'fleet: acme\nfleet: other'), 'the fleet.yaml');
    const { exitCode, out } = await validated({ fleet: 'the fleet.yaml', format: 'sarif' });
    expect(exitCode).toBe(1);
    const described = (id: string, text: string) => ({
      id,
      shortDescription: { text },
      fullDescription: { text },
      help: { text: `${text}; see docs/rules.md` },
    });
    const located = (startLine: number, startColumn: number, fullyQualifiedName: string) => [
      {
        physicalLocation: { artifactLocation: { uri: 'the%20fleet.yaml' }, region: { startLine, startColumn } },
        logicalLocations: [{ fullyQualifiedName }],
      },
    ];
    expect(JSON.parse(out)).toEqual({
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: {
              name: 'patchfleet',
              version,
              rules: [
                described('end-of-support/operating-system', 'end of support: operating system'),
                described('fleet/duplicate-key', 'fleet: duplicate key'),
              ],
            },
          },
          columnKind: 'utf16CodeUnits',
          results: [
            {
              ruleId: 'fleet/duplicate-key',
              ruleIndex: 1,
              level: 'error',
              message: {
                text: 'keys of one map must differ, got "fleet" again after line 2; remove one of the two, or rename it',
              },
              locations: located(3, 1, 'fleet'),
            },
            {
              ruleId: 'end-of-support/operating-system',
              ruleIndex: 0,
              level: 'warning',
              message: {
                text: 'Windows Server 2016 leaves support on 2027-01-12, 50 days after 2026-11-23; plan its replacement',
              },
              locations: located(8, 19, 'baselines.windows.approvalRules[0].product[0]'),
            },
          ],
        },
      ],
    });
  });

  it('names a file in SARIF from the working directory, and one elsewhere in full', async () => {
    const uriOf = async (fleet: string) => {
      const { out } = await validated({ fleet, format: 'sarif' });
      return JSON.parse(out).runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri;
    };
    const path = directory.files.write(broken);
    mkdirSync('inside');
    expect(await uriOf(path)).toBe('fleet.yaml');
    process.chdir('inside');
    expect(await uriOf('../fleet.yaml')).toMatch(/^file:\/\/\/.*\/fleet\.yaml$/);
  });

  it('tells of a fleet without problems as SARIF that there are no results', async () => {
    directory.files.write(valid);
    const { exitCode, out } = await validated({ format: 'sarif' });
    expect(exitCode).toBe(0);
    expect(JSON.parse(out).runs[0]).toMatchObject({ results: [], tool: { driver: { rules: [] } } });
  });
});
