import { createHmac } from 'node:crypto';
import type { PlaceFacts } from '../facts.ts';

/*
 * Account numbers and ids of instances become others of the same form, wherever they stand: the same ones for the same
 * key, so that snapshots of one key can be compared. Names, tags, patch groups, baselines and windows stay as they are,
 * but for ids in them: a report groups by them. What people and machines wrote freely, messages of gaps and output of
 * commands, is left out.
 */

/** Gives facts other account numbers and instance ids. */
export type Anonymiser = (facts: PlaceFacts) => PlaceFacts;

/** Tells keys apart, without telling the key. */
export function fingerprintOf(key: string): string {
  return createHmac('sha256', key).update('fingerprint').digest('hex').slice(0, 16);
}

// An id that stands by itself; else hexadecimal digits, which may be those of an instance that the place has.
const instanceIds = /(?<![a-z0-9])(m?i)-(?:[0-9a-f]{17}|[0-9a-f]{8})(?![a-z0-9])|[0-9a-f]{17}|[0-9a-f]{8}/gi;
// Also within names, as in `backup_111111111111` and `111111111111.dkr.ecr…`, and not within ids of windows and baselines.
const accounts = /(?<![a-z0-9])\d{12}(?![a-z0-9])/gi;

/** The account of the place wherever it stands, as consoles write it too: `1111-1111-1111`. */
function ownAccount(account: string): RegExp {
  const parts = account.match(/^\d{12}$/) ? (account.match(/.{4}/g) ?? []) : [];
  return parts.length === 0 ? /(?!)/g : new RegExp(parts.join('([- ]?)'), 'g');
}

export function anonymiser(key: string): Anonymiser {
  const known = new Map<string, string>();
  const other = (written: string, make: (hex: string) => string) => {
    const found = known.get(written);
    if (found !== undefined) return found;
    const made = make(createHmac('sha256', key).update(written).digest('hex'));
    known.set(written, made);
    return made;
  };
  const otherId = (id: string) =>
    other(id.toLowerCase(), (hex) =>
      id.toLowerCase().replace(/-.*/, (digits) => `-${hex.slice(0, digits.length - 1)}`),
    );
  const inFacts = ({ place, instances }: PlaceFacts) => {
    const ids = new Map(instances.map(({ instanceId }) => [instanceId.replace(/^m?i-/, ''), instanceId]));
    const account = ownAccount(place.account);
    const inText = (text: string) =>
      text
        .replace(instanceIds, (found, prefix?: string) => {
          if (prefix !== undefined) return otherId(found);
          const id = ids.get(found.toLowerCase());
          return id === undefined ? found : otherId(id).replace(/^m?i-/, '');
        })
        .replace(accounts, (number) => other(number, accountFrom))
        .replace(account, (_, one: string, two: string) => {
          const number = other(place.account, accountFrom);
          return [number.slice(0, 4), one, number.slice(4, 8), two, number.slice(8)].join('');
        });
    const inValue = (value: unknown): unknown => {
      if (typeof value === 'string') return inText(value);
      if (Array.isArray(value)) return value.map(inValue);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(Object.entries(value).map(([name, part]) => [inText(name), inValue(part)]));
    };
    return inValue;
  };
  return (facts) => {
    const inValue = inFacts(facts);
    const { availablePatches, baselines, instances, gaps, windows, ...rest } = facts;
    return {
      ...(inValue(rest) as typeof rest),
      // Numbers in versions and titles of patches are no accounts, and baselines name patches by them.
      availablePatches,
      baselines: baselines.map(({ content, ...baseline }) => ({
        ...(inValue(baseline) as typeof baseline),
        ...(content !== undefined && { content }),
      })),
      instances: instances.map(({ patches, ...instance }) => ({
        ...(inValue(instance) as typeof instance),
        ...(patches !== undefined && { patches }),
      })),
      gaps: gaps.map((gap) => ({ ...(inValue(gap) as typeof gap), message: '' })),
      windows: inValue(withoutOutput(windows)) as typeof windows,
    };
  };
}

/** 12 digits that do not begin with 0, as those of examples do not. */
function accountFrom(hex: string): string {
  const number = BigInt(`0x${hex.slice(0, 20)}`) % 900_000_000_000n;
  return `${number + 100_000_000_000n}`;
}

function withoutOutput(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutOutput);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([name]) => name !== 'output');
  return Object.fromEntries(kept.map(([name, part]) => [name, withoutOutput(part)]));
}
