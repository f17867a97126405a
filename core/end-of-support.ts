import { type Violation, warning } from './problem.ts';

/**
 * The last day on which a vendor publishes security updates for everybody; paid extensions are not counted. Afterwards
 * a node reports itself patched because nothing is published any more. By product as patch baselines name it, and by
 * operating system where all of its products end together. Dates as the vendors stated them in 2026-11.
 * @see https://learn.microsoft.com/lifecycle/products/ @see https://aws.amazon.com/amazon-linux-2/faqs/
 */
const lastDays: Readonly<Record<string, readonly [name: string, lastDay: string]>> = {
  WindowsServer2012: ['Windows Server 2012', '2023-10-10'],
  WindowsServer2012R2: ['Windows Server 2012 R2', '2023-10-10'],
  WindowsServer2016: ['Windows Server 2016', '2027-01-12'],
  WindowsServer2019: ['Windows Server 2019', '2029-01-09'],
  WindowsServer2022: ['Windows Server 2022', '2031-10-14'],
  AMAZON_LINUX: ['Amazon Linux 1', '2023-12-31'],
  AMAZON_LINUX_2: ['Amazon Linux 2', '2026-06-30'],
  AmazonLinux2: ['Amazon Linux 2', '2026-06-30'],
  'AmazonLinux2.0': ['Amazon Linux 2', '2026-06-30'],
};

/** How long before the end a warning begins, in days. */
const noticeDays = 365;

/**
 * Warns about operating systems whose support is over or ends within a year of `asOf` (an ISO date or instant).
 * `products` are names as patch baselines use them: `WindowsServer2016`, `AmazonLinux2`, `AMAZON_LINUX_2`.
 */
export function checkEndOfSupport(products: readonly (string | undefined)[], asOf: string | undefined): Violation[] {
  if (asOf === undefined) return [];
  const today = asOf.slice(0, 10);
  const seen = new Set<string>();
  return products.flatMap((product) => {
    const entry = typeof product === 'string' && Object.hasOwn(lastDays, product) ? lastDays[product] : undefined;
    if (entry === undefined || seen.has(entry[0])) return [];
    seen.add(entry[0]);
    const [name, lastDay] = entry;
    const days = Math.round((Date.parse(lastDay) - Date.parse(today)) / 86_400_000);
    if (Number.isNaN(days) || days > noticeDays) return [];
    const message =
      days < 0
        ? `${name} left support on ${lastDay}, ${daysInWords(-days)} before ${today}: no new patches, and nodes still report themselves compliant`
        : `${name} leaves support on ${lastDay}, ${daysInWords(days)} after ${today}`;
    return [warning('end-of-support/operating-system', message, 'plan its replacement')];
  });
}

function daysInWords(days: number): string {
  return days === 1 ? '1 day' : `${days} days`;
}
