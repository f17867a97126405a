import {
  DescribeAvailablePatchesCommand,
  DescribePatchPropertiesCommand,
  type OperatingSystem,
  type PatchOrchestratorFilter,
} from '@aws-sdk/client-ssm';
import type { InstanceFacts } from '../facts.ts';
import { availablePatchOf } from '../normalise.ts';
import { operatingSystemOf } from '../operating-system.ts';
import type { AvailablePatch } from '../patch-facts.ts';
import { batches, eachPage } from './pages.ts';
import type { PlaceSession } from './place-session.ts';

/** Values that one filter is given at once. */
const batchSize = 20;

/** Titles of the patches that are missing, by KB number or name of the package. */
type Titles = ReadonlyMap<string, ReadonlySet<string>>;

type Filter = readonly [key: string, values: readonly string[]];

/** Patches by what tells them apart, so that none is there twice. */
export class AvailablePatches {
  private readonly found = new Map<string, AvailablePatch>();
  private readonly products = new Map<string, Promise<readonly string[]>>();

  constructor(private readonly session: PlaceSession) {}

  list(): AvailablePatch[] {
    return [...this.found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, patch]) => patch);
  }

  /** What AWS lists of the patches that these instances miss. */
  async readMissing(instances: readonly InstanceFacts[]): Promise<void> {
    const missing = missingBySystem(instances);
    await Promise.all(
      [...missing].flatMap(([system, titles]) =>
        batches([...titles.keys()].sort(), batchSize).map((batch) =>
          this.session.gaps.around({ area: 'available-patches' }, () =>
            system === 'WINDOWS' ? this.readWindows(batch) : this.readPackages(system, batch, titles),
          ),
        ),
      ),
    );
  }

  /** What AWS lists of one patch that was asked for: `KB5034441` or `CVE-2026-1234`. */
  async readAsked(patch: string, instances: readonly InstanceFacts[]): Promise<void> {
    const systems = new Set(instances.flatMap(({ managed }) => operatingSystemOf(managed) ?? []));
    const id = patch.toUpperCase();
    await this.session.gaps.around({ area: 'available-patches' }, async () => {
      if (!id.startsWith('CVE-')) return systems.has('WINDOWS') ? this.readWindows([id]) : undefined;
      for (const system of [...systems].filter((name) => name.startsWith('AMAZON_LINUX')))
        await this.readOfProducts(system, [['CVE_ID', [id]]]);
    });
  }

  /** Packages of Amazon Linux that close a CVE, as instances report them: `openssl.x86_64`. */
  namesOf(cve: string): string[] {
    const fixing = this.list().filter(({ cveIds }) => cveIds?.includes(cve.toUpperCase()));
    return [...new Set(fixing.flatMap(({ name, arch }) => (name && arch ? `${name}.${arch}` : [])))];
  }

  private async readWindows(ids: readonly string[]): Promise<void> {
    await this.read('WINDOWS', [['PATCH_ID', ids]]);
    const found = new Set([...this.found.values()].map(({ kbId }) => kbId));
    const others = ids.filter((id) => !found.has(id));
    // Without being asked, AWS looks among patches of the operating system alone.
    if (others.length > 0)
      await this.read('WINDOWS', [
        ['PATCH_SET', ['APPLICATION']],
        ['PATCH_ID', others],
      ]);
  }

  /** AWS lists every version that a package ever had; an instance misses one of them. */
  private async readPackages(system: string, names: readonly string[], titles: Titles): Promise<void> {
    const versions = names.flatMap((name) => [...(titles.get(name) ?? [])].map(versionOf));
    const known = versions.filter((version) => version !== undefined);
    await this.readOfProducts(system, [
      ['NAME', names],
      ...(known.length === versions.length ? [['VERSION', [...new Set(known)].sort()] as const] : []),
    ]);
  }

  /** AWS lists patches of Linux only by product, and tells the names of products only at run time. */
  private async readOfProducts(system: string, filters: readonly Filter[]): Promise<void> {
    let products = this.products.get(system);
    if (products === undefined) {
      products = this.readProducts(system);
      this.products.set(system, products);
    }
    for (const batch of batches(await products, batchSize)) await this.read(system, [['PRODUCT', batch], ...filters]);
  }

  private async readProducts(system: string): Promise<readonly string[]> {
    const { ssm, ask } = this.session;
    const names: string[] = [];
    await eachPage(
      (token) =>
        ask('ssm:DescribePatchProperties', (options) =>
          ssm.send(
            new DescribePatchPropertiesCommand({
              OperatingSystem: system as OperatingSystem,
              Property: 'PRODUCT',
              MaxResults: 50,
              ...token,
            }),
            options,
          ),
        ),
      ({ Properties = [] }) => names.push(...Properties.flatMap((property) => property.Name ?? [])),
    );
    return names.sort();
  }

  private async read(system: string, filters: readonly Filter[]): Promise<void> {
    const { ssm, ask } = this.session;
    const Filters = filters.map(([Key, values]) => ({ Key, Values: [...values] }) as PatchOrchestratorFilter);
    await eachPage(
      (token) =>
        ask('ssm:DescribeAvailablePatches', (options) =>
          ssm.send(new DescribeAvailablePatchesCommand({ Filters, MaxResults: 100, ...token }), options),
        ),
      ({ Patches = [] }) => {
        for (const aws of Patches) {
          const patch = availablePatchOf(system, aws);
          const { kbId, name, arch, epoch, version, release, product } = patch;
          this.found.set(JSON.stringify([system, kbId, name, arch, epoch, version, release, product]), patch);
        }
      },
    );
  }
}

/** What instances miss of the systems whose patches AWS lists: KB numbers of Windows, names of packages of Amazon Linux. */
function missingBySystem(instances: readonly InstanceFacts[]): ReadonlyMap<string, Titles> {
  const missing = new Map<string, Map<string, Set<string>>>();
  for (const { managed, patches = [] } of instances) {
    const system = operatingSystemOf(managed);
    if (system === undefined || !(system === 'WINDOWS' || system.startsWith('AMAZON_LINUX'))) continue;
    for (const { patchId, title, state } of patches) {
      if (state !== 'MISSING' && state !== 'FAILED' && state !== 'AVAILABLE_SECURITY_UPDATE') continue;
      const id = system === 'WINDOWS' ? /^KB\d+$/.exec(patchId)?.[0] : patchId.replace(/\.[^.]+$/, '');
      if (id === undefined) continue;
      const titles = missing.get(system) ?? new Map<string, Set<string>>();
      missing.set(system, titles.set(id, (titles.get(id) ?? new Set()).add(title)));
    }
  }
  return missing;
}

/** `3.0.8` of `openssl.x86_64:1:3.0.8-1.amzn2023.0.30`. */
function versionOf(title: string): string | undefined {
  return /:(?:\d+:)?([^:-]+)-[^:]+$/.exec(title)?.[1];
}
