import { type Bucket, bucketInWords, type InstanceReport } from '../../compliance/index.ts';
import type { Block, Column, Table } from '../../report/index.ts';

/** `1,200`. */
export function numberText(number: number): string {
  return `${number}`.replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 instance`, `1,200 instances`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${numberText(number)} ${number === 1 ? one : many}`;
}

export function percent(value: number | undefined): string {
  return value === undefined ? '-' : `${value} %`;
}

/** `2026-11-24 06:00`, UTC: seconds are of no use to people. */
export function minuteOf(instant: string | undefined): string | undefined {
  return instant?.slice(0, 16).replace('T', ' ');
}

/** `2026-11-24 06:00 UTC`. */
export function minute(instant: string | undefined): string {
  return instant === undefined ? '-' : `${minuteOf(instant)} UTC`;
}

export function days(age: number | undefined): string {
  return age === undefined ? '-' : `${age}`;
}

/** `i-0123456789abcdef0 web-14`. */
export function instanceInWords({ instanceId, name }: Pick<InstanceReport, 'instanceId' | 'name'>): string {
  return name === undefined ? instanceId : `${instanceId} ${name}`;
}

/** What `gone` and `new` come from or go to. */
export function bucketOrNone(bucket: Bucket | undefined): string {
  return bucket === undefined ? '-' : bucketInWords(bucket);
}

/** A table of the first items, and how many more there are: only what is shown becomes a row. */
export function shortTable<Item>(
  caption: string,
  columns: readonly Column[],
  items: readonly Item[],
  rowOf: (item: Item) => readonly string[],
  empty: string,
  most = 12,
): Block[] {
  const table: Table = { kind: 'table', caption, columns, rows: items.slice(0, most).map(rowOf), empty };
  const more = items.length - most;
  if (more <= 0) return [table];
  return [table, { kind: 'paragraph', text: `and ${more} more: --format json lists all` }];
}
