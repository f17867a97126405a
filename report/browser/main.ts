import type { ExplorerData } from '../explorer/data.ts';
import { Address } from './address.ts';
import { Explorer } from './explorer.ts';

/* What a page with explorers runs: each takes the place of its plain tables. */

const address = new Address();
const explorers = [...document.querySelectorAll<HTMLElement>('.explorer')].map((host) => {
  const data: ExplorerData = JSON.parse(host.querySelector('script')?.textContent ?? '');
  return new Explorer(host, data, address);
});
// Shown when all are known: the links of one name the states of all.
for (const explorer of explorers) explorer.open();
explorers.find((explorer) => explorer.isNamed())?.arrive();
