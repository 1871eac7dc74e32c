import type { Locator, Page } from 'playwright-core';

/**
 * Chooses from the context menu of a row; a path like "Create", "Child…" goes through a submenu.
 */
export async function contextMenu(page: Page, row: Locator, ...path: string[]): Promise<void> {
  await row.click({ button: 'right' });
  for (const [depth, name] of path.entries()) {
    const item = page.getByRole('menuitem', { name, exact: true });
    await item.waitFor();
    await page.waitForTimeout(150); // a menu ignores clicks in its first 100 ms
    await item.click();
    if (depth === path.length - 1) await item.waitFor({ state: 'detached' });
  }
}

/** Presses a button at the right end of a row; those appear while the pointer is over it. */
export async function inlineAction(row: Locator, name: string): Promise<void> {
  await row.hover();
  await row.getByRole('button', { name }).click();
}
