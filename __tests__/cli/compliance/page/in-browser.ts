import type { Locator, Page } from 'playwright-core';

/** The explorer of instances, once its script runs. */
export function instancesOf(page: Page): Locator {
  return page.locator('.explorer').filter({ has: page.locator('.tools[aria-label="Instances"]') });
}

/** The switch to instances, or to groups of a level. */
export function listed(instances: Locator, level = 'instances'): Locator {
  return instances.getByRole('group', { name: /what is listed/ }).getByRole('button', { name: level, exact: true });
}

export function texts(cells: Locator): Promise<string[]> {
  return cells.evaluateAll((all) => all.map((one) => (one as unknown as { textContent: string }).textContent));
}

/** The whole text of the option that begins with a value: `dev (24)`. */
export async function optionOf(within: Locator, label: string, value: string): Promise<string> {
  const options = await texts(within.getByRole('combobox', { name: label, exact: true }).locator('option'));
  return options.find((text) => text.startsWith(`${value} (`)) ?? '';
}
