import { error, quoted, type Violation } from '../../core/problem.ts';
import { checkCount, checkGiven, checkText, listOf } from '../../core/value-checks.ts';
import { familyOf, type OperatingSystem } from './operating-system.ts';

/** A patch source as plain data; see `PatchBaselineFacts` for what is absent. */
export interface PatchSourceFacts {
  readonly name?: string | undefined;
  readonly products?: readonly (string | undefined)[] | undefined;
  readonly configuration?: string | undefined;
}

/**
 * The sources of a baseline. `system` is `undefined` where it is not known.
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-alternative-source-repository.html
 */
export function checkSources(
  system: OperatingSystem | undefined,
  given: readonly PatchSourceFacts[] | undefined,
): Violation[] {
  // Nothing of a source is quoted but its name: a configuration may hold a secret, and messages end up in logs.
  if (given !== undefined && !Array.isArray(given)) {
    return [error('patch-baseline/source', 'sources must be a list', 'write [{ name, products, configuration }]')];
  }
  const sources = listOf(given);
  const family = system === undefined ? undefined : familyOf(system);
  if (sources.length > 0 && (family === 'windows' || family === 'macos')) {
    const message = `sources must be left out for ${system}: they are for Linux`;
    return [error('patch-baseline/sources-linux-only', message, 'remove them')];
  }
  return [
    ...checkCount('sources', given, { rule: 'patch-baseline/source-count', max: 20 }),
    ...sources.flatMap((source, index) => checkSource(`sources[${index}]`, family === 'apt', source)),
    ...sources.flatMap((source, index) =>
      source?.name !== undefined && sources.findIndex((other) => other?.name === source.name) < index
        ? [
            error(
              'patch-baseline/source-name-unique',
              `sources[${index}].name must be unique, got ${quoted(source.name)} again`,
              'rename it',
            ),
          ]
        : [],
    ),
  ];
}

function checkSource(where: string, apt: boolean, source: PatchSourceFacts): Violation[] {
  if (typeof source !== 'object' || source === null) {
    return [
      error('patch-baseline/source', `${where} must have a name, products and a configuration`, 'give all three'),
    ];
  }
  const { name, products, configuration } = source;
  const lines = typeof configuration === 'string' ? configuration.trim().split('\n').length : 1;
  return [
    ...['name', 'products', 'configuration'].flatMap((field) =>
      checkGiven(source, field, 'patch-baseline/source', `${where}.${field}`),
    ),
    ...checkText(`${where}.name`, name, {
      rule: 'patch-baseline/source-name',
      min: 3,
      max: 50,
      pattern: /^[\w.-]+$/,
      allowed: 'letters, digits, _ - .',
    }),
    ...checkCount(`${where}.products`, products, { rule: 'patch-baseline/source-products', min: 1, max: 20 }),
    ...listOf(products).flatMap((product) =>
      checkText(`${where}.products`, product, { rule: 'patch-baseline/source-products', min: 1, max: 128 }),
    ),
    ...checkConfiguration(`${where}.configuration`, configuration),
    ...(apt && lines > 1
      ? [
          error(
            'patch-baseline/source-configuration',
            `${where}.configuration must be one line for apt, got ${lines}`,
            'write it like "deb https://example.com focal main"',
          ),
        ]
      : []),
  ];
}

function checkConfiguration(where: string, configuration: unknown): Violation[] {
  if (configuration === undefined) return [];
  const length = typeof configuration === 'string' ? [...configuration].length : 0;
  if (length >= 1 && length <= 1024) return [];
  const received = typeof configuration === 'string' ? `${length} characters` : typeof configuration;
  const message = `${where} must be 1 to 1024 characters, got ${received}`;
  return [
    error('patch-baseline/source-configuration', message, 'write what the package manager reads, such as [repo]'),
  ];
}
