import type { knownFilterValues as known } from './known-filter-values.ts';

type Values = readonly string[];
/** Known values, for the editor to complete; AWS's list grows, so any text is accepted. */
type KnownValues<Texts extends readonly string[]> = readonly (Texts[number] | (string & {}))[];

export interface WindowsPatchFilters {
  /** `WindowsServer2016`, …, or `*` for all. With `patchSet` APPLICATION the names have spaces: `Office 2016`. */
  readonly product?: Values;
  /** With `patchSet` APPLICATION: `Office`. Without it only `Windows` is found. */
  readonly productFamily?: Values;
  readonly classification?: KnownValues<typeof known.windowsClassification>;
  readonly msrcSeverity?: KnownValues<typeof known.msrcSeverity>;
  /** @default - OS, chosen by AWS */
  readonly patchSet?: readonly (typeof known.patchSet)[number][];
}

export interface RpmPatchFilters {
  /** `AmazonLinux2023`, `RedhatEnterpriseLinux8`, …, or `*` for all. */
  readonly product?: Values;
  readonly classification?: KnownValues<typeof known.rpmClassification | typeof known.suseClassification>;
  /** SUSE and Oracle Linux say `Moderate` where the others say `Medium`. */
  readonly severity?: KnownValues<typeof known.severity | typeof known.moderateSeverity>;
}

export interface AptPatchFilters {
  /** `Ubuntu22.04`, `Debian12`, …, or `*` for all. */
  readonly product?: Values;
  readonly priority?: KnownValues<typeof known.priority>;
}

export interface MacosPatchFilters {
  readonly product?: Values;
  readonly classification?: Values;
}

/** The filters of a rule, by the family of its operating system: a key AWS would refuse there does not compile. */
export interface PatchFilters {
  readonly windows: WindowsPatchFilters;
  readonly rpm: RpmPatchFilters;
  readonly apt: AptPatchFilters;
  readonly macos: MacosPatchFilters;
}

/** Filters for the whole baseline, whatever its rules say. AWS's console does not show them. */
export interface GlobalFilters {
  readonly product?: Values;
  readonly classification?: Values;
  readonly msrcSeverity?: Values;
  readonly patchId?: Values;
}

/** Filters as plain data: the property and its values; a value known only at apply is `undefined`. */
export type FilterFacts = Readonly<Record<string, readonly (string | undefined)[] | undefined>>;

const keys: Readonly<Record<string, string>> = {
  product: 'PRODUCT',
  productFamily: 'PRODUCT_FAMILY',
  classification: 'CLASSIFICATION',
  msrcSeverity: 'MSRC_SEVERITY',
  patchSet: 'PATCH_SET',
  severity: 'SEVERITY',
  priority: 'PRIORITY',
  patchId: 'PATCH_ID',
};

/** AWS's key for a property: `msrcSeverity` is `MSRC_SEVERITY`. */
export function filterKey(property: string): string {
  return keys[property] ?? property;
}
